# SPDX-License-Identifier: Apache-2.0
"""What holds for every tree and every note: growth in any steps, proofs at any place, no byte changed unnoticed."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree
from tests.fixtures.ledger import Tree, leaves, register_signer

from comity.protocol.ledger import note as notes
from comity.protocol.ledger.errors import BadNote, LedgerError
from comity.protocol.ledger.note import Line, Note
from comity.protocol.ledger.proofs import verify_consistency, verify_inclusion
from comity.protocol.ledger.tree import Frontier, leaf_hash, root_of
from comity.protocol.ledger.watch import advance

SIZE = 3000
DATA = [b"leaf %d" % index for index in range(SIZE)]
TREE = Tree([leaf_hash(each) for each in DATA])
PEER = InmemoryTree()
PEER.append_entries(DATA)
sizes = st.integers(1, SIZE)


@given(st.data(), sizes)
def test_inclusion_holds_at_any_place(data: st.DataObject, size: int) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = TREE.inclusion(index, size)
    assert proof == PEER.prove_inclusion(index + 1, size).path[1:]
    verify_inclusion(TREE.hashes[index], index, size, PEER.get_root(size), proof)


@given(sizes, sizes)
def test_consistency_holds_between_any_two_sizes(one: int, other: int) -> None:
    old, new = sorted((one, other))
    verify_consistency(old, new, PEER.get_root(old), PEER.get_root(new), TREE.consistency(old, new))


@given(st.lists(st.integers(0, 40), max_size=12))
def test_batches_of_any_sizes_grow_one_tree(batches: list[int]) -> None:
    hashes, edge, completed = leaves(sum(batches)), Frontier(), []
    for count in batches:
        edge, nodes = edge.extend(hashes[edge.size : edge.size + count])
        completed += nodes
    assert edge.root() == root_of(hashes)
    assert completed == Tree(hashes).completed


@given(st.integers(1, 200), st.integers(0, 40), st.integers(1, 40))
def test_no_other_history_is_ever_taken(same: int, seen_more: int, new_more: int) -> None:
    """Two trees share `same` leaves and then part: whatever proof either can give, the watcher does not go along."""
    seen, other = (Tree([*leaves(same), *leaves(81, story)]) for story in (b"one", b"two"))
    old, new = same + 1 + seen_more, same + 1 + seen_more + new_more
    for proof in (other.consistency(old, new), seen.consistency(old, new), []):
        with pytest.raises(LedgerError):
            advance(seen.checkpoint(old), other.checkpoint(new), proof)


names = st.text(string.ascii_letters + string.digits + "./é长", min_size=1, max_size=12)
texts = st.text(st.characters(codec="utf-8", min_codepoint=0x20) | st.just("\n"), min_size=1, max_size=60).map(
    "{}\n".format
)
lines = st.builds(Line, names, st.binary(min_size=4, max_size=4), st.binary(min_size=1, max_size=80))


@given(texts, st.lists(lines, min_size=1, max_size=20))
def test_every_note_is_read_as_written(text: str, below: list[Line]) -> None:
    note = Note(text, tuple(below))
    assert notes.parse(note.to_bytes()) == note


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode(errors="replace")))
def test_whatever_parses_has_one_spelling(data: bytes) -> None:
    try:
        note = notes.parse(data)
    except BadNote:
        return
    assert note.to_bytes() == data


@given(st.data(), texts)
def test_no_changed_byte_goes_unnoticed(data: st.DataObject, text: str) -> None:
    by = register_signer()
    whole = notes.sign(text, by).to_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = bytearray(whole)
    changed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(LedgerError):
        notes.verify(notes.parse(bytes(changed)), by.key)
