# SPDX-License-Identifier: Apache-2.0
"""Proofs out of the rows: that leaves are in the register, and that it only grew.

One query fetches the leaves, one the nodes, however many leaves are proven.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from comity.protocol.ledger import proofs
from comity.protocol.ledger.errors import OutOfRange
from comity.protocol.ledger.tree import EMPTY_ROOT, HASH_BYTES, NodeId, fold, full_subtrees, leaf_hash
from comity.records.register.models import Leaf


@dataclass(frozen=True, slots=True)
class Inclusion:
    """A leaf and the hashes from it to the root at `size`. Of an erased leaf, salt and entry are None."""

    index: int
    size: int
    commitment: bytes
    salt: bytes | None
    entry: bytes | None
    proof: tuple[bytes, ...]


def prove(index: int, size: int, *, using: str) -> Inclusion:
    """Leaf `index`, proven at `size`. Raises `OutOfRange`."""
    return prove_all([index], size, using=using)[0]


def prove_all(indexes: Sequence[int], size: int, *, using: str) -> list[Inclusion]:
    """Several leaves, proven at one size, for the price of two queries. Raises `OutOfRange`."""
    paths = proofs.inclusions(indexes, size, _Rows(size, using).nodes)
    rows = Leaf.objects.using(using).in_bulk(indexes)
    found = []
    for index, path in zip(indexes, paths, strict=True):
        if index not in rows:
            raise OutOfRange(what="leaf", value=index, size=size)
        row = rows[index]
        salt, content = (bytes(each) if each is not None else None for each in (row.salt, row.entry))
        found.append(Inclusion(index, size, bytes(row.commitment), salt, content, tuple(path)))
    return found


def consistency(old: int, new: int, *, using: str) -> list[bytes]:
    """The proof that the register at `new` extends itself at `old`. Raises `OutOfRange`."""
    return proofs.consistency(old, new, _Rows(new, using).nodes)


def root_at(size: int, *, using: str) -> bytes:
    """The root that the register had at `size`. Raises `OutOfRange`."""
    if size == 0:
        return EMPTY_ROOT
    parts = full_subtrees(0, size)
    found = _Rows(size, using).nodes(parts)
    return fold([found[part] for part in parts])


@dataclass(frozen=True, slots=True)
class _Rows:
    """Fetches full subtrees from the rows of the leaves that complete them."""

    size: int
    using: str

    def nodes(self, wanted: Sequence[NodeId]) -> Mapping[NodeId, bytes]:
        homes = {node.home for node in wanted}
        rows = Leaf.objects.using(self.using).filter(index__in=homes).values_list("index", "commitment", "nodes")
        found = {index: (bytes(commitment), bytes(nodes)) for index, commitment, nodes in rows}
        if len(found) < len(homes):
            missing = min(homes - found.keys())
            raise OutOfRange(what="leaf", value=missing, size=self.size)
        return {node: _node(node, *found[node.home]) for node in wanted}


def _node(node: NodeId, commitment: bytes, nodes: bytes) -> bytes:
    if node.level == 0:
        return leaf_hash(commitment)
    return nodes[(node.level - 1) * HASH_BYTES : node.level * HASH_BYTES]
