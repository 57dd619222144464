# SPDX-License-Identifier: Apache-2.0
"""What to look at before a request leaves, and before it is accepted: each reason with a code, and the facts behind it.

The same at both gates. A reason tells; it never decides. One alone closes the gate to drafting, because the law of the
one who is asked says so: informal help that is to be used as evidence, where it is given only to whoever says that it
will not be.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from comity.law.bases.answer import Answer, Basis, Refusal
from comity.law.bases.roads.road import number
from comity.law.facts.fact import Fact
from comity.law.facts.measures import COERCIVE
from comity.law.naming import name as name_of
from comity.law.requests.checklist import Item, checklist
from comity.law.sentences import listed_apart, quoted, say, term
from comity.law.view import View

Code = Literal[
    "no-basis-named",
    "basis-unknown",
    "basis-rejected",
    "ground-bars",
    "ground-likely",
    "content-missing",
    "informal-no-evidence",
    "needs-coercion",
    "blocking-law",
    "deciding-fact-unverified",
]


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing to look at. `closes` says that a request with it is not to leave."""

    code: Code
    words: str
    closes: bool = False
    facts: tuple[Fact, ...] = ()


def chosen(view: View, answer: Answer, body: Mapping[str, Any]) -> Basis | None:
    """The basis that the request names, if it stands."""
    named = _named(view, body)
    return next((each for each in answer.bases if _is(each.instrument, each.article, named)), None)


def missing(view: View, answer: Answer, body: Mapping[str, Any], members: frozenset[str]) -> tuple[Item, ...]:
    """What the basis that the request names asks for, and whether the request says it."""
    basis = chosen(view, answer, body)
    return checklist(body, members, basis.contents) if basis is not None else ()


def preflight(view: View, answer: Answer, body: Mapping[str, Any], members: frozenset[str]) -> tuple[Reason, ...]:
    """Every reason, what closes the gate first."""
    found = [
        *_informal(answer),
        *_basis(view, answer, body),
        *_contents(missing(view, answer, body, members)),
        *_blocking(view, answer),
    ]
    return tuple(sorted(found, key=lambda each: not each.closes))


def _basis(view: View, answer: Answer, body: Mapping[str, Any]) -> Iterator[Reason]:
    named = _named(view, body)
    if not named[0]:
        if answer.bases and answer.question.measure in COERCIVE:
            yield Reason("no-basis-named", say("No legal basis is named."))
        return
    basis = chosen(view, answer, body)
    if basis is None:
        yield from _not_standing(answer, named)
        return
    yield from _weighed(answer, basis)


def _not_standing(answer: Answer, named: tuple[str, str]) -> Iterator[Reason]:
    rejected = next((each for each in answer.rejected if _is(each.instrument, "", (named[0], ""))), None)
    if rejected is not None:
        said = say("{basis}: {why}", basis=named[0], why=rejected.words)
        yield Reason("basis-rejected", said, facts=rejected.facts)
    elif named[0].casefold() != "reciprocity":
        said = say("The facts of law know no basis {basis} for this measure between the two.", basis=named[0])
        yield Reason("basis-unknown", said)


def _weighed(answer: Answer, basis: Basis) -> Iterator[Reason]:
    for refusal in basis.refusals:
        if refusal.finding == "bars":
            yield Reason("ground-bars", _ground(refusal), facts=refusal.facts)
        elif refusal.finding == "likely":
            yield Reason("ground-likely", _ground(refusal), facts=refusal.facts)
    if basis.kind == "police" and answer.question.measure in COERCIVE:
        said = say("Police alone cannot carry a measure that needs the power of the state.")
        yield Reason("needs-coercion", said)
    unverified = tuple(each for each in basis.deciding if not each.verified)
    if unverified:
        told = ", ".join(dict.fromkeys(map(name_of, unverified)))
        said = say("The basis rests on what is not verified: {facts}.", facts=told)
        yield Reason("deciding-fact-unverified", said, facts=unverified)


def _ground(refusal: Refusal) -> str:
    return say("{ground}: {why}", ground=term("ground", refusal.ground), why=refusal.why)


def _contents(items: tuple[Item, ...]) -> Iterator[Reason]:
    lacking = [term("content", each.content, each.words) for each in items if each.said is False]
    if lacking:
        yield Reason("content-missing", say("The basis asks for more: {contents}.", contents=listed_apart(*lacking)))


def _informal(answer: Answer) -> Iterator[Reason]:
    for rejected in answer.rejected:
        if rejected.why == "informal-not-for-evidence":
            yield Reason("informal-no-evidence", rejected.words, closes=True, facts=rejected.facts)
            return


def _blocking(view: View, answer: Answer) -> Iterator[Reason]:
    """Roads that pass by the requested state's authorities, where its law forbids that."""
    if answer.question.measure not in ("direct-access", "direct-provider-cooperation"):
        return
    for rule in view.seen(view.index.rules.get(answer.question.requested, ())):
        if rule.effect == "blocking":
            yield Reason("blocking-law", quoted(rule.text), facts=(rule,))


def _named(view: View, body: Mapping[str, Any]) -> tuple[str, str]:
    """The instrument and article that a request names; the text of a treaty between two stands for the treaty."""
    basis = body.get("basis")
    if not isinstance(basis, Mapping):
        return "", ""
    name = _text(basis.get("instrument"))
    text = view.instrument(name)
    return (text.treaty if text and text.treaty else name), _text(basis.get("article"))


def _text(value: object) -> str:
    """A text from a body, cut to what a name may have."""
    return value.strip()[:64] if isinstance(value, str) else ""


def _is(instrument: str, article: str, named: tuple[str, str]) -> bool:
    """Whether a request that names this means that road: by the instrument, and by its article if it names one."""
    if instrument.casefold() != named[0].casefold():
        return False
    return not named[1] or not article or number(named[1]) == number(article)
