# SPDX-License-Identifier: Apache-2.0
"""The tree of a register: RFC 6962 §2.1 hashing, and the frontier that grows it leaf by leaf.

A node is named by its level and its place on that level; node (0, i) is leaf i, and node (L, k) covers the 2^L leaves
from k·2^L on. Only full subtrees have names. Leaf i completes one node on each level from 1 to t, where t is the number
of one-bits that i ends in; so the interior nodes can lie in the rows of the leaves that complete them: node (L, k) in
leaf ((k + 1) << L) - 1, at slot L - 1.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()


class NodeId(NamedTuple):
    """A full subtree: its level above the leaves and its place on that level."""

    level: int
    place: int

    @property
    def home(self) -> int:
        """The leaf that completes this node."""
        return ((self.place + 1) << self.level) - 1


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf with these data."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of the node over these two."""
    return sha256(b"\x01" + left + right).digest()


def full_subtrees(start: int, end: int) -> list[NodeId]:
    """The full subtrees that make up the leaves `start` to `end`, left to right.

    `start` must be a multiple of a power of two that is no less than the width: every range in a proof is such a one.
    """
    found = []
    while start < end:
        level = (end - start).bit_length() - 1
        found.append(NodeId(level, start >> level))
        start += 1 << level
    return found


def fold(hashes: Sequence[bytes]) -> bytes:
    """The hash over full subtrees given left to right (at least one): the smaller right ones are joined first."""
    total = hashes[-1]
    for left in reversed(hashes[:-1]):
        total = node_hash(left, total)
    return total


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over these leaf hashes, as RFC 6962 §2.1 defines it: the reference for all that is faster."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(root_of(leaves[:split]), root_of(leaves[split:]))


@dataclass(frozen=True, slots=True)
class Frontier:
    """The right edge of a tree: its size and its full subtrees' hashes, left to right. All that an append must know."""

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def root(self) -> bytes:
        """The root of the tree as it stands."""
        return fold(self.hashes) if self.hashes else EMPTY_ROOT

    def append(self, leaf: bytes) -> tuple["Frontier", bytes]:
        """The frontier with this leaf hash added, and the nodes that it completes, lowest first, in one string."""
        grown, completed = self.extend((leaf,))
        return grown, completed[0]

    def extend(self, leaves: Iterable[bytes]) -> tuple["Frontier", list[bytes]]:
        """The frontier with these leaf hashes added, and for each leaf the nodes that it completes, in one string."""
        stack, size, completed = list(self.hashes), self.size, []
        for leaf in leaves:
            current, nodes, remaining = leaf, b"", size
            while remaining & 1:
                current = sha256(b"\x01" + stack.pop() + current).digest()
                nodes += current
                remaining >>= 1
            stack.append(current)
            completed.append(nodes)
            size += 1
        return Frontier(size, tuple(stack)), completed

    def to_bytes(self) -> bytes:
        """The hashes in one string; the size is kept beside it."""
        return b"".join(self.hashes)


def frontier(size: int, hashes: bytes) -> Frontier:
    """The frontier that `to_bytes` wrote. Raises `ValueError` when the length does not fit the size."""
    if size < 0 or len(hashes) != size.bit_count() * HASH_BYTES:
        raise ValueError(f"a frontier of size {size} has {size.bit_count()} hashes")
    return Frontier(size, tuple(hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES)))
