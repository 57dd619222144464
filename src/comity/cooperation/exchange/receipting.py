# SPDX-License-Identifier: Apache-2.0
"""Giving receipts: for every message of a parcel that is here, the leaf that says when it came, proven in our register.

They are made when the parcel that carries them is: at the checkpoint that this parcel shows, so that whoever gets both
holds us to one register. One signed receipt covers the parcel, or as many as its size asks."""

from collections.abc import Mapping, Sequence

from comity.protocol.ledger import receipt as receipts
from comity.protocol.ledger.checkpoint import SignedCheckpoint
from comity.protocol.ledger.receipt import MAX_ENTRIES, Receipt, Receipted
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.names import AuthorityId, Digest
from comity.records.authorities.keyring import Generation
from comity.records.home import Home
from comity.records.register import proofs


def give(
    home: Home, keys: Generation, to: AuthorityId, places: Mapping[Digest, int], signed: SignedCheckpoint
) -> list[Signed]:
    """The receipts for the messages at these leaves, at this checkpoint; none when there is nothing to receipt."""
    digests = list(places)
    parts = [digests[at : at + MAX_ENTRIES] for at in range(0, len(digests), MAX_ENTRIES)]
    return [each for part in parts for each in _receipt(home, keys, to, [(one, places[one]) for one in part], signed)]


def _receipt(
    home: Home, keys: Generation, to: AuthorityId, placed: Sequence[tuple[Digest, int]], signed: SignedCheckpoint
) -> list[Signed]:
    proven = proofs.prove_all([index for _, index in placed], signed.checkpoint.size, using=home.alias)
    entries = tuple(
        Receipted.of_leaf(digest, leaf)
        for (digest, _), leaf in zip(placed, proven, strict=True)
        if leaf.entry and leaf.salt
    )
    if not entries:
        return []
    receipt = Receipt(home.authority, to, home.now(), signed.note.to_bytes().decode(), entries)
    return [receipts.sign(receipt, keys.signing)]
