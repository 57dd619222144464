# SPDX-License-Identifier: Apache-2.0
"""Instruments, what they provide, and whom they bind since when."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from comity.law.facts.fact import Fact, Name, State, Text
from comity.law.facts.measures import Measure, TreatyKind
from comity.law.facts.terms import Ruling

InstrumentType = Literal[
    "multilateral", "bilateral", "domestic-law", "scheme", "police-mechanism", "data-access-agreement"
]

Matter = Literal[
    "assurances",
    "blocking",
    "channel",
    "contents",
    "cooperating-persons",
    "data-protection",
    "effect",
    "execution",
    "general-principle",
    "language",
    "nationals",
    "non-application",
    "procedure",
    "refusal",
    "scope",
    "threshold",
    "use-limitation",
]

Act = Literal["ratification", "acceptance", "approval", "accession", "succession", "formal-confirmation", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which cases an instrument is about: `offences` by category, or all where it names none and `serious` is not set;
    with them crimes that may carry at least `serious` months. `group` says that an organised group must take part;
    `evidence` that assistance, though not surrender, also covers electronic evidence of any offence."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    offences: tuple[str, ...] = ()
    serious: int = 0
    group: bool = False
    evidence: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument(Fact):
    """A treaty, scheme, law or mechanism. `in_force` is the day on which it came into force in general. `state` is
    whose law it is, and `without_treaty` whether that law lets its authorities act without one; `treaty` is the treaty
    between two of which this is the text. `alone` says that national rules on a measure add nothing to it;
    `except_for` are those to whom the law does not apply."""

    id: Name
    title: Text
    type: InstrumentType
    adopted: date | None = None
    in_force: date | None = None
    depositary: str = ""
    state: State | None = None
    without_treaty: Literal["reciprocity", "allowed"] | None = None
    treaty: str = ""
    alone: bool = False
    except_for: tuple[State, ...] = ()
    scope: Scope | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision(Ruling):
    """An article: the measures it gives, the matters it governs, and its rules in words and in codes. `also` are the
    articles of the same instrument whose rules hold for it too. `outgoing` says that the article of a state's law is
    about its own requests to others."""

    instrument: Text
    article: Text
    matters: tuple[Matter, ...] = ()
    also: tuple[str, ...] = ()
    outgoing: bool = False
    heading: Text
    deadline: str = ""
    contents: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll(Fact):
    """That the participations entered here are all that an instrument had on a day. `closed` says that nobody joins
    without those who are in."""

    instrument: Text
    complete_on: date
    closed: bool = False


RelationKind = Literal["yields-to", "widens", "supplements", "adds-offences", "replaces"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Fact):
    """How an instrument stands to others. `to` is an instrument, or a kind of treaty between the two.

    `yields-to`: the articles named hold only where no such treaty does. `widens`: its offences count as named in such a
    treaty, which it does not replace. `supplements`: it binds only those whom the other binds. `adds-offences`: its
    offences count as those of the other. `replaces`: between two whom it binds, the other is not used, for the
    `measures` named or for any.
    """

    instrument: Text
    articles: tuple[str, ...] = ()
    kind: RelationKind
    to: Text
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation(Fact):
    """What a state did about an instrument, and since when it is bound. `computed` says that the day was computed by
    the instrument's own rule. Where the source says that a state is bound and not since when, `in_force_by` is a day on
    which it was."""

    instrument: Text
    state: State
    signed: date | None = None
    act: Act = "unknown"
    deposited: date | None = None
    in_force: date | None = None
    in_force_by: date | None = None
    computed: bool = False
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Treaty(Fact):
    """A treaty between two: `CN-ES-extradition`. `continued` says that it was an older one, and that what was signed
    confirms since when it applies between these two. Where the source says that it is in force and not since when,
    `in_force_by` is a day on which it was. Two facts about one treaty are two witnesses."""

    id: Text
    kind: TreatyKind
    parties: tuple[State, State]
    signed: date | None = None
    in_force: date | None = None
    in_force_by: date | None = None
    continued: bool = False
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence(Fact):
    """That two have no treaty of a kind, as far as the source knows: a fact of its own, for silence says nothing."""

    kind: TreatyKind
    parties: tuple[State, State]
