# SPDX-License-Identifier: Apache-2.0
"""Settling what a peer said of our messages: a verified receipt completes a sending, a lasting refusal ends it.

A receipt is held to: it is signed with both keys of the peer's card, its checkpoint is signed by the peer's register,
each entry opens the leaf and the leaf lies in the tree. What does not hold settles nothing, and the message is sent
again."""

from comity.cooperation.dispatch.models import Outbox
from comity.cooperation.journey import Settlement
from comity.protocol.errors import ComityError
from comity.protocol.ledger.checkpoint import register_key
from comity.protocol.ledger.receipt import VerifiedReceipt, verify_receipt
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.names import AuthorityId, Digest, MessageId
from comity.protocol.wire.parcel import Refusal
from comity.records.action import Act
from comity.records.authorities.lineages import lineage
from comity.records.logs import log
from comity.records.register import events
from comity.records.threads.models import StoredReceipt

PASSING = frozenset(
    {"clock-ahead", "consistency-wanted", "key-unknown", "alarm-standing", "too-many-strays", "not-a-peer"}
)
"""Refusals that time or a new card mends: the message stays in the outbox."""


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
    keyids = [each.keyid for each in signed.signatures]
    card = lineage(settlement.peer).judge(keyids, settlement.at, arrived=act.now)
    register = register_key(settlement.peer, card.keys.register)
    return verify_receipt(signed, card.keys.signing, register, to=act.home.authority)


def _delivered(act: Act, peer: AuthorityId, signed: Signed, receipt: VerifiedReceipt) -> None:
    digests = [each.message for each in receipt.receipted]
    rows = {row.message: row for row in Outbox.objects.filter(message__in=digests, peer=peer)}
    for each in receipt.receipted:
        row = rows.get(each.message)
        if row is None or row.status == Outbox.Status.DELIVERED:
            continue
        StoredReceipt.objects.get_or_create(
            message=each.message, recipient=peer, defaults={"signed": signed.to_json(), "at": act.now}
        )
        act.record(
            events.receipted(
                thread=MessageId(row.thread), message=each.message, sender=peer, index=each.index, size=receipt.size
            )
        )
    waiting = [row.pk for row in rows.values() if row.status != Outbox.Status.DELIVERED]
    Outbox.objects.filter(pk__in=waiting).update(status=Outbox.Status.DELIVERED, settled=act.now, fault="")


def _refused(act: Act, peer: AuthorityId, refusal: Refusal) -> None:
    rows = Outbox.objects.filter(
        message=refusal.message, peer=peer, status__in=[Outbox.Status.WAITING, Outbox.Status.LEFT]
    )
    if refusal.code in PASSING:
        rows.update(fault=refusal.code)
        return
    for row in rows:
        act.record(
            events.rejected(
                code=refusal.code, sender=peer, thread=MessageId(row.thread), message=Digest(refusal.message)
            )
        )
    rows.update(status=Outbox.Status.REFUSED, settled=act.now, fault=refusal.code)
