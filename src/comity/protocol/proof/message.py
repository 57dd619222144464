# SPDX-License-Identifier: Apache-2.0
"""What it takes to believe a message: the same steps at a node's door and in a stranger's hands.

1. The statement is canonical, whole and of a version we read (`statement.parse`).
2. A card of its author, or of who entered its letter, named the signing keys and was valid when it was written, and it
   came in time (`Lineage.judge`).
3. Both signatures hold over exactly these bytes (`dsse.verify`).
4. Its kind is one we know, and the body is what that kind asks. A move of an unknown kind is believed but will not be
   applied; a request of an unknown kind is refused, since nothing could be done with it. What was entered from a
   letter may lack what the letter did not say.
5. As many different approvers as the kind asks approved exactly these bytes, each enrolled as such on that card
   (WebAuthn level 3, 7.2).
6. Every home authority that the author names in `via` endorsed exactly these bytes.

Beside the message that is given back lies one endorsement for each of these relays and nothing else: whatever another
carrier laid there, which nobody could believe later, is left out.

What the caller must still do: ask whether the author is a party of the thread, whether the clock runs ahead, and
whether it has the message already. The fold says whether the move was allowed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from comity.protocol.errors import ComityError
from comity.protocol.terms import bodies, kinds
from comity.protocol.terms.definitions import MoveKind, RequestKind
from comity.protocol.terms.errors import UnknownKind
from comity.protocol.wire import approval_check, endorsement, entered, statement
from comity.protocol.wire.approval_check import VerifiedApproval
from comity.protocol.wire.card import Card
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.errors import ApprovalMissing, EndorsementInvalid, EndorsementMissing
from comity.protocol.wire.lineage import Lineage
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId
from comity.protocol.wire.statement import Statement

APPROVER = "approver"
"""The one role on a card whose approval counts."""

Lineages = Callable[[AuthorityId], Lineage]
"""Gives the accepted cards of an authority; raises `ComityError` for one that is unknown."""


@dataclass(frozen=True, slots=True)
class VerifiedMessage:
    """A message whose steps all held, with the card that it was judged by, the officers who stood behind it and the
    relays that endorsed it."""

    message: Message
    statement: Statement
    card: Card
    approvals: tuple[VerifiedApproval, ...]
    endorsed: tuple[AuthorityId, ...]


def verify_message(
    message: Message,
    lineages: Lineages,
    *,
    arrived: datetime | None,
    soft_allowed: bool,
    relay: AuthorityId | None = None,
) -> VerifiedMessage:
    """The verified message, or the named error of the first step that fails.

    `arrived` is the earliest time at which somebody other than the author is known to have had it; None takes the
    author's word. A `relay` asks only for the endorsements before its own, and keeps no others.
    """
    said = message.statement  # 1
    seen = arrived or said.sent
    card = lineages(said.signer).verify(
        message.signed, payload_type=statement.PAYLOAD_TYPE, sent=said.sent, arrived=seen
    )  # 2, 3
    kind = _kind(said)  # 4
    needed = entered.APPROVALS if said.entered else kind.approvals if kind else 0
    approvals = tuple(_approvals(message, card, said, soft_allowed=soft_allowed))  # 5
    officers = {each.officer for each in approvals}
    if len(officers) < needed:
        raise ApprovalMissing(kind=said.kind, needed=needed, found=len(officers))
    road = _before(relay, said.via)
    kept = tuple(_endorsement(message, by, lineages, arrived) for by in road)  # 6
    return VerifiedMessage(replace(message, endorsements=kept), said, card, approvals, road)


def believed_beside(message: Message, lineages: Lineages) -> tuple[Signed, ...]:
    """Of what lies beside a message the endorsements that hold, one for each relay, in the order of the road."""
    found = []
    for by in message.statement.via:
        try:
            found.append(_endorsement(message, by, lineages, None))
        except ComityError:
            continue
    return tuple(found)


def _before(relay: AuthorityId | None, via: tuple[AuthorityId, ...]) -> tuple[AuthorityId, ...]:
    return via[: via.index(relay)] if relay in via else via


def _kind(said: Statement) -> RequestKind | MoveKind | None:
    try:
        kind = kinds.kind(said.kind)
    except UnknownKind:
        if said.opens:
            raise
        return None
    (bodies.validate_entered if said.entered else bodies.validate)(said.kind, said.body)
    return kind


def _approvals(message: Message, card: Card, said: Statement, *, soft_allowed: bool) -> list[VerifiedApproval]:
    data = message.signed.payload
    found = [approval_check.verify(each, data, card, said.sent) for each in message.approvals]
    return [each for each in found if each.role == APPROVER and (soft_allowed or not each.soft)]


def _endorsement(message: Message, by: AuthorityId, lineages: Lineages, arrived: datetime | None) -> Signed:
    """The first endorsement by this relay that holds. Raises `EndorsementMissing`, or why the last one does not."""
    fault: ComityError = EndorsementMissing(authority=by)
    for signed in endorsement.by(message.endorsements, by):
        word = endorsement.parse(signed.payload)
        try:
            if word.message != message.digest:
                raise EndorsementInvalid(authority=by)
            lineages(by).verify(signed, payload_type=endorsement.PAYLOAD_TYPE, sent=word.at, arrived=arrived or word.at)
        except ComityError as error:  # whoever carries a message can lay a false one before the true one
            fault = error
        else:
            return signed
    raise fault
