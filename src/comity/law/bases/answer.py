# SPDX-License-Identifier: Apache-2.0
"""What the law says to a question: bases, what was rejected, what can be done instead, and on what all of it rests.

It never says that a request is granted: a finding is what the facts say, and an authority decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from comity.law.bases.question import Question
from comity.law.facts.fact import Fact
from comity.law.facts.terms import Content, Deadline, Use

Kind = Literal["multilateral", "bilateral", "domestic-law", "reciprocity", "police"]

Obligation = Literal["shall", "may", "endeavour", "none", "unknown"]
"""`none` is a road on which nobody owes anything."""

Finding = Literal["clear", "possible", "likely", "bars", "cannot-tell"]

TREATIES: frozenset[str] = frozenset({"multilateral", "bilateral"})
"""Kinds of bases that bind."""

GRAVITY: Mapping[Finding, int] = {"clear": 0, "possible": 1, "cannot-tell": 2, "likely": 3, "bars": 4}
"""Findings from the lightest to the gravest."""

Outcome = Literal["basis", "none", "cannot-tell"]

Fits = Literal["in", "possible", "out", "cannot-tell"]

RejectedFor = Literal[
    "not-bound",
    "binding-unknown",
    "no-treaty",
    "treaty-unknown",
    "out-of-scope",
    "excluded-by-statement",
    "not-taken-as-basis",
    "treaty-needed",
    "treaty-in-force",
    "replaced",
    "no-emergency",
    "informal-not-for-evidence",
    "needs-coercion",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What is found on one ground, and why."""

    ground: str
    finding: Finding
    why: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An authority at one end, for its part."""

    side: Literal["requesting", "requested"]
    role: str
    name: str
    fact: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A road that the request may take."""

    road: str
    urgent: bool
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What must come after, and within which time: `deadline` is the clock that it must keep, if one is set."""

    measure: str
    why: str
    deadline: Deadline | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A step of the trace, with the fact that makes it."""

    what: Literal["binds", "statement", "relation", "scope", "rule", "condition", "words"]
    text: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A road of law that stands between the two on that day.

    `since` is since when it binds the requesting and the requested side; `deciding` are the facts without which it
    would not stand. `specific` says that it is about this very measure,
    `coercion` whether it carries a measure that needs the power of the state.
    """

    instrument: str
    article: str
    kind: Kind
    obligation: Obligation
    since: tuple[date | None, date | None]
    fits: Fits
    specific: bool
    coercion: bool
    ways: tuple[Way, ...]
    authorities: tuple[Named, ...]
    languages: tuple[str, ...]
    contents: tuple[Content, ...]
    clocks: tuple[Deadline, ...]
    refusals: tuple[Refusal, ...]
    uses: tuple[Use, ...]
    followups: tuple[FollowUp, ...]
    trace: tuple[Note, ...]
    deciding: tuple[Fact, ...]

    @property
    def barred(self) -> bool:
        """Whether a ground of refusal bars it, as far as the facts say."""
        return any(each.finding == "bars" for each in self.refusals)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts that it rests on, each once, the deciding ones first."""
        found = [*self.deciding]
        for note in self.trace:
            found += note.facts
        for refusal in self.refusals:
            found += refusal.facts
        found += [each.fact for each in self.authorities]
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """What might have been a basis. `finding` is `no`, or `cannot-tell` where the facts are silent or differ."""

    instrument: str
    article: str
    kind: Kind
    finding: Literal["no", "cannot-tell"]
    why: RejectedFor
    words: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """What can lawfully be done where no treaty carries the measure, with its limits."""

    what: str
    text: str
    limits: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`finding` is `basis` where at least one carries the measure with what powers it needs, `none` where the facts
    exclude all that they know of, else `cannot-tell`."""

    question: Question
    on: date
    known: date
    finding: Outcome
    bases: tuple[Basis, ...]
    rejected: tuple[Rejected, ...]
    alternatives: tuple[Alternative, ...]
    safeguards: tuple[Note, ...]
    first: str
    unverified: tuple[Fact, ...]
