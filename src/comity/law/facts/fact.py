# SPDX-License-Identifier: Apache-2.0
"""What every fact of law carries: where it was read, how far it is verified, when we knew it, and when it is law.

Two times are kept. `valid_from` to `valid_to` is when the law says so; `seen_at` is when we knew. So an answer that was
given on a day can be given again as it was.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal

from annotated_types import MinLen, Predicate

Verification = Literal["official-or-copy-of-official", "secondary", "partly-memory", "memory"]
"""How far a fact is verified. Nothing marked `memory` is shown to anybody as verified."""

VERIFIED: frozenset[str] = frozenset({"official-or-copy-of-official"})
"""What may carry a decision without a warning."""


def is_state(value: str) -> bool:
    """Whether it has the form of a state's code: two letters of ISO 3166-1, or EU."""
    return re.fullmatch(r"[A-Z]{2}", value, re.ASCII) is not None


def is_name(value: str) -> bool:
    """Whether it can name an instrument: capitals, digits and hyphens, so that it can stand in an address."""
    return re.fullmatch(r"[A-Z0-9][A-Z0-9-]{0,40}", value, re.ASCII) is not None


State = Annotated[str, Predicate(is_state)]
Name = Annotated[str, Predicate(is_name)]
Text = Annotated[str, MinLen(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """`source` is an address that was read, or `memory`. `to_verify` marks a fact that is critical, or on which sources
    disagree. `note` is for people."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}  # a misspelt member is a fault, not a silence

    source: Text
    verification: Verification
    seen_at: date
    to_verify: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""

    @property
    def verified(self) -> bool:
        """Whether an answer may rest on it without saying so first."""
        return self.verification in VERIFIED and not self.to_verify

    def known(self, on: date) -> bool:
        """Whether we knew it on that day."""
        return self.seen_at <= on

    def valid(self, on: date) -> bool:
        """Whether it was law on that day, as far as its own dates say."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)
