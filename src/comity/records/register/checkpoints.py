# SPDX-License-Identifier: Apache-2.0
"""The register's signed word on its size and root, and the cosignatures that its witnesses put below it.

A checkpoint is signed outside the action's transaction, one for a batch: it covers committed leaves only, for what is
signed can never be taken back. Before it is signed the register proves to itself that it extends the last one that it
knows to have signed: rows lost or changed below it are found. A store restored whole from an old copy knows nothing of
what came after; its peers do, and raise the alarm.

Its row may reach the disk later than the leaves that it covers: were it lost in a crash, the same key would sign the
same bytes of the same leaves again.
"""

from datetime import datetime

from django.db import connections, transaction
from django.db.models import Subquery

from comity.protocol.ledger import checkpoint as checkpoints
from comity.protocol.ledger import cosignature, watch
from comity.protocol.ledger import note as notes
from comity.protocol.ledger.checkpoint import Checkpoint, SignedCheckpoint
from comity.protocol.ledger.cosignature import Cosigned
from comity.protocol.ledger.note import Line, Note, Signer, VerifierKey
from comity.protocol.ledger.tree import Frontier, frontier
from comity.records import database
from comity.records.errors import NotFound
from comity.records.prepared import Prepared, PreparedInsert
from comity.records.register import models, proofs

_SIGNED = PreparedInsert(models.Checkpoint, "size", "note", "at")
_COSIGNED = PreparedInsert(
    models.Cosignature, "checkpoint", "name", "line", "at", key=("checkpoint", "name"), renews=("line", "at")
)
_NOTE = Prepared(lambda size: models.Checkpoint.objects.filter(size=size).values_list("note"))
_HEAD = Prepared(
    lambda: models.Head.objects.values_list(
        "size", "frontier", Subquery(models.Checkpoint.objects.order_by("-size").values("note")[:1])
    )
)


def head(using: str) -> Frontier:
    """The committed register: its size, its right edge, and so its root."""
    return _head(using)[0]


def sign_checkpoint(signer: Signer, *, now: datetime, using: str, rows: proofs.Rows | None = None) -> SignedCheckpoint:
    """The checkpoint of the register as it stands, with the cosignatures it has: signed now, or earlier at this size.

    Raises `Rollback`, `Fork` or `Unproven` when the register does not extend what it signed, and
    `TransactionManagementError` within a transaction.
    """
    if connections[using].in_atomic_block:
        raise transaction.TransactionManagementError("a checkpoint is signed after the action has committed")
    edge, last = _head(using)
    new = Checkpoint(signer.key.name, edge.size, edge.root())
    if last is not None:
        before = checkpoints.parse_text(notes.parse(last.encode()).text)
        watch.advance(before, new, _growth(before.size, edge.size, using, rows))
        if before.size == edge.size:
            return checkpoint_at(edge.size, using)
    signed = checkpoints.sign(new, signer)
    with database.using(using), database.soon(using):
        _SIGNED([(edge.size, signed.note.to_bytes().decode(), now)])
    return signed


def latest_checkpoint(using: str) -> SignedCheckpoint | None:
    """The last checkpoint that we signed, its cosignatures below it."""
    row = models.Checkpoint.objects.using(using).order_by("-size").first()
    return _whole(row) if row else None


def checkpoint_at(size: int, using: str) -> SignedCheckpoint:
    """The checkpoint that we signed at `size`. Raises `NotFound`: not every size has one."""
    row = models.Checkpoint.objects.using(using).filter(size=size).first()
    if row is None:
        raise NotFound(what="checkpoint", id=size)
    return _whole(row)


def add_cosignature(size: int, line: Line, key: VerifierKey, *, using: str) -> Cosigned:
    """Keep a witness's line on our checkpoint at `size`. Raises `NotFound`, `NoteUnsigned` or `NoteForged`."""
    with database.using(using):
        rows = _NOTE(size)
    if not rows:
        raise NotFound(what="checkpoint", id=size)
    held = cosignature.verify(Note(notes.parse(rows[0][0].encode()).text, (line,)), key)
    with database.using(using):
        _COSIGNED([(size, held.name, line.to_text(), held.at)])
    return held


def cosigned_by(size: int, using: str) -> list[Cosigned]:
    """Who cosigned our checkpoint at `size`, and when, by name."""
    rows = models.Cosignature.objects.using(using).filter(checkpoint_id=size).order_by("name")
    return [Cosigned(row.name, row.at) for row in rows]


def _head(using: str) -> tuple[Frontier, str | None]:
    """The head, and the last checkpoint that was signed: of one moment, as another thread may append and sign."""
    with database.using(using):
        found = _HEAD()
    if not found:
        return Frontier(), None
    size, edge, last = found[0]
    return frontier(size, bytes(edge)), last


def _growth(old: int, new: int, using: str, rows: proofs.Rows | None) -> list[bytes]:
    return proofs.consistency(old, new, using=using, rows=rows) if old <= new else []


def _whole(row: models.Checkpoint) -> SignedCheckpoint:
    """Our own rows: their signatures are held by `check` and by every peer, not at each reading."""
    note = notes.parse(row.note.encode())
    for each in row.cosignatures.using(row._state.db).order_by("name"):
        note = note.with_line(notes.parse_line(each.line))
    return SignedCheckpoint(checkpoints.parse_text(note.text), note)
