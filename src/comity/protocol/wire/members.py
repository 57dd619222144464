# SPDX-License-Identifier: Apache-2.0
"""Reading the members of a JSON object: each in its one form, or `BadMember` that names the format and the member.

An error never quotes the value: it may be about a person.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NoReturn, TypeVar

from comity.protocol.wire.canonical import LARGEST
from comity.protocol.wire.errors import BadMember, UnknownVersion
from comity.protocol.wire.names import AuthorityId, Digest, MessageId, authority_id, digest, message_id, parse_time
from comity.protocol.wire.octets import from_base64, from_base64url

T = TypeVar("T")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Members:
    """The members of one object of the format `what`. `of` makes it from any JSON value."""

    what: str
    value: Mapping[str, Any]

    @classmethod
    def of(cls, what: str, value: object) -> "Members":
        """`value`, which must be an object."""
        if not isinstance(value, dict):
            raise BadMember(what=what, member="(all)", why="is not an object")
        return cls(what, value)

    def bad(self, member: str, why: str) -> NoReturn:
        """Raise the error about `member`."""
        raise BadMember(what=self.what, member=member, why=why)

    def version(self, known: int) -> None:
        """Raise `UnknownVersion` unless member `v` is the integer `known`."""
        found = self.value.get("v")
        if type(found) is not int or found != known:
            shown = found if type(found) is int else "?"
            raise UnknownVersion(what=self.what, version=shown, known=known)

    def text(self, member: str, *, at_most: int, form: re.Pattern[str] | None = None, empty: bool = False) -> str:
        """A text of 1 to `at_most` characters that `form` matches whole; `empty` allows "" too."""
        return self._text(member, self.value.get(member), at_most, form, empty=empty)

    def texts(
        self, member: str, *, at_most: int, length: int, form: re.Pattern[str] | None = None, needed: bool = False
    ) -> tuple[str, ...]:
        """A list of such texts, each once; `needed` asks for at least one."""
        found = self.once(member, lambda each: self._text(member, each, length, form), at_most=at_most)
        if needed and not found:
            self.bad(member, "is empty")
        return found

    def integer(self, member: str, *, least: int = 0) -> int:
        """An integer from `least`."""
        found = self.value.get(member)
        if isinstance(found, bool) or not isinstance(found, int) or not least <= found <= LARGEST:
            self.bad(member, f"is not an integer of at least {least}")
        return found

    def items(self, member: str, *, at_most: int) -> list[Any]:
        """A list of at most `at_most` values."""
        found = self.value.get(member)
        if not isinstance(found, list) or len(found) > at_most:
            self.bad(member, f"is not a list of at most {at_most}")
        return found

    def each(self, member: str, read: Callable[[Any], T], *, at_most: int) -> tuple[T, ...]:
        """`read` of each value of a list."""
        return tuple(read(each) for each in self.items(member, at_most=at_most))

    def once(self, member: str, read: Callable[[Any], T], *, at_most: int) -> tuple[T, ...]:
        """`read` of each value of a list that names nothing twice."""
        found = self.each(member, read, at_most=at_most)
        if len(set(found)) != len(found):
            self.bad(member, "names something twice")
        return found

    def inside(self, member: str) -> "Members":
        """The members of an object that is a member."""
        found = self.value.get(member)
        if not isinstance(found, dict):
            self.bad(member, "is not an object")
        return Members(f"{self.what} {member}", found)

    def maybe(self, member: str, read: Callable[[str], T]) -> T | None:
        """`read(member)`, or None when the member is null. It must be there."""
        if member in self.value and self.value[member] is None:
            return None
        return read(member)

    def authority(self, member: str) -> AuthorityId:
        """An authority."""
        return authority_id(self.value.get(member), self.what, member)

    def authorities(self, member: str, *, at_most: int) -> tuple[AuthorityId, ...]:
        """A list of authorities, each once."""
        return self.once(member, lambda each: authority_id(each, self.what, member), at_most=at_most)

    def digest(self, member: str) -> Digest:
        """A digest."""
        return digest(self.value.get(member), self.what, member)

    def digests(self, member: str, *, at_most: int) -> tuple[Digest, ...]:
        """A list of digests, each once."""
        return self.once(member, lambda each: digest(each, self.what, member), at_most=at_most)

    def id(self, member: str) -> MessageId:
        """A message or thread id."""
        return message_id(self.value.get(member), self.what, member)

    def time(self, member: str) -> datetime:
        """An instant."""
        return parse_time(self.value.get(member), self.what, member)

    def day(self, member: str) -> date:
        """A day of the calendar, as `2026-11-22`."""
        found = self.value.get(member)
        if isinstance(found, str) and _DAY.fullmatch(found):
            try:
                return date.fromisoformat(found)
            except ValueError:  # no such day
                pass
        return self.bad(member, "is not of the form 2026-11-22")

    def base64(self, member: str, *, size: int | None = None) -> bytes:
        """Bytes as standard base64."""
        return from_base64(self.value.get(member), self.what, member, size=size)

    def base64url(self, member: str, *, at_most: int) -> bytes:
        """1 to `at_most` bytes as base64url without padding."""
        found = from_base64url(self.value.get(member), self.what, member)
        if not 0 < len(found) <= at_most:
            self.bad(member, f"does not hold 1 to {at_most} bytes")
        return found

    def others(self, known: Collection[str]) -> dict[str, Any]:
        """The members that this version does not know, to be kept and written back."""
        return {name: self.value[name] for name in self.value if name not in known}

    def _text(
        self, member: str, found: object, at_most: int, form: re.Pattern[str] | None, *, empty: bool = False
    ) -> str:
        if not isinstance(found, str) or len(found) > at_most or not (found or empty):
            self.bad(member, f"is not a text of {0 if empty else 1} to {at_most} characters")
        if found and form and not form.fullmatch(found):
            self.bad(member, "is not of its form")
        return found
