# SPDX-License-Identifier: Apache-2.0
"""A statement: what one authority says to others, as the bytes that it signs.

    {"after":[…],"body":{…},"from":"CN/mps","handling":{…},"id":"…","kind":"preservation","sent":"…","thread":"…","to":["ES/policia-nacional"],"v":1}

Promises, in order: the bytes are canonical; every member has its one form; members that this version does not know are
kept in `extra` and written back; nothing here asks whether the statement is signed, lawful or in season.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from comity.protocol.wire import canonical
from comity.protocol.wire.errors import BadMember, UnknownVersion
from comity.protocol.wire.names import (
    AuthorityId,
    Digest,
    MessageId,
    authority_id,
    digest,
    format_time,
    message_id,
    parse_time,
)

VERSION = 1
PAYLOAD_TYPE = "application/vnd.comity.statement+json"
MAX_BYTES = 1 << 20
MAX_PARTIES = 64
_MEMBERS = frozenset({"v", "id", "thread", "kind", "from", "to", "via", "sent", "after", "handling", "body"})


@dataclass(frozen=True, slots=True)
class Statement:
    """One message before signing. `via` lists the home authorities that relay it, in order; most have none."""

    id: MessageId
    thread: MessageId
    kind: str
    sender: AuthorityId
    to: tuple[AuthorityId, ...]
    sent: datetime
    after: tuple[Digest, ...]
    handling: Mapping[str, Any]
    body: Mapping[str, Any]
    via: tuple[AuthorityId, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def opens(self) -> bool:
        """Whether this is the first message of its thread."""
        return self.id == self.thread

    def to_bytes(self) -> bytes:
        """The canonical bytes. Raises `TooLarge` or `NotCanonical`."""
        value: dict[str, Any] = {
            **self.extra,
            "v": VERSION,
            "id": self.id,
            "thread": self.thread,
            "kind": self.kind,
            "from": self.sender,
            "to": list(self.to),
            "sent": format_time(self.sent),
            "after": list(self.after),
            "handling": dict(self.handling),
            "body": dict(self.body),
        }
        if self.via:
            value["via"] = list(self.via)
        return canonical.encode(value, limit=MAX_BYTES)


def parse(data: bytes) -> Statement:
    """The statement that these bytes are; or `TooLarge`, `TooDeep`, `NotCanonical`, `BadMember`, `UnknownVersion`."""
    value = canonical.decode_object(data, limit=MAX_BYTES)
    if value.get("v") != VERSION:
        raise UnknownVersion(what="statement", version=str(value.get("v"))[:20], known=VERSION)
    to = tuple(authority_id(each, "statement") for each in _list(value, "to", at_most=MAX_PARTIES))
    if not to or len(set(to)) != len(to):
        raise BadMember(what="statement", member="to", why="must name each recipient once, and at least one")
    sender = authority_id(value.get("from"), "statement")
    if sender in to:
        raise BadMember(what="statement", member="to", why="names the sender")
    kind = value.get("kind")
    if not isinstance(kind, str) or not 0 < len(kind) <= 64:
        raise BadMember(what="statement", member="kind", why="is not a short text")
    return Statement(
        id=message_id(value.get("id"), "statement"),
        thread=message_id(value.get("thread"), "statement"),
        kind=kind,
        sender=sender,
        to=to,
        sent=parse_time(value.get("sent"), "statement"),
        after=tuple(digest(each, "statement") for each in _list(value, "after", at_most=256)),
        handling=_object(value, "handling"),
        body=_object(value, "body"),
        via=tuple(authority_id(each, "statement") for each in _list(value, "via", at_most=8, optional=True)),
        extra={name: value[name] for name in value if name not in _MEMBERS},
    )


def _list(value: Mapping[str, Any], member: str, *, at_most: int, optional: bool = False) -> list[Any]:
    found = value.get(member, [] if optional else None)
    if not isinstance(found, list) or len(found) > at_most:
        raise BadMember(what="statement", member=member, why=f"is not a list of at most {at_most}")
    return found


def _object(value: Mapping[str, Any], member: str) -> dict[str, Any]:
    found = value.get(member)
    if not isinstance(found, dict):
        raise BadMember(what="statement", member=member, why="is not an object")
    return found
