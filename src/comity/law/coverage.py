# SPDX-License-Identifier: Apache-2.0
"""What is known between two states, how well, what is to be verified, and with whom; and what others claim of it.

A claim is what somebody published. It is kept beside the facts, never among them, and where the two differ both are
shown.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from comity.law.bases.answer import Answer
from comity.law.bases.asking import bases
from comity.law.bases.question import Question
from comity.law.binding import treaties
from comity.law.facts.claims import Claim
from comity.law.facts.fact import Fact
from comity.law.facts.measures import MEASURES
from comity.law.facts.national import Authority, Rule, Statement
from comity.law.facts.treaties import Absence, Participation, Treaty
from comity.law.sentences import quoted, say, term
from comity.law.view import View


@dataclass(frozen=True, slots=True)
class ToVerify:
    """A fact that is not verified, and who can tell."""

    fact: Fact
    whom: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim, and whether the facts say otherwise: `None` where they say nothing."""

    claim: Claim
    differs: bool | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the answers between two rest on. `silent` are the instruments and treaties of which one cannot tell."""

    answers: tuple[Answer, ...]
    counts: Mapping[str, int]
    to_verify: tuple[ToVerify, ...]
    silent: tuple[str, ...]
    claims: tuple[Claimed, ...]


def coverage(view: View, requesting: str, requested: str, measures: Iterable[str] = MEASURES) -> Coverage:
    """Every measure between two, asked without a case."""
    answers = tuple(
        bases(view, Question(requesting=requesting, requested=requested, measure=each)) for each in measures
    )
    used = {id(fact): fact for answer in answers for fact in _used(answer)}
    doubtful = sorted((each for each in used.values() if not each.verified), key=lambda each: each.verification)
    silent = {each.instrument: None for answer in answers for each in answer.rejected if each.finding == "cannot-tell"}
    return Coverage(
        answers=answers,
        counts=dict(Counter(each.verification for each in used.values())),
        to_verify=tuple(ToVerify(each, whom(view, each)) for each in doubtful),
        silent=tuple(silent),
        claims=tuple(claims(view, requesting, requested)),
    )


def claims(view: View, one: str, other: str) -> Iterator[Claimed]:
    """What others claim of the treaties between two, beside what the facts say of the day of the claim."""
    for claim in view.index.claims.get(frozenset((one, other)), ()):
        if not claim.known(view.known):
            continue
        then = View(view.index, claim.said_on, view.known)
        found = treaties(then, one, other, claim.kind)
        facts = tuple(fact for each in found for fact in each.facts)
        absent = view.seen(
            each for each in view.index.absences.get(frozenset((one, other)), ()) if each.kind == claim.kind
        )
        listed = any(each.finding != "not-bound" for each in found)
        if claim.says == "has-none":
            differs = True if listed else (False if absent else None)
        else:
            differs = False if listed else (True if absent else None)
        yield Claimed(claim, differs, (*facts, *absent))


def whom(view: View, fact: Fact) -> str:
    """Who can tell whether a fact is so."""
    match fact:
        case Participation() | Statement():
            described = view.instrument(fact.instrument)
            keeper = described.depositary if described else ""
            return quoted(keeper) if keeper else _central(fact.state)
        case Treaty() | Absence():
            one, other = (term("state", each) for each in fact.parties)
            return say("the foreign ministry of {one} or {other}", one=one, other=other)
        case Authority():
            return _central(fact.state)
        case Rule():
            return _central(fact.jurisdiction)
    return say("the text itself")


def _central(state: str) -> str:
    return say("the central authority of {state}", state=term("state", state))


def _used(answer: Answer) -> Iterator[Fact]:
    for basis in answer.bases:
        yield from basis.facts
    for rejected in answer.rejected:
        yield from rejected.facts
