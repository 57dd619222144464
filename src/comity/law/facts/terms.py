# SPDX-License-Identifier: Apache-2.0
"""What a provision or a national rule says, in codes that a program can weigh beside its words.

A member that is empty says nothing: neither that the source is silent nor that it was read. What the words say and the
codes do not is shown in words.
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Gt

from comity.law.facts.fact import Fact, Text
from comity.law.facts.measures import Measure

Unit = Literal["hours", "days", "working-days", "weeks", "months"]

Modality = Literal["shall", "may", "endeavour"]
"""Whether the requested side must, may, or is to try."""

OnlyWhere = Literal["no-mla-treaty", "no-extradition-treaty", "emergency"]
"""Conditions under which a provision applies at all."""

Road = Literal[
    "central-authorities",
    "ministries-of-justice",
    "diplomatic",
    "direct-judicial",
    "contact-24-7",
    "interpol",
    "police",
    "provider",
]

Force = Literal["mandatory", "discretionary", "never"]
"""A ground on which one must refuse, may refuse, or on which this rule says that none refuses."""

Unless = Literal["assurance", "consent", "retrial", "treaty", "prosecution"]
"""What takes a ground away, or stands in for what is refused."""

Content = Literal[
    "assistance-sought",
    "assurances",
    "authority",
    "consent",
    "custodian",
    "data",
    "emergency-facts",
    "facts",
    "intention-of-mla",
    "intention-of-extradition",
    "judgment",
    "law-texts",
    "link-with-case",
    "necessity",
    "offence",
    "order-copy",
    "penalties",
    "person",
    "procedure",
    "property",
    "provider",
    "purpose",
    "reciprocity",
    "speciality",
    "time-wished",
    "translation",
    "warrant",
]

Use = Literal["stated-purpose", "confidential", "speciality", "no-evidence", "evidence-with-consent", "conditions-bind"]
"""What the result may be used for: only what was stated; kept confidential; only the offences of the surrender; not as
evidence; as evidence with the provider's consent; as the provider's conditions say."""

_FORBID: dict[str, str] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A time that a provision sets: `what` is to have happened, counted from `after`."""

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    what: Text
    after: Text
    length: Annotated[int, Gt(0)]
    unit: Unit
    bound: Literal["min", "max", "target"]
    extension: int = 0
    side: Literal["requested", "requesting"] = "requested"
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A ground of refusal, by the code that it has on the wire."""

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    ground: Text
    force: Force
    unless: Unless | None = None
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A road of the request, at any urgency or only when it is urgent."""

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    road: Road
    urgent: bool = False
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """The least maximum penalty in months, under the law of both, of either, or of one side; and the least that is left
    to serve where a sentence is to be enforced."""

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    months: Annotated[int, Gt(0)]
    laws: Literal["both", "either", "requesting", "requested"] = "both"
    left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling(Fact):
    """What provisions and national rules have in common: which measures they are about, and what they say of them."""

    measures: tuple[Measure, ...] = ()
    modality: Modality | None = None
    only_where: OnlyWhere | None = None
    threshold: Threshold | None = None
    deadlines: tuple[Deadline, ...] = ()
    requires: tuple[Content, ...] = ()
    grounds: tuple[Ground, ...] = ()
    channels: tuple[Channel, ...] = ()
    languages: tuple[str, ...] = ()
    uses: tuple[Use, ...] = ()
