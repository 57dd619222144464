# SPDX-License-Identifier: Apache-2.0
"""Our own newest card, asked for many times a second, and the keys that it names.

While keys are being rotated the newest generation lies in its file before any card names it: whatever we sign for
others is signed by the keys of the card, and by no newer ones."""

from functools import lru_cache

from comity.protocol.wire import card as cards
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.keys import VerifyingKeys
from comity.protocol.wire.names import Digest
from comity.records import database
from comity.records.authorities import lineages
from comity.records.authorities.keyring import Generation
from comity.records.authorities.models import CardRecord, Standing
from comity.records.errors import NotInSeason
from comity.records.home import Home
from comity.records.prepared import Prepared

_NEWEST = Prepared(
    lambda: (
        CardRecord.objects.filter(authority__standing=Standing.OURSELVES, accepted__isnull=False)
        .order_by("-came", "-serial")
        .values_list("digest")[:1]
    )
)


def our_digest() -> Digest:
    """The digest of our newest card. Raises `NotInSeason` before the founding."""
    for each in lineages.looked().values():
        if each.ours:
            return each.ours
    rows = _NEWEST()
    if not rows:
        raise NotInSeason(what="node", id="card", state="not founded", needed="founded")
    return Digest(rows[0][0])


def our_keys(home: Home) -> Generation:
    """The keys that our newest card names. Raises `ConfigurationError` when they are not here, `NotInSeason`."""
    with home.active():
        return keys_of(home, our_digest())


def keys_of(home: Home, card: Digest) -> Generation:
    """The keys that this card of ours names. Raises `ConfigurationError` when they are not here."""
    with home.active():
        return home.keys.generation_of(_named(database.alias(), card))


@lru_cache(maxsize=256)
def _named(_alias: str, digest: Digest) -> VerifyingKeys:
    signed = Signed.from_json(CardRecord.objects.values_list("signed", flat=True).get(digest=digest))
    return cards.parse(signed.payload).keys.signing
