# SPDX-License-Identifier: Apache-2.0
"""What is said first: what carries the measure, in one sentence; before it, a deciding fact that is not verified."""

from collections.abc import Iterable

from comity.law.bases.answer import TREATIES, Basis, Rejected
from comity.law.bases.question import Question
from comity.law.facts.fact import Fact
from comity.law.naming import name

_SAYS = {
    "shall": "{to} is bound to answer it",
    "may": "{to} may act on it, and owes nothing",
    "endeavour": "{to} is to try",
    "unknown": "what {to} owes on it has not been entered",
    "none": "nobody owes anything on it",
}


def opening(
    question: Question, standing: tuple[Basis, ...], rejected: tuple[Rejected, ...]
) -> tuple[str, tuple[Fact, ...]]:
    """The first sentence, and the facts not verified that decide it."""
    deciding = tuple(each for each in _deciding(standing, rejected) if not each.verified)
    warning = f"Not verified: {_names(deciding)}. If so: " if deciding else ""
    unsettled = _unsettled(standing, rejected)
    if unsettled:
        warning += f"Not settled: {'; '.join(unsettled)}. If none binds: "
    return warning + _sentence(question, standing, rejected), deciding


def _sentence(question: Question, standing: tuple[Basis, ...], rejected: tuple[Rejected, ...]) -> str:
    measure = question.measure.replace("-", " ")
    asked = f"a request for {measure} from {question.requesting} to {question.requested}"
    if standing:
        best = standing[0]
        where = f"{best.instrument} {best.article}".strip()
        if best.barred:
            grounds = ", ".join(each.ground for each in best.refusals if each.finding == "bars")
            return f"{where} would carry {asked}, but {grounds} bars it as far as the facts say."
        doubt = "" if best.fits == "in" else ", if the case is one that it covers"
        if best.ways and all(each.road == "provider" for each in best.ways):
            order = question.measure.replace("-", " ")
            return f"{where} lets an order for {order} go to the provider in {question.requested}{doubt}."
        owes = _SAYS[best.obligation].format(to=question.requested)
        if best.kind in ("domestic-law", "reciprocity") and any(each.finding == "cannot-tell" for each in rejected):
            owes = f"{question.requested} may act on it; whether a treaty obliges it is not known here"
        return f"{where} carries {asked}{doubt}: {owes}."
    if any(each.finding == "cannot-tell" for each in rejected) or not rejected:
        return f"Cannot tell whether anything carries {asked}: ask {question.requested} first."
    if any(each.why == "treaty-needed" for each in rejected):
        return f"No basis is known for {asked}, and the law of {question.requested} needs a treaty."
    return (
        f"No treaty is known to carry {asked}; whether the law of {question.requested} lets it act is not known here."
    )


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
    told = list(dict.fromkeys(f"{name(each)} ({each.verification})" for each in facts))
    more = f" and {len(told) - 3} more" if len(told) > 3 else ""
    return "; ".join(told[:3]) + more
