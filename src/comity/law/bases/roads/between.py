# SPDX-License-Identifier: Apache-2.0
"""Treaties between the two, and other treaties that widen them or take their place."""

from collections.abc import Iterator, Mapping

from comity.law.bases import scope as scopes
from comity.law.bases.answer import Note
from comity.law.bases.conduct import Conduct
from comity.law.bases.question import Question
from comity.law.bases.roads.road import GENERAL, Found, Road, binds_words, concerns, rejected, unbound
from comity.law.binding import TreatyBinding, absences, binding, treaties
from comity.law.facts.fact import Fact
from comity.law.facts.measures import PERSONS, TREATY_CARRIES, TreatyKind
from comity.law.sentences import say
from comity.law.view import View, remembered


def between(view: View, question: Question, asked: Conduct) -> Iterator[Found]:
    """The treaties between the two that carry the measure, and what tells that there is none."""
    one, other = question.requesting, question.requested
    for kind, carried in TREATY_CARRIES.items():
        if question.measure not in carried:
            continue
        found = treaties(view, one, other, kind)
        yield from (_treaty(view, question, asked, each) for each in _latest(found))
        name = "-".join((*sorted((one, other)), kind))
        missing = absences(view, one, other, kind)
        if missing:
            yield rejected(name, "", "bilateral", "no-treaty", say("No treaty was found between the two."), missing)
        elif not found and kind != "data-access":
            untold = say("No fact tells whether there is a treaty.")
            yield rejected(name, "", "bilateral", "treaty-unknown", untold, ())


def _latest(found: list[TreatyBinding]) -> list[TreatyBinding]:
    """One of each treaty: what is bound and came last, for an older text and its protocols are read with it."""
    latest: dict[str, TreatyBinding] = {}
    for each in found:
        held = latest.get(each.id)
        if held is None or each.finding == "bound" or held.finding != "bound":
            latest[each.id] = each
    return list(latest.values())


def _treaty(view: View, question: Question, asked: Conduct, bound: TreatyBinding) -> Found:
    texts = view.seen(view.index.texts.get(bound.id, ()))
    articles = [each for text in texts for each in view.seen(view.index.provisions.get(text.id, ()))]
    carrying = [each for each in articles if question.measure in each.measures]
    article = carrying[0].article if carrying else ""
    if bound.why == "not-yet":
        words = say("{treaty} came later; whether an older treaty was in force has not been entered.", treaty=bound.id)
        return rejected(bound.id, article, "bilateral", "treaty-unknown", words, bound.facts)
    if bound.finding != "bound":
        return unbound(bound.id, article, "bilateral", bound.finding, _words(bound), bound.facts)
    new = replaced_by(view, question.requesting, question.requested, question.measure, bound.kind)
    if new is not None:
        return rejected(bound.id, article, "bilateral", "replaced", takes_place(new[0]), new[1])
    trace = [Note(what="binds", text=_words(bound), facts=bound.facts)]
    if not carrying:
        trace.append(Note(what="words", text=say("Its text has not been entered: what it asks for is not known here.")))
    trace += _widened(view, question, asked)
    named = question.measure in _NAMESAKES[bound.kind]
    modality = next((each.modality for each in carrying if each.modality), None)
    return Road(
        instrument=bound.id,
        article=article,
        kind="bilateral",
        obligation=modality or ("shall" if named else "unknown"),
        since=(bound.since, bound.since),
        fits="in" if carrying else "possible" if named else "cannot-tell",
        specific=bool(carrying) or named,
        rulings=tuple(carrying),
        deciding=bound.facts,
        trace=tuple(trace),
    )


def _widened(view: View, question: Question, asked: Conduct) -> Iterator[Note]:
    """Instruments whose offences count as named in an extradition treaty between the two. They make none."""
    if question.measure not in PERSONS:
        return
    for relation in view.relations("widens"):
        if relation.to != "extradition":
            continue
        both = [binding(view, relation.instrument, each) for each in (question.requesting, question.requested)]
        described = view.instrument(relation.instrument)
        if described is None or any(each.finding != "bound" for each in both):
            continue
        fit = scopes.fits(view, question, asked, described)[0]
        if fit != "out":
            text = say(
                "{where} counts its offences as named in it{doubt}.",
                where=f"{relation.instrument} {', '.join(relation.articles)}",
                doubt="" if fit == "in" else say(", if the case is one that it covers"),
            )
            yield Note(what="relation", text=text, facts=(relation, *both[0].facts, *both[1].facts))


_NAMESAKES: Mapping[TreatyKind, frozenset[str]] = {
    "extradition": PERSONS,
    "mla": frozenset({GENERAL, "evidence", "locate-person", "production", "search-seizure", "service-of-documents"}),
    "transfer-of-sentenced-persons": frozenset({"transfer-of-sentenced-persons"}),
    "data-access": frozenset({"direct-provider-cooperation"}),
}
"""The measures that a treaty of a kind is surely about, before its text has been entered."""


def _words(bound: TreatyBinding) -> str:
    if bound.why == "in-force-unknown":
        return say("{treaty}: concluded, and nothing tells that it is in force.", treaty=bound.id)
    return say("{treaty}: {bound}.", treaty=bound.id, bound=binds_words(bound))


def takes_place(instrument: str) -> str:
    """What is said of an instrument whose place another takes."""
    return say("{instrument} takes its place.", instrument=instrument)


@remembered
def replaced_by(view: View, one: str, other: str, measure: str, old: str) -> tuple[str, tuple[Fact, ...]] | None:
    """What takes the place of an instrument, or of treaties of a kind, between the two, with the facts that say so."""
    for relation in view.relations("replaces"):
        if relation.to != old or not concerns(relation.measures, measure):
            continue
        both = [binding(view, relation.instrument, each) for each in (one, other)]
        if all(each.finding == "bound" for each in both):
            return relation.instrument, (relation, *both[0].facts, *both[1].facts)
    return None


@remembered
def treaty_in_force(view: View, one: str, other: str, kind: TreatyKind) -> tuple[str, tuple[Fact, ...]] | None:
    """A treaty of a kind that is in force between two, with its facts: their own, or one of many that binds both and
    is about all offences."""
    measure = "extradition" if kind == "extradition" else GENERAL
    for own in treaties(view, one, other, kind):
        if own.finding == "bound" and replaced_by(view, one, other, measure, kind) is None:
            return own.id, own.facts
    for provision in view.seen(view.index.carrying.get(measure, ())):
        described = view.instrument(provision.instrument)
        if described is None or described.type != "multilateral" or provision.modality != "shall":
            continue
        if described.scope is None or described.scope.offences or described.scope.serious:
            continue
        both = [binding(view, described.id, each) for each in (one, other)]
        if replaced_by(view, one, other, measure, described.id) is not None:
            continue
        if all(each.finding == "bound" for each in both):
            return described.id, (*both[0].facts, *both[1].facts)
    return None
