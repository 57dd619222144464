# SPDX-License-Identifier: Apache-2.0
"""Instruments, what they provide, and whom they bind since when."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from comity.law.facts.fact import Fact, State, Text

InstrumentType = Literal[
    "multilateral", "bilateral", "domestic-law", "scheme", "police-mechanism", "data-access-agreement"
]

Measure = Literal[
    "asset-recovery",
    "banking-information",
    "confiscation",
    "controlled-delivery",
    "covert-investigation",
    "cross-border-observation",
    "direct-access",
    "direct-provider-cooperation",
    "emergency-disclosure",
    "evidence",
    "extradition",
    "fiu-cooperation",
    "freezing-seizure",
    "hearing-by-telephone",
    "hearing-by-video",
    "interception",
    "joint-investigation",
    "laying-of-information",
    "locate-person",
    "mutual-legal-assistance",
    "network-24-7",
    "partial-disclosure-of-traffic-data",
    "police-cooperation",
    "presence-of-officials",
    "preservation",
    "production",
    "provisional-arrest",
    "real-time-traffic-data",
    "return-of-assets",
    "search-seizure",
    "service-of-documents",
    "spontaneous-information",
    "surrender",
    "transfer-of-proceedings",
    "transfer-of-sentenced-persons",
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
class Instrument(Fact):
    """A treaty, scheme, law or mechanism. `in_force` is the day on which it came into force in general."""

    id: Text
    title: Text
    type: InstrumentType
    adopted: date | None = None
    in_force: date | None = None
    depositary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision(Fact):
    """An article: the measures it gives, the matters it governs, and its rules in words. `only_where` is said where the
    article applies only under a condition that its heading states."""

    instrument: Text
    article: Text
    measures: tuple[Measure, ...] = ()
    matters: tuple[Matter, ...] = ()
    heading: Text
    deadline: str = ""
    contents: str = ""
    refusal: str = ""


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


TreatyKind = Literal["extradition", "mla", "transfer-of-sentenced-persons", "data-access"]


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
