# SPDX-License-Identifier: Apache-2.0
"""What is said first: what carries the measure, in one sentence; before it, a deciding fact that is not verified."""

from collections.abc import Iterable

from comity.law.bases.answer import TREATIES, Basis, Obligation, Rejected
from comity.law.bases.question import Question
from comity.law.facts.fact import Fact
from comity.law.naming import name
from comity.law.sentences import join, listed, listed_apart, say, term


def opening(
    question: Question, standing: tuple[Basis, ...], rejected: tuple[Rejected, ...]
) -> tuple[str, tuple[Fact, ...]]:
    """The first sentence, and the facts not verified that decide it."""
    deciding = tuple(each for each in _deciding(standing, rejected) if not each.verified)
    said = [_sentence(question, standing, rejected)]
    unsettled = _unsettled(standing, rejected)
    if unsettled:
        said.insert(0, say("Not settled: {treaties}. If none binds:", treaties=listed_apart(*unsettled)))
    if deciding:
        said.insert(0, say("Not verified: {facts}. If so:", facts=_names(deciding)))
    return join(*said), deciding


def _sentence(question: Question, standing: tuple[Basis, ...], rejected: tuple[Rejected, ...]) -> str:
    to, measure = term("state", question.requested), _measure(question)
    one = term("state", question.requesting)
    asked = say("a request for {measure} from {one} to {to}", measure=measure, one=one, to=to)
    if standing:
        return _carried(question, standing[0], asked, rejected)
    if any(each.finding == "cannot-tell" for each in rejected) or not rejected:
        return say("Cannot tell whether anything carries {asked}: ask {to} first.", asked=asked, to=to)
    if any(each.why == "treaty-needed" for each in rejected):
        return say("No basis is known for {asked}, and the law of {to} needs a treaty.", asked=asked, to=to)
    return say(
        "No treaty is known to carry {asked}; whether the law of {to} lets it act is not known here.",
        asked=asked,
        to=to,
    )


def _carried(question: Question, best: Basis, asked: str, rejected: tuple[Rejected, ...]) -> str:
    """What the first basis does for the request."""
    to, where = term("state", question.requested), f"{best.instrument} {best.article}".strip()
    if best.barred:
        grounds = listed(*(term("ground", each.ground) for each in best.refusals if each.finding == "bars"))
        return say(
            "{where} would carry {asked}, but {grounds} bars it as far as the facts say.",
            where=where,
            asked=asked,
            grounds=grounds,
        )
    doubt = "" if best.fits == "in" else say(", if the case is one that it covers")
    if best.ways and all(each.road == "provider" for each in best.ways):
        return say(
            "{where} lets an order for {measure} go to the provider in {to}{doubt}.",
            where=where,
            measure=_measure(question),
            to=to,
            doubt=doubt,
        )
    owes = _owes(best.obligation, to)
    if best.kind in ("domestic-law", "reciprocity") and any(each.finding == "cannot-tell" for each in rejected):
        owes = say("{to} may act on it; whether a treaty obliges it is not known here", to=to)
    return say("{where} carries {asked}{doubt}: {owes}.", where=where, asked=asked, doubt=doubt, owes=owes)


def _owes(obligation: Obligation, to: str) -> str:
    match obligation:
        case "shall":
            return say("{to} is bound to answer it", to=to)
        case "may":
            return say("{to} may act on it, and owes nothing", to=to)
        case "endeavour":
            return say("{to} is to try", to=to)
        case "unknown":
            return say("what {to} owes on it has not been entered", to=to)
        case "none":
            return say("nobody owes anything on it")


def _measure(question: Question) -> str:
    return term("measure", question.measure, question.measure.replace("-", " "))


def _unsettled(standing: tuple[Basis, ...], rejected: tuple[Rejected, ...]) -> list[str]:
    """Treaties between the two of which one cannot tell, where nothing that obliges stands before them."""
    if standing and standing[0].kind == "bilateral":
        return []
    if standing and standing[0].kind == "multilateral" and standing[0].obligation == "shall":
        return []
    open_ones = (each for each in rejected if each.kind == "bilateral" and each.finding == "cannot-tell" and each.facts)
    return list(dict.fromkeys(each.instrument for each in open_ones))


def _deciding(standing: tuple[Basis, ...], rejected: tuple[Rejected, ...]) -> Iterable[Fact]:
    """On what the first sentence rests: the best basis; and, where that is no treaty, what excludes those."""
    if standing and standing[0].kind in TREATIES:
        barring = [fact for each in standing[0].refusals if each.finding == "bars" for fact in each.facts]
        return [*standing[0].deciding, *barring]
    excluded = [each for each in rejected if each.finding == "no" and each.why in _DECIDE]
    return [*(fact for each in excluded for fact in each.facts), *(standing[0].deciding if standing else ())]


_DECIDE = {"excluded-by-statement", "not-taken-as-basis", "no-treaty"}


def _names(facts: tuple[Fact, ...]) -> str:
    found = dict.fromkeys((name(each), each.verification) for each in facts)
    told = [say("{fact} ({how})", fact=fact, how=term("verification", how)) for fact, how in found]
    named = listed_apart(*told[:3])
    return say("{facts} and {count} more", facts=named, count=len(told) - 3) if len(told) > 3 else named
