# SPDX-License-Identifier: Apache-2.0
"""Every English text of the thread that people read. Translations are keyed by it; none is kept here."""

from collections.abc import Mapping

from comity.protocol.thread.graph import Role
from comity.protocol.thread.graphs import GRAPHS, RECALL
from comity.protocol.thread.state import Condition, Outcome

CURRENT = "Current state"
NEXT = "Possible next"
IN_CONFLICT = "In conflict"

ROLES: Mapping[Role, str] = {Role.OPENER: "The opener", Role.ADDRESSEE: "The addressee"}

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.APPLIED: "Applied",
    Outcome.NOTE: "Noted",
    Outcome.CONFLICTING: "In conflict with a move made at the same time",
    Outcome.SUPERSEDED: "Superseded by the move that settled the conflict",
    Outcome.PENDING: "Waits for an earlier message",
    Outcome.NOT_ALLOWED: "Not allowed at that point",
    Outcome.UNAUTHORISED: "Not for its author to send",
    Outcome.WRONG_AUDIENCE: "Not sent to all parties of the thread",
    Outcome.BAD_BODY: "Cannot be read",
    Outcome.UNKNOWN_KIND: "Of a kind that this node does not know",
    Outcome.SAME_ID: "Two messages under one id",
    Outcome.CONFLICTING_ROOT: "Two first messages in one thread",
    Outcome.CYCLIC: "Forged: it claims to follow itself",
}

CONDITIONS: Mapping[Condition, str] = {
    Condition.ROOTED: "Complete from its first message",
    Condition.NO_ROOT: "The first message is missing",
    Condition.CONFLICTING_ROOT: "Two first messages in one thread",
}


def titles() -> tuple[str, ...]:
    """All of them, each once, sorted: what a translation must have."""
    graphs = (*GRAPHS.values(), RECALL)
    states = {state.title for graph in graphs for state in graph.states}
    words = {CURRENT, NEXT, IN_CONFLICT, *ROLES.values(), *OUTCOMES.values(), *CONDITIONS.values()}
    return tuple(sorted({*states, *words, *(graph.title for graph in graphs)}))
