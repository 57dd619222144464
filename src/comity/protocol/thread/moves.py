# SPDX-License-Identifier: Apache-2.0
"""Whose move it is, and which moves there are: questions to a folded state.

They are the same rules that the fold judges arriving messages by, so a move offered here applies unless another party
moves at the same time.
"""

from collections.abc import Iterable
from datetime import datetime

from comity.protocol.thread.errors import MoveNotAllowed
from comity.protocol.thread.graph import MOVES, NOTE, RECALL, RECALL_ANSWERS, Graph, Role
from comity.protocol.thread.graphs import RECALL as RECALL_GRAPH
from comity.protocol.thread.state import Lane, ThreadState
from comity.protocol.wire.names import AuthorityId, Digest


def whose_move(state: ThreadState) -> frozenset[AuthorityId]:
    """Who is waited for: in each lane the side whose move it is (while a conflict lasts, whoever can settle it), and
    the holders who owe an answer to a recall.
    """
    waited = {who for recall in state.recalls.values() for who, lane in recall.holders.items() if lane.state == "asked"}
    if state.graph is not None and state.requester is not None:
        for authority, lane in state.lanes.items():
            for role in _waited_for(state.graph, lane):
                waited.add(state.requester if role is Role.OPENER else authority)
    return frozenset(waited)


def allowed_moves(state: ThreadState, who: AuthorityId, lane: AuthorityId | None = None) -> tuple[str, ...]:
    """The kinds that `who` may send now, in any lane or in `lane` alone: the thread's moves first, then `note` and the
    recall region. Empty for an authority that is no party.
    """
    if state.graph is None or who not in state.parties:
        return ()
    role = Role.OPENER if who == state.requester else Role.ADDRESSEE
    lanes = [state.lanes[each] for each in state.lanes if lane in (None, each) and (role is Role.OPENER or each == who)]
    moves = _moves(state.graph, lanes, role)
    recall = (RECALL,) if state.recallable.get(who) else ()
    held = [recall.holders[who] for recall in state.recalls.values() if who in recall.holders]
    return (*moves, NOTE, *recall, *_moves(RECALL_GRAPH, held, Role.ADDRESSEE))


def require_move(state: ThreadState, who: AuthorityId, kind: str) -> None:
    """Refuse, before it is signed, a move that would not apply. Raises `MoveNotAllowed`."""
    if kind not in allowed_moves(state, who):
        raise MoveNotAllowed(authority=who, kind=kind)


def standing(state: ThreadState, who: AuthorityId) -> tuple[Digest, ...]:
    """The moves that the lanes of `who` stand on, those in conflict included: an acceptance names one of them, and of
    these only a proposal of the other side is taken.
    """
    lanes = [state.lanes[each] for each in state.lanes if who in (state.requester, each)]
    found = (each for lane in lanes for each in (*lane.by, *(lane.conflict.moves if lane.conflict else ())))
    return tuple(dict.fromkeys(found))


def stoppages(lane: Lane, graph: Graph) -> tuple[tuple[datetime, datetime | None], ...]:
    """When the lane's clock stood still, in order; the last is open-ended while it still does."""
    found: list[tuple[datetime, datetime | None]] = []
    for step in lane.steps:
        stopped = bool(found) and found[-1][1] is None
        if graph.state(step.state).clock_stops and not stopped:
            found.append((step.at, None))
        elif stopped and not graph.state(step.state).clock_stops:
            found[-1] = (found[-1][0], max(step.at, found[-1][0]))
    return tuple(found)


def _waited_for(graph: Graph, lane: Lane) -> Iterable[Role]:
    if lane.conflict:
        return [role for role in Role if _moves(graph, [lane], role)]
    return graph.state(lane.state).waited_for


def _moves(graph: Graph, lanes: Iterable[Lane], role: Role) -> tuple[str, ...]:
    """The kinds allowed to `role` in any of `lanes`, without repetition."""
    found = {kind for lane in lanes for source in lane.sources for kind in graph.moves(source, role)}
    return tuple(kind for kind in (*MOVES, *RECALL_ANSWERS) if kind in found)
