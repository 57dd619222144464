# SPDX-License-Identifier: Apache-2.0
"""Giving receipts: for every message of a parcel that is here, the leaf that says when it came, proven in our register.

One signed receipt covers the parcel. A message received long ago gets a receipt for the leaf that it got then:
sending twice leaves one trace, and nobody is told two times."""

from collections.abc import Mapping, Sequence

from comity.protocol.ledger import receipt as receipts
from comity.protocol.ledger.checkpoint import SignedCheckpoint
from comity.protocol.ledger.receipt import Receipt, Receipted
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.names import AuthorityId, Digest
from comity.records.home import Home
from comity.records.register import proofs
from comity.records.register.models import Leaf
from comity.records.threads.models import StoredMessage


def give(
    home: Home, to: AuthorityId, digests: Sequence[Digest], places: Mapping[Digest, int], signed: SignedCheckpoint
) -> list[Signed]:
    """The receipt for these messages at this checkpoint; none when there is nothing to receipt."""
    where = {**_places_of([each for each in digests if each not in places]), **places}
    receipted = [each for each in digests if each in where]
    if not receipted:
        return []
    proven = proofs.prove_all([where[each] for each in receipted], signed.checkpoint.size, using=home.alias)
    entries = tuple(
        Receipted.of_leaf(digest, each)
        for digest, each in zip(receipted, proven, strict=True)
        if each.entry and each.salt
    )
    receipt = Receipt(home.authority, to, home.now(), signed.note.to_bytes().decode(), entries)
    return [receipts.sign(receipt, home.keys.current.signing)]


def _places_of(digests: Sequence[Digest]) -> dict[Digest, int]:
    """The leaves in which messages that we hold were received, found by their threads."""
    threads = dict(StoredMessage.objects.filter(digest__in=digests).values_list("digest", "thread"))
    rows = Leaf.objects.filter(thread__in=set(threads.values()), event="received", message__in=digests)
    found = rows.order_by("-index").values_list("message", "index")
    return {Digest(str(message)): index for message, index in found}
