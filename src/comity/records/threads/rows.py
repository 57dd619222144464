# SPDX-License-Identifier: Apache-2.0
"""A thread's row: what the desk lists of a folded thread, and nothing that the messages do not say."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from comity.protocol.thread.moves import whose_move
from comity.protocol.thread.state import ThreadState
from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.names import AuthorityId, parse_time
from comity.protocol.wire.statement import Statement
from comity.records.threads.models import Side

COLUMNS = (
    *("kind", "side", "counterpart", "reference", "urgency", "state", "state_digest"),
    *("ours", "open", "due", "opened", "holders"),
)


def columns(me: AuthorityId, root: Statement, state: ThreadState) -> dict[str, Any]:
    """The columns of the thread that `root` opens, as this node sees it."""
    return {
        "kind": root.kind,
        "side": _side(me, root),
        "counterpart": root.sender if root.sender != me else root.to[0],
        "reference": _text(root.body, "reference", 200),
        "urgency": _text(root.body, "urgency", 16),
        "state": _shown(me, state),
        "state_digest": state.digest(),
        "ours": me in whose_move(state),
        "open": any(not state.graph.state(lane.state).final for lane in state.lanes.values()) if state.graph else True,
        "due": _due(root.body),
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


def _text(body: Mapping[str, Any], member: str, limit: int) -> str:
    found = body.get(member)
    return found[:limit] if isinstance(found, str) else ""


def _due(body: Mapping[str, Any]) -> datetime | None:
    """The earliest time that the request says something is due; a malformed one is as good as none."""
    found = body.get("due")
    times = []
    for each in found if isinstance(found, list) else []:
        try:
            times.append(parse_time(each.get("at") if isinstance(each, Mapping) else None))
        except BadMember:
            continue
    return min(times, default=None)
