# SPDX-License-Identifier: Apache-2.0
"""Settling what a peer said of our messages: a verified receipt completes a sending, a lasting refusal ends it.

A receipt is held to: it is signed with both keys of the card that the peer had when it gave it, its checkpoint is
signed by the peer's register, each entry opens the leaf, the leaf lies in the tree and tells of the message's own
thread. Its checkpoint is the very one that the parcel shows, and that one we hold to extend what we saw: a peer cannot
give receipts in one register and show us another. What does not hold settles nothing, and the message is sent again. A
receipt for something that was never sent settles nothing either."""

import re
from datetime import datetime, timedelta
from typing import NamedTuple

from comity.cooperation.dispatch.models import Outbox
from comity.cooperation.journey import Settlement
from comity.protocol.errors import ComityError
from comity.protocol.ledger import note as notes
from comity.protocol.ledger import receipt as receipts
from comity.protocol.ledger.checkpoint import register_key
from comity.protocol.ledger.errors import BadReceipt
from comity.protocol.ledger.receipt import MAX_BYTES, Receipted, VerifiedReceipt, verify_receipt
from comity.protocol.wire import canonical
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.members import Members
from comity.protocol.wire.names import AuthorityId, Digest, MessageId
from comity.protocol.wire.parcel import Refusal
from comity.records.action import Act
from comity.records.authorities.lineages import lineage
from comity.records.logs import log
from comity.records.prepared import Prepared, PreparedInsert, PreparedUpdate
from comity.records.register import events
from comity.records.threads.models import SignedReceipt, StoredReceipt

CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
PASSING = frozenset(
    {"clock-ahead", "consistency-wanted", "key-unknown", "alarm-standing", "too-many-strays", "not-a-peer"}
)
"""Refusals that time or a new card mends: the message stays in the outbox."""
LATER = timedelta(minutes=1)


_UNSETTLED = Prepared(
    lambda peer, messages: (
        Outbox.objects.select_for_update()
        .filter(message__in=messages, peer=peer)
        .exclude(status__in=(Outbox.Status.DELIVERED, Outbox.Status.TO_POST, Outbox.Status.POSTED))
        .order_by("id")
        .values_list("id", "message", "thread")
    )
)
_SIGNED = PreparedInsert(SignedReceipt, "digest", "signed")
_STORED = PreparedInsert(StoredReceipt, "message", "recipient", "receipt", "at")
_SETTLE = PreparedUpdate(Outbox, "status", "settled", "fault", "due")


class _Row(NamedTuple):
    id: int
    message: str
    thread: str


def settle(act: Act, settlement: Settlement) -> None:
    """Within `act`: take receipts and refusals of a peer."""
    for signed in settlement.receipts:
        try:
            receipt = _verified(act, settlement, signed)
        except ComityError as error:
            log("receipt-refused", peer=settlement.peer, code=error.code)
            continue
        _delivered(act, settlement.peer, signed, receipt)
    for refusal in settlement.refusals:
        _refused(act, settlement.peer, refusal)


def _verified(act: Act, settlement: Settlement, signed: Signed) -> VerifiedReceipt:
    given = receipts.parse(signed.payload).at  # its own word; a receipt may wait while its giver's keys change
    keyids = [each.keyid for each in signed.signatures]
    card = lineage(settlement.peer).judge(keyids, given, arrived=act.now)
    register = register_key(settlement.peer, card.keys.register)
    receipt = verify_receipt(signed, card.keys.signing, register, to=act.home.authority)
    if settlement.shown is None:
        _leave_again(settlement.peer, receipt)
        raise BadReceipt(member="checkpoint", why="could not be held to extend what we saw of this register")
    if receipt.checkpoint.note.text != notes.parse(settlement.shown.encode()).text:
        raise BadReceipt(member="checkpoint", why="is not the one that the parcel shows us of this register")
    return receipt


def _leave_again(peer: AuthorityId, receipt: VerifiedReceipt) -> None:
    """What lies at a mailbox or in a file was taken, but its receipt proves too little: let the peer give another."""
    rows = Outbox.objects.filter(peer=peer, message__in=[each.message for each in receipt.receipted])
    rows.filter(status=Outbox.Status.LEFT).update(status=Outbox.Status.WAITING, due=None)


def _delivered(act: Act, peer: AuthorityId, signed: Signed, receipt: VerifiedReceipt) -> None:
    told = {each.message: each for each in receipt.receipted}
    found = [_Row(*each) for each in _UNSETTLED(peer, [str(each) for each in told])]
    came = {row.id: _came(told[Digest(row.message)], row.thread) for row in found}
    rows = [(row, at) for row in found if (at := came[row.id]) is not None]
    if not rows:
        return
    _SIGNED([(signed.digest, signed.to_json())])
    _STORED((row.message, peer, signed.digest, min(at, act.now)) for row, at in rows)
    for row, _ in rows:
        message, thread = Digest(row.message), MessageId(row.thread)
        act.record(
            events.receipted(thread=thread, message=message, sender=peer, index=told[message].index, size=receipt.size)
        )
        _SETTLE(row.id, {"status": Outbox.Status.DELIVERED, "settled": act.now, "fault": "", "due": None})


def _came(entry: Receipted, thread: str) -> datetime | None:
    """When the message came there, by the leaf; None when that tells of another thread, or could stand in no proof."""
    try:
        said = Members.of("entry", canonical.decode_object(entry.entry, limit=MAX_BYTES))
        at = said.time("at")
    except ComityError:
        return None
    return at if said.value.get("thread") == thread else None


def _refused(act: Act, peer: AuthorityId, refusal: Refusal) -> None:
    rows = Outbox.objects.filter(
        message=refusal.message, peer=peer, status__in=[Outbox.Status.WAITING, Outbox.Status.LEFT]
    )
    if refusal.code in PASSING:
        rows.update(fault=refusal.code, status=Outbox.Status.WAITING, due=act.now + LATER)
        return
    code = slug(refusal.code)
    for row in rows.select_for_update():
        act.record(
            events.rejected(code=code, sender=peer, thread=MessageId(row.thread), message=Digest(refusal.message))
        )
    rows.update(status=Outbox.Status.REFUSED, settled=act.now, fault=code)


def slug(code: str) -> str:
    """A peer's code as our register and pages may show it: `refused` when it is not of the form of a code."""
    return code if CODE.fullmatch(code) else "refused"
