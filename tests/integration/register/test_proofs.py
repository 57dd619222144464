# SPDX-License-Identifier: Apache-2.0
"""Proofs out of rows hold for everybody who has the root, before and after an erasure; pages lose nothing."""

from pathlib import Path

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from comity.protocol.ledger.commitment import verify_opening
from comity.protocol.ledger.errors import OutOfRange
from comity.protocol.ledger.proofs import verify_consistency, verify_inclusion
from comity.protocol.ledger.tree import EMPTY_ROOT, leaf_hash
from comity.records.errors import NotFound
from comity.records.register import events, proofs
from comity.records.register.check import check
from comity.records.register.checkpoints import head
from comity.records.register.erasure import erase
from comity.records.register.listing import MAX_PAGE, page, place_of

from .conftest import Register, message, received, thread


@pytest.mark.parametrize("size", [1, 2, 7, 8, 21])
def test_every_leaf_is_proven_at_every_size(register: Register, size: int) -> None:
    register.grow(21)
    root = proofs.root_at(size, using=register.using)
    for each in proofs.prove_all(range(size), size, using=register.using):
        verify_inclusion(leaf_hash(each.commitment), each.index, each.size, root, each.proof)
        assert each.salt is not None
        assert each.entry is not None
        verify_opening(each.commitment, each.salt, each.entry)


def test_the_register_proves_that_it_only_grew(register: Register) -> None:
    roots = [EMPTY_ROOT]
    for _ in range(9):
        register.grow(2)
        roots.append(head(register.using).root())
    for new in range(10):
        for old in range(new + 1):
            proof = proofs.consistency(2 * old, 2 * new, using=register.using)
            verify_consistency(2 * old, 2 * new, roots[old], roots[new], proof)
            assert proofs.root_at(2 * old, using=register.using) == roots[old]


def test_many_proofs_cost_one_query(register: Register) -> None:
    register.grow(200)
    with CaptureQueriesContext(connections[register.using]) as queries:
        proofs.prove_all(range(20, 40), 200, using=register.using)
    assert len(queries) == 1


def test_what_is_not_there_has_no_proof(register: Register) -> None:
    register.grow(5)
    for index, size in [(5, 5), (4, 6), (5, 8), (-1, 5)]:
        with pytest.raises(OutOfRange):
            proofs.prove(index, size, using=register.using)
    with pytest.raises(OutOfRange):
        proofs.prove(0, 1 << 40, using=register.using)
    with pytest.raises(OutOfRange):
        proofs.consistency(3, 6, using=register.using)
    with pytest.raises(OutOfRange):
        proofs.root_at(6, using=register.using)


def test_a_lone_leaf_beyond_the_end_has_no_proof(register: Register) -> None:
    with pytest.raises(OutOfRange):
        proofs.prove(0, 1, using=register.using)


def test_what_a_leaf_said_can_be_erased_and_all_proofs_hold(register: Register) -> None:
    register.grow(12)
    before = proofs.prove(4, 12, using=register.using)
    erase([4, 7], using=register.using)
    after = proofs.prove(4, 12, using=register.using)
    assert (after.salt, after.entry) == (None, None)
    assert (after.commitment, after.proof) == (before.commitment, before.proof)
    verify_inclusion(leaf_hash(after.commitment), 4, 12, head(register.using).root(), after.proof)
    checked = check(using=register.using)
    assert (checked.size, checked.erased) == (12, 2)
    shown = page(using=register.using).leaves[-5]
    assert (shown.index, shown.event, shown.members) == (4, "received", None)


def test_only_a_leaf_that_is_there_is_erased(register: Register) -> None:
    register.grow(3)
    with pytest.raises(NotFound) as refused:
        erase([1, 3], using=register.using)
    assert refused.value.data["id"] == 3
    assert check(using=register.using).erased == 0


@pytest.mark.parametrize("url", ["sqlite:///register.sqlite3"], indirect=False)
def test_the_erased_bytes_leave_sqlites_file(register: Register, tmp_path: Path) -> None:
    register.grow(300)
    leaf = proofs.prove(150, 300, using=register.using)
    assert leaf.salt is not None
    erase([150], using=register.using)
    connections[register.using].close()
    held = b"".join(path.read_bytes() for path in tmp_path.glob("register.sqlite3*"))
    assert leaf.salt not in held
    assert leaf.commitment in held


@pytest.mark.parametrize("limit", [1, 3, 7, 25, 26])
def test_pages_lead_through_the_whole_register(register: Register, limit: int) -> None:
    register.grow(25)
    seen: list[int] = []
    before = None
    while True:
        shown = page(using=register.using, before=before, limit=limit)
        seen += [each.index for each in shown.leaves]
        before = shown.before
        if before is None:
            break
    assert seen == list(range(24, -1, -1))


def test_a_page_is_neither_empty_nor_endless(register: Register) -> None:
    register.grow(3)
    assert [each.index for each in page(using=register.using, limit=0).leaves] == [2]
    assert len(page(using=register.using, limit=10 * MAX_PAGE).leaves) == 3


def test_a_page_can_be_of_one_thread(register: Register) -> None:
    register.grow(25)
    shown = page(using=register.using, thread=thread(1))
    assert [each.index for each in shown.leaves] == list(range(19, 9, -1))
    assert shown.leaves[0].members is not None
    assert shown.leaves[0].members["message"] == message(19)


def test_the_place_of_a_message_is_that_where_it_first_came(register: Register) -> None:
    register.append([events.listed(what="desk", count=0), received(1), received(2), received(1)])
    found = [place_of("received", message(number), thread=thread(), using=register.using) for number in (1, 2, 3)]
    assert found == [1, 2, None]
