# SPDX-License-Identifier: Apache-2.0
"""The tree against the RFC's definition, and the rule by which nodes lie in leaf rows."""

import hashlib

import pytest
from tests.fixtures.ledger import leaves

from comity.protocol.ledger.tree import (
    EMPTY_ROOT,
    Frontier,
    NodeId,
    fold,
    frontier,
    full_subtrees,
    leaf_hash,
    node_hash,
    root_of,
)


def test_the_hashes_are_those_of_rfc_6962() -> None:
    assert hashlib.sha256(b"").digest() == EMPTY_ROOT
    assert leaf_hash(b"x") == hashlib.sha256(b"\x00x").digest()
    assert node_hash(b"l" * 32, b"r" * 32) == hashlib.sha256(b"\x01" + b"l" * 32 + b"r" * 32).digest()


def test_the_empty_leaf_and_the_first_roots_are_the_published_ones() -> None:
    """From certificate-transparency-go's published reference tree: the roots of its first leaves."""
    data = [b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43"]
    hashes = [leaf_hash(each) for each in data]
    assert root_of(hashes[:1]).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert root_of(hashes[:2]).hex() == "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
    assert root_of(hashes[:3]).hex() == "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"


@pytest.mark.parametrize("size", range(70))
def test_the_frontier_has_the_reference_root_at_every_size(size: int) -> None:
    hashes = leaves(size)
    grown, completed = Frontier().extend(hashes)
    assert grown.size == size == len(completed)
    assert grown.root() == root_of(hashes)


def test_one_by_one_is_the_same_as_all_at_once() -> None:
    hashes = leaves(21)
    edge, nodes = Frontier(), []
    for each in hashes:
        edge, completed = edge.append(each)
        nodes.append(completed)
    assert (edge, nodes) == Frontier().extend(hashes)


def test_each_node_lies_in_the_leaf_that_completes_it() -> None:
    hashes = leaves(64)
    _, completed = Frontier().extend(hashes)
    for level in range(1, 7):
        for place in range(64 >> level):
            node = NodeId(level, place)
            at = (level - 1) * 32
            covered = hashes[place << level : (place + 1) << level]
            assert completed[node.home][at : at + 32] == root_of(covered)
    assert sum(len(each) // 32 for each in completed) == 63, "and no node lies anywhere else"


def test_full_subtrees_cover_a_range_from_left_to_right() -> None:
    assert full_subtrees(0, 0) == []
    assert full_subtrees(0, 7) == [NodeId(2, 0), NodeId(1, 2), NodeId(0, 6)]
    assert full_subtrees(8, 11) == [NodeId(1, 4), NodeId(0, 10)]


def test_folding_joins_the_right_side_first() -> None:
    a, b, c = leaves(3)
    assert fold([a]) == a
    assert fold([a, b, c]) == node_hash(a, node_hash(b, c))


def test_a_frontier_is_kept_as_bytes_and_read_back() -> None:
    grown, _ = Frontier().extend(leaves(11))
    assert frontier(11, grown.to_bytes()) == grown
    assert frontier(0, b"") == Frontier()


@pytest.mark.parametrize(("size", "length"), [(-1, 0), (0, 32), (3, 32), (3, 63)])
def test_a_frontier_of_the_wrong_length_is_refused(size: int, length: int) -> None:
    with pytest.raises(ValueError, match="a frontier of size"):
        frontier(size, bytes(length))
