# SPDX-License-Identifier: Apache-2.0
"""A statement: what one authority says to others, as the bytes that it signs.

    {"after":[…],"body":{…},"from":"CN/mps","handling":{…},"id":"…","kind":"preservation","sent":"…","thread":"…","to":["ES/policia-nacional"],"v":1}

Promises, in order: the bytes are canonical; every member has its one form; members that this version does not know are
kept in `extra` and written back; what was `entered` from a letter goes to whoever entered it, and to nobody else; what
goes on `paper` goes to one. Nothing here asks whether the statement is signed, lawful or in season.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from comity.protocol.wire import canonical
from comity.protocol.wire.dsse import PayloadType
from comity.protocol.wire.entered import Entered
from comity.protocol.wire.members import Members
from comity.protocol.wire.names import AuthorityId, Digest, MessageId, format_time

VERSION = 1
PAYLOAD_TYPE = PayloadType.STATEMENT
MAX_BYTES = 1 << 20
MAX_PARTIES = 64
MAX_RELAYS = 8
MAX_AFTER = 256
_KIND = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_MEMBERS = frozenset(
    {"v", "id", "thread", "kind", "from", "to", "via", "sent", "after", "handling", "body", "entered", "paper"}
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One message before signing. `via` lists the home authorities that relay it, in order; most have none. `entered`
    tells of the letter that it was put into form from, `paper` that it leaves as a letter; most have neither."""

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
    entered: Entered | None = None
    paper: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def opens(self) -> bool:
        """Whether this is the first message of its thread."""
        return self.id == self.thread

    @property
    def signer(self) -> AuthorityId:
        """Whose keys sign it and whose officers approve it: its author's, or those of who entered its letter."""
        return self.entered.by if self.entered else self.sender

    @property
    def by_letter(self) -> bool:
        """Whether it came, or goes, as a letter: then so does its thread, and no node is told of it."""
        return self.paper or self.entered is not None

    def to_json(self) -> dict[str, Any]:
        """The statement as a JSON object."""
        value: dict[str, Any] = {
            **{name: self.extra[name] for name in self.extra if name not in _MEMBERS},
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
        if self.entered:
            value["entered"] = self.entered.to_json()
        if self.paper:
            value["paper"] = True
        return value

    def to_bytes(self) -> bytes:
        """The canonical bytes. Raises `TooLarge` or `NotCanonical`."""
        return canonical.encode(self.to_json(), limit=MAX_BYTES)


def parse(data: bytes) -> Statement:
    """The statement that these bytes are; or `TooLarge`, `TooDeep`, `NotCanonical`, `BadMember`, `UnknownVersion`."""
    return read(canonical.decode_object(data, limit=MAX_BYTES))


def read(value: Mapping[str, Any]) -> Statement:
    """The statement that this JSON object is. Raises `BadMember` or `UnknownVersion`."""
    members = Members("statement", value)
    members.version(VERSION)
    sender = members.authority("from")
    to = _to(members, sender)
    return Statement(
        id=members.id("id"),
        thread=members.id("thread"),
        kind=members.text("kind", at_most=64, form=_KIND),
        sender=sender,
        to=to,
        sent=members.time("sent"),
        after=members.digests("after", at_most=MAX_AFTER),
        handling=members.inside("handling").value,
        body=members.inside("body").value,
        via=_via(members),
        entered=_entered(members, to),
        paper=_paper(members, to),
        extra=members.others(_MEMBERS),
    )


def _to(members: Members, sender: AuthorityId) -> tuple[AuthorityId, ...]:
    """Whom it is for: an empty audience means nobody, so there is none such."""
    to = members.authorities("to", at_most=MAX_PARTIES)
    if not to:
        members.bad("to", "names nobody")
    if sender in to:
        members.bad("to", "names the sender")
    return to


def _via(members: Members) -> tuple[AuthorityId, ...]:
    """The relays; without any, the member is absent, so that each statement has one spelling."""
    if "via" not in members.value:
        return ()
    via = members.authorities("via", at_most=MAX_RELAYS)
    if not via:
        members.bad("via", "is empty; it must then be absent")
    return via


def _entered(members: Members, to: tuple[AuthorityId, ...]) -> Entered | None:
    """The letter behind it. It came to whoever entered it, by no relay that could have signed."""
    if "entered" not in members.value:
        return None
    entered = Entered.from_json(members.inside("entered"))
    if to != (entered.by,) or "via" in members.value:
        members.bad("entered", "goes with one addressee, who entered it, and no relay")
    return entered


def _paper(members: Members, to: tuple[AuthorityId, ...]) -> bool:
    """Whether it goes on paper: to one authority, by no relay; a letter that came is no letter that goes."""
    if "paper" not in members.value:
        return False
    if members.value["paper"] is not True:
        members.bad("paper", "is not true; it must then be absent")
    if len(to) != 1 or "via" in members.value or "entered" in members.value:
        members.bad("paper", "goes with one addressee, no relay, and a statement of one's own")
    return True
