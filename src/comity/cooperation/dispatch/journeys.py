# SPDX-License-Identifier: Apache-2.0
"""Following a thread from this node: how far what we sent has come, and the account of all that was said.

An account is what a person or a script is shown of one thread: values only, made of the fold and of what lies beside
the messages. Giving it is one reading, and leaves one `read` leaf.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from comity.cooperation.dispatch import proving
from comity.cooperation.dispatch.approving import outgoing
from comity.cooperation.dispatch.models import Outbox, Outgoing
from comity.protocol.ledger import receipt as receipts
from comity.protocol.proof.accounting import standing, thread_json
from comity.protocol.thread.fold import fold
from comity.protocol.thread.moves import allowed_moves
from comity.protocol.thread.state import ThreadState
from comity.protocol.thread.titles import OUTCOMES
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import MessageId, format_time
from comity.records.action import acting
from comity.records.actors import Actor
from comity.records.errors import NotInSeason
from comity.records.home import Home
from comity.records.register import events
from comity.records.threads import reading, store
from comity.records.threads.models import StoredReceipt, Thread

proof = proving.proof_of


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far one message came to one peer. `fault` is the code of what the peer refused or the line last met."""

    message: str
    peer: str
    status: str
    fault: str

    def as_json(self) -> dict[str, str]:
        """Every member by its name."""
        return {name: getattr(self, name) for name in self.__slots__}


def require_sent(home: Home, actor: Actor, id: str) -> str:
    """The thread of a statement that has left or is leaving. Raises `NotFound`, and `NotInSeason` before approval."""
    found = outgoing(home, actor, id)
    if found.status != Outgoing.Status.SENT:
        raise NotInSeason(what="statement", id=id, state=found.status, needed="approved")
    return found.thread


def deliveries(home: Home, actor: Actor, thread: str) -> list[Delivery]:
    """Every message of ours in the thread, to each peer, in the order of queueing. Raises `NotFound`."""
    with home.active():
        row = reading.thread(actor, thread)
        rows = Outbox.objects.filter(thread=row.id).order_by("id")
        return [Delivery(each.message, each.peer, each.status, each.fault) for each in rows]


def account(home: Home, actor: Actor, thread: str) -> dict[str, Any]:
    """The account of a thread. Raises `NotFound`."""
    with acting(home, actor) as act:
        row = reading.thread(actor, thread)
        messages = store.messages_of(MessageId(row.id))
        state = fold((each.digest, each.statement) for each in messages)
        given = reading.receipts([each.digest for each in messages])
        act.record(events.read(thread=MessageId(row.id)))
    return {
        **thread_json(state),
        **_beside(row),
        "standing": standing(state),
        "allowed_moves": list(allowed_moves(state, home.authority)),
        "history": _history(state, messages, given),
        "deliveries": [each.as_json() for each in deliveries(home, actor, row.id)],
    }


def as_text(told: Mapping[str, Any]) -> str:
    """An account for people at a terminal."""
    outcomes = {outcome.value: title for outcome, title in OUTCOMES.items()}
    lines = [f"{told['kind']}  {told['thread']}", *(f"  {each}" for each in told["standing"]), ""]
    for each in told["history"]:
        lines.append(f"{each['sent']}  {each['from']}  {each['kind']}: {outcomes[each['outcome']]}")
        lines += [f"    approved by {one}" for one in each["approved_by"]]
        lines += [f"    received by {one['by']} at {one['at']}, leaf {one['index']}" for one in each["receipts"]]
    waiting = [each for each in told["deliveries"] if each["status"] != "delivered"]
    lines += [
        f"  {each['message'][:19]}… to {each['peer']}: {each['status']} {each['fault']}".rstrip() for each in waiting
    ]
    return "\n".join([*lines, "", f"We may now: {', '.join(told['allowed_moves']) or 'nothing'}"])


def _beside(row: Thread) -> dict[str, Any]:
    """What this node keeps beside the messages."""
    return {
        "side": row.side,
        "counterpart": row.counterpart,
        "reference": row.reference,
        "due": format_time(row.due) if row.due else None,
        "ours": row.ours,
        "case": row.case_id,
    }


def _history(state: ThreadState, messages: Sequence[Message], given: Sequence[StoredReceipt]) -> list[dict[str, Any]]:
    """The messages, causes first."""
    by_digest = {each.digest: each for each in messages}
    order = [*(each for each in state.order if each in by_digest), *sorted(by_digest.keys() - set(state.order))]
    return [_told(state, by_digest[each], [one for one in given if one.message == each]) for each in order]


def _told(state: ThreadState, message: Message, given: Sequence[StoredReceipt]) -> dict[str, Any]:
    said = message.statement
    return {
        "digest": message.digest,
        "id": said.id,
        "kind": said.kind,
        "from": said.sender,
        "to": list(said.to),
        "sent": format_time(said.sent),
        "after": list(said.after),
        "outcome": state.outcomes[message.digest].value,
        "approved_by": [each.officer for each in message.approvals],
        "body": dict(said.body),
        "receipts": [_receipt(each) for each in given],
    }


def _receipt(row: StoredReceipt) -> dict[str, Any]:
    """The place that the recipient gave this message in its register."""
    found = receipts.parse(Signed.from_json(row.signed).payload)
    place = next(each for each in found.entries if each.message == row.message)
    return {"by": row.recipient, "at": format_time(found.at), "index": place.index}
