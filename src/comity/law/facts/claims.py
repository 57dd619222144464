# SPDX-License-Identifier: Apache-2.0
"""What somebody published about treaties. A claim is attributed; nothing is answered by it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from comity.law.facts.fact import Fact, State, Text
from comity.law.facts.measures import TreatyKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Fact):
    """`by` whom it was said, and on which day, that two have a treaty of a kind in force, or none."""

    by: Text
    said_on: date
    parties: tuple[State, State]
    kind: TreatyKind
    says: Literal["has-one", "has-none"]
