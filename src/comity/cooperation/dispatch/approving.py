# SPDX-License-Identifier: Apache-2.0
"""Approving: an officer's passkey signs exactly the frozen bytes, and when enough officers have, the message leaves.

The officer may come by the desk, or by a one-time address that the command line printed: the address only says which
statement, the passkey says who. An officer approves a statement once. The approval counts while its officer serves and
its passkey is not revoked: when the last one comes, one of somebody suspended meanwhile is missing again.

Two people stand behind whatever needs approval. The officer who submitted a statement may be one of its approvers only
where the kind asks for more than one; who wrote an earlier draft of it does not matter, since submitting fixes the
words. What was submitted at the node's command line has no officer behind it yet, so any approver may approve it."""

import hashlib
from datetime import timedelta
from typing import Any

from comity.cooperation.dispatch import prepare
from comity.cooperation.dispatch.errors import OwnStatement, TicketInvalid
from comity.cooperation.dispatch.models import Outgoing
from comity.protocol.wire import statement
from comity.protocol.wire.names import Digest, MessageId
from comity.protocol.wire.octets import to_base64url
from comity.records.accounts import approvals
from comity.records.accounts.models import Officer
from comity.records.accounts.policy import actor_of
from comity.records.action import acting
from comity.records.actors import Actor, Permission
from comity.records.errors import NotFound, NotInSeason
from comity.records.home import Home
from comity.records.register import events
from comity.records.threads import scans

TICKET_LIFE = timedelta(minutes=15)


def waiting(home: Home, actor: Actor) -> list[Outgoing]:
    """What waits for approval here, the oldest first."""
    with home.active():
        if not actor.may(Permission.READ):
            return []
        return list(Outgoing.objects.filter(status=Outgoing.Status.AWAITING).order_by("created")[:200])


def outgoing(home: Home, actor: Actor, id: str) -> Outgoing:
    """One frozen statement. Raises `NotFound`."""
    with home.active():
        found = Outgoing.objects.filter(id=id).first() if actor.may(Permission.READ) else None
    if found is None:
        raise NotFound(what="statement", id=id[:40])
    return found


def options(home: Home, officer: Officer, id: str) -> dict[str, Any]:
    """What the officer's browser hands to the passkey. Raises `NotPermitted`, `NotFound`, `NotInSeason`,
    `OwnStatement`."""
    actor = actor_of(officer)
    actor.require(Permission.APPROVE)
    found = _another(_awaiting(outgoing(home, actor, id)), officer)
    with home.active():
        return approvals.options(home, officer, bytes(found.statement))


def approve(home: Home, officer: Officer, id: str, assertion: dict[str, Any]) -> Outgoing:
    """Take an officer's approval; the last one needed sends the message.

    Raises `NotPermitted`, `NotFound`, `NotInSeason`, `OwnStatement`, `ApprovalRefused`, `MoveNotAllowed`.
    """
    actor = actor_of(officer)
    actor.require(Permission.APPROVE)
    found = _another(_awaiting(outgoing(home, actor, id)), officer)
    with home.active():
        approval = approvals.take(home, officer, bytes(found.statement), assertion)
    with acting(home, actor, Permission.APPROVE) as act:
        found = _another(_awaiting(_locked(id)), officer)
        standing = [each for each in found.approvals if approvals.stands(home, each)]
        found.approvals = [*standing, approval.to_json()]
        found.ticket = ""
        found.save(update_fields=["approvals", "ticket"])
        soft = approvals.is_soft(officer, approval)
        act.record(
            events.approved(
                thread=MessageId(found.thread),
                message=Digest(found.digest),
                officer=officer.pseudonym,
                role="approver",
                soft=soft,
            )
        )
        if len(found.approvals) >= found.needed:
            prepare.release(act, found)
    return found


def ticket(home: Home, actor: Actor, id: str) -> str:
    """A one-time token that opens the approval page for fifteen minutes; an earlier one ends, and each approval ends
    this one. Raises `NotFound`, `NotInSeason`."""
    token = to_base64url(home.random(32))
    with acting(home, actor, Permission.DRAFT) as act:
        found = _awaiting(_locked(id))
        found.ticket = hashlib.sha256(token.encode()).hexdigest()
        found.ticket_until = act.now + TICKET_LIFE
        found.save(update_fields=["ticket", "ticket_until"])
        act.record(events.ticketed(thread=MessageId(found.thread), message=Digest(found.digest)))
    return token


def by_ticket(home: Home, token: str) -> Outgoing:
    """The statement that a token opens. Raises `TicketInvalid`."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    with home.active():
        found = Outgoing.objects.filter(ticket=digest, status=Outgoing.Status.AWAITING).first()
    if found is None or found.ticket_until is None or found.ticket_until < home.now():
        raise TicketInvalid
    return found


def discard(home: Home, actor: Actor, id: str, *, again: bool = False) -> None:
    """Give up a frozen statement; it was never sent. Of a letter's the scan goes too, unless it is written `again`.
    Raises `NotFound`, `NotInSeason`."""
    with acting(home, actor, Permission.DRAFT) as act:
        found = _awaiting(_locked(id))
        found.status = Outgoing.Status.DISCARDED
        found.save(update_fields=["status"])
        entered = statement.parse(bytes(found.statement)).entered
        if entered and entered.letter and not again:
            scans.forget(thread=found.thread, digest=entered.letter)
        act.record(events.draft_discarded(thread=MessageId(found.thread), kind=found.kind))


def own(found: Outgoing, pseudonym: str) -> bool:
    """Whether this officer submitted a statement that one approval sends, or read the letter that it was entered from,
    and so needs a colleague's."""
    return pseudonym in found.hands or (found.needed == 1 and found.author == pseudonym)


def _awaiting(found: Outgoing) -> Outgoing:
    if found.status != Outgoing.Status.AWAITING:
        raise NotInSeason(what="statement", id=found.id, state=found.status, needed="awaiting approval")
    return found


def _locked(id: str) -> Outgoing:
    """Within an act of somebody who may see it: the statement, ours until the act ends."""
    found = Outgoing.objects.select_for_update().filter(id=id).first()
    if found is None:
        raise NotFound(what="statement", id=id[:40])
    return found


def _another(found: Outgoing, officer: Officer) -> Outgoing:
    """The statement, which this officer has not approved and may."""
    if any(each["officer"] == officer.pseudonym for each in found.approvals):
        raise NotInSeason(what="statement", id=found.id, state="approved by you", needed="approved by another officer")
    if own(found, officer.pseudonym):
        raise OwnStatement(id=found.id)
    return found
