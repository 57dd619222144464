# SPDX-License-Identifier: Apache-2.0
"""One lane being folded: where it stands after any set of messages that holds its own causes.

A lane is opened by one message (the thread's first, or a recall) and walks one graph. Where it stands after a set:

1. the moves that count are those allowed when they were made, less those whose author sent two under one id;
2. the latest of them, those that no other follows, decide: one, or several with the same target, lead to that target;
3. several with different targets are a conflict: the lane shows the state before the fork, and a later move counts if
   it is allowed from there or from any branch's target. Making it settles the conflict;
4. an acceptance counts only from the proposal that it names, which must be one of those the lane stands on; two that
   accept different proposals are a conflict like any other, so that nobody is bound to what nobody accepted.

Whether a move was allowed depends on what its author had seen and on nothing else, so later messages never change it.
"""

from dataclasses import dataclass

from comity.protocol.thread.graph import Graph, Role
from comity.protocol.thread.history import History, bits


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a lane stands. `tips` led there; in a conflict, `forks` are its moves and `beyond` all after the fork."""

    state: str
    tips: tuple[int, ...]
    sources: frozenset[str]
    forks: tuple[int, ...] = ()
    beyond: int = 0


class Folding:
    """The moves of one lane, judged in causal order; standings are kept, as most messages leave a lane where it was."""

    def __init__(self, graph: Graph, opened_by: int, history: History, doubles: tuple[int, ...]) -> None:
        self.graph = graph
        self.opened_by = opened_by
        self._past = history.past
        self._doubles = doubles
        self._allowed = 0
        self._targets: dict[int, str] = {}
        self._settles: dict[int, int] = {}
        self._accepts: dict[int, int] = {}
        initial = graph.initial.name
        self._targets[opened_by] = initial
        self._known = {0: Standing(initial, (opened_by,), frozenset((initial,)))}

    def standing(self, closed: int) -> Standing | None:
        """Where the lane stands after the messages in `closed`; None when they do not open it."""
        if not closed & ~self._doubled(closed) & 1 << self.opened_by:
            return None
        forks: list[tuple[int, tuple[int, ...], int]] = []
        counted = self._counted(closed)
        while counted not in self._known:
            tips = self._latest(counted)
            if len({(self._targets[each], self._accepts.get(each)) for each in tips}) == 1:
                target = self._targets[tips[0]]
                self._known[counted] = Standing(target, tips, frozenset((target,)))
            else:
                before = self._counted(self._common_past(tips))
                forks.append((counted, tips, counted & ~before))
                counted = before
        found = self._known[counted]
        for counted, tips, beyond in reversed(forks):
            sources = frozenset((found.state, *(self._targets[each] for each in tips)))
            found = self._known[counted] = Standing(found.state, found.tips, sources, tips, beyond)
        return found

    def judge(self, place: int, kind: str, role: Role, *, complete: bool, accepts: int | None = None) -> bool:
        """Whether the graph allows the move after what its author had seen; if so, it counts from now on. `accepts` is
        the place of the proposal that it accepts.
        """
        standing = self.standing(self._past[place])
        if standing is None:
            return False
        sources = standing.sources
        if accepts is not None:
            stands = accepts in standing.tips or accepts in standing.forks
            sources = frozenset((self._targets[accepts],)) if stands else frozenset()
            self._accepts[place] = accepts
        targets = {self.graph.target(source, kind, role, complete=complete) for source in sources} - {None}
        for target in targets:
            self._targets[place] = str(target)
            self._allowed |= 1 << place
            self._settles[place] = standing.beyond
        return bool(targets)

    def outcomes(self, closed: int) -> tuple[int, int, int]:
        """The moves in `closed` as three sets: applied, in conflict, superseded by one that settled it."""
        standing, counted, superseded = self.standing(closed), self._counted(closed), 0
        for place in bits(counted):
            superseded |= self._settles[place]
        superseded &= counted
        conflicting = (standing.beyond if standing else 0) & ~superseded
        return counted & ~conflicting & ~superseded, conflicting, superseded

    def target(self, place: int) -> str:
        """Where the counted move, or the opening itself, leads."""
        return self._targets[place]

    def _counted(self, closed: int) -> int:
        return closed & self._allowed & ~self._doubled(closed)

    def _doubled(self, closed: int) -> int:
        """The messages in `closed` whose author sent another one in it under the same id."""
        found = 0
        for group in self._doubles:
            members = closed & group
            if members & (members - 1):
                found |= members
        return found

    def _latest(self, counted: int) -> tuple[int, ...]:
        """The counted moves that no other counted one follows, in order."""
        latest = []
        while counted:
            place = counted.bit_length() - 1
            counted &= ~(1 << place | self._past[place])
            latest.append(place)
        return tuple(reversed(latest))

    def _common_past(self, tips: tuple[int, ...]) -> int:
        common = self._past[tips[0]]
        for each in tips[1:]:
            common &= self._past[each]
        return common
