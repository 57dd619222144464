# SPDX-License-Identifier: Apache-2.0
"""What was put into form from a letter: who did it, when the letter came, and which letter it was.

    {"by":"ES/policia-nacional","came":"2026-11-20T09:00:00.000Z","dated":"2026-11-09","letter":"sha256:…"}

An authority that is no member writes on paper. A member that gets such a letter puts it into a statement `from` that
authority and to itself, alone, and signs it: it vouches for having read the letter so, and for nothing else. The letter
stays the original. Such a statement is no peer's business: it is kept where it was entered and taken by nobody else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self

from comity.protocol.wire.members import Members
from comity.protocol.wire.names import AuthorityId, Digest, format_time

_MEMBERS = frozenset({"by", "came", "dated", "letter"})
APPROVALS = 1
"""One officer reads the letter into the form, another one compares the two: whatever the kind asks of its authors."""


@dataclass(frozen=True, slots=True)
class Entered:
    """The letter behind a statement. `came` is when it reached `by`; `dated` is the day that it bears, where it bears
    one; `letter` is the digest of its scan, where one was made."""

    by: AuthorityId
    came: datetime
    dated: date | None = None
    letter: Digest | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The JSON form: what is not known is absent."""
        others = {name: self.extra[name] for name in self.extra if name not in _MEMBERS}
        value: dict[str, Any] = {**others, "by": self.by, "came": format_time(self.came)}
        if self.dated is not None:
            value["dated"] = self.dated.isoformat()
        if self.letter is not None:
            value["letter"] = self.letter
        return value

    @classmethod
    def from_json(cls, members: Members) -> Self:
        """What `to_json` wrote. Raises `BadMember`."""
        return cls(
            by=members.authority("by"),
            came=members.time("came"),
            dated=members.day("dated") if "dated" in members.value else None,
            letter=members.digest("letter") if "letter" in members.value else None,
            extra=members.others(_MEMBERS),
        )
