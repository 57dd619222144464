# SPDX-License-Identifier: Apache-2.0
"""An authority's cards over time, and which of them a signature is judged by.

    card 1 ─────────────┐
                        └ card 2 ──────────────── until ┄┄ 14 days ┄┄▶ refused
        `from` of card 2 ┘                              sent before, may still arrive

A card's time ends at its own `until` or when the next card begins, whichever is first; so at each instant one card is
valid at most. Cards are only ever added: a signature of ten years ago is judged by the card of ten years ago.

`judge` asks, in order: do we know the key; was its card the valid one when the message says that it was written; was
the key revoked; did the message come in time. A message's own time is the author's word. Somebody who stole an old key
would give it an old time: that is why a message must also arrive within 14 days after the keys were given up, and why
nothing that arrives after a theft became known counts, whatever time it gives.
"""

from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from comity.protocol.wire import dsse
from comity.protocol.wire.card import Card
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.errors import KeyExpired, KeyRevoked, KeyUnknown
from comity.protocol.wire.names import AuthorityId, Digest, format_time
from comity.protocol.wire.revocation import Reason, Revocation
from comity.protocol.wire.trust_errors import SentInDoubt

GRACE = timedelta(days=14)
"""How long after a card's end what it signed before may still arrive."""


@dataclass(frozen=True, slots=True)
class Held:
    """A card accepted here at the instant `accepted`: `compared` by people, or else vouched for by the one before.

    `place` is its index in the lineage, which the lineage sets.
    """

    card: Card
    signed: Signed
    accepted: datetime
    compared: bool
    place: int = 0

    @property
    def digest(self) -> Digest:
        """How other texts name the card."""
        return self.signed.digest

    @property
    def keyids(self) -> tuple[str, str]:
        """The ids of the keys that it signs with."""
        return self.card.keys.signing.keyids


@dataclass(frozen=True, slots=True)
class Revoked:
    """A revocation that counts, known here since `known`. `keyids` are those it reaches; by hand it is unsigned."""

    revocation: Revocation
    keyids: frozenset[str]
    known: datetime
    signed: Signed | None = None


@dataclass(frozen=True, slots=True)
class Lineage:
    """The accepted cards of one authority (one at least), oldest first, and its revocations; `trust` extends it."""

    held: tuple[Held, ...]
    revoked: tuple[Revoked, ...] = ()

    def __post_init__(self) -> None:
        placed = tuple(replace(each, place=place) for place, each in enumerate(self.held))
        object.__setattr__(self, "held", placed)

    @property
    def authority(self) -> AuthorityId:
        """Whose cards these are."""
        return self.held[0].card.authority

    @property
    def latest(self) -> Held:
        """The card accepted last; it may begin later than now."""
        return self.held[-1]

    def find(self, digest: Digest) -> Held | None:
        """The held card of this digest, if there is one."""
        return next((each for each in self.held if each.digest == digest), None)

    def after(self, held: Held) -> Held | None:
        """The card accepted next after this one, if there is one."""
        return self.held[held.place + 1] if held.place + 1 < len(self.held) else None

    def end(self, held: Held) -> datetime:
        """When the card's time ends: at its `until`, or when the next one begins."""
        following = self.after(held)
        return min(held.card.until, following.card.start) if following else held.card.until

    def card_at(self, instant: datetime) -> Card:
        """The card valid at this instant: the one to sign by. Raises `KeyExpired`."""
        held = self._at(instant)
        if held is None:
            raise self._expired(self.latest.keyids[0], instant)
        return held.card

    def current(self, now: datetime) -> Card:
        """The card to seal to and to call at: valid now, no key of it revoked. Raises `KeyExpired` or `KeyRevoked`."""
        card = self.card_at(now)
        self.check_revoked(card.keys.keyids, sent=now, arrived=now)
        return card

    def judge(self, keyids: Collection[str], sent: datetime, *, arrived: datetime) -> Card:
        """The card that a signature by these keys, sent at `sent`, is judged by.

        `arrived` is the earliest instant at which somebody other than the author is known to have had the signature: on
        reception now, afterwards the time in our register or in a receipt that was verified. To take the author's word
        for it, as a reader of old papers must where nothing better is there, pass `sent`.

        1. A card that we hold names one of the keys: `KeyUnknown`. Others' keys among them prove nothing.
        2. That card is the one that was valid at `sent`: `KeyExpired`, or `KeyRevoked` where that is known.
        3. Its keys were not revoked for `sent`: `KeyRevoked`; nor stolen when it arrived: `SentInDoubt`.
        4. It arrived within 14 days after the authority gave these keys up: `KeyExpired`.

        The caller still holds the signatures against the card (`verify` does), and compares `sent` with the clock.
        """
        held = self._at(sent)
        if held is None or set(keyids).isdisjoint(held.keyids):
            held = self.naming(keyids)
            self.check_revoked(held.keyids, sent=sent, arrived=arrived)
            raise self._expired(held.keyids[0], sent)
        self.check_revoked(held.keyids, sent=sent, arrived=arrived)
        if arrived - self.given_up(held) > GRACE:
            raise self._expired(held.keyids[0], arrived)
        return held.card

    def verify(self, signed: Signed, *, payload_type: str, sent: datetime, arrived: datetime) -> Card:
        """The card by which both signatures hold: `judge`, then `dsse.verify`. Raises as they do."""
        card = self.judge([each.keyid for each in signed.signatures], sent, arrived=arrived)
        dsse.verify(signed, card.keys.signing, payload_type=payload_type)
        return card

    def given_up(self, held: Held) -> datetime:
        """When the authority stopped signing with this card's keys: the end of the last card in a row that has them."""
        end, following = self.end(held), self.after(held)
        while following is not None and following.keyids == held.keyids and following.card.start <= end:
            end, following = self.end(following), self.after(following)
        return end

    def naming(self, keyids: Collection[str]) -> Held:
        """The newest card that signs with one of these keys. Raises `KeyUnknown`."""
        for each in reversed(self.held):
            if not set(keyids).isdisjoint(each.keyids):
                return each
        raise KeyUnknown(authority=self.authority, key=min(keyids, default="(none)")[:40])

    def check_revoked(self, keyids: Collection[str], *, sent: datetime, arrived: datetime) -> None:
        """Raise `KeyRevoked` or `SentInDoubt` if a revocation reaches one of the keys at these times."""
        for each in self.reaching(keyids, sent=sent, arrived=arrived):
            key = min(each.keyids.intersection(keyids))
            if sent >= each.revocation.since:
                raise KeyRevoked(authority=self.authority, key=key, at=format_time(each.revocation.since))
            raise SentInDoubt(authority=self.authority, key=key, at=format_time(each.known))

    def reaching(self, keyids: Collection[str], *, sent: datetime, arrived: datetime) -> tuple[Revoked, ...]:
        """The revocations that reach one of the keys at these times.

        They reach what was sent at `since` or later, and after a theft whatever arrived once it was known.
        """
        return tuple(
            each
            for each in self.revoked
            if not each.keyids.isdisjoint(keyids)
            and (
                sent >= each.revocation.since or (each.revocation.reason is Reason.COMPROMISE and arrived >= each.known)
            )
        )

    def _at(self, instant: datetime) -> Held | None:
        position = bisect_right(self.held, instant, key=lambda each: each.card.start) - 1
        if position < 0 or instant >= self.held[position].card.until:
            return None
        return self.held[position]

    def _expired(self, key: str, at: datetime) -> KeyExpired:
        return KeyExpired(authority=self.authority, key=key, at=format_time(at))
