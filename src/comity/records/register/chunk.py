# SPDX-License-Identifier: Apache-2.0
"""A run of leaves computed anew: contents against commitments and columns, the tree, and the nodes that are stored.

Other processes can do it, each with a connection of its own: there are no models here, and what comes back is small.
A chunk starts at a multiple of its full width, so that what it has of the tree depends on nothing before it. The loops
are tight on purpose: a million leaves are three million hashes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

import django
from django.conf import settings
from django.db import connections

from comity.protocol.ledger.commitment import CONTEXT
from comity.protocol.ledger.tree import HASH_BYTES, full_subtrees

TABLE = "register_leaf"
_COLUMNS = ("index", "commitment", "nodes", "salt", "entry", "event", "thread", "message")
_Row = tuple[int, bytes, bytes, bytes | None, bytes | None, str, bytes | None, bytes | None]


@dataclass(frozen=True, slots=True)
class Chunk:
    """The leaves `start` to `end` - 1, at most 2^`level` of them, and the sizes at which the tree's edge is wanted."""

    start: int
    end: int
    level: int
    sizes: Sequence[int]


@dataclass(frozen=True, slots=True)
class Computed:
    """A chunk that holds: how many of its leaves were erased, and at each size its full subtrees up to there.

    `above` are the nodes above the chunk that its last leaf carries: only who knows the chunks before can judge them.
    """

    erased: int
    edges: Mapping[int, tuple[bytes, ...]]
    above: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not hold, and at which leaf. A value, since it comes from another process."""

    index: int
    why: str


class _FoundFault(Exception):
    """Carries a fault out of the loops, and no further."""


def connect(using: str, database: dict[str, Any]) -> None:
    """In a process that has only just started: know the one database, and nothing else of Django."""
    settings.configure(DATABASES={"default": {}, using: database}, USE_TZ=True)
    django.setup()


def compute(chunk: Chunk, *, using: str) -> Computed | Fault:
    """The chunk read and computed anew, or its first fault."""
    try:
        rows = _rows(chunk, using)
        erased = _hold_contents(rows)
        levels = _levels([row[1] for row in rows])
        above = _hold_nodes(rows, levels, chunk.level)
    except _FoundFault as found:
        return Fault(*found.args)
    edges = {
        size: tuple(levels[node.level][node.place] for node in full_subtrees(0, size - chunk.start))
        for size in chunk.sizes
    }
    return Computed(erased, edges, above)


def _rows(chunk: Chunk, using: str) -> list[_Row]:
    quote = connections[using].ops.quote_name
    columns, index = ", ".join(map(quote, _COLUMNS)), quote("index")
    query = f"SELECT {columns} FROM {TABLE} WHERE {index} >= %s AND {index} < %s ORDER BY {index}"  # noqa: S608  our own names
    with connections[using].cursor() as cursor:
        cursor.execute(query, [chunk.start, chunk.end])
        rows: list[_Row] = cursor.fetchall()
    wanted, found = range(chunk.start, chunk.end), [row[0] for row in rows]
    if found != list(wanted):
        raise _FoundFault(min(set(wanted) - set(found)), "the leaf is missing")
    return rows


def _hold_contents(rows: Sequence[_Row]) -> int:
    """Hold each entry against its commitment and columns; answer with how many were erased."""
    erased = 0
    for index, commitment, _, salt, entry, event, thread, message in rows:
        if entry is None or salt is None:
            if any(each is not None for each in (entry, salt, thread, message)):
                raise _FoundFault(index, "it is erased in part")
            erased += 1
            continue
        if sha256(CONTEXT + salt + entry).digest() != commitment:
            raise _FoundFault(index, "the entry is not the one committed to")
        # None of an entry's values holds a quotation mark, so each member can stand in one place only.
        if (
            _event(event) not in entry
            or (b'"thread":"' in entry if thread is None else _thread(thread) not in entry)
            or (
                b'"message":"' in entry
                if message is None
                else b'"message":"sha256:%b"' % message.hex().encode() not in entry
            )
        ):
            raise _FoundFault(index, "its columns say something else than its entry")
    return erased


@lru_cache(256)
def _event(event: str) -> bytes:
    return b'"event":"%b"' % event.encode()


@lru_cache(256)
def _thread(thread: bytes) -> bytes:
    text = thread.hex()
    return f'"thread":"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"'.encode()


def _levels(commitments: Sequence[bytes]) -> list[list[bytes]]:
    """The hashes of all full subtrees of a chunk: the leaves, then level by level."""
    levels = [[sha256(b"\x00" + each).digest() for each in commitments]]
    while len(levels[-1]) > 1:
        below = iter(levels[-1])
        levels.append([sha256(b"\x01" + left + right).digest() for left, right in zip(below, below, strict=False)])
    return levels


def _hold_nodes(rows: Sequence[_Row], levels: Sequence[Sequence[bytes]], top: int) -> bytes:
    """Hold the stored nodes against the tree; answer with those above the chunk that its last leaf carries."""
    stored = [row[2] for row in rows]
    above = stored[-1][top * HASH_BYTES :]
    length = len(above)
    for level, expected in enumerate(levels[1:], 1):
        step, at = 1 << level, (level - 1) * HASH_BYTES
        found = [nodes[at : at + HASH_BYTES] for nodes in stored[step - 1 :: step]]
        if found != expected:
            wrong = next(place for place, pair in enumerate(zip(found, expected, strict=True)) if pair[0] != pair[1])
            raise _FoundFault(rows[0][0] + ((wrong + 1) << level) - 1, f"its node of level {level} is wrong")
        length += HASH_BYTES * len(expected)
    if sum(map(len, stored)) != length:
        raise _FoundFault(rows[0][0], f"among the {len(rows)} leaves from here is a node too many")
    return above
