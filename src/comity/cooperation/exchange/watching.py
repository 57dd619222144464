# SPDX-License-Identifier: Apache-2.0
"""Keeping an eye on a peer's register: each parcel shows its newest checkpoint, and we cosign what extends what we saw.

A checkpoint that came late (smaller, and not written clearly after the one we saw) is passed over: parcels overtake
each other. A smaller one that was written *after* is a rollback, and another root at a size we saw is a fork: both are
alarms that name both checkpoints, stop the line, and stay until a person clears them.

A proof that starts elsewhere than at what we saw is sent back: the peer proves again from there. Where it could not
know better (an answer, while another parcel of the same peer came in; a file, written before our answer to the last
one) the checkpoint is passed over instead. Nothing is settled on a checkpoint that was passed over: a peer that shows
us one register and gives receipts in another gets no receipt of its taken."""

from datetime import datetime, timedelta

from comity.cooperation.exchange.errors import ConsistencyWanted
from comity.protocol.errors import ComityError
from comity.protocol.ledger import checkpoint, cosignature, note, watch
from comity.protocol.ledger.checkpoint import (
    Checkpoint,
    SignedCheckpoint,
    origin_of,
    register_key,
    witness_key,
    witness_of,
)
from comity.protocol.ledger.errors import Fork, LedgerError, Rollback
from comity.protocol.wire.card import Card
from comity.protocol.wire.names import AuthorityId
from comity.protocol.wire.parcel import Parcel, Progress
from comity.records.action import acting
from comity.records.actors import SYSTEM
from comity.records.authorities.models import Watch
from comity.records.authorities.ours import our_keys
from comity.records.errors import NotFound
from comity.records.home import Home
from comity.records.prepared import Prepared, PreparedUpdate
from comity.records.register import checkpoints, events

ALARMS = (Rollback, Fork)
LATE = timedelta(minutes=2)
"""How far apart two parcels may have been written that overtook each other."""


_COLUMNS = ("seen_size", "seen_note", "seen_cosigned", "seen_root", "seen_at", "begun", "theirs_of_ours")
_ALL = [each.attname for each in Watch._meta.concrete_fields]
_LOCKED = Prepared(lambda peer: Watch.objects.select_for_update().filter(authority=peer).values_list(*_ALL))
_REMEMBER = PreparedUpdate(Watch, *_COLUMNS)


def look(home: Home, parcel: Parcel, card: Card, excused: int | None = None) -> bool:
    """Within a transaction: judge and remember what the parcel shows of its sender's register, and of ours as it saw
    it; whether its checkpoint is held to extend what we saw. `excused` is the size from which the sender had to prove,
    as far as it could know.

    Raises `ConsistencyWanted`, `Rollback`, `Fork`, or another `LedgerError`.
    """
    found = _LOCKED(parcel.sender)
    row = Watch.from_db(None, _ALL, found[0]) if found else Watch.objects.create(authority_id=parcel.sender)
    proven = False
    if parcel.checkpoint is not None:
        key = register_key(parcel.sender, card.keys.register)
        signed = checkpoint.verify(parcel.checkpoint.note.encode(), key)
        proven = _advances(row, parcel.checkpoint, signed.checkpoint, parcel.at, excused)
        if proven:
            _remember(home, row, signed, parcel.at)
    if parcel.seen is not None:
        row.theirs_of_ours = parcel.seen
        _take_cosignatures(home, parcel, card)
    _REMEMBER(parcel.sender, {name: getattr(row, name) for name in _COLUMNS})
    return proven


def sound(home: Home, authority: AuthorityId, alarm: ComityError) -> None:
    """Raise the alarm: register it with both checkpoints, and stop the line. In a transaction of its own."""
    seen = {name: alarm.data.get(name) for name in ("seen_size", "seen_root", "new_size", "new_root")}
    with acting(home, SYSTEM) as act:
        Watch.objects.filter(authority=authority).update(alarm=str(alarm), alarm_at=act.now)
        act.record(events.alarm(authority=authority, code=alarm.code, **seen))  # type: ignore[arg-type]


def _advances(row: Watch, progress: Progress, new: Checkpoint, at: datetime, excused: int | None) -> bool:
    if not row.seen_size:
        return True
    seen = Checkpoint(origin_of(AuthorityId(row.authority_id)), row.seen_size, bytes(row.seen_root))
    if new.size < seen.size and row.seen_at is not None and at <= row.seen_at + LATE:
        return False
    if new.size > seen.size and progress.from_size != seen.size:
        if progress.from_size == excused:
            return False
        raise ConsistencyWanted(authority=row.authority_id, from_size=progress.from_size, seen=seen.size)
    watch.advance(seen, new, progress.hashes if new.size > seen.size else ())
    return True


def _remember(home: Home, row: Watch, signed: SignedCheckpoint, at: datetime) -> None:
    by = note.signer(witness_of(home.authority), our_keys(home).witness, note.Kind.COSIGNATURE)
    if not row.seen_size:
        row.begun = home.now()
    row.seen_size, row.seen_root = signed.checkpoint.size, signed.checkpoint.root
    row.seen_note = signed.note.to_bytes().decode()
    row.seen_cosigned = cosignature.cosign(signed.note, by, home.now()).to_text()
    row.seen_at = at


def _take_cosignatures(home: Home, parcel: Parcel, card: Card) -> None:
    """Keep the sender's cosignatures on ours. One that does not hold proves nothing and costs nothing."""
    key = witness_key(parcel.sender, card.keys.witness)
    for text in parcel.cosignatures:
        try:
            checkpoints.add_cosignature(parcel.seen or 0, note.parse_line(text), key, using=home.alias)
        except (NotFound, LedgerError):
            continue
