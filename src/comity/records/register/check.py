# SPDX-License-Identifier: Apache-2.0
"""The whole register computed anew from what its leaves say, and held against what is stored.

Leaf by leaf, in order: none is missing; salt and entry open the commitment; the columns that pages ask by say what the
entry says; the nodes are those of the tree. Every checkpoint that we signed has the root of its size, and with the
register's key its signature holds; the head has the size and frontier that came out. Erased leaves are counted: they
prove, and say nothing. The first fault is raised, by leaf: what follows a fault cannot be trusted anyway.

Leaves are taken by the chunk, each a full subtree, and hashed level by level: such tight loops are why a million leaves
take seconds. `protocol.ledger.tree.root_of` is the reference that the tests hold this against.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db import connections
from django.db.models import Max

from comity.protocol.ledger import checkpoint as checkpoints
from comity.protocol.ledger import note as notes
from comity.protocol.ledger.commitment import CONTEXT
from comity.protocol.ledger.errors import LedgerError
from comity.protocol.ledger.note import VerifierKey
from comity.protocol.ledger.tree import EMPTY_ROOT, HASH_BYTES, Frontier, fold, full_subtrees
from comity.records.register import models
from comity.records.register.checkpoints import head
from comity.records.register.errors import RegisterDamaged

CHUNK_LEVEL = 13
CHUNK = 1 << CHUNK_LEVEL
Progress = Callable[[int, int], None]
_COLUMNS = ("index", "commitment", "nodes", "salt", "entry", "event", "thread", "message")
_Row = tuple[int, bytes, bytes, bytes | None, bytes | None, str, bytes | None, bytes | None]
_Levels = Sequence[Sequence[bytes]]
# An entry is canonical, so its members come in this order, and none of their forms holds a quotation mark.
_SAYS = re.compile(rb'.*?"event":"([^"]*)"(?:.*?"message":"sha256:([^"]*)")?(?:.*"thread":"([^"]*)")?')


@dataclass(frozen=True, slots=True)
class Checked:
    """A register that holds: its size and root, how many of its leaves were erased, how many checkpoints it signed."""

    size: int
    root: bytes
    erased: int
    checkpoints: int


def check(*, using: str, key: VerifierKey | None = None, progress: Progress | None = None) -> Checked:
    """Check the whole register. `progress` hears of the leaves done and of all. Raises `RegisterDamaged`.

    The register may grow meanwhile: what is checked is what it was at the start.
    """
    signed = _signed_roots(using, key)
    last = models.Leaf.objects.using(using).aggregate(last=Max("index"))["last"]
    edge = head(using)
    _hold(last is None or last < edge.size, edge.size, "leaves lie beyond the head")
    _hold(not signed or max(signed) <= edge.size, edge.size, "a checkpoint was signed for more leaves than there are")
    _hold(signed.get(0, EMPTY_ROOT) == EMPTY_ROOT, 0, "the checkpoint of the empty register has another root")
    chunks, hashes, erased = Frontier(), (), 0  # type: Frontier, tuple[bytes, ...], int
    for start in range(0, edge.size, CHUNK):
        rows = _rows(start, min(start + CHUNK, edge.size), using)
        erased += _hold_contents(rows)
        levels = _levels([row[1] for row in rows])
        _hold_checkpoints(start, len(rows), levels, chunks, signed)
        hashes = chunks.hashes + _edge(len(rows), levels)
        completed = b""
        if len(rows) == CHUNK:
            chunks, completed = chunks.append(levels[CHUNK_LEVEL][0])
            hashes = chunks.hashes
        _hold_nodes(rows, levels, completed)
        if progress is not None:
            progress(start + len(rows), edge.size)
    total = Frontier(edge.size, hashes)
    _hold(total == edge, edge.size, "the head has another frontier than the leaves")
    return Checked(total.size, total.root(), erased, len(signed))


def _hold(holds: bool, index: int, why: str) -> None:
    if not holds:
        raise RegisterDamaged(index=index, why=why)


def _signed_roots(using: str, key: VerifierKey | None) -> dict[int, bytes]:
    """Every checkpoint's root by its size, held to be signed by `key` if given."""
    signed = {}
    for size, note in models.Checkpoint.objects.using(using).values_list("size", "note"):
        try:
            text = notes.verify(notes.parse(note.encode()), key) if key else notes.parse(note.encode()).text
            found = checkpoints.parse_text(text)
        except LedgerError as refused:
            raise RegisterDamaged(index=size, why=f"its checkpoint does not hold ({refused.code})") from refused
        _hold(found.size == size, size, "its checkpoint is of another size")
        signed[size] = found.root
    return signed


def _rows(start: int, end: int, using: str) -> list[_Row]:
    connection = connections[using]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(each) for each in _COLUMNS)
    table, index = quote(models.Leaf._meta.db_table), quote("index")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM {table} WHERE {index} >= %s AND {index} < %s ORDER BY {index}",  # noqa: S608  our own names
            [start, end],
        )
        rows: list[_Row] = cursor.fetchall()
    for expected, row in enumerate(rows, start):
        _hold(row[0] == expected, expected, "the leaf is missing")
    _hold(len(rows) == end - start, start + len(rows), "the leaf is missing")
    return rows


def _hold_contents(rows: Sequence[_Row]) -> int:
    """Hold each entry against its commitment and columns; answer with how many were erased."""
    erased = 0
    for index, commitment, _, salt, entry, event, thread, message in rows:
        if entry is None or salt is None:
            _hold(all(each is None for each in (entry, salt, thread, message)), index, "it is erased in part")
            erased += 1
            continue
        if sha256(CONTEXT + salt + entry).digest() != commitment:
            raise RegisterDamaged(index=index, why="the entry is not the one committed to")
        if _said(entry) != (event.encode(), message and message.hex().encode(), thread and thread.hex().encode()):
            raise RegisterDamaged(index=index, why="its columns say something else than its entry")
    return erased


def _said(entry: bytes) -> tuple[bytes | None, bytes | None, bytes | None] | None:
    """The event, message and thread of an entry as its columns spell them."""
    says = _SAYS.match(entry)
    if says is None:
        return None
    event, message, thread = says.groups()
    return event, message, thread and thread.replace(b"-", b"")


def _levels(commitments: Sequence[bytes]) -> _Levels:
    """The hashes of all full subtrees of a chunk: the leaves, then level by level."""
    levels = [[sha256(b"\x00" + each).digest() for each in commitments]]
    while len(levels[-1]) > 1:
        below = iter(levels[-1])
        levels.append([sha256(b"\x01" + left + right).digest() for left, right in zip(below, below, strict=False)])
    return levels


def _edge(count: int, levels: _Levels) -> tuple[bytes, ...]:
    """The full subtrees that make up the first `count` leaves of a chunk."""
    return tuple(levels[node.level][node.place] for node in full_subtrees(0, count))


def _hold_checkpoints(start: int, count: int, levels: _Levels, before: Frontier, signed: dict[int, bytes]) -> None:
    for size in [each for each in signed if start < each <= start + count]:
        root = fold(before.hashes + _edge(size - start, levels))
        _hold(root == signed[size], size, "its checkpoint has another root than the leaves")


def _hold_nodes(rows: Sequence[_Row], levels: _Levels, completed: bytes) -> None:
    """Hold the stored nodes against the tree. `completed` are those above the chunk that its last leaf completes."""
    stored = [row[2] for row in rows]
    length = len(completed)
    for level, expected in enumerate(levels[1:], 1):
        step, at = 1 << level, (level - 1) * HASH_BYTES
        found = [nodes[at : at + HASH_BYTES] for nodes in stored[step - 1 :: step]]
        _hold(found == expected, rows[0][0], f"a node of level {level} among the {len(rows)} leaves from here is wrong")
        length += HASH_BYTES * len(expected)
    above = stored[-1][CHUNK_LEVEL * HASH_BYTES :]
    _hold(above == completed, rows[-1][0], "a node above it is wrong")
    _hold(sum(map(len, stored)) == length, rows[0][0], f"nodes among the {len(rows)} leaves from here are too many")
