# SPDX-License-Identifier: Apache-2.0
"""Handing over what was found: data preserved, data produced, with the conditions under which they may be used.

Files (the findings of execution) travel inside the message, each with the digest taken when it came in.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from comity.cooperation import journey
from comity.cooperation.journey import Prepared, Utterance
from comity.protocol.terms.handling import DEFAULT
from comity.protocol.wire.names import MessageId
from comity.records.actors import Actor, Permission
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


def answer(
    home: Home,
    actor: Actor,
    thread: str,
    kind: str,
    body: Mapping[str, Any],
    files: Sequence[File] = (),
    handling: Mapping[str, Any] = DEFAULT,
) -> Prepared:
    """Say what was preserved or produced. Raises `NotFound`, `BodyInvalid`, `MoveNotAllowed`."""
    actor.require(Permission.EXECUTE if actor.may(Permission.EXECUTE) else Permission.ASSESS)
    with home.active():
        row = reading.thread(actor, thread)
    whole = {**body, "attachments": [*body.get("attachments", ()), *map(_attachment, files)]} if files else body
    return journey.say(home, actor, Utterance(kind, (), whole, handling, thread=MessageId(row.id)))


def _attachment(file: File) -> dict[str, Any]:
    return {
        "name": file.name,
        "media_type": file.media_type,
        "size": len(file.content),
        "sha256": file.digest,
        "data": base64.b64encode(file.content).decode(),
    }
