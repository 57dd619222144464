# SPDX-License-Identifier: Apache-2.0
"""Proofs out of the rows: that leaves are in the register, and that it only grew.

One query fetches the leaves and the nodes, however many leaves are proven; and `Rows` that are handed from one proof to
the next fetch nothing twice.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from comity.protocol.ledger import proofs
from comity.protocol.ledger.errors import OutOfRange
from comity.protocol.ledger.tree import EMPTY_ROOT, HASH_BYTES, NodeId, fold, full_subtrees, leaf_hash
from comity.records import database
from comity.records.prepared import Prepared
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


def prove_all(indexes: Sequence[int], size: int, *, using: str, rows: "Rows | None" = None) -> list[Inclusion]:
    """Several leaves, proven at one size, for the price of one query. Raises `OutOfRange`."""
    rows = rows or Rows(using)
    paths = proofs.inclusions(indexes, size, rows.reader(size, indexes))
    return [
        Inclusion(index, size, *rows.found[index][:3], tuple(path)) for index, path in zip(indexes, paths, strict=True)
    ]


def consistency(old: int, new: int, *, using: str, rows: "Rows | None" = None) -> list[bytes]:
    """The proof that the register at `new` extends itself at `old`. Raises `OutOfRange`."""
    return proofs.consistency(old, new, (rows or Rows(using)).reader(new))


def root_at(size: int, *, using: str) -> bytes:
    """The root that the register had at `size`. Raises `OutOfRange`."""
    if size == 0:
        return EMPTY_ROOT
    parts = full_subtrees(0, size)
    found = Rows(using).reader(size)(parts)
    return fold([found[part] for part in parts])


_LEAVES = Prepared(
    lambda indexes: Leaf.objects.filter(index__in=indexes).values_list("index", "commitment", "salt", "entry", "nodes")
)


@dataclass(slots=True)
class Rows:
    """Full subtrees, from the rows of the leaves that complete them. For one answer: a leaf may be erased later."""

    using: str
    found: dict[int, tuple[bytes, bytes | None, bytes | None, bytes]] = field(default_factory=dict)

    def reader(self, size: int, also: Collection[int] = ()) -> proofs.Nodes:
        """What proofs at `size` read the nodes from; the leaves `also` come with the first of them. It raises
        `OutOfRange`."""

        def nodes(wanted: Sequence[NodeId]) -> Mapping[NodeId, bytes]:
            self._fetch({node.home for node in wanted}.union(also), size)
            return {node: self._node(node) for node in wanted}

        return nodes

    def _fetch(self, indexes: set[int], size: int) -> None:
        lacking = sorted(indexes - self.found.keys())
        with database.using(self.using):
            rows = _LEAVES(lacking)
        for index, commitment, salt, entry, nodes in rows:
            self.found[index] = (bytes(commitment), _bytes(salt), _bytes(entry), bytes(nodes))
        if len(rows) < len(lacking):
            raise OutOfRange(what="leaf", value=min(indexes - self.found.keys()), size=size)

    def _node(self, node: NodeId) -> bytes:
        commitment, _, _, nodes = self.found[node.home]
        if node.level == 0:
            return leaf_hash(commitment)
        return nodes[(node.level - 1) * HASH_BYTES : node.level * HASH_BYTES]


def _bytes(value: bytes | memoryview | None) -> bytes | None:
    return None if value is None else bytes(value)
