# SPDX-License-Identifier: Apache-2.0
"""Each authority's accepted cards and revocations, as the protocol judges by them.

Rows are the truth; the lineage is made of them again whenever they changed, which one small query tells.
"""

from functools import lru_cache

from comity.protocol.wire import card as cards
from comity.protocol.wire import revocation
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.lineage import Held, Lineage
from comity.protocol.wire.names import AuthorityId
from comity.protocol.wire.trust import Revoked
from comity.records import database
from comity.records.authorities.models import CardRecord, RevocationRecord
from comity.records.errors import StandingError


def lineage(authority: AuthorityId) -> Lineage:
    """The cards of an authority that were accepted here, ours included. Raises `StandingError` when there is none."""
    held = CardRecord.objects.filter(authority=authority, accepted__isnull=False).order_by("accepted", "serial")
    digests = tuple(held.values_list("digest", flat=True))
    if not digests:
        raise StandingError(authority=authority, standing="not accepted")
    revoked = tuple(
        RevocationRecord.objects.filter(authority=authority).order_by("at").values_list("digest", flat=True)
    )
    return _made(database.alias(), digests, revoked)


@lru_cache(maxsize=1024)
def _made(_alias: str, digests: tuple[str, ...], revoked: tuple[str, ...]) -> Lineage:
    rows = CardRecord.objects.in_bulk(digests)
    words = RevocationRecord.objects.in_bulk(revoked)
    return Lineage(tuple(_held(rows[each]) for each in digests), tuple(_revoked(words[each]) for each in revoked))


def _held(row: CardRecord) -> Held:
    signed = Signed.from_json(row.signed)
    if row.accepted is None:
        raise ValueError("a card that was never accepted is in no lineage")
    return Held(cards.parse(signed.payload), signed, row.accepted, compared=row.compared)


def _revoked(row: RevocationRecord) -> Revoked:
    signed = Signed.from_json(row.signed) if row.signed else None
    return Revoked(revocation.parse(bytes(row.statement)), frozenset(row.reaches), row.at, signed)
