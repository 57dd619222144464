# SPDX-License-Identifier: Apache-2.0
"""The register's signed word on its size and root, and the cosignatures that its witnesses put below it.

A checkpoint is signed outside the action's transaction, one for a batch: it covers committed leaves only, for what is
signed can never be taken back. Before it is signed the register proves to itself that it extends the last one signed: a
database restored from an old copy refuses, instead of signing a second history.
"""

from datetime import datetime

from django.db import connections, transaction

from comity.protocol.ledger import checkpoint as checkpoints
from comity.protocol.ledger import cosignature, watch
from comity.protocol.ledger import note as notes
from comity.protocol.ledger.checkpoint import Checkpoint, SignedCheckpoint
from comity.protocol.ledger.cosignature import Cosigned
from comity.protocol.ledger.note import Line, Note, Signer, VerifierKey
from comity.protocol.ledger.tree import Frontier, frontier
from comity.records.errors import NotFound
from comity.records.register import models, proofs


def head(using: str) -> Frontier:
    """The committed register: its size, its right edge, and so its root."""
    row = models.Head.objects.using(using).first()
    return frontier(row.size, bytes(row.frontier)) if row else Frontier()


def sign_checkpoint(signer: Signer, *, now: datetime, using: str) -> SignedCheckpoint:
    """The checkpoint of the register as it stands, with the cosignatures it has: signed now, or earlier at this size.

    Raises `Rollback`, `Fork` or `Unproven` when the register does not extend what it signed, and
    `TransactionManagementError` within a transaction.
    """
    if connections[using].in_atomic_block:
        raise transaction.TransactionManagementError("a checkpoint is signed after the action has committed")
    edge = head(using)
    new = Checkpoint(signer.key.name, edge.size, edge.root())
    last = latest_checkpoint(using)
    if last is not None:
        watch.advance(last.checkpoint, new, _growth(last.checkpoint.size, edge.size, using))
        if last.checkpoint.size == edge.size:
            return last
    signed = checkpoints.sign(new, signer)
    row = models.Checkpoint(size=edge.size, note=signed.note.to_bytes().decode(), at=now)
    models.Checkpoint.objects.using(using).bulk_create([row], ignore_conflicts=True)
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
    note = checkpoint_at(size, using).note
    held = cosignature.verify(Note(note.text, (line,)), key)
    models.Cosignature.objects.using(using).update_or_create(
        checkpoint_id=size, name=held.name, defaults={"line": line.to_text(), "at": held.at}
    )
    return held


def cosigned_by(size: int, using: str) -> list[Cosigned]:
    """Who cosigned our checkpoint at `size`, and when, by name."""
    rows = models.Cosignature.objects.using(using).filter(checkpoint_id=size).order_by("name")
    return [Cosigned(row.name, row.at) for row in rows]


def _growth(old: int, new: int, using: str) -> list[bytes]:
    return proofs.consistency(old, new, using=using) if old <= new else []


def _whole(row: models.Checkpoint) -> SignedCheckpoint:
    """Our own rows: their signatures are held by `check` and by every peer, not at each reading."""
    note = notes.parse(row.note.encode())
    for each in row.cosignatures.using(row._state.db).order_by("name"):
        note = note.with_line(notes.parse_line(each.line))
    return SignedCheckpoint(checkpoints.parse_text(note.text), note)
