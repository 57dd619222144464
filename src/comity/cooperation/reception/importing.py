# SPDX-License-Identifier: Apache-2.0
"""Taking in an envelope that came as a file or out of a mailbox: as over a line, but the answer waits in the outbox.

Whoever carried the file proves nothing and needs to prove nothing: the seal, the parcel and each message are judged
as ever. An envelope that is taken in twice changes nothing the second time."""

from dataclasses import dataclass

from comity.cooperation.exchange.opening import open_parcel
from comity.cooperation.reception.receive import owe, take
from comity.cooperation.reception.refusing import refuse
from comity.protocol.errors import ComityError
from comity.protocol.wire.names import AuthorityId, digest_of
from comity.records.action import acting
from comity.records.actors import Actor, Permission
from comity.records.home import Home
from comity.records.register import events


@dataclass(frozen=True, slots=True)
class Imported:
    """Who sent the envelope, and what became of its messages."""

    sender: AuthorityId
    fresh: int
    known: int
    refused: tuple[tuple[str, str], ...]


def take_in(home: Home, actor: Actor, data: bytes) -> Imported:
    """Take in an envelope and owe its sender the answer. Raises the named error of one refused whole; it is
    registered."""
    actor.require(Permission.DRAFT)
    try:
        opened = open_parcel(home, data)
        with home.active():
            shown = opened.parcel.checkpoint
            taken = take(home, opened, excused=shown.from_size if shown else None)
            owe(home, taken)
    except ComityError as error:
        refuse(home, data, error)
        raise
    judged, sender = taken.judged, opened.parcel.sender
    with acting(home, actor, Permission.DRAFT) as act:
        act.record(events.imported(envelope=digest_of(data), count=len(judged.fresh), sender=sender))
    refused = tuple((each.digest, error.code) for each, error in judged.refused)
    return Imported(sender, len(judged.fresh), len(judged.known), refused)
