# SPDX-License-Identifier: Apache-2.0
"""Each authority as we know it now: how we stand with it, and its accepted cards and revocations, as the protocol
judges by them.

Rows are the truth; the lineage is made of them again whenever they changed, which one small query tells. Within
`one_look` they are asked once: what is judged together is judged by the same cards, theirs and ours.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import CharField, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from comity.protocol.wire import card as cards
from comity.protocol.wire import revocation
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.lineage import Held, Lineage
from comity.protocol.wire.names import AuthorityId, Digest
from comity.protocol.wire.trust import Revoked
from comity.records import database
from comity.records.authorities.errors import AlarmStanding
from comity.records.authorities.models import Authority, CardRecord, RevocationRecord, Standing
from comity.records.errors import StandingError
from comity.records.prepared import Prepared

_STANDING, _CARD, _REVOKED, _OURS = range(4)


@dataclass(frozen=True, slots=True)
class Look:
    """An authority's rows at one moment, its cards and revocations by digest and since when they count here; and our
    own newest card."""

    authority: AuthorityId
    standing: str
    alarm: str
    cards: tuple[tuple[str, str], ...]
    revoked: tuple[tuple[str, str], ...]
    ours: Digest | None

    @property
    def lineage(self) -> Lineage:
        """Its line of cards. Raises `StandingError` when none is accepted."""
        if not self.cards:
            raise StandingError(authority=self.authority, standing="not accepted")
        return _made(database.alias(), self.cards, self.revoked)

    def require_accepted(self) -> "Look":
        """Itself. Raises `StandingError` for one that is no accepted peer, `AlarmStanding` for one whose register
        raised an alarm."""
        if self.standing != Standing.ACCEPTED:
            raise StandingError(authority=self.authority, standing=self.standing)
        if self.alarm:
            raise AlarmStanding(authority=self.authority)
        return self


def _part(rows: "QuerySet[Any, Any]", part: int, word: str, note: Any, when: str, number: Any) -> "QuerySet[Any, Any]":
    told: QuerySet[Any, Any] = rows.order_by().annotate(
        look_part=Value(part, IntegerField()),
        look_word=Cast(word, CharField()),
        look_note=Cast(note, CharField()),
        look_when=Cast(when, CharField()),  # in UTC, so its text sorts as it does, and nobody needs to parse it
        look_number=Cast(number, IntegerField()),
    )
    return told.values_list("look_part", "look_word", "look_note", "look_when", "look_number")


def _rows(authority: str) -> "QuerySet[Any, Any]":
    accepted = CardRecord.objects.filter(accepted__isnull=False)
    alarm = Coalesce("watch__alarm", Value(""))
    standing = _part(Authority.objects.filter(id=authority), _STANDING, "standing", alarm, "since", Value(0))
    held = _part(accepted.filter(authority=authority), _CARD, "digest", "accepted", "accepted", "serial")
    revoked = RevocationRecord.objects.filter(authority=authority)
    ours = accepted.filter(authority__standing=Standing.OURSELVES)
    every: QuerySet[Any, Any] = standing.union(
        held,
        _part(revoked, _REVOKED, "digest", "at", "at", Value(0)),
        _part(ours, _OURS, "digest", Value(""), "came", "serial"),
        all=True,
    )
    return every.order_by("look_part", "look_when", "look_number")


_ROWS = Prepared(_rows)
_looked: ContextVar[dict[AuthorityId, Look] | None] = ContextVar("comity_lineages", default=None)


@contextmanager
def one_look(*at: Look) -> Iterator[None]:
    """Judge everything in the block by the rows as they are when first asked for, or as they were looked `at` already;
    no card is accepted in it."""
    token = _looked.set({each.authority: each for each in at})
    try:
        yield
    finally:
        _looked.reset(token)


def look(authority: AuthorityId) -> Look:
    """An authority, ourselves included, as its rows are now."""
    looked = _looked.get()
    if looked is None:
        return _look_now(authority)
    if authority not in looked:
        looked[authority] = _look_now(authority)
    return looked[authority]


def looked() -> Mapping[AuthorityId, Look]:
    """What was looked at in this `one_look`; nothing outside of one."""
    return _looked.get() or {}


def accepted(authority: AuthorityId) -> Look:
    """An accepted peer. Raises `StandingError`, `AlarmStanding`."""
    return look(authority).require_accepted()


def lineage(authority: AuthorityId) -> Lineage:
    """The cards of an authority that were accepted here, ours included. Raises `StandingError` when there is none."""
    return look(authority).lineage


def _look_now(authority: AuthorityId) -> Look:
    told: dict[int, list[tuple[str, str]]] = {}
    for part, word, note, *_ in _ROWS(authority):
        told.setdefault(part, []).append((word, note))
    (standing, alarm), *_ = told.get(_STANDING) or [("unknown", "")]
    held, revoked = (tuple(told.get(part, ())) for part in (_CARD, _REVOKED))
    ours = told.get(_OURS)
    return Look(authority, standing, alarm, held, revoked, Digest(ours[-1][0]) if ours else None)


@lru_cache(maxsize=1024)
def _made(_alias: str, held: tuple[tuple[str, str], ...], revoked: tuple[tuple[str, str], ...]) -> Lineage:
    """Of these rows. They are told apart also by when they were accepted: a transaction that was undone may have
    accepted the same card, or heard the same revocation, before."""
    rows = CardRecord.objects.in_bulk([digest for digest, _ in held])
    words = RevocationRecord.objects.in_bulk([digest for digest, _ in revoked])
    return Lineage(tuple(_held(rows[each]) for each, _ in held), tuple(_revoked(words[each]) for each, _ in revoked))


def _held(row: CardRecord) -> Held:
    signed = Signed.from_json(row.signed)
    if row.accepted is None:
        raise ValueError("a card that was never accepted is in no lineage")
    return Held(cards.parse(signed.payload), signed, row.accepted, compared=row.compared)


def _revoked(row: RevocationRecord) -> Revoked:
    signed = Signed.from_json(row.signed) if row.signed else None
    return Revoked(revocation.parse(bytes(row.statement)), frozenset(row.reaches), row.at, signed)
