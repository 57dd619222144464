# SPDX-License-Identifier: Apache-2.0
"""The receipts and the messages of a proof file, each judged by the cards of its time.

When a message was written is its author's word. That it was there by a certain time is somebody else's: the time in
the earliest receipt that holds for it, or in the exporting node's own leaf. Its author's keys are judged by that.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from comity.protocol.ledger.checkpoint import register_key
from comity.protocol.ledger.receipt import EVENT, MAX_BYTES, Receipt, VerifiedReceipt, parse, verify_receipt
from comity.protocol.proof.errors import Incomplete, Unconnected
from comity.protocol.proof.lines import Lines
from comity.protocol.proof.message import VerifiedMessage, verify_message
from comity.protocol.proof.registers import Registers, Seen, Told
from comity.protocol.proof.steps import Here
from comity.protocol.wire import canonical, endorsement
from comity.protocol.wire.card import Card
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.errors import EndorsementInvalid
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest, MessageId, format_time, parse_time


@dataclass(frozen=True, slots=True)
class Received:
    """That somebody received a message: who, when by its own register, and where that lies in it."""

    by: AuthorityId
    at: datetime
    index: int
    size: int
    origin: str


@dataclass(frozen=True, slots=True)
class JudgedReceipt:
    """A receipt that holds, and the messages of this thread that it names."""

    receipt: VerifiedReceipt
    places: Mapping[Digest, Received]
    card: Card
    digest: Digest


def read_receipts(
    signed: Iterable[Signed],
    messages: Sequence[Message],
    lines: Lines,
    registers: Registers,
    here: Here,
    left_out: Collection[Digest] = (),
) -> list[JudgedReceipt]:
    """Every receipt, held by its giver's card. Its checkpoint joins the registers. Of messages that are `left_out`
    nothing is said. Raises as `verify_receipt`, `Fork`, `Unconnected`, `Incomplete`."""
    thread = messages[0].statement.thread
    known = {each.digest: each for each in messages}
    found = []
    for each in signed:
        receipt, card = hold_receipt(each, lines, here)
        registers.add(Seen(receipt.sender, card, receipt.checkpoint, ()))
        places = _places(receipt, thread, known, left_out)
        found.append(JudgedReceipt(receipt, places, card, each.digest))
        here.say(
            f"{receipt.sender} confirmed {len(places)} to {receipt.to} at {format_time(receipt.at)}, "
            f"in its register of {receipt.size} leaves (card {card.serial})."
        )
    return found


def hold_receipt(signed: Signed, lines: Lines, here: Here) -> tuple[VerifiedReceipt, Card]:
    """A receipt, held by the card of its giver that was valid at its time, were its keys revoked later or not."""
    here.at = f"the receipt {signed.digest}"
    told = claimed(signed)
    here.at = f"the receipt {signed.digest} of {told.sender}"
    keyids = [each.keyid for each in signed.signatures]
    card = lines.unrevoked(told.sender).judge(keyids, told.at, arrived=told.at)
    key = register_key(told.sender, card.keys.register)
    return verify_receipt(signed, card.keys.signing, key, to=told.to), card


def claimed(signed: Signed) -> Receipt:
    """What a receipt says, believed by nobody yet. Raises as `receipt.parse`."""
    return parse(signed.payload)


def _places(
    receipt: VerifiedReceipt, thread: MessageId, known: Mapping[Digest, Message], left_out: Collection[Digest]
) -> dict[Digest, Received]:
    """What the receipt says of this thread. One receipt may cover a parcel with messages of other threads too."""
    found = {}
    for each in receipt.receipted:
        entry = canonical.decode_object(each.entry, limit=MAX_BYTES)
        if entry.get("thread") != thread or each.message in left_out:
            continue
        if each.message not in known:
            raise Incomplete(what="Message", name=each.message, why="a receipt names it")
        at = parse_time(entry.get("at"), "receipt entry", "at")
        origin = receipt.checkpoint.checkpoint.origin
        found[each.message] = Received(receipt.sender, at, each.index, receipt.size, origin)
    if not found:
        raise Unconnected(what="The receipt of", name=receipt.sender)
    return found


def arrivals(receipts: Iterable[JudgedReceipt], leaves: Iterable[Told]) -> dict[Digest, datetime]:
    """The earliest time at which somebody other than its author is known to have had each message."""
    times: dict[Digest, list[datetime]] = {}
    for judged in receipts:
        for digest, place in judged.places.items():
            times.setdefault(digest, []).append(place.at)
    for leaf in leaves:
        if leaf.event == EVENT:
            times.setdefault(leaf.message, []).append(leaf.at)
    return {digest: min(each) for digest, each in times.items()}


def read_messages(
    messages: Iterable[Message], lines: Lines, arrived: Mapping[Digest, datetime], exporter: AuthorityId, here: Here
) -> list[VerifiedMessage]:
    """Every message, held by its author's card of the time, were its keys revoked later or not (`losses`). Raises as
    `verify_message`; `EndorsementInvalid` for one too many.

    Endorsements are laid on as a message travels: the copy of its author has none, a relay's those up to itself.
    """
    found, alive = [], lines.unrevoked
    for message in messages:
        here.at = f"the message {message.digest}"
        said = message.statement
        here.at = f"the {said.kind} of {said.sender}, {message.digest}"
        held = verify_message(
            message, alive, arrived=arrived.get(message.digest), soft_allowed=True, relay=_awaited(message, exporter)
        )
        if len(held.endorsed) != len(message.endorsements):
            raise EndorsementInvalid(authority=said.sender)
        found.append(held)
    for held in sorted(found, key=lambda each: each.statement.sent):
        here.say(_said(held, arrived.get(held.message.digest)))
    return found


def _awaited(message: Message, exporter: AuthorityId) -> AuthorityId | None:
    """The first relay whose endorsement the exporter's copy need not have, and has not."""
    said = message.statement
    signed = endorsement.authors(message.endorsements)
    after = (
        said.via if exporter == said.sender else said.via[said.via.index(exporter) :] if exporter in said.via else ()
    )
    first = next((each for each in said.via if each not in signed), None)
    return first if first in after else None


def _said(held: VerifiedMessage, arrived: datetime | None) -> str:
    said = held.statement
    by = " and ".join(sorted({f"{each.officer} ({each.role})" for each in held.approvals}))
    relays = f", relayed by {', '.join(held.endorsed)}" if held.endorsed else ""
    when = f"there by {format_time(arrived)}" if arrived else "no receipt says when it was there"
    approved = f", approved by {by}" if by else ""
    wrote = f"{said.sender} wrote {said.kind} on {format_time(said.sent)} (card {held.card.serial})"
    if said.entered:
        wrote = (
            f"{said.signer} says that it read a {said.kind} in a letter of {said.sender}, and entered it on "
            f"{format_time(said.sent)} (card {held.card.serial}); {said.sender} signed nothing here"
        )
    return f"{wrote}{approved}{relays}; {when}."
