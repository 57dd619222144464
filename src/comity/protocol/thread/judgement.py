# SPDX-License-Identifier: Apache-2.0
"""Judging a thread that has its first message: each message in causal order, then what all of them make together.

See `fold` for the order of the outcomes; this module is lines 2 to 8 of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from comity.protocol.thread import bodies
from comity.protocol.thread.errors import BadBody
from comity.protocol.thread.graph import KINDS, NOTE, PROPOSALS, RECALL, RECALL_ANSWERS, Graph, Role
from comity.protocol.thread.graphs import RECALL as RECALL_GRAPH
from comity.protocol.thread.graphs import graph_of
from comity.protocol.thread.history import History, bits
from comity.protocol.thread.lanes import Folding
from comity.protocol.thread.state import Outcome
from comity.protocol.wire.names import AuthorityId, Digest, MessageId
from comity.protocol.wire.statement import Statement


@dataclass(frozen=True, slots=True)
class RecallFolding:
    """A recall and a lane for each holder."""

    of: tuple[Digest, ...]
    holders: dict[AuthorityId, Folding]


class Judgement:
    """One pass over the history. Made, it is done: `outcomes` by place, `lanes` and `recalls` folded.

    `heard` has the bits of the messages that a party sent to all the others and whose causes are all known.
    """

    def __init__(self, history: History, root: int) -> None:
        opening = history.statements[root]
        self.history = history
        self.root = root
        self.requester = opening.sender
        self.parties = frozenset((opening.sender, *opening.to))
        self.graph = graph_of(opening.kind)
        self._signers = frozenset(each.sender for each in history.statements if not each.entered)
        self.outcomes = [self._at_the_door(place) for place in range(len(history.digests))]
        self.heard = mask(self.outcomes, Outcome.APPLIED)
        self._doubles = tuple(self._same_ids())
        self.lanes = {who: self._folding(self.graph, root) for who in sorted(opening.to)}
        self.recalls: dict[int, RecallFolding] = {}
        self._judge_all()
        self._settle()

    def _at_the_door(self, place: int) -> Outcome:
        """The outcomes that need no state; `applied` for what passes."""
        statement = self.history.statements[place]
        if statement.opens:
            opens = place == self.root
            return Outcome.APPLIED if opens else Outcome.UNAUTHORISED if statement.entered else Outcome.NOT_ALLOWED
        if statement.sender not in self.parties or self._replaced(statement):
            return Outcome.UNAUTHORISED
        if {statement.sender, *statement.to} != self.parties:
            return Outcome.WRONG_AUDIENCE
        return Outcome.APPLIED if self.history.complete >> place & 1 else Outcome.PENDING

    def _replaced(self, statement: Statement) -> bool:
        """Whether somebody's reading of a letter stands in for the word of one who signs here."""
        return statement.entered is not None and statement.sender in self._signers

    @property
    def read_by(self) -> dict[AuthorityId, AuthorityId]:
        """Whose messages here count as somebody read them in letters, and who read them."""
        heard = (self.history.statements[place] for place in bits(self.heard))
        return {each.sender: each.signer for each in heard if each.entered}

    def _same_ids(self) -> Iterator[int]:
        """The groups of different statements by one author under one id."""
        groups: dict[tuple[AuthorityId, MessageId], int] = {}
        for place in bits(self.heard):
            statement = self.history.statements[place]
            key = (statement.sender, statement.id)
            groups[key] = groups.get(key, 0) | 1 << place
        return (group for group in groups.values() if group & (group - 1))

    def _folding(self, graph: Graph, opened_by: int) -> Folding:
        return Folding(graph, opened_by, self.history, self._doubles)

    def _judge_all(self) -> None:
        for place in range(len(self.outcomes)):
            if self.heard >> place & 1 and place != self.root:
                self.outcomes[place] = self._judge(place)
        for group in self._doubles:
            for place in bits(group):
                self.outcomes[place] = Outcome.SAME_ID

    def _judge(self, place: int) -> Outcome:
        """Lines 6 and 7, after what the author had seen; `applied` when some lane allows it."""
        statement = self.history.statements[place]
        if statement.kind not in KINDS:
            return Outcome.UNKNOWN_KIND
        if statement.kind == NOTE:
            return Outcome.NOTE
        try:
            if statement.kind == RECALL:
                return self._judge_recall(place, bodies.recalled(statement.body))
            if statement.kind in RECALL_ANSWERS:
                return self._judge_answer(place, bodies.answered_recall(statement.body))
            return self._judge_move(place, statement)
        except BadBody:
            return Outcome.BAD_BODY

    def _judge_move(self, place: int, statement: Statement) -> Outcome:
        """An addressee moves its own lane; the opener moves the lanes it names, or all that allow it."""
        opens = statement.sender == self.requester
        role = Role.OPENER if opens else Role.ADDRESSEE
        roles = self.graph.roles(statement.kind)
        if role not in roles:
            return Outcome.UNAUTHORISED if roles else Outcome.NOT_ALLOWED
        lanes = bodies.lanes_named(statement.body, self.lanes.keys()) if opens else (statement.sender,)
        complete = bodies.is_complete(statement.body) if self.graph.reads_complete(statement.kind) else True
        accepts = self._accepted(place, statement)
        return _allowed(
            [self.lanes[who].judge(place, statement.kind, role, complete=complete, accepts=accepts) for who in lanes]
        )

    def _accepted(self, place: int, statement: Statement) -> int | None:
        """The place of the proposal that a move accepts (its own when nobody knows the proposal); None when it is no
        acceptance.
        """
        if statement.kind not in PROPOSALS:
            return None
        return self.history.places.get(bodies.accepted(statement.body), place)

    def _judge_recall(self, place: int, of: tuple[Digest, ...]) -> Outcome:
        """A recall names messages of its own author, and that author had sent them before; every other party holds
        them.
        """
        history, author = self.history, self.history.statements[place].sender
        places = [history.places.get(each, place) for each in of]
        if not all(history.past[place] >> each & 1 for each in places):
            return Outcome.NOT_ALLOWED
        if any(history.statements[each].sender != author for each in places):
            return Outcome.UNAUTHORISED
        if not all(can_be_recalled(history.statements[each]) for each in places):
            return Outcome.NOT_ALLOWED
        holders = {who: self._folding(RECALL_GRAPH, place) for who in sorted(self.parties - {author})}
        self.recalls[place] = RecallFolding(of, holders)
        return Outcome.APPLIED

    def _judge_answer(self, place: int, recall: Digest) -> Outcome:
        """A holder answers a recall that it had seen."""
        statement = self.history.statements[place]
        at = self.history.places.get(recall, place)
        found = self.recalls.get(at)
        if found is None or not self.history.past[place] >> at & 1:
            return Outcome.NOT_ALLOWED
        if statement.sender not in found.holders:
            return Outcome.UNAUTHORISED
        holder = found.holders[statement.sender]
        return _allowed([holder.judge(place, statement.kind, Role.ADDRESSEE, complete=True)])

    def _settle(self) -> None:
        """Line 8. In several lanes the gravest counts: in conflict in one, else applied in one, else superseded."""
        found = [each.outcomes(self.heard) for each in self._foldings()]
        for moves, outcome in (
            (_union(superseded for _, _, superseded in found), Outcome.SUPERSEDED),
            (_union(applied for applied, _, _ in found), Outcome.APPLIED),
            (_union(conflicting for _, conflicting, _ in found), Outcome.CONFLICTING),
        ):
            for place in bits(moves):
                self.outcomes[place] = outcome

    def _foldings(self) -> Iterator[Folding]:
        yield from self.lanes.values()
        for recall in self.recalls.values():
            yield from recall.holders.values()


def can_be_recalled(statement: Statement) -> bool:
    """Whether a message carries something to call back: any but the recall region's own."""
    return statement.kind != RECALL and statement.kind not in RECALL_ANSWERS


def mask(outcomes: Iterable[Outcome], wanted: Outcome) -> int:
    """The places with the wanted outcome, as a set of bits."""
    return _union(1 << place for place, outcome in enumerate(outcomes) if outcome is wanted)


def _allowed(lanes: list[bool]) -> Outcome:
    return Outcome.APPLIED if any(lanes) else Outcome.NOT_ALLOWED


def _union(sets: Iterable[int]) -> int:
    union = 0
    for each in sets:
        union |= each
    return union
