# SPDX-License-Identifier: Apache-2.0
"""Handing over what was found: data preserved, data produced, with the conditions under which they may be used.

Files (the findings of execution) travel inside the message, each with the digest taken when it came in.
"""

import mimetypes
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from comity.cooperation import journey
from comity.cooperation.journey import Prepared, Utterance
from comity.protocol.proof.enclosed import Enclosed
from comity.protocol.terms.attachments import ATTACHMENTS_LIMIT
from comity.protocol.terms.handling import DEFAULT
from comity.protocol.wire.errors import TooLarge
from comity.protocol.wire.names import MessageId
from comity.records.actors import Actor, Permission
from comity.records.errors import NotInSeason
from comity.records.home import Home
from comity.records.threads import reading

ANSWERS = ("preserved", "produced")


def enclosed(path: Path) -> Enclosed:
    """A small file to hand over, its type by its name. Raises `TooLarge`."""
    size = path.stat().st_size
    if size > ATTACHMENTS_LIMIT:
        raise TooLarge(what=path.name, size=size, limit=ATTACHMENTS_LIMIT)
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Enclosed(path.name, media_type, path.read_bytes())


def answer(
    home: Home,
    actor: Actor,
    thread: str,
    kind: str,
    body: Mapping[str, Any],
    files: Sequence[Enclosed] = (),
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
