# SPDX-License-Identifier: Apache-2.0
"""A thread's row: what the desk lists of a folded thread, and nothing that the messages do not say."""

from collections.abc import Mapping
from typing import Any

from comity.protocol.thread.moves import whose_move
from comity.protocol.thread.state import ThreadState
from comity.protocol.wire import canonical
from comity.protocol.wire.envelope import MAX_BYTES
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest
from comity.protocol.wire.statement import Statement
from comity.records.threads.models import Recalled, Side, StoredMessage
from comity.records.threads.outstanding import next_duty

COLUMNS = (
    *("kind", "side", "counterpart", "reference", "urgency", "state", "state_digest"),
    *("further", "ours", "open", "due", "due_what", "due_ours", "recall", "opened", "holders"),
)


def columns(me: AuthorityId, root: Statement, state: ThreadState) -> dict[str, Any]:
    """The columns of the thread that `root` opens, as this node sees it."""
    duty, recall = next_duty(me, root, state, _statement), _recall(me, state)
    return {
        "kind": root.kind,
        "side": _side(me, root),
        "counterpart": root.sender if root.sender != me else root.to[0],
        "further": len(root.to) - 1 if root.sender == me else 0,
        "reference": _text(root.body, "reference", 200),
        "urgency": _text(root.body, "urgency", 16),
        "state": _shown(me, state),
        "state_digest": state.digest(),
        "ours": me in whose_move(state),
        "open": recall is not Recalled.NOT or _running(state),
        "due": duty.at if duty else None,
        "due_what": duty.what if duty else "",
        "due_ours": duty.ours if duty else False,
        "recall": recall,
        "opened": root.sent,
        "holders": sorted({root.sender, *root.to, *root.via}),
    }


def _side(me: AuthorityId, root: Statement) -> Side:
    if root.sender == me:
        return Side.ASKING
    return Side.ASKED if me in root.to else Side.RELAYING


def _shown(me: AuthorityId, state: ThreadState) -> str:
    """One word for the desk: our own lane's state, the one state of all lanes, or `several`."""
    lanes = [state.lanes[me]] if me in state.lanes else list(state.lanes.values())
    shown = {"conflict" if lane.conflict else lane.state for lane in lanes}
    return shown.pop() if len(shown) == 1 else "several"


def _running(state: ThreadState) -> bool:
    """Whether any part of the thread can still move."""
    graph = state.graph
    return graph is None or any(not graph.state(lane.state).final for lane in state.lanes.values())


def _text(body: Mapping[str, Any], member: str, limit: int) -> str:
    found = body.get(member)
    return found[:limit] if isinstance(found, str) else ""


def _recall(me: AuthorityId, state: ThreadState) -> Recalled:
    """Who still owes an answer to a recall: we, or else anybody."""
    owing = {who for each in state.recalls.values() for who, lane in each.holders.items() if lane.state == "asked"}
    if me in owing:
        return Recalled.OURS
    return Recalled.THEIRS if owing else Recalled.NOT


def _statement(digest: Digest) -> Statement | None:
    """What a message that is kept here says; asked only of the few whose body tells a time."""
    row = StoredMessage.objects.filter(digest=digest).values_list("content", flat=True).first()
    if row is None:
        return None
    return Message.from_json(canonical.decode_object(bytes(row), limit=MAX_BYTES)).statement
