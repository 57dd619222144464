# SPDX-License-Identifier: Apache-2.0
"""The small values that every format uses: authorities, digests, times, identifiers.

Each has one spelling only, so that equal things are equal bytes. Parsing raises `BadMember`.
"""

import hashlib
import re
from datetime import UTC, datetime
from typing import NewType

from comity.protocol.wire.errors import BadMember

AuthorityId = NewType("AuthorityId", str)
"""`ES/policia-nacional`: an ISO 3166 code (or EU, UN for their bodies), a slash, a lower-case name; at most 64 long."""

Digest = NewType("Digest", str)
"""`sha256:` and 64 lower-case hexadecimal digits."""

MessageId = NewType("MessageId", str)
"""A UUIDv7 in lower case. A thread is named by the id of its first message."""

_AUTHORITY = re.compile(r"[A-Z]{2}/[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)
_UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)


def authority_id(value: object, what: str = "authority") -> AuthorityId:
    """`value` as an authority, or `BadMember`."""
    if isinstance(value, str) and len(value) <= 64 and _AUTHORITY.fullmatch(value):
        return AuthorityId(value)
    raise BadMember(what=what, member="authority", why="is not of the form ES/policia-nacional")


def digest(value: object, what: str = "digest") -> Digest:
    """`value` as a digest, or `BadMember`."""
    if isinstance(value, str) and _DIGEST.fullmatch(value):
        return Digest(value)
    raise BadMember(what=what, member="digest", why="is not sha256: and 64 hexadecimal digits")


def message_id(value: object, what: str = "id") -> MessageId:
    """`value` as a message or thread id, or `BadMember`."""
    if isinstance(value, str) and _UUID7.fullmatch(value):
        return MessageId(value)
    raise BadMember(what=what, member="id", why="is not a lower-case UUIDv7")


def digest_of(data: bytes) -> Digest:
    """The SHA-256 of `data`."""
    return Digest("sha256:" + hashlib.sha256(data).hexdigest())


def new_id(now: datetime, random: bytes) -> MessageId:
    """A UUIDv7 (RFC 9562) of the instant `now` and ten bytes of `random`."""
    number = int(now.timestamp() * 1000) << 80 | int.from_bytes(random[:10], "big")
    number = number & ~(0xF << 76) | 0x7 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    text = f"{number:032x}"
    return MessageId("-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:])))


def format_time(instant: datetime) -> str:
    """An aware instant as `2026-11-22T07:33:54.123Z`: UTC, always milliseconds."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{instant.microsecond // 1000:03d}Z"


def parse_time(value: object, what: str = "time") -> datetime:
    """The instant that `format_time` wrote, or `BadMember`."""
    if isinstance(value, str) and _TIME.fullmatch(value):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            pass
    raise BadMember(what=what, member="time", why="is not of the form 2026-11-22T07:33:54.123Z")
