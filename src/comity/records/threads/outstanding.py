# SPDX-License-Identifier: Apache-2.0
"""What is still due in a thread, by when, and whose duty it is.

The due times that a request names are its addressees' to keep. One counts while what it is due for is outstanding: an
acknowledgement until anything was said, a decision until there is one, an answer until it is there or will never be.
In a consultation on jurisdiction and in a dispute those of the first message count until the other side answered; the
last move may name times of its own, which count while the thread stands on it. What an instrument sets stands still
while a clarification is awaited, and comes later by as long; a day that the author set is that day. Once nothing of
that is outstanding, what was preserved ends at a time of its own: until then whoever asked must have asked for the
data, or for more time.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from comity.protocol.thread.graph import Graph
from comity.protocol.thread.moves import stoppages, whose_move
from comity.protocol.thread.state import Lane, ThreadState
from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.names import AuthorityId, Digest, parse_time
from comity.protocol.wire.statement import Statement

PRESERVED_UNTIL = "Preserved until"
"""What is due when a preservation ends; the title of the member that says it."""

_UNDECIDED = frozenset({"received", "clarification", "clarified", "postponed"})
_ACKNOWLEDGE = ("Acknowledge",)
_DECIDE = ("Decide", "Raise a refusal ground")
_ENDED = frozenset({"produced", "confirmed", "preserved", "refused", "impossible", "withdrawn", "closed"})
_HANDSHAKE = "handshake"
_STEPPED = frozenset({"consultation", "dispute"})
"""The graphs whose moves name times of their own."""

Read = Callable[[Digest], Statement | None]


@dataclass(frozen=True, slots=True)
class Duty:
    """Something due: when, what, and whether it is ours to do."""

    at: datetime
    what: str
    ours: bool


def next_duty(me: AuthorityId, root: Statement, state: ThreadState, read: Read) -> Duty | None:
    """The soonest time that still counts; `read` gives a statement of the thread. A preservation's end comes after
    everything else."""
    lanes = _lanes(me, state)
    if state.graph is None or not lanes:
        return None
    graph = state.graph
    still = {who: _stood_still(lane, graph) for who, lane in lanes.items()}
    found = [
        (_later(at, still[who]) if counted else at, what)
        for at, what, counted in due_times(root)
        for who, lane in lanes.items()
        if any(_waits(graph, source, what) for source in lane.sources)
    ]
    if found:
        at, what = min(found)
        return Duty(at, what, ours=me in state.lanes)
    steps = [each for lane in lanes.values() for each in _step_times(state.graph, lane, read)]
    if steps:
        at, what = min(steps)
        return Duty(at, what, ours=me in whose_move(state))
    ends = preserved_until(lanes.values(), read)
    return Duty(ends, PRESERVED_UNTIL, ours=me == state.requester) if ends else None


def due_times(said: Statement) -> Iterator[tuple[datetime, str, bool]]:
    """The times that a message names, what for, and whether an instrument sets them; malformed ones are left out."""
    found = said.body.get("due")
    for each in found if isinstance(found, list) else []:
        if isinstance(each, Mapping):
            try:
                yield parse_time(each.get("at")), str(each.get("what", ""))[:200], bool(each.get("instrument"))
            except BadMember:
                continue


def preserved_until(lanes: Iterable[Lane], read: Read) -> datetime | None:
    """When the first of what is preserved, and was not handed over yet, ends."""
    ends = [at for lane in lanes if lane.state == "preserved" for each in lane.by if (at := _until(read(each)))]
    return min(ends, default=None)


def _step_times(graph: Graph, lane: Lane, read: Read) -> Iterator[tuple[datetime, str]]:
    """The times that the moves name on which the lane stands."""
    if graph.name in _STEPPED and not lane.conflict and lane.state != graph.initial.name:
        for each in lane.by:
            said = read(each)
            yield from ((at, what) for at, what, _ in (due_times(said) if said else ()))


def _lanes(me: AuthorityId, state: ThreadState) -> Mapping[AuthorityId, Lane]:
    """Our own part where we are asked; else everybody's."""
    return {me: state.lanes[me]} if me in state.lanes else state.lanes


def _later(at: datetime, by: timedelta) -> datetime:
    """A time that comes later; one that lies at the end of time stays there."""
    return at + by if by < _END - at else at


_END = datetime.max.replace(tzinfo=UTC)


def _stood_still(lane: Lane, graph: Graph) -> timedelta:
    """How long the lane's clock stood still, and runs again: by as much everything due in it comes later."""
    return sum((end - start for start, end in stoppages(lane, graph) if end is not None), timedelta())


def _waits(graph: Graph, state: str, what: str) -> bool:
    """Whether a lane in this state still owes what is due."""
    if state == graph.initial.name:
        return True
    if graph.name in _STEPPED:
        return state == "received" and not what.startswith(_ACKNOWLEDGE)
    if what.startswith(_ACKNOWLEDGE):
        return False
    if graph.name == _HANDSHAKE or what.startswith(_DECIDE):
        return state in _UNDECIDED
    return state not in _ENDED


def _until(said: Statement | None) -> datetime | None:
    try:
        return parse_time(said.body.get("until")) if said else None
    except BadMember:
        return None
