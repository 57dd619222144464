# SPDX-License-Identifier: Apache-2.0
"""Proofs over the tree: that a leaf is in it (RFC 9162 §2.1.3) and that a later tree extends an earlier (§2.1.4).

Making a proof: the ranges of the path are worked out from the numbers alone, the full subtrees in them are fetched all
at once, and each range is folded into one hash. Verifying follows the RFC's steps, numbered as there.

The RFC speaks of earlier trees that are neither empty nor the same. We add: the empty tree is extended by every tree,
a tree by itself, and the proof of both is empty.
"""

from collections.abc import Callable, Mapping, Sequence

from comity.protocol.ledger.errors import BadProof, OutOfRange
from comity.protocol.ledger.tree import EMPTY_ROOT, HASH_BYTES, NodeId, fold, full_subtrees, node_hash

Nodes = Callable[[Sequence[NodeId]], Mapping[NodeId, bytes]]
"""Fetches the hashes of full subtrees; called once a proof."""

_Range = tuple[int, int]


def inclusion(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """The hashes from leaf `index` to the root at `size`, lowest first. Raises `OutOfRange`."""
    return inclusions([index], size, nodes)[0]


def inclusions(indexes: Sequence[int], size: int, nodes: Nodes) -> list[list[bytes]]:
    """The same for several leaves of one tree, their nodes fetched together. Raises `OutOfRange`."""
    return _fold_paths([_audit_path(index, size) for index in indexes], nodes)


def consistency(old: int, new: int, nodes: Nodes) -> list[bytes]:
    """The hashes that show the tree of size `new` to extend that of size `old`. Raises `OutOfRange`."""
    if not 0 <= old <= new:
        raise OutOfRange(what="earlier size", value=old, size=new)
    if old in (0, new):
        return []
    path: list[_Range] = []
    start, end = 0, new
    while end > old:
        middle = start + _split(end - start)
        if old <= middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    if start:
        path.append((start, end))
    return _fold_paths([path[::-1]], nodes)[0]


def verify_inclusion(leaf: bytes, index: int, size: int, root: bytes, proof: Sequence[bytes]) -> None:
    """Hold that the leaf hash lies at `index` of the tree of `size` with this root. Raises `BadProof`.

    RFC 9162 §2.1.3.2; the caller must still hold that the root is the one that the register signed.
    """
    if not 0 <= index < size:  # 1
        raise BadProof(what="inclusion", why=f"leaf {index} does not exist at size {size}")
    computed, _, *steps = _hashes((leaf, root, *proof), "inclusion")
    place, last = index, size - 1  # 2, 3
    for step in steps:  # 4
        if last == 0:  # 4a
            raise BadProof(what="inclusion", why="it has too many hashes")
        if place & 1 or place == last:  # 4b
            computed = node_hash(step, computed)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            computed = node_hash(computed, step)
        place, last = place >> 1, last >> 1  # 4c
    if last:  # 5
        raise BadProof(what="inclusion", why="it has too few hashes")
    if computed != root:
        raise BadProof(what="inclusion", why="it leads to another root")


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Hold that the tree (`new`, `new_root`) extends the tree (`old`, `old_root`). Raises `BadProof`."""
    earlier, later = consistent_roots(old, new, old_root, new_root, proof)
    if later != new_root:  # 7
        raise BadProof(what="consistency", why="it leads to another later root")
    if earlier != old_root:
        raise BadProof(what="consistency", why="it leads to another earlier root")


def consistent_roots(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> tuple[bytes, bytes]:
    """The earlier and the later root that the proof leads to. Raises `BadProof` on a proof of the wrong shape.

    When the later root is the one that the register signed, the earlier one is what the register now claims to have
    been at size `old`: a difference there is a fork. RFC 9162 §2.1.4.2.
    """
    if not 0 <= old <= new:
        raise BadProof(what="consistency", why=f"size {old} does not come before size {new}")
    _, _, *hashes = _hashes((old_root, new_root, *proof), "consistency")
    if old in (0, new):
        if hashes:
            raise BadProof(what="consistency", why="it has too many hashes")
        return (EMPTY_ROOT, new_root) if old == 0 else (new_root, new_root)
    if not hashes:  # 1
        raise BadProof(what="consistency", why="it has too few hashes")
    if old & (old - 1) == 0:  # 2
        hashes = [old_root, *hashes]
    place, last = old - 1, new - 1  # 3
    while place & 1:  # 4
        place, last = place >> 1, last >> 1
    earlier = later = hashes[0]  # 5
    for step in hashes[1:]:  # 6
        if last == 0:  # 6a
            raise BadProof(what="consistency", why="it has too many hashes")
        if place & 1 or place == last:  # 6b
            earlier, later = node_hash(step, earlier), node_hash(step, later)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            later = node_hash(later, step)
        place, last = place >> 1, last >> 1  # 6c
    if last:  # 7
        raise BadProof(what="consistency", why="it has too few hashes")
    return earlier, later


def _split(width: int) -> int:
    """The largest power of two below `width`."""
    return 1 << (width - 1).bit_length() - 1


def _audit_path(index: int, size: int) -> list[_Range]:
    if not 0 <= index < size:
        raise OutOfRange(what="leaf", value=index, size=size)
    path: list[_Range] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    return path[::-1]


def _fold_paths(paths: Sequence[Sequence[_Range]], nodes: Nodes) -> list[list[bytes]]:
    """Each range of each path as one hash; all the full subtrees in them are fetched at once."""
    parts = [[full_subtrees(*each) for each in path] for path in paths]
    found = nodes(list({node for path in parts for part in path for node in part}))
    return [[fold([found[node] for node in part]) for part in path] for path in parts]


def _hashes(given: Sequence[bytes], what: str) -> list[bytes]:
    if any(len(each) != HASH_BYTES for each in given):
        raise BadProof(what=what, why=f"a hash is not {HASH_BYTES} bytes long")
    return list(given)
