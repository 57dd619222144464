# SPDX-License-Identifier: Apache-2.0
"""The fold once more, slow and obvious: written from its definition with sets and recursion.

It shares no code with `comity.protocol.thread` but the graphs, which are data.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from comity.protocol.thread.graphs import RECALL, graph_of
from comity.protocol.wire.names import AuthorityId, Digest
from comity.protocol.wire.statement import Statement

Messages = frozenset[Digest]
RECALL_ANSWERS = {"recall-sealed", "recall-destroyed", "recall-refused"}
OTHER_KINDS = {"note", "recall"} | RECALL_ANSWERS
REQUEST_MOVES = {
    *("acknowledged", "clarification", "clarified", "accepted", "accepted-in-part", "accepted-with-conditions"),
    *("conditions-accepted", "conditions-declined", "postponed", "refused", "impossible", "preserved", "produced"),
    *("confirmed", "withdrawn", "closed", "criteria-stated", "allocation-proposed", "allocation-agreed"),
    *("allocation-carried-out", "not-agreed", "dispute-answered", "dispute-consultation", "dispute-conciliation"),
    *("settlement-proposed", "settled", "referred"),
}
ACCEPTANCES = {"allocation-agreed", "settled"}


@dataclass(frozen=True)
class LaneKey:
    """A lane: the message that opened it, and whose it is."""

    opened_by: Digest
    owner: AuthorityId


@dataclass(frozen=True)
class Stand:
    """`base` are the moves that the state stands on; a proposal among them or in conflict can be accepted."""

    state: str
    base: Messages
    conflict: Messages
    candidates: frozenset[str]
    beyond: Messages


class Reference:
    """All questions about one set of messages, each answered from the definition."""

    def __init__(self, messages: Mapping[Digest, Statement]) -> None:
        self.messages = dict(messages)
        self.ancestors = cache(self._ancestors)
        self.stand = cache(self._stand)
        self.allowed = cache(self._allowed)
        self.roots = [
            d
            for d, s in self.messages.items()
            if s.id == s.thread and not s.after and s.kind not in REQUEST_MOVES | OTHER_KINDS
        ]

    # what an author had seen

    def _ancestors(self, digest: Digest) -> Messages:
        found: set[Digest] = set()
        look = [digest]
        while look:
            for cause in self.messages[look.pop()].after:
                if cause in self.messages and cause not in found:
                    found.add(cause)
                    look.append(cause)
        return frozenset(found)

    def cyclic(self, digest: Digest) -> bool:
        return any(each in self.ancestors(each) for each in {digest} | self.ancestors(digest))

    def lacks(self, digest: Digest) -> set[Digest]:
        known = {digest} | self.ancestors(digest)
        return {cause for each in known for cause in self.messages[each].after if cause not in self.messages}

    # who may speak

    @property
    def root(self) -> Statement:
        return self.messages[self.roots[0]]

    def heard(self, digest: Digest) -> bool:
        s = self.messages[digest]
        parties = {self.root.sender} | set(self.root.to)
        passes = digest == self.roots[0] or (
            s.id != s.thread and s.sender in parties and {s.sender} | set(s.to) == parties
        )
        return passes and not self.cyclic(digest) and not self.lacks(digest)

    def doubled(self, digest: Digest, closed: Messages) -> bool:
        s = self.messages[digest]
        return any(
            other != digest
            and (self.messages[other].sender, self.messages[other].id) == (s.sender, s.id)
            and self.heard(other)
            for other in closed
        )

    # where a lane stands

    def graph(self, lane: LaneKey) -> Any:
        return graph_of(self.root.kind) if lane.opened_by == self.roots[0] else RECALL

    def target(self, lane: LaneKey, digest: Digest, sources: Collection[str]) -> str | None:
        """Where the graph leads from any of `sources`; a set that would lead to two places is a fault of the graph."""
        s = self.messages[digest]
        role = "opener" if s.sender == self.messages[lane.opened_by].sender else "addressee"
        complete = s.body.get("complete", True)
        found = {
            t.target
            for t in self.graph(lane).transitions
            if t.source in sources and t.kind == s.kind and t.role == role and t.complete in (None, complete)
        }
        assert len(found) <= 1
        return found.pop() if found else None

    def concerns(self, lane: LaneKey, digest: Digest) -> bool:
        """Whether the message is meant for this lane at all."""
        s = self.messages[digest]
        if s.kind in RECALL_ANSWERS:
            return s.body.get("recall") == lane.opened_by and s.sender == lane.owner
        if s.kind not in REQUEST_MOVES or lane.opened_by != self.roots[0]:
            return False
        towards = s.body.get("towards") or self.root.to
        return s.sender == lane.owner or (s.sender == self.root.sender and lane.owner in towards)

    def _allowed(self, lane: LaneKey, digest: Digest) -> bool:
        if not self.heard(digest) or self.bad_body(digest) or not self.concerns(lane, digest):
            return False
        if lane.opened_by not in self.ancestors(digest):
            return False
        stand = self.stand(lane, self.ancestors(digest))
        if stand is None:
            return False
        sources = stand.candidates
        if self.messages[digest].kind in ACCEPTANCES:
            accepts = self.messages[digest].body["accepts"]
            if accepts not in stand.base | stand.conflict:
                return False
            sources = frozenset({self.target(lane, accepts, self.everywhere(lane)) or ""})
        return self.target(lane, digest, sources) is not None

    def everywhere(self, lane: LaneKey) -> set[str]:
        return {state.name for state in self.graph(lane).states}

    def counting(self, lane: LaneKey, closed: Messages) -> Messages:
        return frozenset(d for d in closed if self.allowed(lane, d) and not self.doubled(d, closed))

    def _stand(self, lane: LaneKey, closed: Messages) -> Stand | None:
        if lane.opened_by not in closed or self.doubled(lane.opened_by, closed):
            return None
        moves = self.counting(lane, closed)
        latest = {m for m in moves if not any(m in self.ancestors(other) for other in moves)}
        if not latest:
            initial = self.graph(lane).states[0].name
            return Stand(initial, frozenset(), frozenset(), frozenset([initial]), frozenset())
        targets = {str(self.target(lane, m, self.everywhere(lane))) for m in latest}
        accepted = {self.messages[m].body.get("accepts") if self.is_acceptance(m) else None for m in latest}
        if len(targets) == len(accepted) == 1:
            (state,) = targets
            return Stand(state, frozenset(latest), frozenset(), frozenset([state]), frozenset())
        common = frozenset.intersection(*(self.ancestors(m) for m in latest))
        before = self.stand(lane, common)
        assert before is not None
        return Stand(
            before.state,
            before.base,
            frozenset(latest),
            frozenset(targets | {before.state}),
            moves - self.counting(lane, common),
        )

    def is_acceptance(self, digest: Digest) -> bool:
        return self.messages[digest].kind in ACCEPTANCES

    # what became of each message

    def bad_body(self, digest: Digest) -> bool:
        s = self.messages[digest]
        body = s.body
        if s.kind == "recall":
            of = body.get("of")
            return not (isinstance(of, list) and of and all(_is_digest(each) for each in of))
        if s.kind in RECALL_ANSWERS:
            return not _is_digest(body.get("recall"))
        if s.sender == self.root.sender and s.kind in REQUEST_MOVES:
            towards = body.get("towards", [])
            if not isinstance(towards, list) or any(each not in list(self.root.to) for each in towards):
                return True
        if self.is_acceptance(digest) and not _is_digest(body.get("accepts")):
            return True
        graph = graph_of(self.root.kind)
        parted = any(t.kind == s.kind and t.complete is not None for t in graph.transitions)
        return parted and not isinstance(body.get("complete", True), bool)

    def recall_fault(self, digest: Digest) -> str | None:
        s = self.messages[digest]
        if not all(each in self.ancestors(digest) for each in s.body["of"]):
            return "not-allowed"
        if not all(self.messages[each].sender == s.sender for each in s.body["of"]):
            return "unauthorised"
        if any(self.messages[each].kind in {"recall"} | RECALL_ANSWERS for each in s.body["of"]):
            return "not-allowed"
        return None

    def is_recall(self, digest: Digest) -> bool:
        heard = self.heard(digest) and self.messages[digest].kind == "recall"
        return heard and not self.bad_body(digest) and self.recall_fault(digest) is None

    def lanes(self) -> list[LaneKey]:
        found = [LaneKey(self.roots[0], who) for who in self.root.to]
        for digest, s in self.messages.items():
            if self.is_recall(digest):
                found += [LaneKey(digest, who) for who in {self.root.sender, *self.root.to} - {s.sender}]
        return found

    def everything(self) -> Messages:
        return frozenset(d for d in self.messages if self.heard(d))

    def outcome(self, digest: Digest) -> str:
        s = self.messages[digest]
        if self.cyclic(digest):
            return "cyclic"
        if s.id == s.thread:
            if digest not in self.roots:
                return "not-allowed"
            return "applied" if len(self.roots) == 1 else "conflicting-root"
        if len(self.roots) != 1:
            return "conflicting-root" if self.roots and not self.lacks(digest) else "pending"
        parties = {self.root.sender, *self.root.to}
        if s.sender not in parties:
            return "unauthorised"
        if {s.sender, *s.to} != parties:
            return "wrong-audience"
        if self.lacks(digest):
            return "pending"
        if self.doubled(digest, self.everything()):
            return "same-id"
        return self.outcome_of_kind(digest)

    def outcome_of_kind(self, digest: Digest) -> str:
        s = self.messages[digest]
        if s.kind not in REQUEST_MOVES | OTHER_KINDS:
            return "unknown-kind"
        if s.kind == "note":
            return "note"
        if s.kind in REQUEST_MOVES:
            role = "opener" if s.sender == self.root.sender else "addressee"
            roles = {t.role for t in graph_of(self.root.kind).transitions if t.kind == s.kind}
            if role not in roles:
                return "unauthorised" if roles else "not-allowed"
        if self.bad_body(digest):
            return "bad-body"
        if s.kind == "recall":
            return self.recall_fault(digest) or "applied"
        if s.kind in RECALL_ANSWERS:
            recall = s.body["recall"]
            if recall not in self.ancestors(digest) or not self.is_recall(recall):
                return "not-allowed"
            if self.messages[recall].sender == s.sender:
                return "unauthorised"
        return self.outcome_of_move(digest)

    def outcome_of_move(self, digest: Digest) -> str:
        found = {self.outcome_in(lane, digest) for lane in self.lanes() if self.allowed(lane, digest)}
        for gravest in ("conflicting", "applied", "superseded"):
            if gravest in found:
                return gravest
        return "not-allowed"

    def outcome_in(self, lane: LaneKey, digest: Digest) -> str:
        whole = self.everything()
        for settling in self.counting(lane, whole):
            seen = self.stand(lane, self.ancestors(settling))
            if seen is not None and digest in seen.beyond:
                return "superseded"
        stand = self.stand(lane, whole)
        return "conflicting" if stand is not None and digest in stand.beyond else "applied"

    # the whole, in the shape that the tests compare

    def found(self) -> dict[str, Any]:
        outcomes = {digest: self.outcome(digest) for digest in self.messages}
        wanting = [digest for digest, outcome in outcomes.items() if outcome == "pending"]
        missing = {each for digest in wanting for each in self.lacks(digest)}
        result: dict[str, Any] = {"outcomes": outcomes, "missing": missing, "heads": set(), "lanes": {}, "recalls": {}}
        if len(self.roots) == 1:
            whole = self.everything()
            result["heads"] = {d for d in whole if not any(d in self.ancestors(other) for other in whole)}
            for lane in self.lanes():
                stand = self.stand(lane, whole)
                if stand is not None:
                    candidates = stand.candidates if stand.conflict else frozenset()
                    where = (stand.state, stand.conflict, candidates)
                    if lane.opened_by == self.roots[0]:
                        result["lanes"][lane.owner] = where
                    else:
                        result["recalls"].setdefault(lane.opened_by, {})[lane.owner] = where
        return result


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and value.startswith("sha256:") and len(value) == 71
