# SPDX-License-Identifier: Apache-2.0
"""Delivering: what waits leaves in its order, again and again, until the peer's receipt verifies.

How a message gets there, and what happens when it does not:

Each peer has one line. A round takes the oldest waiting messages (twenty, or as many as fit), makes one parcel of
them, and posts it. The answer is opened like any parcel: its receipts settle rows of the outbox, its refusals end or
keep them, the messages it brings are taken in, and those it needs go out with the next round. A row leaves the outbox
only by a verified receipt or a lasting refusal, so a crash at any point costs a repetition, and the peer knows
repetitions by their digests; two processes may even work one line.

When nobody answers, or the parcel is refused whole, the line rests: 1, 2, 4 … seconds, at most 15 minutes, each a
little longer or shorter by chance so that nodes that failed together do not return together. A message that the answer
says nothing good of rests by itself, and those behind it go on; a parcel refused for what is in it comes apart, each
message alone, until the one that cannot be read is found. All of it is kept in the database; it holds for days and
through restarts. A message left at a mailbox for a day without a receipt leaves again.

Every ten minutes each line compares the threads touched since (`loading`): a peer that lost what it had, because its
store was restored from an old copy, gets it again, though no later message names it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from comity.cooperation.dispatch import announcing, loading
from comity.cooperation.dispatch.loading import Loaded
from comity.cooperation.dispatch.models import Line, Outbox, Reply
from comity.cooperation.exchange.compose import Composed, Load, compose, forget_cards, note_card
from comity.cooperation.exchange.errors import RefusedByPeer
from comity.cooperation.exchange.sharing import shared
from comity.cooperation.journey import take_answer
from comity.protocol.errors import ComityError
from comity.protocol.wire.card import Card
from comity.protocol.wire.names import AuthorityId, Digest, MessageId
from comity.protocol.wire.parcel import Digests
from comity.records.authorities.models import Authority, Standing, Watch
from comity.records.home import Home
from comity.records.logs import log
from comity.records.prepared import Prepared

LONGEST_REST = 900
LEFT_FOR = timedelta(days=1)
AGAIN_AFTER: Mapping[str, timedelta] = {
    Outbox.Status.DELIVERED: timedelta(minutes=1),
    Outbox.Status.LEFT: timedelta(minutes=1),
    Outbox.Status.REFUSED: timedelta(hours=1),
}
"""How long after it was settled a message that the peer says it needs is sent once more."""
GOOD_EVERY = timedelta(minutes=1)
PROOFS = 3
MAX_OWED = 256
APART = timedelta(minutes=1)
"""How long what could not be read lets those behind it go first."""

UNREADABLE = frozenset({"too-large", "too-deep", "not-canonical", "bad-member", "unknown-version", "http-413"})
"""Why a parcel may be refused whole for one message in it."""

Awaited = Callable[[], bytes | None]
"""Waits for the answer to a posting; None when the envelope was left somewhere for later. Raises `LineDown`,
`RefusedByPeer`."""

Post = Callable[[Card, bytes], Awaited]
"""Sends an envelope to the authority of a card. Raises `LineDown` when it cannot even leave."""


_WAITING = Prepared(lambda keys: Outbox.objects.filter(pk__in=keys, status=Outbox.Status.WAITING).values_list("pk"))


@dataclass(frozen=True, slots=True)
class Flight:
    """A parcel on its way. `answer` waits for what comes back."""

    loaded: Loaded
    composed: Composed
    answer: Awaited


def _ready(now: datetime, swept: datetime) -> "QuerySet[Authority, tuple[str, bool]]":
    """Peers whose line may be tried: whether something waits for them, or else their last sweep was before `swept`."""
    resting = Line.objects.filter(next_try__gt=now, peer=OuterRef("pk"))
    alarmed = Watch.objects.filter(authority=OuterRef("pk")).exclude(alarm="")
    ready = Authority.objects.filter(~Exists(resting), ~Exists(alarmed), standing=Standing.ACCEPTED).order_by("pk")
    waits = Exists(loading.waiting(now).filter(peer=OuterRef("pk")))
    owed = Exists(Reply.objects.filter(peer=OuterRef("pk")))
    early = Exists(Line.objects.filter(peer=OuterRef("pk"), swept__gt=swept))
    rows = ready.annotate(due=Q(waits) | Q(owed), early=early).filter(Q(due=True) | Q(early=False))
    return rows.values_list("pk", "due")


_READY = Prepared(_ready)
_FORGOTTEN = Prepared(
    lambda since: Outbox.objects.filter(status=Outbox.Status.LEFT, settled__lt=since).values_list("id")[:1]
)


def due_peers(home: Home, *, sweeping: bool = True) -> list[AuthorityId]:
    """Accepted peers without an alarm for whom something waits, and whose line may be tried now. With `sweeping` also
    those with whom threads are to be compared, which takes some looks into the database for each peer."""
    with home.active():
        now = home.now()
        if _FORGOTTEN(now - LEFT_FOR):
            left = Outbox.objects.filter(status=Outbox.Status.LEFT, settled__lt=now - LEFT_FOR)
            left.update(status=Outbox.Status.WAITING)
        found = [(AuthorityId(peer), due) for peer, due in _READY(now, now - loading.SWEEP_EVERY)]
        return [peer for peer, due in found if due or (sweeping and loading.sweep_due(peer, now))]


def launch(home: Home, peer: AuthorityId, loaded: Loaded, post: Post, pending: Flight | None = None) -> Flight:
    """Send a load on its way. `pending` is the flight before it, if that has not landed yet."""
    composed = compose(home, peer, loaded.load, pending=pending.composed if pending else None)
    return Flight(loaded, composed, post(composed.to, composed.envelope))


def land(home: Home, peer: AuthorityId, flight: Flight, post: Post) -> None:
    """Take in what a flight brings back; the caller says whether the line is `good`. Raises what the peer, or the line
    to it, found wrong."""
    loaded = flight.loaded
    composed, data = _answer(home, peer, flight, post)
    if data is None:
        _left(home, loaded.rows)
    else:
        _answered(home, peer, composed, data, loaded.rows)
    if loaded.replies:
        Reply.objects.filter(pk__in=[each.pk for each in loaded.replies]).delete()


def _answer(home: Home, peer: AuthorityId, flight: Flight, post: Post) -> tuple[Composed, bytes | None]:
    """The answer; asked for again when the peer wants a proof from another size of our register, which may change
    while it exchanges with us the other way too."""
    composed, answer = flight.composed, flight.answer
    for _ in range(PROOFS):
        try:
            return composed, answer()
        except RefusedByPeer as refusal:
            if refusal.data["reason"] != "consistency-wanted":
                raise
            seen = int(refusal.data.get("seen", 0))
            composed = compose(home, peer, flight.loaded.load, seen=seen, again=composed.id)
            answer = post(composed.to, composed.envelope)
    return composed, answer()


def _answered(home: Home, peer: AuthorityId, composed: Composed, data: bytes, rows: Sequence[Outbox]) -> None:
    parcel = take_answer(home, peer, composed, data)
    if composed.news:
        note_card(peer, composed.news)
    bring(home, peer, parcel.need)
    _later(home, [int(row.pk) for row in rows])


def _later(home: Home, keys: Sequence[int], at_least: timedelta = timedelta()) -> None:
    """What was answered and not settled is tried again by itself, more and more seldom."""
    still = [row[0] for row in _WAITING(keys)]
    for row in Outbox.objects.filter(pk__in=still) if still else ():
        row.tries += 1
        row.due = home.now() + max(at_least, _rest_after(home, row.tries))
        row.fault = row.fault or "receipt-missing"
        Outbox.objects.filter(pk=row.pk, status=Outbox.Status.WAITING).update(
            tries=row.tries, due=row.due, fault=row.fault
        )


def bring(home: Home, peer: AuthorityId, needs: Iterable[Digests]) -> None:
    """Queue what the peer needs and may have; what it had once is sent once more."""
    for each in needs:
        for digest in shared(each.thread, peer).intersection(each.digests):
            _queue(home, peer, each.thread, digest)


def _queue(home: Home, peer: AuthorityId, thread: MessageId, digest: Digest) -> None:
    now = home.now()
    row, made = Outbox.objects.get_or_create(message=digest, peer=peer, defaults={"thread": thread, "queued": now})
    after = AGAIN_AFTER.get(row.status)
    if not made and after is not None and row.settled and row.settled < now - after:
        Outbox.objects.filter(pk=row.pk, status=row.status).update(
            status=Outbox.Status.WAITING, tries=0, due=None, fault=""
        )


def _left(home: Home, rows: Sequence[Outbox]) -> None:
    """They lie at the mailbox now, but for those whose receipt came by another road meanwhile."""
    still = Outbox.objects.filter(pk__in=[row.pk for row in rows], status=Outbox.Status.WAITING)
    still.update(status=Outbox.Status.LEFT, settled=home.now(), fault="")


def fault(home: Home, peer: AuthorityId, loaded: Loaded, error: ComityError) -> None:
    """When a parcel may be unreadable for one thing in it, let each travel alone; alone, let it wait for the others."""
    code = str(error.data.get("reason", error.code))
    if code == "key-unknown":
        forget_cards(peer)
    if code not in UNREADABLE:
        return
    keys = [row.pk for row in loaded.rows]
    Outbox.objects.filter(pk__in=keys, status=Outbox.Status.WAITING).update(fault=code)
    if len(keys) == 1:
        _later(home, keys, APART)
    if not keys:  # what is owed is made anew when the peer sends again
        Reply.objects.filter(pk__in=[each.pk for each in loaded.replies]).delete()


def rest(home: Home, peer: AuthorityId, error: ComityError) -> None:
    """Let the line rest for a fault."""
    line, _ = Line.objects.get_or_create(peer=peer)
    line.attempts += 1
    span = _rest_after(home, line.attempts)
    line.next_try = home.now() + span
    line.fault, line.fault_at, line.detail = error.code, home.now(), str(error)
    line.save(update_fields=["attempts", "next_try", "fault", "fault_at", "detail"])
    seconds = round(span.total_seconds(), 1)
    log("line-rests", peer=peer, code=error.code, attempts=line.attempts, seconds=seconds)


def _rest_after(home: Home, attempts: int) -> timedelta:
    chance = 0.75 + int.from_bytes(home.random(2), "big") / 0xFFFF / 2
    return timedelta(seconds=min(LONGEST_REST, 2 ** min(attempts - 1, 10)) * chance)


def good(home: Home, peer: AuthorityId, loaded: Loaded) -> None:
    """The line works, as far as one parcel shows that left before anything failed. That is written down when it is
    news: after a fault, after a sweep, or once a minute."""
    now = home.now()
    line = loaded.line
    changes: dict[str, object] = {}
    if line is None or line.fault or line.last_good is None or line.last_good < now - GOOD_EVERY:
        changes = {"attempts": 0, "next_try": None, "last_good": now, "fault": "", "detail": ""}
    if loaded.sweep is not None:
        changes |= {"swept": None if loaded.sweep.more else now, "sweep_after": loaded.sweep.after}
    if changes:
        Line.objects.update_or_create(peer=peer, defaults=changes)


def owe(home: Home, peer: AuthorityId, load: Load) -> None:
    """Queue what a peer is owed: receipts, refusals and needs leave with its next parcel, messages by the outbox."""
    for message in load.messages:
        _queue(home, peer, message.statement.thread, message.digest)
    members = {
        "received": dict(load.received),
        "refusals": [each.to_json() for each in load.refusals],
        "need": [each.to_json() for each in load.need],
    }
    if not any(members.values()):
        return
    if Reply.objects.filter(peer=peer)[:MAX_OWED].count() >= MAX_OWED:
        log("reply-withheld", peer=peer)  # it sends again what it gets no receipt for
    else:
        Reply.objects.create(peer=peer, members=members, queued=home.now())


def announce(home: Home) -> None:
    """Have a parcel go to every accepted peer, so that a new card or a revocation reaches them now."""
    with home.active():
        announcing.owe_all(home.now(), home.alias)
