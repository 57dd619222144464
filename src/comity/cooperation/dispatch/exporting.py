# SPDX-License-Identifier: Apache-2.0
"""The road without a line: what waits for a peer as one sealed file, the same bytes that would have been posted.

Messages stay waiting, and whichever road brings the first receipt settles them. Receipts and refusals that lie in the
file are no longer owed: should it be lost, the peer's messages still wait there, come again, and are receipted again.
Carrying a file twice, or beside an open line, does no harm."""

from dataclasses import dataclass

from comity.cooperation.dispatch.loading import load_for
from comity.cooperation.dispatch.models import Outbox, Reply
from comity.cooperation.exchange.compose import compose
from comity.protocol.wire.names import AuthorityId, digest_of
from comity.records.action import acting
from comity.records.actors import Actor, Permission
from comity.records.errors import NotInSeason
from comity.records.home import Home
from comity.records.register import events

MESSAGES = 1000
REPLIES = 50


@dataclass(frozen=True, slots=True)
class Exported:
    """A sealed envelope for a file, and how many messages and replies lie in it."""

    envelope: bytes
    messages: int
    replies: int


def only_peer(home: Home, actor: Actor) -> AuthorityId:
    """The one peer for whom something waits. Raises `NotPermitted`, and `NotInSeason` when there is none, or more
    than one."""
    actor.require(Permission.DRAFT)
    with home.active():
        waiting = set(Outbox.objects.filter(status=Outbox.Status.WAITING).values_list("peer", flat=True).distinct())
        waiting |= set(Reply.objects.values_list("peer", flat=True).distinct())
    if len(waiting) != 1:
        state = "empty" if not waiting else "waiting for " + ", ".join(sorted(waiting))
        raise NotInSeason(
            what="outbox", id=home.authority, state=state, needed="waiting for one peer; name it with --to"
        )
    return AuthorityId(waiting.pop())


def export(home: Home, actor: Actor, peer: AuthorityId) -> Exported:
    """The envelope of everything that waits for `peer`, up to its size limit. Raises as `compose`, and `TooLarge`."""
    actor.require(Permission.DRAFT)
    with home.active():
        loaded = load_for(peer, home.now(), limit=MESSAGES, replies=REPLIES)
        envelope = compose(home, peer, loaded.load).envelope  # sealed before anybody has to wait for the act
    with acting(home, actor, Permission.DRAFT) as act:
        Reply.objects.filter(pk__in=[each.pk for each in loaded.replies]).delete()
        act.record(events.exported(envelope=digest_of(envelope), to=peer, count=len(loaded.rows)))
    return Exported(envelope, len(loaded.rows), len(loaded.replies))
