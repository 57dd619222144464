# SPDX-License-Identifier: Apache-2.0
"""Handing over what was found: data preserved, data produced, with the conditions under which they may be used.

Files (the findings of execution) travel inside the message, each with the digest taken when it came in.
"""

import base64
import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from comity.cooperation import journey
from comity.cooperation.journey import Prepared, Utterance
from comity.protocol.terms.attachments import ATTACHMENTS_LIMIT
from comity.protocol.terms.handling import DEFAULT
from comity.protocol.wire.errors import TooLarge
from comity.protocol.wire.names import MessageId, digest_of
from comity.records.actors import Actor, Permission
from comity.records.errors import NotInSeason
from comity.records.home import Home
from comity.records.threads import reading

ANSWERS = ("preserved", "produced")


@dataclass(frozen=True, slots=True)
class File:
    """A small file to hand over."""

    name: str
    media_type: str
    digest: str
    content: bytes

    @classmethod
    def read(cls, path: Path) -> Self:
        """The file at `path`, its type by its name. Raises `TooLarge`."""
        size = path.stat().st_size
        if size > ATTACHMENTS_LIMIT:
            raise TooLarge(what=path.name, size=size, limit=ATTACHMENTS_LIMIT)
        content = path.read_bytes()
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return cls(path.name, media_type, digest_of(content), content)

    def as_attachment(self) -> dict[str, Any]:
        """The file as a body holds it."""
        return {
            "name": self.name,
            "media_type": self.media_type,
            "size": len(self.content),
            "sha256": self.digest,
            "data": base64.b64encode(self.content).decode(),
        }


def answer(
    home: Home,
    actor: Actor,
    thread: str,
    kind: str,
    body: Mapping[str, Any],
    files: Sequence[File] = (),
    handling: Mapping[str, Any] = DEFAULT,
) -> Prepared:
    """Say what was preserved or produced: those may who collect it, and those who decide. Raises `NotFound`,
    `NotInSeason`, `BodyInvalid`, `MoveNotAllowed`."""
    permission = Permission.ASSESS if actor.may(Permission.ASSESS) else Permission.EXECUTE
    actor.require(permission)
    if kind not in ANSWERS:
        raise NotInSeason(what="answer", id=kind[:40], state="not given here", needed="one of " + ", ".join(ANSWERS))
    with home.active():
        row = reading.thread(actor, thread)
    whole = (
        {**body, "attachments": [*body.get("attachments", ()), *(each.as_attachment() for each in files)]}
        if files
        else body
    )
    said = Utterance(kind, (), whole, handling, thread=MessageId(row.id), permission=permission)
    return journey.say(home, actor, said)
