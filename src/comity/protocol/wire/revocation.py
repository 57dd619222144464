# SPDX-License-Identifier: Apache-2.0
"""A revocation: an authority's word that keys are no longer its own, and since when.

    {"authority":"ES/policia-nacional","keyids":["ed25519:…","mldsa65:…"],"reason":"compromise","since":"…","v":1}

Signed with both signatures of a card of the authority: the one whose keys are revoked or a later one. Promises of
`parse`: the bytes are canonical and every member has its one form. Whether it counts is asked in `trust`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from comity.protocol.wire import canonical
from comity.protocol.wire.dsse import PayloadType, Signed
from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.forms import plain, plains
from comity.protocol.wire.members import Members
from comity.protocol.wire.names import AuthorityId, format_time

VERSION = 1
MAX_BYTES = 1 << 14
_WHAT = "revocation"
_KEYID = re.compile(r"(?:ed25519|mldsa65|mlkem768-x25519):[0-9a-f]{16}")
_MEMBERS = frozenset({"v", "authority", "keyids", "since", "reason"})


class Reason(StrEnum):
    """Why. What a reader does differs for `compromise` only: then a message's own time is no longer believed."""

    LOSS = "loss"  # nobody has the keys
    COMPROMISE = "compromise"  # somebody else has, or may have them
    SUPERSEDED = "superseded"  # other keys took their place


@dataclass(frozen=True, slots=True)
class Revocation:
    """What is sent at `since` or later under one of these keys is not the authority's."""

    authority: AuthorityId
    keyids: tuple[str, ...]
    since: datetime
    reason: Reason
    extra: Mapping[str, Any] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """The canonical bytes. Raises `TooLarge` or `NotCanonical`."""
        value = {
            **self.extra,
            "v": VERSION,
            "authority": self.authority,
            "keyids": self.keyids,
            "since": format_time(self.since),
            "reason": str(self.reason),
        }
        return canonical.encode(value, limit=MAX_BYTES)


def parse(data: bytes) -> Revocation:
    """The revocation that these bytes are. Raises as `card.parse` does."""
    members = Members(_WHAT, canonical.decode_object(data, limit=MAX_BYTES))
    members.version(VERSION)
    reason = plain(members, "reason", at_most=16)
    if reason not in set(Reason):
        raise members.bad("reason", "is neither loss, compromise nor superseded")
    return Revocation(
        authority=members.authority("authority"),
        keyids=plains(members, "keyids", at_most=64, length=40, form=_KEYID, least=1),
        since=members.time("since"),
        reason=Reason(reason),
        extra=members.others(_MEMBERS),
    )


def read(signed: Signed) -> Revocation:
    """The revocation in signed bytes whose signatures are still to be held. Raises as `parse`."""
    if signed.payload_type != PayloadType.REVOCATION:
        raise BadMember(what=_WHAT, member="payloadType", why=f"is not {PayloadType.REVOCATION}")
    return parse(signed.payload)
