# SPDX-License-Identifier: Apache-2.0
"""The whole register computed anew from what its leaves say, and held against what is stored.

Leaf by leaf, in order: none is missing; salt and entry open the commitment; the columns that pages ask by say what the
entry says; the nodes are those of the tree. Every checkpoint that we signed has the root of its size, and with the
register's key its signature holds; the head has the size and frontier that came out. Erased leaves are counted: they
prove, and say nothing. The first fault is raised, by leaf: what follows a fault cannot be trusted anyway.

A large register is read and computed by several processes, chunk by chunk; this one puts the results together in order.
`protocol.ledger.tree.root_of` is the reference that the tests hold the result against.
"""

import multiprocessing
import os
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

from django.db import connections
from django.db.models import Max

from comity.protocol.ledger import checkpoint as checkpoints
from comity.protocol.ledger import note as notes
from comity.protocol.ledger.errors import LedgerError
from comity.protocol.ledger.note import VerifierKey
from comity.protocol.ledger.tree import EMPTY_ROOT, Frontier, fold
from comity.records.register import models
from comity.records.register.checkpoints import head
from comity.records.register.chunk import Chunk, Computed, Fault, compute, connect
from comity.records.register.errors import RegisterDamaged

CHUNK_LEVEL = 13
ALONE = 100_000
MOST_WORKERS = 4
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Checked:
    """A register that holds: its size and root, how many of its leaves were erased, how many checkpoints it signed."""

    size: int
    root: bytes
    erased: int
    checkpoints: int


def check(
    *,
    using: str,
    key: VerifierKey | None = None,
    progress: Progress | None = None,
    workers: int | None = None,
    chunk_level: int = CHUNK_LEVEL,
) -> Checked:
    """Check the whole register. `progress` hears of the leaves done and of all. Raises `RegisterDamaged`.

    The register may grow meanwhile: what is checked is what it was at the start. `workers` is how many processes
    compute beside this one; by default none for a small register, and one a core for a large one.
    """
    signed = _signed_roots(using, key)
    last = models.Leaf.objects.using(using).aggregate(last=Max("index"))["last"]
    edge = head(using)
    _hold(last is None or last < edge.size, edge.size, "leaves lie beyond the head")
    _hold(not signed or max(signed) <= edge.size, edge.size, "a checkpoint was signed for more leaves than there are")
    _hold(signed.get(0, EMPTY_ROOT) == EMPTY_ROOT, 0, "the checkpoint of the empty register has another root")
    if workers is None:
        workers = 0 if edge.size < ALONE else min(os.cpu_count() or 1, MOST_WORKERS)
    chunks = list(_chunks(edge.size, chunk_level, signed))
    total, erased = Frontier(), 0
    before = Frontier()  # of the full chunks so far, each taken as one leaf
    for chunk, computed in zip(chunks, _computed(chunks, workers, using), strict=True):
        for size in chunk.sizes[:-1]:
            root = fold(before.hashes + computed.edges[size])
            _hold(root == signed[size], size, "its checkpoint has another root than the leaves")
        total, above = Frontier(chunk.end, before.hashes + computed.edges[chunk.end]), b""
        if chunk.end - chunk.start == 1 << chunk_level:
            before, above = before.append(total.hashes[-1])
            total = Frontier(chunk.end, before.hashes)
        _hold(computed.above == above, chunk.end - 1, "a node above it is wrong")
        erased += computed.erased
        if progress is not None:
            progress(chunk.end, edge.size)
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


def _chunks(size: int, level: int, signed: Iterable[int]) -> Iterator[Chunk]:
    """The chunks in order. The sizes are those of checkpoints within, and last that of the whole chunk."""
    sizes = sorted(signed)
    for start in range(0, size, 1 << level):
        end = min(start + (1 << level), size)
        yield Chunk(start, end, level, (*sizes[bisect_right(sizes, start) : bisect_right(sizes, end)], end))


def _computed(chunks: Sequence[Chunk], workers: int, using: str) -> Iterator[Computed]:
    """Each chunk computed, in order: here, or by `workers` processes."""
    if not workers:
        yield from (_held(compute(chunk, using=using)) for chunk in chunks)
        return
    database = connections[using].settings_dict
    with ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("spawn"), initializer=connect, initargs=(using, database)
    ) as pool:
        yield from map(_held, pool.map(partial(compute, using=using), chunks))


def _held(result: Computed | Fault) -> Computed:
    if isinstance(result, Fault):
        raise RegisterDamaged(index=result.index, why=result.why)
    return result
