# SPDX-License-Identifier: Apache-2.0
"""Giving receipts: for every message of a parcel that is here, the leaf that says when it came, proven in our register.

They are made when the parcel that carries them is: at the checkpoint that this parcel shows, so that whoever gets both
holds us to one register. One receipt covers the parcel, or as many as its size asks. They are signed with the parcel
(`sealing`)."""

from collections.abc import Mapping, Sequence

from comity.protocol.ledger.checkpoint import SignedCheckpoint
from comity.protocol.ledger.receipt import MAX_ENTRIES, Receipt, Receipted
from comity.protocol.wire.names import AuthorityId, Digest
from comity.records.home import Home
from comity.records.register import proofs
from comity.records.register.proofs import Rows


def give(
    home: Home, to: AuthorityId, places: Mapping[Digest, int], signed: SignedCheckpoint, rows: Rows
) -> list[Receipt]:
    """The receipts for the messages at these leaves, at this checkpoint; none when there is nothing to receipt."""
    digests = list(places)
    parts = [digests[at : at + MAX_ENTRIES] for at in range(0, len(digests), MAX_ENTRIES)]
    return [each for part in parts for each in _receipt(home, to, [(one, places[one]) for one in part], signed, rows)]


def _receipt(
    home: Home, to: AuthorityId, placed: Sequence[tuple[Digest, int]], signed: SignedCheckpoint, rows: Rows
) -> list[Receipt]:
    proven = proofs.prove_all([index for _, index in placed], signed.checkpoint.size, using=home.alias, rows=rows)
    entries = tuple(
        Receipted.of_leaf(digest, leaf)
        for (digest, _), leaf in zip(placed, proven, strict=True)
        if leaf.entry and leaf.salt
    )
    if not entries:
        return []
    return [Receipt(home.authority, to, home.now(), signed.note.to_bytes().decode(), entries)]
