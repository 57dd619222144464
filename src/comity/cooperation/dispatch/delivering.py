# SPDX-License-Identifier: Apache-2.0
"""Working the outbox: what waits leaves in its order, again and again, until the peer's receipt verifies.

How a message gets there, and what happens when it does not:

Each peer has one line, worked by one hand at a time. A round takes the oldest waiting messages (twenty, or as many as
fit), makes one parcel of them, and posts it. The answer is opened like any parcel: its receipts settle rows of the
outbox, its refusals end or keep them, the messages it brings are taken in, and those it needs go out with the next
round. A row leaves the outbox only by a verified receipt or a lasting refusal, so a crash at any point costs a
repetition, and the peer knows repetitions by their digests.

When nobody answers, the line rests: 1, 2, 4 … seconds, at most 15 minutes, each a little longer or shorter by chance
so that nodes that failed together do not return together. The rest is kept in the database; it holds for days and
through restarts. A message that nobody could deliver by line can still be exported to a file; the receipt then comes
back by file or by line, whichever is first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from comity.cooperation.dispatch.models import Line, Outbox, Reply
from comity.cooperation.exchange.compose import Composed, Load, compose
from comity.cooperation.exchange.errors import NoReceipt, RefusedByPeer
from comity.cooperation.journey import take_answer
from comity.protocol.errors import ComityError
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest
from comity.protocol.wire.parcel import Digests, Parcel, Refusal
from comity.records.authorities.issuing import our_signed_card
from comity.records.authorities.models import Authority, Standing, Watch
from comity.records.home import Home
from comity.records.logs import log
from comity.records.threads import store

BATCH = 20
MAX_BYTES = 8 << 20
LONGEST_REST = 900

Post = Callable[[AuthorityId, bytes], bytes | None]
"""Carries an envelope to a peer and brings the answer; None when it was left somewhere for later. Raises `LineDown`,
`RefusedByPeer`."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did: messages that left, and whether more wait that may leave now."""

    sent: int
    more: bool


def due_peers(home: Home) -> list[AuthorityId]:
    """Peers for whom something waits and whose line may be tried now."""
    with home.active():
        resting = set(Line.objects.filter(next_try__gt=home.now()).values_list("peer", flat=True))
        waiting = set(Outbox.objects.filter(status=Outbox.Status.WAITING).values_list("peer", flat=True).distinct())
        waiting |= set(Reply.objects.values_list("peer", flat=True).distinct())
    return [AuthorityId(each) for each in sorted(waiting - resting)]


def deliver(home: Home, peer: AuthorityId, post: Post) -> Round:
    """One round of one line. A fault rests the line and is told by `Line`; it is not raised."""
    with home.active():
        rows = _next(peer)
        replies = list(Reply.objects.filter(peer=peer).order_by("id")[:16])
        try:
            composed, data = _posted(home, peer, _load(rows, replies), post)
            if data is None:
                _left(rows, home)
            else:
                _answered(home, peer, composed, data, rows)
        except ComityError as error:
            _rest(home, peer, error)
            return Round(0, more=False)
        Reply.objects.filter(pk__in=[each.pk for each in replies]).delete()
        _rested(home, peer)
        return Round(len(rows), more=len(rows) == BATCH)


def _posted(home: Home, peer: AuthorityId, load: Load, post: Post) -> tuple[Composed, bytes | None]:
    """Compose and post; once more when the peer asks for a proof from another size of our register."""
    composed = compose(home, peer, load)
    try:
        return composed, post(peer, composed.envelope)
    except RefusedByPeer as refusal:
        if refusal.data["reason"] != "consistency-wanted":
            raise
        composed = compose(home, peer, load, seen_by_peer=int(refusal.data.get("seen", 0)))
        return composed, post(peer, composed.envelope)


def _next(peer: AuthorityId) -> list[Outbox]:
    return list(Outbox.objects.filter(peer=peer, status=Outbox.Status.WAITING).order_by("id")[:BATCH])


def load_for(peer: AuthorityId, limit: int) -> tuple[Load, list[Reply]]:
    """What waits for a peer, at most `limit` messages, and the replies among it. In the node's database."""
    rows = list(Outbox.objects.filter(peer=peer, status=Outbox.Status.WAITING).order_by("id")[:limit])
    replies = list(Reply.objects.filter(peer=peer).order_by("id")[:16])
    return _load(rows, replies), replies


def _load(rows: Sequence[Outbox], replies: Sequence[Reply]) -> Load:
    messages: list[Message] = []
    size = 0
    for row in rows:
        message = store.message(Digest(row.message))
        if message is None:
            continue
        size += len(message.signed.payload)
        if messages and size > MAX_BYTES:
            break
        messages.append(message)
    members = [each.members for each in replies]
    return Load(
        messages=messages,
        receipts=[Signed.from_json(each) for part in members for each in part.get("receipts", ())],
        refusals=[Refusal.from_json(each) for part in members for each in part.get("refusals", ())],
        need=[Digests.from_json(each) for part in members for each in part.get("need", ())],
        have=_have(messages),
    )


def _have(messages: Sequence[Message]) -> list[Digests]:
    """What we hold of threads that this parcel only touches late: the peer finds out what it lost."""
    threads = dict.fromkeys(each.statement.thread for each in messages if not each.statement.opens)
    return [Digests(thread, tuple(sorted(each.digest for each in store.messages_of(thread)))) for thread in threads]


def _answered(home: Home, peer: AuthorityId, composed: Composed, data: bytes, rows: Sequence[Outbox]) -> None:
    parcel = take_answer(home, peer, composed.id, data)
    Watch.objects.filter(authority=peer).update(card_sent=our_signed_card().digest)
    settled = Outbox.objects.filter(pk__in=[row.pk for row in rows]).exclude(status=Outbox.Status.WAITING).count()
    _bring(home, peer, parcel)
    if rows and not settled and parcel.refusals:
        raise RefusedByPeer(authority=peer, reason=parcel.refusals[0].code)
    if rows and not settled:
        raise NoReceipt(authority=peer, message=rows[0].message)


def _bring(home: Home, peer: AuthorityId, parcel: Parcel) -> None:
    """Queue what the peer needs and may have; a message delivered before is sent once more."""
    for each in parcel.need:
        for digest in each.digests:
            message = store.message(digest)
            if message is not None and peer in (
                message.statement.sender,
                *message.statement.to,
                *message.statement.via,
            ):
                row, made = Outbox.objects.get_or_create(
                    message=digest, peer=peer, defaults={"thread": each.thread, "queued": home.now()}
                )
                if not made and row.status == Outbox.Status.DELIVERED:
                    Outbox.objects.filter(pk=row.pk).update(status=Outbox.Status.WAITING)


def _left(rows: Sequence[Outbox], home: Home) -> None:
    Outbox.objects.filter(pk__in=[row.pk for row in rows]).update(status=Outbox.Status.LEFT, settled=home.now())


def _rest(home: Home, peer: AuthorityId, error: ComityError) -> None:
    line, _ = Line.objects.get_or_create(peer=peer)
    line.attempts += 1
    chance = 0.75 + int.from_bytes(home.random(2), "big") / 0xFFFF / 2
    seconds = min(LONGEST_REST, 2 ** min(line.attempts - 1, 10)) * chance
    line.next_try = home.now() + timedelta(seconds=seconds)
    line.fault, line.fault_at, line.detail = error.code, home.now(), str(error)
    line.save()
    log("line-rests", peer=peer, code=error.code, attempts=line.attempts, seconds=round(seconds, 1))


def _rested(home: Home, peer: AuthorityId) -> None:
    Line.objects.update_or_create(
        peer=peer, defaults={"attempts": 0, "next_try": None, "last_good": home.now(), "fault": "", "detail": ""}
    )


def owe(home: Home, peer: AuthorityId, load: Load) -> None:
    """Queue receipts, refusals and needs for a peer; they leave with its next parcel."""
    members = {
        "receipts": [each.to_json() for each in load.receipts],
        "refusals": [each.to_json() for each in load.refusals],
        "need": [each.to_json() for each in load.need],
    }
    if any(members.values()):
        Reply.objects.create(peer=peer, members=members, queued=home.now())


def announce(home: Home) -> None:
    """Have a parcel go to every accepted peer, so that a new card or a revocation reaches them now."""
    with home.active():
        peers = Authority.objects.filter(standing=Standing.ACCEPTED).values_list("id", flat=True)
        Reply.objects.bulk_create(Reply(peer=peer, members={}, queued=home.now()) for peer in peers)
