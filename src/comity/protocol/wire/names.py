# SPDX-License-Identifier: Apache-2.0
"""The small values that every format uses: authorities, digests, times, identifiers.

Each has one spelling only, so that equal things are equal bytes. Parsing raises `BadMember`.
"""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from typing import NewType

from comity.protocol.wire.errors import BadMember

AuthorityId = NewType("AuthorityId", str)
"""`ES/policia-nacional`: an ISO 3166 code (or EU, UN for their bodies), a slash, a lower-case name; at most 64 long."""

Digest = NewType("Digest", str)
"""`sha256:` and 64 lower-case hexadecimal digits."""

MessageId = NewType("MessageId", str)
"""A UUIDv7 in lower case. A thread is named by the id of its first message."""

RANDOM_BYTES = 10
"""What `new_id` takes of randomness."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_AUTHORITY = re.compile(r"[A-Z]{2}/[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)
_UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z", re.ASCII)


def authority_id(value: object, what: str = "authority", member: str = "authority") -> AuthorityId:
    """`value` as an authority, or `BadMember` that names the format `what` and its member."""
    if isinstance(value, str) and len(value) <= 64 and _AUTHORITY.fullmatch(value):
        return AuthorityId(value)
    raise BadMember(what=what, member=member, why="is not of the form ES/policia-nacional")


def digest(value: object, what: str = "digest", member: str = "digest") -> Digest:
    """`value` as a digest, or `BadMember`."""
    if isinstance(value, str) and _DIGEST.fullmatch(value):
        return Digest(value)
    raise BadMember(what=what, member=member, why="is not sha256: and 64 hexadecimal digits")


def message_id(value: object, what: str = "id", member: str = "id") -> MessageId:
    """`value` as a message or thread id, or `BadMember`."""
    if isinstance(value, str) and _UUID7.fullmatch(value):
        return MessageId(value)
    raise BadMember(what=what, member=member, why="is not a lower-case UUIDv7")


def digest_of(data: bytes) -> Digest:
    """The SHA-256 of `data`."""
    return Digest("sha256:" + hashlib.sha256(data).hexdigest())


def new_id(now: datetime, random: bytes) -> MessageId:
    """A UUIDv7 (RFC 9562) of the aware instant `now` and ten bytes of `random`; `ValueError` for fewer bytes."""
    if len(random) < RANDOM_BYTES:
        raise ValueError(f"an id needs {RANDOM_BYTES} random bytes")
    milliseconds = (_aware(now) - _EPOCH) // timedelta(milliseconds=1)
    number = milliseconds << 80 | int.from_bytes(random[:RANDOM_BYTES], "big")
    number = number & ~(0xF << 76) | 0x7 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    text = f"{number:032x}"
    return MessageId("-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:])))


def format_time(instant: datetime) -> str:
    """An aware instant as `2026-11-22T07:33:54.123Z`: UTC, always milliseconds, what is finer cut off."""
    if instant.tzinfo is not UTC:
        instant = _aware(instant).astimezone(UTC)
    return instant.isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def parse_time(value: object, what: str = "time", member: str = "time") -> datetime:
    """The instant that `format_time` wrote, or `BadMember`."""
    if isinstance(value, str) and _TIME.fullmatch(value):
        try:
            return datetime.fromisoformat(value)
        except ValueError:  # no such day
            pass
    raise BadMember(what=what, member=member, why="is not of the form 2026-11-22T07:33:54.123Z")


def _aware(instant: datetime) -> datetime:
    """`instant`, or `ValueError` when it has no time zone: the machine's own must never decide what is signed."""
    if instant.utcoffset() is None:
        raise ValueError("an instant needs its time zone")
    return instant
