# SPDX-License-Identifier: Apache-2.0
"""The law explorer: a question and its answer, a state, a pair, an instrument on a day, and who can be asked for what.

It shows facts of law, of which none is about a person: whoever may read here may read them, and no leaf is written.
"""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from comity.interfaces.web import problems
from comity.interfaces.web import words as terms
from comity.interfaces.web.door import Visit, signed_in
from comity.interfaces.web.law import collation, states, words
from comity.interfaces.web.law.map import outlines
from comity.law import binding, coverage, matrix, offences
from comity.law.bases.asking import bases
from comity.law.bases.question import Question
from comity.law.errors import DayUnsound, LawError, QuestionOpen
from comity.law.states import known_state
from comity.law.view import View
from comity.protocol.terms.offences import OFFENCES
from comity.records import lawbook
from comity.records.actors import Permission
from comity.records.errors import NotFound


@require_GET
@signed_in
def law(visit: Visit) -> HttpResponse:
    """Where to begin: ask, or look up a state, two, an instrument."""
    return _begin(visit, _view(visit))


@require_GET
@signed_in
def ask(visit: Visit) -> HttpResponse:
    """The answer to a question. What cannot be asked, of whatever day, is said above the form."""
    asked = visit.request.GET
    question = Question(
        requesting=asked.get("from", ""),
        requested=asked.get("to", ""),
        measure=asked.get("measure", ""),
        offence=asked.get("offence", ""),
    )
    view = _today(visit)
    try:
        view = _view(visit)
        answer = bases(view, _complete(question))
    except LawError as error:
        fault = f"{problems.text(error)} {problems.advice(error)}"
        return _begin(visit, view, 422, fault=fault, asked=question)
    return visit.page("law/answer.html", **_choices(visit), answer=answer, on=view.on, asked=question)


@require_GET
@signed_in
def state(visit: Visit, code: str) -> HttpResponse:
    """What the facts know of a state. Raises `NotFound`."""
    view, code = _view(visit), _state(code)
    bound = [binding.binding(view, each, code) for each in sorted(view.index.instruments)]
    treaties = [
        each for pair in sorted(view.index.treaties, key=sorted) if code in pair for each in _treaties(view, pair)
    ]
    said = [each for name in sorted(view.index.instruments) for each in view.index.statements.get((name, code), ())]
    return visit.page(
        "law/state.html",
        state=code,
        on=view.on,
        bound=[each for each in bound if each.facts],
        treaties=treaties,
        statements=view.seen(said),
        authorities=view.seen(view.index.authorities.get(code, ())),
        rules=view.seen(view.index.rules.get(code, ())),
        offences=offences.offences(view, code),
        **_choices(visit),
    )


@require_GET
@signed_in
def pair(visit: Visit, requesting: str, requested: str) -> HttpResponse:
    """Every measure between two, and how well it is known. Raises `NotFound`."""
    view = _view(visit)
    one, other = _state(requesting), _state(requested)
    if one == other:
        raise NotFound(what="pair", id=f"{one}-{other}")
    found = coverage.coverage(view, one, other)
    return visit.page("law/pair.html", one=one, other=other, found=found, on=view.on, **_choices(visit))


@require_GET
@signed_in
def instrument(visit: Visit, id: str) -> HttpResponse:
    """An instrument's articles, and its parties on a day. Raises `NotFound`."""
    view = _view(visit)
    described = view.instrument(id)
    if described is None:
        raise NotFound(what="instrument", id=id[:40])
    return visit.page(
        "law/instrument.html",
        described=described,
        on=view.on,
        parties=binding.parties(view, id),
        provisions=view.seen(view.index.provisions.get(id, ())),
        relations=view.seen(view.index.relations.get(id, ())),
        **_choices(visit),
    )


@require_GET
@signed_in
def world(visit: Visit) -> HttpResponse:
    """Who can be asked for a measure by one state: a map, and the same as a list."""
    view = _view(visit)
    one = visit.request.GET.get("from") or visit.home.config.country
    measure = visit.request.GET.get("measure") or "extradition"
    try:
        cells = matrix.row(view, known_state(one), measure)
    except LawError as error:
        raise NotFound(what="map", id=f"{one[:8]} {measure[:40]}") from error
    return visit.page(
        "law/world.html",
        one=one,
        measure=measure,
        on=view.on,
        cells=sorted(cells, key=lambda each: (each.finding, collation.key(states.name(each.requested)))),
        findings={each.requested: each for each in cells},
        outlines=outlines(),
        **_choices(visit),
    )


def _treaties(view: View, pair: frozenset[str]) -> list[binding.TreatyBinding]:
    one, other = sorted(pair)
    return binding.treaties(view, one, other)


def _state(code: str) -> str:
    try:
        return known_state(code)
    except LawError as error:
        raise NotFound(what="state", id=code[:8]) from error


def _begin(visit: Visit, view: View, status: int = 200, **more: Any) -> HttpResponse:
    """The page where a question begins."""
    instruments = sorted(each for each in view.index.instruments if view.instrument(each))
    return visit.page("law/index.html", status, **_choices(visit), instruments=instruments, on=view.on, **more)


def _complete(question: Question) -> Question:
    """A question that names who asks, who is asked, and for what. Raises `QuestionOpen`."""
    if not (question.requesting and question.requested and question.measure):
        raise QuestionOpen
    return question


def _view(visit: Visit) -> View:
    """The law on the day that the address names, today without one. Raises `NotPermitted`, `DayUnsound`."""
    visit.actor.require(Permission.READ)
    return lawbook.view(visit.home, on_day(visit.request))


def _today(visit: Visit) -> View:
    """The law today. Raises `NotPermitted`."""
    visit.actor.require(Permission.READ)
    return lawbook.view(visit.home)


def on_day(request: HttpRequest) -> date | None:
    """The day asked about, None where the address names none. Raises `DayUnsound`."""
    asked = request.GET.get("on", "").strip()
    try:
        return date.fromisoformat(asked) if asked else None
    except ValueError:
        raise DayUnsound(day=asked[:16]) from None


def _choices(visit: Visit) -> dict[str, Any]:
    """What the forms offer."""
    categories = [(each.code, terms.said(each.label)) for each in OFFENCES.terms if each.code != "other"]
    return {
        "states": states.every(),
        "measures": words.measures(),
        "categories": categories,
        "ours": visit.home.config.country,
    }
