# SPDX-License-Identifier: Apache-2.0
"""Giving receipts: for every message of a parcel that is here, the leaf that says when it came, proven in our register.

One signed receipt covers the parcel, or as many as its size asks. A message received long ago gets a receipt for the
leaf that it got then: sending twice leaves one trace, and nobody is told two times."""

from collections.abc import Iterable, Mapping, Sequence

from comity.protocol.ledger import receipt as receipts
from comity.protocol.ledger.checkpoint import SignedCheckpoint
from comity.protocol.ledger.receipt import MAX_ENTRIES, Receipt, Receipted
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest
from comity.records.home import Home
from comity.records.register import listing, proofs


def give(home: Home, to: AuthorityId, places: Mapping[Digest, int], signed: SignedCheckpoint) -> list[Signed]:
    """The receipts for the messages at these leaves, at this checkpoint; none when there is nothing to receipt."""
    digests = list(places)
    parts = [digests[at : at + MAX_ENTRIES] for at in range(0, len(digests), MAX_ENTRIES)]
    return [each for part in parts for each in _receipt(home, to, [(one, places[one]) for one in part], signed)]


def _receipt(
    home: Home, to: AuthorityId, placed: Sequence[tuple[Digest, int]], signed: SignedCheckpoint
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
    return [receipts.sign(receipt, home.keys.current.signing)]


def places(home: Home, messages: Iterable[Message]) -> dict[Digest, int]:
    """The leaves in which messages that we hold were received; one that we wrote ourselves has none."""
    found: dict[Digest, int] = {}
    for each in messages:
        place = listing.place_of("received", each.digest, thread=each.statement.thread, using=home.alias)
        if place is not None:
            found[each.digest] = place
    return found
