# SPDX-License-Identifier: Apache-2.0
"""The check computes the root that the definition gives, and finds every way in which rows can be changed."""

from typing import Any

import pytest
from tests.fixtures.ledger import register_signer

from comity.protocol.ledger.commitment import commit
from comity.protocol.ledger.tree import EMPTY_ROOT, leaf_hash, root_of
from comity.records.register.check import Checked
from comity.records.register.check import check as whole_check
from comity.records.register.errors import RegisterDamaged
from comity.records.register.models import Head, Leaf

from .conftest import Register, message, thread

KEY = register_signer().key


def check(register: Register, **given: Any) -> Checked:
    """The check with chunks of eight leaves, so that few leaves make many chunks, and the key."""
    return whole_check(**{"using": register.using, "key": KEY, "chunk_level": 3, **given})


def reference(register: Register) -> bytes:
    """The root as the definitions give it: salt and entry, commitment, leaf, tree."""
    rows = Leaf.objects.using(register.using).order_by("index").values_list("salt", "entry")
    return root_of([leaf_hash(commit(bytes(salt or b""), bytes(entry or b""))) for salt, entry in rows])


@pytest.mark.parametrize("size", [1, 7, 8, 9, 16, 37, 64, 100])
def test_a_register_holds(register: Register, size: int) -> None:
    register.grow(size - size // 3)
    register.sign()
    register.grow(size // 3)
    register.sign()
    heard: list[tuple[int, int]] = []
    found = check(register, progress=lambda done, total: heard.append((done, total)))
    assert found == Checked(size, reference(register), 0, 2 if size // 3 else 1)
    assert heard[-1] == (size, size)


def test_the_empty_register_holds(register: Register) -> None:
    assert check(register, key=None) == Checked(0, EMPTY_ROOT, 0, 0)
    register.sign()
    assert check(register) == Checked(0, EMPTY_ROOT, 0, 1)


def test_other_processes_come_to_the_same(register: Register) -> None:
    register.grow(100)
    register.sign()
    assert check(register, workers=2) == check(register, workers=0) == whole_check(using=register.using)
    Leaf.objects.using(register.using).filter(index=77).update(event="sent")
    with pytest.raises(RegisterDamaged) as refused:
        check(register, workers=2)
    assert refused.value.data["index"] == 77


def test_every_checkpoint_is_held_against_the_leaves(register: Register) -> None:
    for _ in range(40):
        register.grow(1)
        register.sign()
    assert check(register).checkpoints == 40


def damaged(register: Register) -> RegisterDamaged:
    with pytest.raises(RegisterDamaged) as refused:
        check(register)
    return refused.value


@pytest.mark.parametrize("column", ["entry", "salt", "commitment"])
@pytest.mark.parametrize("index", [0, 11, 19])
def test_a_changed_opening_is_found(register: Register, column: str, index: int) -> None:
    register.grow(20)
    row = Leaf.objects.using(register.using).get(index=index)
    old = bytes(getattr(row, column))
    Leaf.objects.using(register.using).filter(index=index).update(**{column: old[:-1] + bytes([old[-1] ^ 1])})
    assert damaged(register).data == {"index": index, "why": "the entry is not the one committed to"}


@pytest.mark.parametrize(
    "changed",
    [{"event": "sent"}, {"thread": thread(99)}, {"thread": None}, {"message": message(99)}, {"message": None}],
)
def test_a_column_that_says_something_else_is_found(register: Register, changed: dict[str, str | None]) -> None:
    register.grow(20)
    Leaf.objects.using(register.using).filter(index=11).update(**changed)
    assert damaged(register).data == {"index": 11, "why": "its columns say something else than its entry"}


def test_an_entry_that_is_no_entry_is_found(register: Register) -> None:
    register.grow(20)
    salt = bytes(32)
    Leaf.objects.using(register.using).filter(index=11).update(entry=b"{}", salt=salt, commitment=commit(salt, b"{}"))
    assert damaged(register).data == {"index": 11, "why": "its columns say something else than its entry"}


@pytest.mark.parametrize("columns", [["entry"], ["salt"], ["entry", "salt"], ["entry", "salt", "thread"]])
def test_half_an_erasure_is_found(register: Register, columns: list[str]) -> None:
    register.grow(20)
    Leaf.objects.using(register.using).filter(index=11).update(**dict.fromkeys(columns))
    assert damaged(register).data == {"index": 11, "why": "it is erased in part"}


def test_a_whole_leaf_replaced_is_found(register: Register) -> None:
    """Entry, salt and commitment agree with each other, and not with the tree."""
    register.grow(20)
    row = Leaf.objects.using(register.using).get(index=11)
    entry, salt = bytes(row.entry or b"").replace(b"system", b"es-999"), bytes(32)
    Leaf.objects.using(register.using).filter(index=11).update(entry=entry, salt=salt, commitment=commit(salt, entry))
    assert "node" in str(damaged(register).data["why"])


def test_a_changed_node_is_found_wherever_it_lies(register: Register) -> None:
    register.grow(20)
    rows = Leaf.objects.using(register.using)
    for index, kept in list(rows.values_list("index", "nodes")):
        nodes = bytes(kept)
        for spoilt in {nodes + bytes(32), nodes[:-1] + b"\x00" if nodes else b"\x00", nodes[:-32] + bytes(32)} - {
            nodes
        }:
            rows.filter(index=index).update(nodes=spoilt)
            assert "node" in str(damaged(register).data["why"])
        rows.filter(index=index).update(nodes=nodes)
    assert check(register).size == 20


@pytest.mark.parametrize("index", [0, 7, 8, 11, 19])
def test_a_lost_leaf_is_found(register: Register, index: int) -> None:
    register.grow(20)
    register.execute(f'DELETE FROM register_leaf WHERE "index" = {index}')  # noqa: S608  a number
    assert damaged(register).data == {"index": index, "why": "the leaf is missing"}


def test_a_leaf_too_many_is_found(register: Register) -> None:
    register.grow(20)
    Leaf.objects.using(register.using).create(index=20, commitment=bytes(32), nodes=b"", event="sent")
    assert damaged(register).data["why"] == "leaves lie beyond the head"


@pytest.mark.parametrize("changed", [{"frontier": bytes(64)}, {"size": 18}])
def test_a_changed_head_is_found(register: Register, changed: dict[str, object]) -> None:
    register.grow(20)
    Head.objects.using(register.using).update(**changed)
    assert damaged(register).code == "register-damaged"


def test_a_checkpoint_of_another_history_is_found(register: Register) -> None:
    register.grow(13)
    register.sign()
    register.execute("DELETE FROM register_leaf")
    register.execute("DELETE FROM register_head")
    register.grow(20)
    assert damaged(register).data == {"index": 13, "why": "its checkpoint has another root than the leaves"}


def test_a_checkpoint_beyond_the_leaves_is_found(register: Register) -> None:
    register.grow(13)
    register.sign()
    register.execute("DELETE FROM register_leaf")
    register.execute("DELETE FROM register_head")
    register.grow(9)
    assert damaged(register).data["why"] == "a checkpoint was signed for more leaves than there are"


def test_a_changed_checkpoint_is_found(register: Register) -> None:
    register.grow(9)
    register.sign()
    register.execute("UPDATE register_checkpoint SET size = 8")
    assert damaged(register).data["why"] == "its checkpoint is of another size"
    register.execute("UPDATE register_checkpoint SET note = replace(note, '9', '8')")
    assert "does not hold" in str(damaged(register).data["why"])


def test_the_empty_checkpoint_has_the_empty_root(register: Register) -> None:
    signed = register.sign()
    note = signed.note.to_bytes().decode().replace(signed.note.text.split("\n")[2], "A" * 43 + "=")
    register.execute("UPDATE register_checkpoint SET note = %s", note)
    with pytest.raises(RegisterDamaged, match="empty register"):
        check(register, key=None)
