# SPDX-License-Identifier: Apache-2.0
"""A state graph as data: its states, whose move each is, and which message leads from which to which.

    received ──accepted, by the addressee──► accepted

A graph is checked when it is made, so a faulty one stops the import. It promises, in this order:
names are unique and every transition joins two of them by a kind that exists; a kind (with its `complete` mark) has one
target only for each side, so that a move made out of a conflict is never ambiguous; every state can be reached; every
state but the final ones leads on to a final one; whoever a state waits for has a move there; a proposal is accepted by
the side that did not make it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from comity.protocol.thread.errors import GraphFaulty


class Role(StrEnum):
    """Who somebody is in a thread: the authority that opened it, or one of those it was addressed to."""

    OPENER = "opener"
    ADDRESSEE = "addressee"


NOTE = "note"
RECALL = "recall"
RECALL_ANSWERS = ("recall-sealed", "recall-destroyed", "recall-refused")
MOVES = (
    *("acknowledged", "clarification", "clarified"),
    *("accepted", "accepted-in-part", "accepted-with-conditions", "conditions-accepted", "conditions-declined"),
    *("postponed", "refused", "impossible", "preserved", "produced", "confirmed"),
    *("criteria-stated", "allocation-proposed", "allocation-agreed", "allocation-carried-out", "not-agreed"),
    *("dispute-answered", "dispute-consultation", "dispute-conciliation", "settlement-proposed", "settled", "referred"),
    *("withdrawn", "closed"),
)
PROPOSALS: Mapping[str, str] = {"allocation-agreed": "allocation-proposed", "settled": "settlement-proposed"}
"""What each accepting kind accepts. Its body names the proposal by digest, and the fold reads it."""
KINDS = frozenset((*MOVES, NOTE, RECALL, *RECALL_ANSWERS))
"""Every kind of message that may follow the first one of a thread."""


@dataclass(frozen=True, slots=True)
class State:
    """Where a lane of a thread stands. `waits_for` has the next move, or with `both` either side has it; the answering
    side's clock may stop.
    """

    name: str
    title: str
    waits_for: Role | None = None
    clock_stops: bool = False
    final: bool = False
    both: bool = False

    @property
    def waited_for(self) -> tuple[Role, ...]:
        """The sides that are waited for; none in a final state."""
        return tuple(Role) if self.both else (self.waits_for,) if self.waits_for else ()


@dataclass(frozen=True, slots=True)
class Transition:
    """`kind`, sent by `role`, leads from `source` to `target`.

    `complete` is the message's own mark that nothing more will follow; None where the mark is not read.
    `usual` transitions are the ones drawn; the others are in the table beside the drawing.
    """

    source: str
    kind: str
    role: Role
    target: str
    complete: bool | None = None
    usual: bool = False


@dataclass(frozen=True, slots=True)
class Graph:
    """States and transitions, consistent or `GraphFaulty`. The first state is where a thread begins."""

    name: str
    title: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    _states: Mapping[str, State] = field(init=False, repr=False, compare=False)
    _targets: Mapping[tuple[str, str, Role, bool | None], str] = field(init=False, repr=False, compare=False)
    _parted: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        states = {state.name: state for state in self.states}
        targets = {(each.source, each.kind, each.role, each.complete): each.target for each in self.transitions}
        object.__setattr__(self, "_states", states)
        object.__setattr__(self, "_targets", targets)
        object.__setattr__(self, "_parted", frozenset(t.kind for t in self.transitions if t.complete is not None))
        for why in _faults(self):
            raise GraphFaulty(graph=self.name, why=why)

    @property
    def initial(self) -> State:
        """Where a lane stands when its thread is opened."""
        return self.states[0]

    def state(self, name: str) -> State:
        """The state of this name; KeyError when the graph has none."""
        return self._states[name]

    def reads_complete(self, kind: str) -> bool:
        """Whether the target of this kind depends on the message's mark `complete`."""
        return kind in self._parted

    def roles(self, kind: str) -> frozenset[Role]:
        """Who may ever send this kind here; empty when the graph does not know it."""
        return frozenset(each.role for each in self.transitions if each.kind == kind)

    def target(self, source: str, kind: str, role: Role, *, complete: bool = True) -> str | None:
        """Where the move leads from `source`, or None when the graph does not allow it."""
        return self._targets.get((source, kind, role, complete if kind in self._parted else None))

    def moves(self, source: str, role: Role) -> tuple[str, ...]:
        """The kinds that `role` may send from `source`, in the order of `MOVES` and then the recall's answers."""
        found = {each.kind for each in self.transitions if (each.source, each.role) == (source, role)}
        return tuple(kind for kind in (*MOVES, *RECALL_ANSWERS) if kind in found)

    def next_states(self, source: str) -> frozenset[str]:
        """The states that one move of anybody can lead to."""
        return frozenset(each.target for each in self.transitions if each.source == source)


def _faults(graph: Graph) -> Iterator[str]:
    """What is wrong with the graph, the gravest first."""
    yield from _faulty_names(graph)
    yield from _faulty_targets(graph)
    yield from _faulty_ways(graph)
    yield from _faulty_agreements(graph)


def _faulty_names(graph: Graph) -> Iterator[str]:
    names = [state.name for state in graph.states]
    if not names or len(set(names)) != len(names):
        yield "it has no state, or two of one name"
    for each in graph.transitions:
        if each.source not in names or each.target not in names:
            yield f"{each.kind} joins {each.source} and {each.target}, which are not both states"
        if each.kind not in MOVES and each.kind not in RECALL_ANSWERS:
            yield f"{each.kind} is not a kind of message"


def _faulty_targets(graph: Graph) -> Iterator[str]:
    meant: dict[tuple[str, Role, bool | None], str] = {}
    marks: dict[tuple[str, str, Role], set[bool | None]] = {}
    for each in graph.transitions:
        if meant.setdefault((each.kind, each.role, each.complete), each.target) != each.target:
            yield f"{each.kind} has two targets"
        marks.setdefault((each.source, each.kind, each.role), set()).add(each.complete)
    for (source, kind, _), seen in marks.items():
        if seen != ({True, False} if graph.reads_complete(kind) else {None}):
            yield f"{kind} from {source} does not say where both parts and the last one lead"
    if sum(len(seen) for seen in marks.values()) != len(graph.transitions):
        yield "a transition is given twice"


def _faulty_ways(graph: Graph) -> Iterator[str]:
    onward = _reached({graph.states[0].name}, ((t.source, t.target) for t in graph.transitions))
    final = {state.name for state in graph.states if state.final}
    ending = _reached(final, ((t.target, t.source) for t in graph.transitions))
    for state in graph.states:
        leaves = any(t.source == state.name for t in graph.transitions)
        if state.name not in onward:
            yield f"{state.name} cannot be reached"
        if state.name not in ending:
            yield f"{state.name} never ends"
        if state.final and (leaves or state.waits_for):
            yield f"{state.name} is final and yet goes on"
        if not state.final and not (state.waits_for and all(graph.moves(state.name, r) for r in state.waited_for)):
            yield f"{state.name} waits for somebody who has no move"


def _faulty_agreements(graph: Graph) -> Iterator[str]:
    """A state from which a proposal is accepted is reached only by that proposal, made by the other side."""
    for each in graph.transitions:
        if each.kind in PROPOSALS:
            wanted = (PROPOSALS[each.kind], {*Role} - {each.role})
            for way in graph.transitions:
                if way.target == each.source and not (way.kind == wanted[0] and way.role in wanted[1]):
                    yield f"{each.kind} from {each.source} accepts what the other side did not propose"


def _reached(begin: set[str], steps: Iterable[tuple[str, str]]) -> set[str]:
    """All that can be reached from `begin` by `steps`."""
    pairs, reached, grew = list(steps), set(begin), True
    while grew:
        more = {target for source, target in pairs if source in reached} - reached
        reached |= more
        grew = bool(more)
    return reached
