# SPDX-License-Identifier: Apache-2.0
"""Passing on at home: a police request that must leave by way of its central authority, or its foreign ministry.

The author names the relays in `via`; each gets the message first, reads it as an authority must, and an officer of it
decides. `relay` signs the endorsement with both keys, lays it beside the statement, and queues the message for the
next relay or for its recipients. The statement is not touched, so the author's signatures and approvals stand.
Answers come back the same road, the other way round."""

from dataclasses import replace

from comity.cooperation.dispatch.models import Outbox
from comity.cooperation.dispatch.waking import wake
from comity.protocol.wire import dsse, endorsement
from comity.protocol.wire.endorsement import Endorsement
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest, MessageId
from comity.protocol.wire.statement import Statement
from comity.records.action import acting
from comity.records.actors import Actor, Permission
from comity.records.authorities.issuing import our_card
from comity.records.errors import NotFound, NotInSeason
from comity.records.home import Home
from comity.records.register import events
from comity.records.threads import reading, store


def to_relay(home: Home, actor: Actor, thread: str) -> list[Message]:
    """The messages of a thread that wait for this authority to pass them on. Raises `NotFound`."""
    with home.active():
        row = reading.thread(actor, thread)
        return store.to_endorse(home.authority, store.statements_of(MessageId(row.id)))


def relay(home: Home, actor: Actor, digest: Digest) -> tuple[AuthorityId, ...]:
    """Endorse a message and send it on; answers with whom it goes to next. Raises `NotFound`, `NotInSeason`."""
    with acting(home, actor, Permission.ASSESS) as act:
        message = store.message(digest)
        if message is not None:
            store.lock([message.statement.thread])
            message = store.message(digest)  # another officer may have relayed it before the lock was ours
        if message is None or home.authority not in message.statement.via:
            raise NotFound(what="message", id=digest)
        if not _waits(message, home.authority):
            raise NotInSeason(what="message", id=digest, state="relayed", needed="waiting to be relayed")
        said = message.statement
        word = Endorsement(home.authority, digest, act.now)
        keys = home.keys.signing_as(our_card().keys.signing)
        signed = dsse.sign(endorsement.PAYLOAD_TYPE, word.to_bytes(), keys)
        store.replace(replace(message, endorsements=(*message.endorsements, signed)))
        store.project(home.authority, said.thread, act.now)
        hops = next_hops(said, home.authority)
        for hop in hops:
            waiting = {"thread": said.thread, "queued": act.now, "status": Outbox.Status.WAITING}
            anew = {"fault": "", "tries": 0, "due": None}
            Outbox.objects.update_or_create(message=digest, peer=hop, defaults=waiting | anew)
            act.record(events.relayed(to=hop, thread=said.thread, message=digest))
        act.after(wake)
    return hops


def next_hops(said: Statement, me: AuthorityId) -> tuple[AuthorityId, ...]:
    """Who comes after `me` on the message's road."""
    rest = said.via[said.via.index(me) + 1 :]
    return rest[:1] or said.to


def _waits(message: Message, me: AuthorityId) -> bool:
    return me in message.statement.via and me not in endorsement.authors(message.endorsements)
