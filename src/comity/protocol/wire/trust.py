# SPDX-License-Identifier: Apache-2.0
"""How an authority's cards come to be believed, and cease to be.

    begin                 people compared the words of its card with ours by telephone
    accept_successor      the keys of the last card signed the next one: no telephone is needed
    accept_revocation     the authority says that keys are no longer its own
    with_revocation       the same as a stranger can hold it who does not know when it came
    revoke_by_hand        our administrator says so, on the authority's word by telephone
    restart               after loss or theft: people compared a new first card; what was held stays for old signatures

Promises: each gives back a new `Lineage` or raises, and changes nothing else; what was accepted once is never taken
away; offered again, it changes nothing. The instant `at` is when the bytes are first known to have been held here: a
node passes now, a reader of old papers the time that those papers prove.

Who has an old key can do little with it: it vouches for no card once 14 days have passed since its card's end, it
revokes no newer key, and a second successor of one card is named as the fork that it is.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from comity.protocol.wire import card as cards
from comity.protocol.wire import dsse, revocation
from comity.protocol.wire.card import Card
from comity.protocol.wire.dsse import PayloadType, Signed
from comity.protocol.wire.errors import KeyExpired, KeyUnknown, WireError
from comity.protocol.wire.lineage import GRACE, Held, Lineage, Revoked
from comity.protocol.wire.names import format_time
from comity.protocol.wire.revocation import Reason, Revocation
from comity.protocol.wire.trust_errors import (
    CardEnded,
    CardForked,
    CardNotCompared,
    CardOutOfOrder,
    CardSkipped,
    CardUnconnected,
    KeyReused,
    LineClosed,
    NotTheirsToRevoke,
    OtherAuthority,
    RevokedAhead,
    RevokesNothing,
)

__all__ = [
    "GRACE",
    "SKEW",
    "Held",
    "Lineage",
    "Revoked",
    "accept_revocation",
    "accept_successor",
    "begin",
    "comparison",
    "restart",
    "revoke_by_hand",
    "with_revocation",
]

_LABEL = b"comity/comparison/v1\0"
COMPARISON_BYTES = 16
SKEW = timedelta(minutes=5)
"""How far another's clock may run ahead of ours."""


def comparison(one: Card, other: Card) -> bytes:
    """Sixteen bytes that both people turn into words and read to each other; the order of the cards does not matter.

    Whoever sits between the two may try many cards until the words agree: with two lists of cards, 2^64 tries. All
    sixteen bytes must therefore be compared, and each try costs a scrypt (16 MiB, some 50 ms).
    """
    first, second = sorted((one.digest, other.digest))
    text = f"{first}\n{second}".encode()
    return hashlib.scrypt(text, salt=_LABEL, n=1 << 14, r=8, p=1, maxmem=1 << 26, dklen=COMPARISON_BYTES)


def begin(signed: Signed, *, at: datetime) -> Lineage:
    """The lineage that starts with a card whose words people have compared. Raises as `card.verify`, or `CardEnded`."""
    return Lineage((_compared(signed, at),))


def restart(lineage: Lineage, signed: Signed, *, at: datetime) -> Lineage:
    """The lineage with a new first card that people have compared, after loss, theft or a long silence.

    Raises as `card.verify`; `OtherAuthority`, `CardEnded`, `CardOutOfOrder`; `KeyRevoked` when it names revoked keys;
    `SignatureMissing` or `SignatureInvalid` when it claims to follow a held card whose keys did not sign it.
    """
    held = _compared(signed, at)
    _same_authority(lineage, held.card.authority)
    if lineage.find(held.digest):
        return lineage
    before = lineage.find(held.card.previous) if held.card.previous else None
    if before is not None:
        dsse.verify(signed, before.card.keys.signing, payload_type=PayloadType.CARD)
    return _joined(lineage, held)


def accept_successor(lineage: Lineage, signed: Signed, *, at: datetime) -> Lineage:
    """The lineage with the next card, which the keys of the last one vouch for.

    1. The card's own signatures hold, and it is of this authority: as `card.verify`, `OtherAuthority`.
    2. It is new; a card that is held already changes nothing.
    3. It names a held card as its previous one: `CardNotCompared`, `CardSkipped` or `CardUnconnected`.
    4. The keys of that card signed it too: `SignatureMissing`, `SignatureInvalid`.
    5. That card's keys are not revoked: `KeyRevoked`. This comes before the next step, so that whoever stole keys since
       revoked cannot sound that alarm.
    6. That card has no other successor: `CardForked`, to be raised as an alarm; nor did people begin anew after it:
       `LineClosed`; and it ended no more than 14 days ago, nor longer before the new one begins: `CardEnded`.
    7. The new card comes after it, with keys that are neither revoked nor given up before: `CardSkipped`,
       `CardOutOfOrder`, `KeyRevoked`, `KeyReused`.
    """
    held = Held(cards.verify(signed), signed, at, compared=False)
    _same_authority(lineage, held.card.authority)
    if lineage.find(held.digest):
        return lineage
    before = _predecessor(lineage, held)
    dsse.verify(signed, before.card.keys.signing, payload_type=PayloadType.CARD)
    lineage.check_revoked(before.keyids, sent=at, arrived=at)
    _no_other_successor(lineage, held, before)
    if max(at, held.card.start) - before.card.until > GRACE:
        raise _ended(before.card)
    if held.card.serial != before.card.serial + 1:
        raise CardSkipped(authority=lineage.authority, serial=held.card.serial, held=before.card.serial)
    _fresh_keys(lineage, held, before)
    return _joined(lineage, held)


def accept_revocation(lineage: Lineage, signed: Signed, *, at: datetime) -> Lineage:
    """The lineage with a revocation that the authority signed.

    1. It is of this authority, and new: `OtherAuthority`; one that is held already changes nothing.
    2. A held card signed it, with both signatures: `KeyUnknown`, `SignatureMissing`, `SignatureInvalid`.
    3. That card's keys are not revoked, and were given up no more than 14 days ago: `KeyRevoked`, `KeyExpired`.
    4. It speaks of what has been, five minutes of skew allowed: `RevokedAhead`.
    5. It names no key of a newer card: `NotTheirsToRevoke`; and some key that is held: `RevokesNothing`. Keys that we
       never knew are passed over.

    Keys that revoke themselves as lost or stolen take with them every later card that they vouched for since: whoever
    holds the stolen keys may have made it, and people must compare.
    """
    found = revocation.read(signed)
    _same_authority(lineage, found.authority)
    if any(each.signed is not None and each.signed.digest == signed.digest for each in lineage.revoked):
        return lineage
    signer = _signer(lineage, signed)
    lineage.check_revoked(signer.keyids, sent=at, arrived=at)
    if at - lineage.given_up(signer) > GRACE:
        raise KeyExpired(authority=lineage.authority, key=signer.keyids[0], at=format_time(at))
    if found.since > at + SKEW:
        raise RevokedAhead(authority=lineage.authority, since=format_time(found.since))
    theirs, newer = _keyids(lineage.held[: signer.place + 1]), _keyids(lineage.held[signer.place + 1 :])
    for key in found.keyids:
        if key in newer and key not in theirs:
            raise NotTheirsToRevoke(authority=lineage.authority, key=key)
    return with_revocation(lineage, signed, known=at)


def with_revocation(lineage: Lineage, signed: Signed, *, known: datetime) -> Lineage:
    """The lineage with a revocation that one of its cards signed, whenever that was: what bytes alone can show.

    It reaches the keys that it names of the signer's card and of older ones, and what `accept_revocation` adds to
    them; keys of newer cards are passed over, for a node that heard of it in time did not know them. So whatever
    `accept_revocation` accepted holds here, whichever cards came later. Raises `OtherAuthority`, `KeyUnknown`,
    `SignatureMissing`, `SignatureInvalid`, `RevokesNothing`.
    """
    found = revocation.read(signed)
    _same_authority(lineage, found.authority)
    signer = _signer(lineage, signed)
    reached = _keyids(lineage.held[: signer.place + 1]).intersection(found.keyids)
    if not reached:
        raise RevokesNothing(authority=lineage.authority, key=found.keyids[0])
    reached |= _vouched_for(lineage, signer, found)
    return replace(lineage, revoked=(*lineage.revoked, Revoked(found, reached, known, signed)))


def revoke_by_hand(lineage: Lineage, found: Revocation, *, at: datetime) -> Lineage:
    """The lineage with a revocation that our administrator entered on the authority's word, for the named keys only.

    Raises `OtherAuthority`, or `KeyUnknown` for a key that no held card names.
    """
    _same_authority(lineage, found.authority)
    known = _keyids(lineage.held)
    for key in found.keyids:
        if key not in known:
            raise KeyUnknown(authority=lineage.authority, key=key)
    if any(each.revocation == found for each in lineage.revoked):
        return lineage
    return replace(lineage, revoked=(*lineage.revoked, Revoked(found, frozenset(found.keyids), at)))


def _compared(signed: Signed, at: datetime) -> Held:
    card = cards.verify(signed)
    if at >= card.until:
        raise _ended(card)
    return Held(card, signed, at, compared=True)


def _signer(lineage: Lineage, signed: Signed) -> Held:
    """The newest card by whose keys the revocation holds: a later card may go on with one of the two keys alone."""
    keyids = [each.keyid for each in signed.signatures]
    lineage.naming(keyids)
    oldest, *later = [each for each in lineage.held if not set(keyids).isdisjoint(each.keyids)]
    for held in reversed(later):
        try:
            dsse.verify(signed, held.card.keys.signing, payload_type=PayloadType.REVOCATION)
        except WireError:
            continue
        return held
    dsse.verify(signed, oldest.card.keys.signing, payload_type=PayloadType.REVOCATION)
    return oldest


def _joined(lineage: Lineage, held: Held) -> Lineage:
    """`held` at the end of the lineage: not before the last card, and by no key that was ever revoked."""
    card = held.card
    if card.start < lineage.latest.card.start:
        raise CardOutOfOrder(authority=lineage.authority, serial=card.serial)
    lineage.check_revoked(card.keys.keyids, sent=card.until, arrived=held.accepted)
    return replace(lineage, held=(*lineage.held, held))


def _predecessor(lineage: Lineage, held: Held) -> Held:
    card, latest = held.card, lineage.latest.card
    if card.previous is None:
        raise CardNotCompared(authority=lineage.authority, offered=held.digest)
    before = lineage.find(card.previous)
    if before is not None:
        return before
    if card.serial > latest.serial + 1:
        raise CardSkipped(authority=lineage.authority, serial=card.serial, held=latest.serial)
    raise CardUnconnected(authority=lineage.authority, serial=card.serial, offered=held.digest)


def _no_other_successor(lineage: Lineage, held: Held, before: Held) -> None:
    other = lineage.after(before)
    if other is not None:
        error = LineClosed if other.compared else CardForked
        raise error(authority=lineage.authority, held=other.digest, offered=held.digest)


def _fresh_keys(lineage: Lineage, held: Held, before: Held) -> None:
    added = set(held.keyids).difference(before.keyids)
    for key in sorted(added.intersection(_keyids(lineage.held))):
        raise KeyReused(authority=lineage.authority, serial=held.card.serial, key=key)


def _vouched_for(lineage: Lineage, signer: Held, found: Revocation) -> frozenset[str]:
    """The keys of the later cards that stand on the signer's, if it revokes itself as lost or stolen."""
    if found.reason is Reason.SUPERSEDED or set(signer.keyids).isdisjoint(found.keyids):
        return frozenset()
    reached: list[Held] = []
    for each in lineage.held[signer.place + 1 :]:
        if each.compared:
            break
        if each.accepted >= found.since:
            reached.append(each)
    return _keyids(reached)


def _keyids(held: Iterable[Held]) -> frozenset[str]:
    return frozenset(key for each in held for key in each.card.keys.keyids)


def _same_authority(lineage: Lineage, found: str) -> None:
    if found != lineage.authority:
        raise OtherAuthority(authority=lineage.authority, found=found)


def _ended(card: Card) -> CardEnded:
    return CardEnded(authority=card.authority, serial=card.serial, until=format_time(card.until))
