# SPDX-License-Identifier: Apache-2.0
"""What a fold finds: where each lane stands, what became of each message, and what is missing.

Two nodes that hold the same messages of a thread have equal states, and equal `digest()`s to compare by telephone or
by machine.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from comity.protocol.thread.graph import Graph
from comity.protocol.wire import canonical
from comity.protocol.wire.names import AuthorityId, Digest, MessageId, digest_of, format_time

_LARGEST = 64 << 20


class Outcome(StrEnum):
    """What became of a message. Every message is kept and shown, whatever its outcome."""

    APPLIED = "applied"
    NOTE = "note"
    CONFLICTING = "conflicting"
    SUPERSEDED = "superseded"
    PENDING = "pending"
    NOT_ALLOWED = "not-allowed"
    UNAUTHORISED = "unauthorised"
    WRONG_AUDIENCE = "wrong-audience"
    BAD_BODY = "bad-body"
    UNKNOWN_KIND = "unknown-kind"
    SAME_ID = "same-id"
    CONFLICTING_ROOT = "conflicting-root"
    CYCLIC = "cyclic"


class Condition(StrEnum):
    """Whether the thread has the one first message that everything else is judged by."""

    ROOTED = "rooted"
    NO_ROOT = "no-root"
    CONFLICTING_ROOT = "conflicting-root"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Moves that did not know of each other and lead to different states. `candidates` are the states a settling move
    may start from: the one before the fork and each branch's target.
    """

    moves: tuple[Digest, ...]
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One message that moved a lane: the message, the state it led to, and when its author says it was sent."""

    message: Digest
    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Lane:
    """Where one authority's part stands. `since` is the sending time of the move that led there, `by` the move (or the
    moves that agree); `steps` are all that applied, in order, the opening first.
    """

    state: str
    since: datetime
    by: tuple[Digest, ...]
    conflict: Conflict | None
    clock_stopped: bool
    steps: tuple[Step, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The states that the next move may start from: one, or a conflict's candidates."""
        return self.conflict.candidates if self.conflict else (self.state,)


@dataclass(frozen=True, slots=True)
class Recall:
    """A recall by `author` of its messages `of`, with every other party's answer as a lane of the recall graph."""

    message: Digest
    author: AuthorityId
    of: tuple[Digest, ...]
    holders: Mapping[AuthorityId, Lane]

    @property
    def still_holding(self) -> tuple[AuthorityId, ...]:
        """Those who have neither sealed nor destroyed what was recalled."""
        return tuple(who for who, lane in self.holders.items() if lane.state in ("asked", "refused"))


@dataclass(frozen=True, slots=True)
class ThreadState:
    """A thread as its messages tell it.

    Without its first message (`condition`), `kind`, `graph` and `requester` are None and there is no lane. `requester`
    is the opener, whatever the graph. `order` lists the messages causes first; `heads` is what the next message names
    in `after`; `missing` are the digests to ask the other parties for; `recallable` what each party may recall;
    `read_by` whose part stands on letters, and who read them.
    """

    thread: MessageId
    condition: Condition
    roots: tuple[Digest, ...]
    kind: str | None
    graph: Graph | None
    requester: AuthorityId | None
    lanes: Mapping[AuthorityId, Lane]
    outcomes: Mapping[Digest, Outcome]
    order: tuple[Digest, ...]
    missing: tuple[Digest, ...]
    heads: tuple[Digest, ...]
    recalls: Mapping[Digest, Recall]
    recallable: Mapping[AuthorityId, tuple[Digest, ...]]
    read_by: Mapping[AuthorityId, AuthorityId] = field(default_factory=dict)

    @property
    def root(self) -> Digest | None:
        """The first message, when there is exactly one."""
        return self.roots[0] if self.condition is Condition.ROOTED else None

    @property
    def parties(self) -> frozenset[AuthorityId]:
        """The opener and everybody it addressed; nobody without a first message."""
        return frozenset((self.requester, *self.lanes)) if self.requester else frozenset()

    def as_json(self) -> dict[str, object]:
        """The whole state as plain values."""
        return {
            "thread": self.thread,
            "condition": self.condition.value,
            "roots": list(self.roots),
            "kind": self.kind,
            "graph": self.graph.name if self.graph else None,
            "requester": self.requester,
            "lanes": {who: _lane_json(lane) for who, lane in self.lanes.items()},
            "outcomes": {each: outcome.value for each, outcome in self.outcomes.items()},
            "order": list(self.order),
            "missing": list(self.missing),
            "heads": list(self.heads),
            "recalls": {each: _recall_json(recall) for each, recall in self.recalls.items()},
            **({"read_by": dict(self.read_by)} if self.read_by else {}),
        }

    def digest(self) -> Digest:
        """The SHA-256 of the canonical state: equal on nodes that hold the same messages."""
        return digest_of(canonical.encode(self.as_json(), limit=_LARGEST))


def _lane_json(lane: Lane) -> dict[str, object]:
    conflict = lane.conflict
    return {
        "state": lane.state,
        "since": format_time(lane.since),
        "by": list(lane.by),
        "conflict": {"moves": list(conflict.moves), "candidates": list(conflict.candidates)} if conflict else None,
        "clock_stopped": lane.clock_stopped,
        "steps": [{"message": each.message, "state": each.state, "at": format_time(each.at)} for each in lane.steps],
    }


def _recall_json(recall: Recall) -> dict[str, object]:
    holders = {who: _lane_json(lane) for who, lane in recall.holders.items()}
    return {"author": recall.author, "of": list(recall.of), "holders": holders}
