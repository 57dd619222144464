# SPDX-License-Identifier: Apache-2.0
"""Following a thread from this node: how far what we sent has come, and the account of all that was said.

An account is what a person or a script is shown of one thread: values only, made of the fold and of what lies beside
the messages. Giving it is one reading, and leaves one `read` leaf.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from comity.cooperation.dispatch import proving
from comity.cooperation.dispatch.approving import outgoing
from comity.cooperation.dispatch.models import Outbox, Outgoing
from comity.protocol.ledger import receipt as receipts
from comity.protocol.proof.accounting import standing, thread_json
from comity.protocol.proof.telling import entered_json, entered_lines
from comity.protocol.thread.fold import fold
from comity.protocol.thread.moves import allowed_moves
from comity.protocol.thread.state import ThreadState
from comity.protocol.thread.titles import OUTCOMES
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import MessageId, format_time
from comity.records.action import acting
from comity.records.actors import Actor, Permission
from comity.records.errors import NotInSeason
from comity.records.home import Home
from comity.records.register import events
from comity.records.threads import reading, store
from comity.records.threads.models import StoredReceipt, Thread

proof = proving.proof_of
Words = Callable[[str, Mapping[str, Any]], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far one message came to one peer. `fault` is the code of what the peer refused or the line last met; `since`
    is when it was queued, left or was refused, or, of what was delivered, when it came there by the peer's register."""

    message: str
    peer: str
    status: str
    fault: str
    since: str = ""

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
        return _how_far(Outbox.objects.filter(thread=row.id).order_by("id"))


def least_delivered(home: Home, actor: Actor, threads: Sequence[str]) -> dict[str, Delivery]:
    """By thread: the first of our messages that is not with its recipient; the last one when all are."""
    if not actor.may(Permission.READ):
        return {}
    with home.active():
        rows = list(Outbox.objects.filter(thread__in=threads).order_by("id"))
        found: dict[str, Delivery] = {}
        for row, told in zip(rows, _how_far(rows), strict=True):
            if row.thread not in found or found[row.thread].status == Outbox.Status.DELIVERED:
                found[row.thread] = told
    return found


def _how_far(rows: Iterable[Outbox]) -> list[Delivery]:
    held = list(rows)
    came = {(each.message, each.recipient): each.at for each in reading.receipts([row.message for row in held])}
    return [
        Delivery(
            row.message, row.peer, row.status, row.fault, format_time(_since(row, came.get((row.message, row.peer))))
        )
        for row in held
    ]


def _since(row: Outbox, came: datetime | None) -> datetime:
    if row.status == Outbox.Status.DELIVERED and came:
        return came
    return row.queued if row.status in (Outbox.Status.WAITING, Outbox.Status.TO_POST) else row.settled or row.queued


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


def as_text(told: Mapping[str, Any], words: Words = lambda *_: ()) -> str:
    """An account for people at a terminal; `words` says a body, from its kind, in lines."""
    outcomes = {outcome.value: title for outcome, title in OUTCOMES.items()}
    lines = [f"{told['kind']}  {told['thread']}", *(f"  {each}" for each in told["standing"]), ""]
    for each in told["history"]:
        lines.append(f"{each['sent']}  {each['from']}  {each['kind']}: {outcomes[each['outcome']]}")
        lines.append(f"    {each['digest']}")
        lines += [f"    {one}" for one in entered_lines(each.get("entered"))]
        lines += [f"    {one}" for one in words(each["kind"], each["body"])]
        lines += [f"    {'compared' if 'entered' in each else 'approved'} by {one}" for one in each["approved_by"]]
        lines += [f"    received by {one['by']} at {one['at']}, leaf {one['index']}" for one in each["receipts"]]
        lines += [f"    {how_far(one)}" for one in told["deliveries"] if _under_way(one, each["digest"])]
    return "\n".join([*lines, "", f"We may now: {', '.join(told['allowed_moves']) or 'nothing'}"])


def how_far(told: Mapping[str, str]) -> str:
    """A delivery, as its JSON, in words: what was sent is not yet received."""
    peer, since = told["peer"], told["since"]
    if told["status"] == Outbox.Status.DELIVERED:
        return f"received by {peer} at {since}"
    if told["status"] == Outbox.Status.REFUSED:
        return f"refused by {peer} at {since}: {told['fault']}"
    if told["status"] == Outbox.Status.TO_POST:
        return f"waiting to be posted to {peer} since {since}"
    if told["status"] == Outbox.Status.POSTED:
        return f"posted to {peer}, noted {since}"
    if told["status"] == Outbox.Status.LEFT:
        return f"left at the mailbox of {peer} at {since}, no receipt yet"
    return f"waiting at the line to {peer} since {since} {told['fault']}".rstrip()


def _under_way(told: Mapping[str, str], message: str) -> bool:
    return told["message"] == message and told["status"] != Outbox.Status.DELIVERED


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
        **entered_json(said),
        "after": list(said.after),
        "outcome": state.outcomes[message.digest].value,
        "approved_by": [each.officer for each in message.approvals],
        "handling": dict(said.handling),
        "body": dict(said.body),
        "receipts": [_receipt(each) for each in given],
    }


def _receipt(row: StoredReceipt) -> dict[str, Any]:
    """The place that the recipient gave this message in its register."""
    found = receipts.parse(Signed.from_json(row.signed).payload)
    place = next(each for each in found.entries if each.message == row.message)
    return {"by": row.recipient, "at": format_time(found.at), "index": place.index}
