# SPDX-License-Identifier: Apache-2.0
"""What one state says, whom it designates, how its own law rules, and what it punishes."""

from dataclasses import dataclass
from typing import Literal

from comity.law.facts.fact import Fact, State, Text

StatementKind = Literal["reservation", "declaration", "notification", "territory"]

Role = Literal["central-authority", "contact-24-7", "extradition-authority", "competent-authority"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Fact):
    """What a state declared about an instrument: a reservation limits what binds it, and those who ask it too."""

    state: State
    instrument: Text
    articles: tuple[str, ...] = ()
    kind: StatementKind
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority(Fact):
    """Whom a state designated, for which instrument and articles."""

    state: State
    role: Role
    instrument: str = ""
    articles: tuple[str, ...] = ()
    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Fact):
    """A rule of a state's own law or practice, by topic, in words. `jurisdiction` is a state, or `any`, or an
    organisation whose practice it is."""

    jurisdiction: Text
    topic: Text
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Offence(Fact):
    """An offence of a state's law, or one that an instrument defines. `jurisdiction` is a state's code or an
    instrument's id; `penalty` is said in the source's words."""

    jurisdiction: Text
    provision: Text
    title: Text
    category: str = ""
    penalty: str = ""
