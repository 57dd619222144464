# SPDX-License-Identifier: Apache-2.0
"""Where a thread stands, for its page: the lanes, whose move it is, which moves we have, and who still holds what was
recalled.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from django.utils.safestring import SafeString, mark_safe

from comity.cooperation.answering.actions import ANSWERS
from comity.cooperation.assessment.actions import DECISIONS
from comity.cooperation.closing.actions import RECALL_ANSWERS
from comity.interfaces.web import words
from comity.interfaces.web.door import Visit
from comity.interfaces.web.times import Moment, moment
from comity.protocol.terms import bodies, kinds
from comity.protocol.terms.errors import BodyInvalid
from comity.protocol.thread import drawing
from comity.protocol.thread.graph import Role
from comity.protocol.thread.graphs import RECALL
from comity.protocol.thread.moves import allowed_moves, whose_move
from comity.protocol.thread.state import Lane, ThreadState
from comity.protocol.wire.names import AuthorityId
from comity.records.actors import Permission
from comity.records.threads import store
from comity.records.threads.models import Thread

_GRAVE = frozenset(
    {"refused", "impossible", "withdrawn", "recall", "recall-refused", "closed", "not-agreed", "referred"}
)
_RARE = frozenset({"note", "recall", "withdrawn", "impossible", "postponed"})
_FIRST = (
    *("accepted", "preserved", "produced", "clarified", "conditions-accepted", "confirmed"),
    *("allocation-agreed", "settled", "criteria-stated", "dispute-answered", "allocation-carried-out"),
    *("allocation-proposed", "settlement-proposed"),
)


@dataclass(frozen=True, slots=True)
class LaneShown:
    """One addressee's part of the thread."""

    authority: str
    state: str
    since: Moment
    torn: bool
    stopped: bool
    picture: SafeString


@dataclass(frozen=True, slots=True)
class Move:
    """A move we may make. `at_once` needs no words, so one button makes it; a `rare` one is folded away."""

    kind: str
    at_once: bool
    approvals: int
    weight: Literal["first", "plain", "grave"]
    rare: bool = False


@dataclass(frozen=True, slots=True)
class HeldShown:
    """What one holder did about a recall."""

    authority: str
    state: str
    holding: bool


@dataclass(frozen=True, slots=True)
class RecallShown:
    """A recall, and who still holds what."""

    digest: str
    author: str
    of: tuple[str, ...]
    holders: list[HeldShown]
    ours_to_answer: tuple[str, ...]


def lanes(visit: Visit, state: ThreadState, direction: Literal["ltr", "rtl"]) -> list[LaneShown]:
    """Every lane, with its picture."""
    graph = state.graph
    if graph is None:
        return []
    return [
        LaneShown(
            authority=who,
            state="conflict" if lane.conflict else lane.state,
            since=moment(lane.since, visit.zone),
            torn=lane.conflict is not None,
            stopped=lane.clock_stopped,
            picture=mark_safe(  # noqa: S308  our own drawing, which escapes its texts
                drawing.svg(graph, lane.state, lane.conflict, words.said, direction, name=f"lane-{place}")
            ),
        )
        for place, (who, lane) in enumerate(state.lanes.items())
    ]


def waited_for(state: ThreadState) -> list[str]:
    """Whose move it is, in order."""
    return sorted(whose_move(state))


def moves(visit: Visit, state: ThreadState) -> list[Move]:
    """The moves that the thread allows us and this officer may make; the usual ones first."""
    found = [kind for kind in allowed_moves(state, visit.home.authority) if kind not in RECALL_ANSWERS]
    ranked = sorted((_move(kind) for kind in found if permitted(visit, kind)), key=_rank)
    usual = [each for each in ranked if each.kind not in _RARE]
    kept = {each.kind for each in (*usual[:4], *(each for each in usual if each.kind == "refused"))}
    return [replace(each, rare=each.kind not in kept) for each in ranked]


def by_letter(visit: Visit, row: Thread, state: ThreadState) -> list[str]:
    """The moves that a letter of the other side may make, where the thread goes by letter and this officer may enter
    them."""
    if not visit.may(Permission.DRAFT) or not store.by_letter(state.thread):
        return []
    return list(allowed_moves(state, AuthorityId(row.counterpart)))


def permitted(visit: Visit, kind: str) -> bool:
    """Whether the officer's roles let them make this move."""
    if not visit.may(Permission.DRAFT):
        return False
    if kind in DECISIONS:
        return visit.may(Permission.ASSESS)
    return kind not in ANSWERS or visit.may(Permission.EXECUTE) or visit.may(Permission.ASSESS)


def recalls(visit: Visit, state: ThreadState) -> list[RecallShown]:
    """Every recall of the thread."""
    me = visit.home.authority
    return [
        RecallShown(
            digest=recall.message,
            author=recall.author,
            of=recall.of,
            holders=[
                HeldShown(who, words.said(RECALL.state(lane.state).title), who in recall.still_holding)
                for who, lane in recall.holders.items()
            ],
            ours_to_answer=_answers(recall.holders, me) if permitted(visit, "recall-sealed") else (),
        )
        for recall in state.recalls.values()
    ]


def _answers(holders: Mapping[AuthorityId, Lane], me: AuthorityId) -> tuple[str, ...]:
    lane = holders.get(me)
    return RECALL.moves(lane.state, Role.ADDRESSEE) if lane else ()


def _move(kind: str) -> Move:
    weight: Literal["first", "plain", "grave"] = "grave" if kind in _GRAVE else "first" if kind in _FIRST else "plain"
    return Move(kind, _needs_nothing(kind), kinds.kind(kind).approvals, weight)


def _needs_nothing(kind: str) -> bool:
    try:
        bodies.validate(kind, {})
    except BodyInvalid:
        return False
    return kind in ("acknowledged", "confirmed")


def _rank(move: Move) -> int:
    order = ("acknowledged", "clarified", "accepted", "clarification", *_FIRST, "accepted-in-part")
    return order.index(move.kind) if move.kind in order else len(order) + (move.weight == "grave")
