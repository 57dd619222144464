# SPDX-License-Identifier: Apache-2.0
"""Appending: within the act's transaction, whole or not at all, in one order whoever comes at once."""

from contextlib import suppress
from threading import Barrier, Thread

import pytest
from django.db import connections, transaction
from tests.fixtures.ledger import Tree

from comity.protocol.ledger.tree import Frontier, leaf_hash
from comity.protocol.wire.errors import BadMember
from comity.records.register.append import Placed, append
from comity.records.register.check import check
from comity.records.register.checkpoints import head
from comity.records.register.models import Head, Leaf

from .conftest import NOW, Register, message, received, salts, thread


def test_entries_become_leaves(register: Register) -> None:
    assert register.append([received(1), received(2)]) == Placed(0, 2)
    assert register.append([received(3)], by="es-0417") == Placed(2, 3)
    rows = list(Leaf.objects.using(register.using).order_by("index"))
    assert [row.index for row in rows] == [0, 1, 2]
    assert bytes(rows[2].entry or b"") == received(3).to_bytes(at=NOW, by="es-0417")
    assert (rows[2].event, rows[2].thread, rows[2].message) == ("received", thread(), message(3))
    assert len({bytes(row.salt or b"") for row in rows}) == 3


def test_no_entries_move_nothing(register: Register) -> None:
    register.grow(3)
    assert register.append([]) == Placed(3, 3)


@pytest.mark.parametrize("batches", [[1, 2, 4, 1], [7, 1, 25]])
def test_the_head_and_the_nodes_are_those_of_the_tree(register: Register, batches: list[int]) -> None:
    for count in batches:
        register.grow(count)
    rows = list(Leaf.objects.using(register.using).order_by("index"))
    tree = Tree([leaf_hash(bytes(row.commitment)) for row in rows])
    assert head(register.using).root() == tree.root(sum(batches))
    assert [bytes(row.nodes) for row in rows] == tree.completed


def test_an_append_needs_the_acts_transaction(register: Register) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        append([received(1)], by="system", now=NOW, random=salts(), using=register.using)
    assert head(register.using) == Frontier()


def test_an_act_that_fails_leaves_no_leaf(register: Register) -> None:
    register.grow(2)
    before = head(register.using)
    with suppress(KeyError), transaction.atomic(using=register.using):
        append([received(3)], by="system", now=NOW, random=salts(), using=register.using)
        raise KeyError
    assert head(register.using) == before
    assert Leaf.objects.using(register.using).count() == 2


def test_an_actor_is_a_pseudonym(register: Register) -> None:
    with pytest.raises(BadMember):
        register.append([received(1)], by="María Inventada")
    assert head(register.using) == Frontier()


def test_there_is_one_head(register: Register) -> None:
    register.grow(1)
    assert Head.objects.using(register.using).count() == 1


def test_whoever_comes_at_once_gets_a_place_of_its_own(register: Register) -> None:
    """Four at a time, each ten acts of three leaves: forty acts, no gap, no leaf twice, a register that holds."""
    start, placed = Barrier(4), list[Placed]()

    def act() -> None:
        start.wait()
        mine = Register(register.using, salts())
        for _ in range(10):
            placed.append(mine.grow(3))
        connections[register.using].close()

    workers = [Thread(target=act) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(each.first for each in placed) == list(range(0, 120, 3))
    assert check(using=register.using).size == 120
