# SPDX-License-Identifier: Apache-2.0
"""What one state says, whom it designates, how its own law rules, and what it punishes."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from comity.law.facts.conduct import Element
from comity.law.facts.fact import Fact, State, Text
from comity.law.facts.measures import Measure
from comity.law.facts.terms import Ground, Ruling

StatementKind = Literal["reservation", "declaration", "notification", "territory"]

Role = Literal["central-authority", "contact-24-7", "extradition-authority", "competent-authority"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Fact):
    """What a state declared about an instrument: a reservation limits what binds it, and those who ask it too.

    `effect` on the measures named: `excludes` them; `no-basis`, it does not take the instrument as one; `basis`, it
    does; `limits` what it does, in words; `ground`, it may refuse on `grounds`. Without an effect it is shown in words.
    """

    state: State
    instrument: Text
    articles: tuple[str, ...] = ()
    kind: StatementKind
    text: Text
    measures: tuple[Measure, ...] = ()
    effect: Literal["excludes", "no-basis", "basis", "limits", "ground"] | None = None
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority(Fact):
    """Whom a state designated, for which instrument and articles."""

    state: State
    role: Role
    instrument: str = ""
    articles: tuple[str, ...] = ()
    name: Text


Proof = Literal["source-statement", "certificate"]
"""What the courts of a state ask of evidence from abroad, beside the evidence."""

RuleEffect = Literal["basis", "blocking", "evidence-use", "follow-up", "not-as-evidence-only", "treaty-needed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Ruling):
    """A rule of a state's own law or practice, by topic, in words and in codes. `jurisdiction` is a state, `any`, or an
    organisation whose practice it is; `instrument` is the law that says it, where it is described;
    `others` are those to whom alone it applies.

    `effect`: `basis`, its law is a road of its own, on `condition`; `blocking`, nobody there may give what is asked but
    through its authorities; `evidence-use`, what its courts ask of evidence from abroad; `follow-up`, informal help is
    to be followed by a formal request; `not-as-evidence-only`, informal help is given only to whoever says that it will
    not be evidence; `treaty-needed`, its law lets nobody there act without a treaty.
    """

    jurisdiction: Text
    topic: Text
    text: Text
    instrument: str = ""
    others: tuple[State, ...] = ()
    effect: RuleEffect | None = None
    proofs: tuple[Proof, ...] = ()
    condition: Literal["reciprocity"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Penalty:
    """A grade of punishment by deprivation of liberty: at least `min`, at most `max` months, and whether it may be for
    life, or death. `when` says what leads to this grade; the first grade of an offence is the ordinary one."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    min: int = 0
    max: int = 0
    life: bool = False
    death: bool = False
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offence(Fact):
    """An offence of a state's law, or one that an instrument defines. `jurisdiction` is a state's code or an
    instrument's id; `penalty` is said in the source's words, and in `penalties` grade by grade. `elements` are all that
    the conduct must have."""

    jurisdiction: Text
    provision: Text
    title: Text
    category: str = ""
    elements: tuple[Element, ...] = ()
    penalty: str = ""
    penalties: tuple[Penalty, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Category(Fact):
    """A category of offence: the elements that its offences have in common, where instruments define it, and the wider
    category that it belongs to."""

    id: Text
    parent: str = ""
    elements: tuple[Element, ...] = ()
    budapest: tuple[str, ...] = ()
    hanoi: tuple[str, ...] = ()
