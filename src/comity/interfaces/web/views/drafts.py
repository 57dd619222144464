# SPDX-License-Identifier: Apache-2.0
"""Writing a request: fill in the form of its kind, look at it as the recipient will, submit.

The draft is saved at every step, so that nothing typed is lost. What cannot be saved (it is too large, or somebody else
saved in between) is shown in the form again, with the reason. A row more or less is only drawn, when htmx asks for it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from comity.cooperation.drafting import actions as drafting
from comity.cooperation.drafting.models import Draft
from comity.interfaces.web import facts, handling, history, letters, problems, words
from comity.interfaces.web.cautions import cautions
from comity.interfaces.web.door import Visit, signed_in
from comity.interfaces.web.facts import At
from comity.interfaces.web.forms import build, read, summary
from comity.interfaces.web.forms.editing import fitting, rows_asked
from comity.interfaces.web.forms.summary import Fault
from comity.interfaces.web.known import names, zone_of
from comity.interfaces.web.law.panel import panels, standing_on
from comity.interfaces.web.numbers import number
from comity.interfaces.web.times import moment
from comity.protocol.terms import kinds
from comity.protocol.terms.errors import Problem
from comity.protocol.wire.errors import WireError
from comity.protocol.wire.names import AuthorityId
from comity.records.casefiles import cases
from comity.records.errors import NotInSeason


@require_http_methods(["GET", "POST"])
@signed_in
def draft(visit: Visit, id: str) -> HttpResponse:
    """The form of a draft; of one that was submitted, its statement. Raises `NotFound`."""
    found = drafting.draft(visit.home, visit.actor, id)
    if found.outgoing:
        return visit.to("statement", found.outgoing)
    if visit.request.method == "GET":
        visit.reads(found.id)
        return _form(visit, found, found.body)
    post, more = rows_asked(visit.request.POST)
    files, wrong = fitting(visit.request, "attachments", read.body(found.kind, post, found.body, zone=visit.zone))
    body = standing_on(read.body(found.kind, post, found.body, files, zone=visit.zone), post.get("stand", ""))
    if more is not None and visit.partial:
        return _form(visit, found, {**body, "attachments": found.body.get("attachments", [])}, more)
    try:
        found = _save(visit, found, body)
    except (NotInSeason, WireError) as error:
        return _unsaved(visit, found, body, error)
    if more is not None or wrong:
        return _form(visit, found, body, more, wrong=wrong)
    if post.get("stand"):
        return visit.to("draft", found.id, said=gettext("The request stands on another basis now."))
    if post.get("do") == "preview":
        return visit.to("preview", found.id)
    return visit.to("draft", found.id, said=gettext("The draft is saved."))


@require_http_methods(["GET", "POST"])
@signed_in
def preview(visit: Visit, id: str) -> HttpResponse:
    """The draft as its recipient will read it; then it is submitted, and waits for approval or leaves."""
    found = drafting.draft(visit.home, visit.actor, id)
    wrong = drafting.problems(found)
    if visit.request.method == "POST" and not wrong:
        if visit.request.POST.get("revision") not in (None, str(found.revision)):
            return visit.to("preview", found.id, said=gettext("The draft was changed meanwhile. Read it once more."))
        prepared = drafting.submit(visit.home, visit.actor, found.id, found.revision)
        return visit.to("statement", prepared.id) if prepared.awaiting else visit.to("thread", prepared.thread)
    visit.reads(found.id)
    if wrong:
        return _form(visit, found, found.body, wrong=wrong)
    there = zone_of(str(found.entered.get("from", found.to[0])))
    beside = panels(visit.home, found.kind, found.body, *_ends(visit, found))
    whole = {**found.body, "due": drafting.due(visit.home, found)}
    at: At = lambda instant: moment(instant, visit.zone, there)  # noqa: E731  one expression
    return visit.page(
        "preview.html",
        draft=found,
        chapters=facts.chapters(found.kind, whole, words.said, at),
        cautions=cautions(found.kind, found.body, visit.home.now(), words.said, at),
        names=names(found.to),
        handling=history.handling(found.handling),
        panels=beside,
        closed=not found.entered and any(each.closed for each in beside),
        approvals=1 if found.entered else kinds.kind(found.kind).approvals,
        letter=letters.shown(visit, found.entered, found.id),
        lacking=letters.lacking(found),
    )


@require_POST
@signed_in
def law(visit: Visit, id: str) -> HttpResponse:
    """What the law says of the draft as it stands in the form, not saved: asked again as the form is filled in. What is
    typed of a person belongs into no address, so it is a POST. Raises `NotFound`."""
    found = drafting.draft(visit.home, visit.actor, id)
    body = read.body(found.kind, visit.request.POST, found.body, zone=visit.zone)
    beside = panels(visit.home, found.kind, body, *_ends(visit, found))
    return visit.page("parts/panel.html", panels=beside, stand=not found.entered)


@require_POST
@signed_in
def discard(visit: Visit, id: str) -> HttpResponse:
    """Throw the draft away."""
    drafting.discard(visit.home, visit.actor, id)
    return visit.to("compose", said=gettext("The draft is gone."))


def _form(
    visit: Visit,
    found: Draft,
    body: Mapping[str, Any],
    more: Mapping[str, int] | None = None,
    *,
    wrong: Sequence[Problem] = (),
    status: int = 422,
    **context: Any,
) -> HttpResponse:
    """The form; with `status` when there is something to say of what was typed."""
    sections = build.form(found.kind, body, words.said, problems=wrong, more=more, zone=visit.zone)
    faults = context.pop("faults", ()) + summary.faults(sections, wrong, words.said)
    return visit.page(
        "draft.html",
        status if faults or context else 200,
        draft=found,
        names=names([*found.to, *found.via]),
        sections=sections,
        faults=faults,
        handling=handling.fields(found.handling),
        cases=cases.newest(visit.home, visit.actor),
        panels=panels(visit.home, found.kind, body, *_ends(visit, found)),
        letter=letters.shown(visit, found.entered, found.id),
        **context,
    )


def _save(visit: Visit, found: Draft, body: Mapping[str, Any]) -> Draft:
    given = number(visit.request.POST.get("revision", "")) or 0
    beside = _beside(visit)
    if found.entered:
        beside["letter"] = letters.told(visit, AuthorityId(found.entered["from"]))
    return drafting.revise(visit.home, visit.actor, found.id, given, body=dict(body), **beside)


def _ends(visit: Visit, found: Draft) -> tuple[str, Sequence[str]]:
    """Who asks, and who is asked: of a letter that came in, we."""
    return str(found.entered.get("from", visit.home.authority)), found.to


def _unsaved(visit: Visit, found: Draft, body: Mapping[str, Any], error: NotInSeason | WireError) -> HttpResponse:
    """What was typed, as a form once more, and why it was not kept. Files are not: browsers send them once.

    After a conflict the form is one of the newer version: saving it is to replace that one knowingly."""
    newer = drafting.draft(visit.home, visit.actor, found.id)
    if newer.outgoing:
        raise error
    for member, value in _beside(visit).items():
        setattr(newer, member, value)
    shown = {**body, "attachments": newer.body.get("attachments", [])}
    again: dict[str, Any] = {"unsaved": True, "files_again": bool(visit.request.FILES)}
    if isinstance(error, NotInSeason):
        return _form(visit, newer, shown, status=409, conflict=True, **again)
    return _form(visit, newer, shown, faults=(Fault(problems.text(error)),), **again)


def _beside(visit: Visit) -> dict[str, Any]:
    """What the form says beside the body. Raises `NotFound` for a case that is not here."""
    case = visit.request.POST.get("case", "")
    id = cases.case(visit.home, visit.actor, case).id if case else ""
    return {"handling": handling.read(visit.request.POST), "case": id}
