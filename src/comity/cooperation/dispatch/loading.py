# SPDX-License-Identifier: Apache-2.0
"""What goes into the next parcel for a peer: the oldest waiting messages, replies owed, and threads to compare.

A message whose last parcel was refused whole travels alone, so that it holds up nobody but itself; one that was
answered with a reason that time may mend waits for its time. Those behind them go first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.db.models import Q, QuerySet

from comity.cooperation.dispatch.models import Line, Outbox, Reply
from comity.cooperation.exchange.compose import Load
from comity.cooperation.exchange.sharing import shared
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest, MessageId
from comity.protocol.wire.parcel import Digests, Refusal
from comity.records.authorities.models import Watch
from comity.records.prepared import Prepared
from comity.records.threads import store
from comity.records.threads.models import Thread

BATCH = 20
MAX_BYTES = 8 << 20
MAX_REPLIES = 16
MAX_RECEIPTED = 4096
SWEEP_EVERY = timedelta(minutes=10)
MAX_SWEPT = 50
_SCANNED = 500
OVERLAP = timedelta(minutes=2)
"""A thread bears the time at which its act began, and the act may be seen later: what was touched lately is compared
once more."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """Some threads with what we have of each, how far they reach, and whether more were touched."""

    have: Sequence[Digests]
    after: str
    more: bool


@dataclass(frozen=True, slots=True)
class Loaded:
    """A load, the rows that lie in it, and its sweep of touched threads (None when it is not yet time for one)."""

    load: Load
    rows: Sequence[Outbox]
    replies: Sequence[Reply]
    line: Line | None
    sweep: Sweep | None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.rows or self.replies or self.load.have)


_OWED = Prepared(lambda peer: Reply.objects.filter(peer=peer).values_list("id")[:1])


def waiting(now: datetime) -> QuerySet[Outbox]:
    """Messages that may leave now."""
    rows = Outbox.objects.filter(status=Outbox.Status.WAITING)
    return rows.filter(Q(due__isnull=True) | Q(due__lte=now))


def load_for(
    peer: AuthorityId,
    now: datetime,
    *,
    limit: int = BATCH,
    replies: int = MAX_REPLIES,
    behind: Sequence["Loaded"] = (),
) -> Loaded:
    """What waits for a peer: at most `limit` messages, and as many as the parcel's size lets in; at least one.

    `behind` is what is on its way already: what comes after it. A line that is never empty owes and compares all the
    same, but one lot at a time: what is owed is forgotten, and what was compared noted, when its parcel has landed."""
    owed = _owed(peer, replies) if not any(each.replies for each in behind) and _OWED(peer) else []
    flying = {row.pk for each in behind for row in each.rows}
    oldest = [Outbox.from_db(None, _OUTBOX, row) for row in _oldest(limit + len(flying))(peer, now)]
    rows, messages = _messages(_together([row for row in oldest if row.pk not in flying][:limit]))
    line = next((Line.from_db(None, _LINE, row) for row in _LINES(peer)), None)
    sweep = None if any(each.sweep for each in behind) else _sweep(peer, line, now)
    members = [each.members for each in owed]
    load = Load(
        messages=messages,
        received={Digest(each): int(at) for part in members for each, at in part.get("received", {}).items()},
        refusals=[Refusal.from_json(each) for part in members for each in part.get("refusals", ())],
        need=_merged([Digests.from_json(each) for part in members for each in part.get("need", ())]),
        have=sweep.have if sweep else (),
    )
    return Loaded(load, rows, owed, line, sweep)


_OUTBOX = [each.attname for each in Outbox._meta.concrete_fields]
_LINE = [each.attname for each in Line._meta.concrete_fields]
_LINES = Prepared(lambda peer: Line.objects.filter(peer=peer).values_list(*_LINE))


def _owed(peer: AuthorityId, limit: int) -> list[Reply]:
    """The oldest replies, as many as a parcel holds receipts for; at least one."""
    found: list[Reply] = []
    receipted = 0
    for each in Reply.objects.filter(peer=peer).order_by("id")[:limit].iterator(chunk_size=16):
        receipted += len(each.members.get("received", ()))
        if found and receipted > MAX_RECEIPTED:
            break
        found.append(each)
    return found


@cache
def _oldest(limit: int) -> Prepared:
    """The oldest messages that may leave to a peer now."""
    return Prepared(lambda peer, now: waiting(now).filter(peer=peer).order_by("id").values_list(*_OUTBOX)[:limit])


def _together(rows: list[Outbox]) -> list[Outbox]:
    """The rows that may share a parcel: a suspect alone, or those before the first suspect."""
    suspect = next((place for place, row in enumerate(rows) if row.fault), len(rows))
    return rows[: max(suspect, 1)]


def _messages(rows: list[Outbox]) -> tuple[list[Outbox], list[Message]]:
    found = store.messages([Digest(row.message) for row in rows])
    taken: list[Outbox] = []
    messages: list[Message] = []
    size = 0
    for row in rows:
        message = found[Digest(row.message)]
        size += len(message.signed.payload)
        if messages and size > MAX_BYTES:
            break
        taken.append(row)
        messages.append(message)
    return taken, messages


def _merged(needs: list[Digests]) -> list[Digests]:
    """One entry a thread."""
    found: dict[MessageId, dict[Digest, None]] = {}
    for each in needs:
        found.setdefault(each.thread, {}).update(dict.fromkeys(each.digests))
    return [Digests(thread, tuple(digests)[:256]) for thread, digests in found.items()]


def sweep_due(peer: AuthorityId, now: datetime) -> bool:
    """Whether threads were touched that were not yet compared with the peer, and the last look is long enough ago."""
    line = Line.objects.filter(peer=peer).first()
    return _rested(line, now) and _touched(_after(peer, line)[1]).exists()


def _rested(line: Line | None, now: datetime) -> bool:
    return line is None or line.swept is None or now >= line.swept + SWEEP_EVERY


def _after(peer: AuthorityId, line: Line | None) -> tuple[str, str]:
    """Since when we watch the peer's register, and the last thread compared since then: none when we watch it anew."""
    begun = Watch.objects.filter(authority=peer).values_list("begun", flat=True).first()
    since = begun.isoformat() if begun else ""
    told, _, after = (line.sweep_after if line else "").partition("|")
    return since, after if told == since else ""


def _sweep(peer: AuthorityId, line: Line | None, now: datetime) -> Sweep | None:
    """The next page of threads touched since the last sweep, with what we have of each.

    After an alarm was cleared it begins anew: the peer may have been restored from an old copy."""
    if not _rested(line, now):
        return None
    since, after = _after(peer, line)
    have: list[Digests] = []
    scanned, fresh = 0, False
    for id, updated, holders in _touched(after)[:_SCANNED]:
        if len(have) == MAX_SWEPT:
            break
        scanned += 1
        fresh, after = updated > now - OVERLAP, f"{updated.isoformat()}~{id}"
        digests = shared(MessageId(id), peer) if peer in holders else None
        if digests:
            have.append(Digests(MessageId(id), tuple(sorted(digests))))
    more = len(have) == MAX_SWEPT or scanned == _SCANNED
    if fresh and not more:  # the next sweep begins a little before this one ended
        after = f"{(now - OVERLAP).isoformat()}~"
    return Sweep(tuple(have), f"{since}|{after}", more)


def _touched(after: str) -> "QuerySet[Thread, tuple[str, datetime, list[str]]]":
    rows = Thread.objects.order_by("updated", "id")
    moved, _, last = after.partition("~")
    if moved:
        at = datetime.fromisoformat(moved)
        rows = rows.filter(Q(updated__gt=at) | Q(updated=at, id__gt=last))
    return rows.values_list("id", "updated", "holders")
