# SPDX-License-Identifier: Apache-2.0
"""Opening a parcel, in numbered steps; nothing in it is looked at before the step that makes it believable.

1. The envelope is sealed to us and opens (`NotForUs`, `CannotOpen`).
2. Inside is one whole parcel (`WireError`s of the text).
3. Its claimed sender is an accepted peer with no alarm standing (`StandingError`, `AlarmStanding`).
4. Cards that continue the sender's line, and its revocations, are accepted (`trust`).
5. A card that was valid when the parcel was written signed it, and it is for us (`KeyExpired`, `SignatureInvalid`, …).
6. It was not written ahead of our clock (`ClockAhead`).

Between opening and taking in a parcel may wait for others of the same peer. Then `judged_again` repeats steps 3 and 5:
what came before it may have been a revocation, or may have raised an alarm.

Its messages are still to be verified one by one: whoever carried them need not have written them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from comity.cooperation.exchange import watching
from comity.cooperation.exchange.errors import ClockAhead
from comity.protocol.wire import card as cards
from comity.protocol.wire.card import Card
from comity.protocol.wire.dsse import PayloadType, Signed
from comity.protocol.wire.envelope import open_envelope
from comity.protocol.wire.lineage import Lineage
from comity.protocol.wire.names import Digest, digest_of
from comity.protocol.wire.parcel import Packed, Parcel, unpack
from comity.protocol.wire.trust_errors import CardForked
from comity.records.action import acting
from comity.records.actors import SYSTEM
from comity.records.authorities import peers, revoking
from comity.records.authorities.lineages import Look, accepted
from comity.records.home import Home

SKEW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Opened:
    """A parcel that is its sender's, the sender as we know it, the card that it was judged by, the digest of the
    envelope it came in, and the keys that signed it."""

    parcel: Parcel
    look: Look
    card: Card
    envelope: Digest
    keyids: tuple[str, ...]


def open_parcel(home: Home, data: bytes) -> Opened:
    """The parcel in an envelope. Raises the named error of the first step that fails."""
    packed = unpack(open_envelope(data, home.keys.opening, home.authority))  # 1, 2
    sender = packed.claimed.sender
    with home.active():
        look = _follow(home, packed, accepted(sender))  # 3, 4
        keyids = [each.keyid for each in packed.signed.signatures]
        now = home.now()
        card = look.lineage.judge(keyids, packed.claimed.at, arrived=now)  # 5
    parcel = packed.verify(card.keys.signing, home.authority)
    if parcel.at > now + SKEW:  # 6
        raise ClockAhead(authority=sender, seconds=int((parcel.at - now).total_seconds()))
    return Opened(parcel, look, card, digest_of(data), tuple(keyids))


def judged_again(home: Home, opened: Opened) -> Opened:
    """The same parcel, judged by what is known now. Raises as `open_parcel` does."""
    with home.active():
        look = accepted(opened.parcel.sender)
        card = look.lineage.judge(opened.keyids, opened.parcel.at, arrived=home.now())
        return replace(opened, look=look, card=card)


def _follow(home: Home, packed: Packed, look: Look) -> Look:
    """Take in the sender's revocations, and its cards after the one that people compared; the sender then."""
    sender, held = packed.claimed.sender, look.lineage
    words = [each for each in packed.claimed.cards if each.payload_type == PayloadType.REVOCATION]
    known = {each.signed.digest for each in held.revoked if each.signed}
    heard = [each for each in words if each.digest not in known]
    fresh = _later([each for each in packed.claimed.cards if each not in words], held)
    if not (fresh or heard):
        return look
    try:
        with acting(home, SYSTEM) as act:
            peers.follow(act, sender, fresh)
            for each in heard:
                revoking.hear(act, sender, each)
            act.idle = not act.entries  # another parcel of the same peer brought the same a moment ago
    except CardForked as alarm:
        watching.sound(home, sender, alarm)
        raise
    return accepted(sender)


def _later(offered: Sequence[Signed], held: Lineage) -> list[Signed]:
    """The cards offered after those that we hold. Cards from before people compared one were never asked about."""
    here = [at for at, each in enumerate(offered) if held.find(each.digest)]
    if here:
        return list(offered[here[-1] + 1 :])
    since = next(each.card.serial for each in reversed(held.held) if each.compared)
    return [each for each in offered if cards.verify(each).serial >= since] or list(offered)
