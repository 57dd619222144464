# SPDX-License-Identifier: Apache-2.0
"""Entries become leaves, in the transaction of the act that they tell of.

In this order: the entries are written and committed to under fresh salts, while nobody waits; the head is locked, last
of all locks; the frontier takes the leaves in; one statement writes the rows, one moves the head. The caller commits:
then act and leaves are there together, and on disk. Whoever appends next waits for that.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connections, transaction

from comity.protocol.ledger.commitment import SALT_BYTES, commit
from comity.protocol.ledger.tree import Frontier, frontier, leaf_hash
from comity.records import database
from comity.records.prepared import Prepared, PreparedUpdate
from comity.records.register.columns import digest_bytes, message_id_bytes
from comity.records.register.entry import Entry, written
from comity.records.register.models import Head, Leaf

HEAD = 1
_LOCKED_HEAD = Prepared(lambda: Head.objects.select_for_update().values_list("size", "frontier"))
_MOVE_HEAD = PreparedUpdate(Head, "size", "frontier")
_COLUMNS = ("index", "commitment", "nodes", "salt", "entry", "event", "thread", "message")


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a batch lies: its leaves are `first` to `size` - 1, and `size` is the register's size with them."""

    first: int
    size: int


def append(entries: Sequence[Entry], *, by: str, now: datetime, random: Callable[[int], bytes], using: str) -> Placed:
    """Append the entries within the caller's open transaction. `by` is who acts: a pseudonym, `system` or `console`.

    Raises `TransactionManagementError` outside a transaction, `BadMember` when `by` is no pseudonym.
    """
    contents = written(entries, at=now, by=by)
    chance = random(SALT_BYTES * len(contents))
    salts = [chance[at : at + SALT_BYTES] for at in range(0, len(chance), SALT_BYTES)]
    commitments = [commit(salt, content) for salt, content in zip(salts, contents, strict=True)]
    edge = _lock_head(using)
    grown, nodes = edge.extend(leaf_hash(each) for each in commitments)
    columns = (
        range(edge.size, grown.size),
        commitments,
        nodes,
        salts,
        contents,
        [entry.event for entry in entries],
        [message_id_bytes(entry.members.get("thread")) for entry in entries],
        [digest_bytes(entry.members.get("message")) for entry in entries],
    )
    with connections[using].cursor() as cursor:
        cursor.executemany(_insertion(using), list(zip(*columns, strict=True)))
    with database.using(using):
        _MOVE_HEAD(HEAD, {"size": grown.size, "frontier": grown.to_bytes()})
    return Placed(edge.size, grown.size)


def _lock_head(using: str) -> Frontier:
    """The frontier, ours until the transaction ends. SQLite's transactions are the lock: they begin as IMMEDIATE."""
    if not connections[using].in_atomic_block:
        raise transaction.TransactionManagementError("the register is appended to within the action's transaction")
    with database.using(using):
        heads = _LOCKED_HEAD()
        if not heads:
            Head.objects.bulk_create([Head(id=HEAD)], ignore_conflicts=True)
            heads = _LOCKED_HEAD()
    size, edge = heads[0]
    return frontier(size, bytes(edge))


def _insertion(using: str) -> str:
    quote = connections[using].ops.quote_name
    columns = ", ".join(quote(each) for each in _COLUMNS)
    return f"INSERT INTO {quote(Leaf._meta.db_table)} ({columns}) VALUES ({', '.join(['%s'] * len(_COLUMNS))})"  # noqa: S608  our own names
