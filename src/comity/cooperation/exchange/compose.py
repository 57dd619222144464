# SPDX-License-Identifier: Apache-2.0
"""Making a parcel: what is to be said, our register's newest checkpoint, and what the peer needs to judge us by.

1. The peer is accepted and its card valid: we seal to nobody else.
2. Our newest checkpoint goes along, proven from the size of our register that the peer has seen, or will have seen
   once it has taken in what is on its way to it.
3. Our cosignature on the checkpoint of theirs that we saw goes along, and how far we saw their register.
4. Our card goes along until the peer has shown that it holds it.
5. The parcel is signed once and sealed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from comity.protocol.ledger import note
from comity.protocol.ledger.checkpoint import SignedCheckpoint, origin_of
from comity.protocol.wire import envelope
from comity.protocol.wire.card import Card
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest, MessageId
from comity.protocol.wire.parcel import Digests, Parcel, Progress, Refusal, pack
from comity.records.authorities import peers, revoking
from comity.records.authorities.lineages import lineage
from comity.records.authorities.models import CardRecord, Standing, Watch
from comity.records.home import Home
from comity.records.prepared import Prepared
from comity.records.register import checkpoints, proofs


@dataclass(frozen=True, slots=True)
class Load:
    """What a parcel is to carry. Everything else in a parcel is book-keeping."""

    messages: Sequence[Message] = ()
    receipts: Sequence[Signed] = ()
    refusals: Sequence[Refusal] = ()
    have: Sequence[Digests] = ()
    need: Sequence[Digests] = ()


@dataclass(frozen=True, slots=True)
class Composed:
    """A parcel ready to leave: its id, the card that it is sealed to, the sealed bytes, and what its recipient learns
    from it: how far we saw its register, how large ours is, and our newest card where it lay inside."""

    id: MessageId
    to: Card
    envelope: bytes
    seen: int
    shown: int
    card: Digest | None


_OUR_CARD = Prepared(
    lambda: (
        CardRecord.objects.filter(authority__standing=Standing.OURSELVES)
        .order_by("-came", "-serial")
        .values_list("digest")[:1]
    )
)


_ALL = [each.attname for each in Watch._meta.concrete_fields]
_WATCH = Prepared(lambda peer: Watch.objects.filter(authority=peer).values_list(*_ALL))


@dataclass(frozen=True, slots=True)
class _Offer:
    """What the last answer to a peer told it, if it arrived: our register's size, and our card. `to` is the parcel that
    it answered."""

    size: int
    card: Digest
    to: MessageId | None = None


_offers: dict[tuple[str, AuthorityId], _Offer] = {}
"""For the life of the process, and a guess: when the size is wrong the peer asks for another proof. A peer that says
that it has seen this size has taken the card that came with it."""


def our_checkpoint(home: Home) -> SignedCheckpoint:
    """Our register's checkpoint as of now. Outside any transaction."""
    signer = note.signer(origin_of(home.authority), home.keys.current.register)
    return checkpoints.sign_checkpoint(signer, now=home.now(), using=home.alias)


def compose(
    home: Home,
    peer: AuthorityId,
    load: Load,
    *,
    reply_to: MessageId | None = None,
    seen_by_peer: int | None = None,
    proven_from: int | None = None,
    pending: Composed | None = None,
    checkpoint: SignedCheckpoint | None = None,
) -> Composed:
    """A sealed parcel for `peer`. Raises `StandingError`, `AlarmStanding`, `KeyExpired`, `KeyRevoked`, `TooLarge`.

    `seen_by_peer` is how far the peer has just said that it knows our register; without it, what it said last.
    `proven_from` is how far it will know it when it reads this, where that is more. `pending` is the parcel that left
    before this one and whose answer is still to come. `checkpoint` is one that was signed for the receipts in the
    load."""
    with home.active():
        if reply_to is None:  # who is answered was judged when its parcel was opened
            peers.require_accepted([peer])  # 1
        card = lineage(peer).current(home.now())
        rows = _WATCH(peer)
        watch = Watch.from_db(None, _ALL, rows[0]) if rows else Watch(authority_id=peer)
        signed = checkpoint or our_checkpoint(home)  # 2
        offer = _offers.get((home.alias, peer), _Offer(watch.theirs_of_ours, Digest("")))
        known = offer.size if seen_by_peer is None else seen_by_peer
        ours = _our_card()
        if offer.card == ours != watch.card_sent and known >= offer.size:
            note_card(peer, ours)
            watch.card_sent = ours
        parcel = Parcel(
            id=home.new_id(),
            sender=home.authority,
            to=peer,
            at=home.now(),
            card=ours,
            reply_to=reply_to,
            cards=_cards(watch, ours),  # 4
            messages=tuple(load.messages),
            receipts=tuple(load.receipts),
            refusals=tuple(load.refusals),
            have=tuple(load.have),
            need=tuple(load.need),
            checkpoint=_progress(home, signed, proven_from or (pending.shown if pending else known)),
            cosignatures=(watch.seen_cosigned,) if watch.seen_cosigned else (),  # 3
            seen=watch.seen_size,
            pending=pending.id if pending else None,
        )
    packed = pack(parcel, home.keys.current.signing)  # 5
    if reply_to is not None:
        _offers[home.alias, peer] = _Offer(signed.checkpoint.size, ours, reply_to)
    news = ours if parcel.cards else None
    sealed = envelope.seal(packed, peer, card.keys.sealing)
    return Composed(parcel.id, card, sealed, watch.seen_size, signed.checkpoint.size, news)


def shown_in_answer(home: Home, peer: AuthorityId, to: MessageId | None) -> int | None:
    """The size of our register that our answer to the peer's parcel `to` showed it, if that is the last that we gave
    in this process."""
    offer = _offers.get((home.alias, peer))
    return offer.size if offer is not None and to is not None and offer.to == to else None


def note_card(peer: AuthorityId, card: Digest) -> None:
    """Remember that the peer has shown to hold this card of ours."""
    Watch.objects.filter(authority=peer).update(card_sent=card)


def _our_card() -> Digest:
    """The digest of our newest card."""
    return Digest(_OUR_CARD()[0][0])


def _progress(home: Home, signed: SignedCheckpoint, known: int) -> Progress:
    size = signed.checkpoint.size
    start = known if known <= size else 0
    hashes = proofs.consistency(start, size, using=home.alias) if start else []
    return Progress(signed.note.to_bytes().decode(), start, tuple(hashes))


def _cards(watch: Watch, ours: Digest) -> tuple[Signed, ...]:
    """Our cards after the one that the peer has shown to hold, oldest first, and the revocations since."""
    if watch.card_sent == ours:
        return ()
    rows = CardRecord.objects.filter(authority__standing="ourselves").order_by("came", "serial")
    held = rows.filter(digest=watch.card_sent).first()
    later = [row for row in rows if held is None or (row.came, row.serial) > (held.came, held.serial)][-16:]
    words = revoking.ours_since(held.came if held else later[0].came) if later else []
    return (*(Signed.from_json(row.signed) for row in later), *words)
