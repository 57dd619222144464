# SPDX-License-Identifier: Apache-2.0
"""Each authority's accepted cards and revocations, as the protocol judges by them.

Rows are the truth; the lineage is made of them again whenever they changed, which two small queries tell. Within
`one_look` they are asked once: what is judged together is judged by the same cards.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
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
from comity.records.prepared import Prepared

_CARDS = Prepared(
    lambda authority: (
        CardRecord.objects.filter(authority=authority, accepted__isnull=False)
        .order_by("accepted", "serial")
        .values_list("digest")
    )
)
_REVOKED = Prepared(
    lambda authority: RevocationRecord.objects.filter(authority=authority).order_by("at").values_list("digest")
)
_looked: ContextVar[dict[AuthorityId, Lineage] | None] = ContextVar("comity_lineages", default=None)


@contextmanager
def one_look(at: Mapping[AuthorityId, Lineage]) -> Iterator[None]:
    """Judge everything in the block by the lineages as they are when first asked for, or `at` as they were looked up
    already; no card is accepted in it."""
    token = _looked.set(dict(at))
    try:
        yield
    finally:
        _looked.reset(token)


def lineage(authority: AuthorityId) -> Lineage:
    """The cards of an authority that were accepted here, ours included. Raises `StandingError` when there is none."""
    looked = _looked.get()
    if looked is None:
        return _held_now(authority)
    if authority not in looked:
        looked[authority] = _held_now(authority)
    return looked[authority]


def _held_now(authority: AuthorityId) -> Lineage:
    digests = tuple(row[0] for row in _CARDS(authority))
    if not digests:
        raise StandingError(authority=authority, standing="not accepted")
    revoked = tuple(row[0] for row in _REVOKED(authority))
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
