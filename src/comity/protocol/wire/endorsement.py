# SPDX-License-Identifier: Apache-2.0
"""An endorsement: a home authority's word that it relays a message, as the law of its state asks.

    {"at":"2026-11-22T08:00:00.000Z","by":"CN/moj","message":"sha256:…","v":1}

A request may have to pass its own central authority, or its foreign ministry, before it leaves. The author names them
in `via`; each reads the message, signs its endorsement with both keys, and passes the message on unchanged. The
endorsement lies beside the statement, so the author's signature stands untouched. A recipient refuses a message that
lacks one of its relays."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from comity.protocol.wire import canonical
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.errors import BadMember, UnknownVersion, WireError
from comity.protocol.wire.names import AuthorityId, Digest, authority_id, digest, format_time, parse_time

PAYLOAD_TYPE = "application/vnd.comity.endorsement+json"
VERSION = 1
MAX_BYTES = 4096
_WHAT = "endorsement"


@dataclass(frozen=True, slots=True)
class Endorsement:
    """`by` relays the message of digest `message`, from the instant `at`."""

    by: AuthorityId
    message: Digest
    at: datetime

    def to_bytes(self) -> bytes:
        """The canonical bytes."""
        value = {"v": VERSION, "by": self.by, "message": self.message, "at": format_time(self.at)}
        return canonical.encode(value, limit=MAX_BYTES)


def parse(data: bytes) -> Endorsement:
    """The endorsement that these bytes are. Raises `WireError`s; unknown members stay in the signed bytes."""
    value = canonical.decode_object(data, limit=MAX_BYTES)
    if value.get("v") != VERSION:
        raise UnknownVersion(what=_WHAT, version=str(value.get("v"))[:20], known=VERSION)
    for member in ("by", "message", "at"):
        if member not in value:
            raise BadMember(what=_WHAT, member=member, why="is missing")
    return Endorsement(
        authority_id(value["by"], _WHAT), digest(value["message"], _WHAT), parse_time(value["at"], _WHAT)
    )


def authors(beside: Iterable[Signed]) -> frozenset[AuthorityId]:
    """The authorities whose endorsements lie beside a message. They were verified when it was taken in."""
    return frozenset(who for _, who in _told(beside))


def by(beside: Iterable[Signed], authority: AuthorityId) -> list[Signed]:
    """What lies beside a message and says that it is this authority's endorsement, believed by nobody yet."""
    return [signed for signed, who in _told(beside) if who == authority]


def _told(beside: Iterable[Signed]) -> Iterator[tuple[Signed, AuthorityId]]:
    """Each endorsement and who says it. Whoever carries a message can lay there what is none: it is passed over."""
    for each in beside:
        if each.payload_type != PAYLOAD_TYPE:
            continue
        try:
            yield each, parse(each.payload).by
        except WireError:
            continue
