# SPDX-License-Identifier: Apache-2.0
"""Making a parcel: what is to be said, our register's newest checkpoint, and what the peer needs to judge us by.

1. The peer is accepted and its card valid: we seal to nobody else.
2. Our newest checkpoint goes along, proven from the size of our register that the peer has seen, or will have seen
   once it has taken in what is on its way to it.
3. What is receipted is receipted at that checkpoint.
4. Our cosignature on the checkpoint of theirs that we saw goes along, and how far we saw their register.
5. Our card goes along until the peer has shown that it holds it.
6. The parcel is signed once and sealed, when its envelope is asked for (`sealing`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from comity.cooperation.exchange.errors import OwnFault
from comity.cooperation.exchange.receipting import give
from comity.cooperation.exchange.sealing import Sealing, Unsigned
from comity.protocol.ledger import note
from comity.protocol.ledger.checkpoint import SignedCheckpoint, origin_of
from comity.protocol.ledger.errors import LedgerError
from comity.protocol.wire.card import Card
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest, MessageId
from comity.protocol.wire.parcel import Digests, Parcel, Progress, Refusal
from comity.records.authorities import revoking
from comity.records.authorities.keyring import Generation
from comity.records.authorities.lineages import look
from comity.records.authorities.models import CardRecord, Watch
from comity.records.authorities.ours import keys_of, our_digest, our_keys
from comity.records.errors import ConfigurationError
from comity.records.home import Home
from comity.records.logs import log
from comity.records.prepared import Prepared
from comity.records.register import checkpoints, proofs
from comity.records.register.proofs import Rows


@dataclass(frozen=True, slots=True)
class Load:
    """What a parcel is to carry: messages, receipts for those received in these leaves of ours, and so on. Everything
    else in a parcel is book-keeping."""

    messages: Sequence[Message] = ()
    received: Mapping[Digest, int] = field(default_factory=dict)
    refusals: Sequence[Refusal] = ()
    have: Sequence[Digests] = ()
    need: Sequence[Digests] = ()


@dataclass(frozen=True, slots=True)
class News:
    """Our newest card, where it lay in a parcel, and what its recipient was known to hold before."""

    card: Digest
    held: str


@dataclass(frozen=True, slots=True)
class Composed:
    """A parcel ready to leave: its id, the card that it is sealed to, the sealing, and what its recipient learns from
    it: how far we saw its register, how large ours is, and our newest card where it lay inside."""

    id: MessageId
    to: Card
    sealing: Sealing
    seen: int
    shown: int
    news: News | None

    @property
    def envelope(self) -> bytes:
        """The sealed bytes; made when first asked for. Raises `TooLarge`."""
        return self.sealing.envelope()


_ALL = [each.attname for each in Watch._meta.concrete_fields]
_WATCH = Prepared(lambda peer: Watch.objects.filter(authority=peer).values_list(*_ALL))


@dataclass(frozen=True, slots=True)
class _Offer:
    """What our last answer to a peer told it, if it arrived: our register's size, and our card where it lay inside.
    `to` is the parcel that was answered."""

    to: MessageId
    size: int
    news: News | None


_offers: dict[tuple[str, AuthorityId], _Offer] = {}
"""For the life of the process, and a guess until the peer says that it has seen this size: then it has taken the card
that came with it too. While it has not said so a proof that starts there may be asked for anew."""


def our_checkpoint(home: Home, keys: Generation | None = None, rows: Rows | None = None) -> SignedCheckpoint:
    """Our register's checkpoint as of now, by the keys of our card. Outside any transaction."""
    signer = note.signer(origin_of(home.authority), (keys or our_keys(home)).register)
    return checkpoints.sign_checkpoint(signer, now=home.now(), using=home.alias, rows=rows)


def compose(
    home: Home,
    peer: AuthorityId,
    load: Load,
    *,
    answers: Parcel | None = None,
    seen: int | None = None,
    pending: Composed | None = None,
    again: MessageId | None = None,
) -> Composed:
    """A parcel for `peer`. Raises `StandingError`, `AlarmStanding`, `KeyExpired`, `KeyRevoked`, `OwnFault`.

    `answers` is the peer's parcel that this one answers. `seen` is how far the peer has just said that it knows our
    register. `pending` is the parcel that left before this one and whose answer is still to come. `again` is the id of
    a parcel that was sent back for another proof: it is the same parcel, and those behind it name it."""
    with home.active():
        known = look(peer)
        if answers is None:  # who is answered was judged when its parcel was opened
            known.require_accepted()  # 1
        card = known.lineage.current(home.now())
        watch = _watch(peer)
        ours = known.ours or our_digest()
        rows = Rows(home.alias)
        keys, signed = _signing(home, ours, rows)  # 2
        offer = _offers.get((home.alias, peer))
        if offer is not None and offer.news is not None and _arrived(offer, watch, answers):
            _offers[home.alias, peer] = replace(offer, news=None)  # it tells this once: what is held may change again
            if note_card(peer, offer.news):
                watch.card_sent = offer.news.card
        parcel = Parcel(
            id=again or home.new_id(),
            sender=home.authority,
            to=peer,
            at=home.now(),
            card=ours,
            reply_to=answers.id if answers else None,
            cards=_cards(watch, ours),  # 5
            messages=tuple(load.messages),
            refusals=tuple(load.refusals),
            have=tuple(load.have),
            need=tuple(load.need),
            checkpoint=_progress(rows, signed, _known(watch, offer, answers, seen, pending)),
            cosignatures=(watch.seen_cosigned,) if watch.seen_cosigned else (),  # 4
            seen=watch.seen_size,
            pending=pending.id if pending else None,
        )
        given = give(home, peer, load.received, signed, rows)  # 3
    news = News(ours, watch.card_sent) if parcel.cards else None
    if answers is not None:
        _offers[home.alias, peer] = _Offer(answers.id, signed.checkpoint.size, news)
    sealing = Sealing(Unsigned(parcel, given, keys.signing, card.keys.sealing))  # 6
    return Composed(parcel.id, card, sealing, watch.seen_size, signed.checkpoint.size, news)


def _signing(home: Home, ours: Digest, rows: Rows) -> tuple[Generation, SignedCheckpoint]:
    """Our card's keys, and the checkpoint that they sign. Raises `OwnFault`: it is nobody else's that we cannot."""
    try:
        keys = keys_of(home, ours)
        return keys, our_checkpoint(home, keys, rows)
    except (ConfigurationError, LedgerError) as error:
        log("own-fault", code=error.code)
        raise OwnFault(fault=error.code) from error


def note_card(peer: AuthorityId, news: News) -> bool:
    """Remember that the peer has shown to hold this card of ours; False where a revocation was made since the parcel
    was, which the peer is still to hear."""
    return bool(Watch.objects.filter(authority=peer, card_sent=news.held).update(card_sent=news.card))


def forget_cards(peer: AuthorityId) -> None:
    """The peer lacks a card of ours: let all go along once more."""
    Watch.objects.filter(authority=peer).update(card_sent="")


def _watch(peer: AuthorityId) -> Watch:
    rows = _WATCH(peer)
    return Watch.from_db(None, _ALL, rows[0]) if rows else Watch(authority_id=peer)


def _arrived(offer: _Offer, watch: Watch, answers: Parcel | None) -> bool:
    """Whether the peer itself has said that it saw what our last answer showed."""
    told = answers.seen if answers else watch.theirs_of_ours
    return (told or 0) >= offer.size


def _known(
    watch: Watch, offer: _Offer | None, answers: Parcel | None, seen: int | None, pending: Composed | None
) -> int:
    """How far the peer will know our register when it reads this."""
    if pending is not None:
        return pending.shown
    if seen is not None:
        return seen
    if answers is not None:
        shown = offer.size if offer is not None and offer.to == answers.pending else 0
        return max(answers.seen or 0, shown)
    return max(watch.theirs_of_ours, offer.size if offer else 0)


def _progress(rows: Rows, signed: SignedCheckpoint, known: int) -> Progress:
    size = signed.checkpoint.size
    start = known if known <= size else 0
    hashes = proofs.consistency(start, size, using=rows.using, rows=rows) if start else []
    return Progress(signed.note.to_bytes().decode(), start, tuple(hashes))


def _cards(watch: Watch, ours: Digest) -> tuple[Signed, ...]:
    """Our cards after the one that the peer has shown to hold, oldest first, and the revocations since; all of them
    when it has yet to hear one."""
    if watch.card_sent == ours:
        return ()
    rows = CardRecord.objects.filter(authority__standing="ourselves").order_by("came", "serial")
    held = rows.filter(digest=watch.card_sent).first()
    later = [row for row in rows if held is None or (row.came, row.serial) > (held.came, held.serial)][-16:]
    words = revoking.ours_since(held.came if held else later[0].came) if later else []
    return (*(Signed.from_json(row.signed) for row in later), *words)
