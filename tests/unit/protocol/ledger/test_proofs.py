# SPDX-License-Identifier: Apache-2.0
"""Proofs at every size to 64: against the RFC's own recursive definition, against pymerkle, and spoilt in every way."""

import base64
import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from pymerkle import InmemoryTree
from pymerkle import verify_consistency as peer_verifies_consistency
from pymerkle import verify_inclusion as peer_verifies_inclusion
from tests.fixtures.ledger import Tree, leaves

from comity.protocol.ledger import proofs
from comity.protocol.ledger.errors import BadProof, OutOfRange
from comity.protocol.ledger.proofs import consistent_roots, verify_consistency, verify_inclusion
from comity.protocol.ledger.tree import EMPTY_ROOT, leaf_hash, root_of

LARGEST = 64
DATA = [b"leaf %d" % index for index in range(LARGEST)]
TREE = Tree([leaf_hash(each) for each in DATA])


@pytest.fixture(scope="module")
def peer() -> InmemoryTree:
    grown = InmemoryTree()
    grown.append_entries(DATA)
    return grown


def audit_path(index: int, hashes: Sequence[bytes]) -> list[bytes]:
    """PATH(m, D[n]) as RFC 6962 §2.1.1 writes it."""
    if len(hashes) == 1:
        return []
    split = 1 << (len(hashes) - 1).bit_length() - 1
    left, right = hashes[:split], hashes[split:]
    if index < split:
        return [*audit_path(index, left), root_of(right)]
    return [*audit_path(index - split, right), root_of(left)]


def subproof(old: int, hashes: Sequence[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF(m, D[n], b) as RFC 6962 §2.1.2 writes it."""
    if old == len(hashes):
        return [] if whole else [root_of(hashes)]
    split = 1 << (len(hashes) - 1).bit_length() - 1
    left, right = hashes[:split], hashes[split:]
    if old <= split:
        return [*subproof(old, left, whole), root_of(right)]
    return [*subproof(old - split, right, False), root_of(left)]


@pytest.mark.parametrize("size", range(1, LARGEST + 1))
def test_inclusion_at_every_place(size: int, peer: InmemoryTree) -> None:
    root = TREE.root(size)
    assert root == peer.get_root(size)
    for index in range(size):
        proof, leaf = TREE.inclusion(index, size), TREE.hashes[index]
        theirs = peer.prove_inclusion(index + 1, size)
        assert proof == audit_path(index, TREE.hashes[:size]) == theirs.path[1:]
        verify_inclusion(leaf, index, size, root, proof)
        theirs.path = [leaf, *proof]
        peer_verifies_inclusion(leaf, root, theirs)


@pytest.mark.parametrize("new", range(1, LARGEST + 1))
def test_consistency_from_every_earlier_size(new: int, peer: InmemoryTree) -> None:
    for old in range(1, new + 1):
        proof = TREE.consistency(old, new)
        assert proof == subproof(old, TREE.hashes[:new], True)
        verify_consistency(old, new, peer.get_root(old), peer.get_root(new), proof)
        peer_verifies_consistency(TREE.root(old), TREE.root(new), peer.prove_consistency(old, new))


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8, 13])
def test_a_spoilt_inclusion_proof_never_holds(size: int) -> None:
    root = TREE.root(size)
    for index in range(size):
        leaf, proof = TREE.hashes[index], TREE.inclusion(index, size)
        for spoilt in spoil(proof):
            with pytest.raises(BadProof):
                verify_inclusion(leaf, index, size, root, spoilt)
        for other in set(range(size)) - {index}:
            with pytest.raises(BadProof):
                verify_inclusion(leaf, other, size, root, proof)
        with pytest.raises(BadProof, match="another root"):
            verify_inclusion(leaf, index, size, leaf_hash(b"other"), proof)


@pytest.mark.parametrize("new", [2, 3, 6, 7, 8, 13])
def test_a_spoilt_consistency_proof_never_holds(new: int) -> None:
    for old in range(1, new):
        proof = TREE.consistency(old, new)
        for spoilt in spoil(proof):
            with pytest.raises(BadProof):
                verify_consistency(old, new, TREE.root(old), TREE.root(new), spoilt)
        with pytest.raises(BadProof):
            verify_consistency(old, new, leaf_hash(b"other"), TREE.root(new), proof)
        with pytest.raises(BadProof):
            verify_consistency(old, new, TREE.root(old), leaf_hash(b"other"), proof)


def spoil(proof: list[bytes]) -> list[list[bytes]]:
    """The proof too long, too short, with a bit turned, with hashes exchanged, with a hash cut."""
    spoilt = [[*proof, leaf_hash(b"more")], [leaf_hash(b"more"), *proof]]
    for at, each in enumerate(proof):
        spoilt += [
            proof[:at] + proof[at + 1 :],
            [*proof[:at], bytes([each[0] ^ 1]) + each[1:], *proof[at + 1 :]],
            [*proof[:at], each[:-1], *proof[at + 1 :]],
        ]
    for at, (left, right) in enumerate(pairwise(proof)):
        spoilt.append([*proof[:at], right, left, *proof[at + 2 :]])
    return spoilt


def test_the_empty_tree_and_the_same_tree_need_no_proof() -> None:
    assert TREE.consistency(0, 5) == TREE.consistency(5, 5) == TREE.consistency(0, 0) == []
    verify_consistency(0, 5, EMPTY_ROOT, TREE.root(5), [])
    verify_consistency(5, 5, TREE.root(5), TREE.root(5), [])
    verify_consistency(0, 0, EMPTY_ROOT, EMPTY_ROOT, [])


@pytest.mark.parametrize(
    ("old", "new", "old_root", "new_root", "why"),
    [
        (0, 5, TREE.root(1), TREE.root(5), "another earlier root"),
        (5, 5, TREE.root(5), TREE.root(4), "another earlier root"),
        (6, 5, TREE.root(6), TREE.root(5), "does not come before"),
        (-1, 5, TREE.root(1), TREE.root(5), "does not come before"),
        (3, 5, TREE.root(3), TREE.root(5), "too few"),
    ],
)
def test_sizes_that_do_not_fit_are_refused(old: int, new: int, old_root: bytes, new_root: bytes, why: str) -> None:
    with pytest.raises(BadProof, match=why):
        verify_consistency(old, new, old_root, new_root, [])


@pytest.mark.parametrize("old", [0, 5])
def test_where_no_proof_is_needed_none_may_come(old: int) -> None:
    with pytest.raises(BadProof, match="too many"):
        verify_consistency(old, 5, TREE.root(old), TREE.root(5), [bytes(32)])


def test_another_past_of_the_same_signed_tree_shows() -> None:
    """The later root is reached and the earlier is not: that is how a fork is told from a bad proof."""
    earlier, later = consistent_roots(3, 7, leaf_hash(b"what we saw"), TREE.root(7), TREE.consistency(3, 7))
    assert (earlier, later) == (TREE.root(3), TREE.root(7))


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(OutOfRange) as refused:
        TREE.inclusion(index, size)
    assert refused.value.data == {"what": "leaf", "value": index, "size": size}
    with pytest.raises(BadProof, match="does not exist"):
        verify_inclusion(TREE.hashes[0], index, size, TREE.root(1), [])


@pytest.mark.parametrize(("old", "new"), [(-1, 3), (4, 3)])
def test_there_is_no_proof_from_a_size_that_never_was(old: int, new: int) -> None:
    with pytest.raises(OutOfRange):
        TREE.consistency(old, new)


def test_the_published_cases_come_out_as_published(shared_data: Path) -> None:
    """transparency-dev/merkle's inclusion cases: each good one holds, each bad one is refused."""
    cases = sorted((shared_data / "tlog/merkle/inclusion").rglob("*.json"))
    assert len(cases) > 90
    for path in cases:
        case = json.loads(path.read_text())
        leaf, root = (base64.b64decode(case[name] or "") for name in ("leafHash", "root"))
        proof = [base64.b64decode(each) for each in case["proof"] or []]
        try:
            verify_inclusion(leaf, case["leafIdx"], case["treeSize"], root, proof)
        except BadProof:
            assert case["wantErr"], path
        else:
            assert not case["wantErr"], path


def test_a_tree_fetches_its_nodes_once_a_proof() -> None:
    calls = []
    tree = Tree(leaves(1000))

    class Counting(Tree):
        def nodes(self, wanted):  # type: ignore[no-untyped-def]
            calls.append(len(wanted))
            return tree.nodes(wanted)

    Counting(tree.hashes).inclusion(617, 1000)
    Counting(tree.hashes).consistency(617, 1000)
    batch = proofs.inclusions([617, 618, 3], 1000, Counting(tree.hashes).nodes)
    assert len(calls) == 3
    assert max(calls) < 40
    assert batch == [tree.inclusion(index, 1000) for index in (617, 618, 3)]
