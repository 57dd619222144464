# SPDX-License-Identifier: Apache-2.0
"""Deciding on a request that came in: acknowledge, ask back, accept, in part, with conditions, postpone, refuse, or
say it cannot be done; and answering a dispute.

The gate *may we answer*. A refusal names its ground and article; before it, the same instruments ask to consider
granting in part or with conditions, and `considered` says which of these the thread still allows."""

from collections.abc import Mapping
from typing import Any

from comity.cooperation import journey
from comity.cooperation.journey import Prepared, Utterance
from comity.protocol.terms.handling import DEFAULT
from comity.protocol.thread.moves import allowed_moves
from comity.protocol.thread.state import ThreadState
from comity.protocol.wire.names import AuthorityId, MessageId
from comity.records.actors import Actor, Permission
from comity.records.errors import NotInSeason
from comity.records.home import Home
from comity.records.threads import reading

DECISIONS = (
    "acknowledged",
    "clarification",
    "accepted",
    "accepted-in-part",
    "accepted-with-conditions",
    "postponed",
    "refused",
    "impossible",
    "dispute-answered",
)
BEFORE_REFUSING = ("accepted-in-part", "accepted-with-conditions")


def decide(
    home: Home,
    actor: Actor,
    thread: str,
    decision: str,
    body: Mapping[str, Any],
    handling: Mapping[str, Any] = DEFAULT,
) -> Prepared:
    """Make one of `DECISIONS` in a thread. Raises `NotFound`, `NotInSeason`, `BodyInvalid`, `MoveNotAllowed`."""
    actor.require(Permission.ASSESS)
    if decision not in DECISIONS:
        raise NotInSeason(
            what="decision", id=decision[:40], state="no decision", needed="one of " + ", ".join(DECISIONS)
        )
    with home.active():
        row = reading.thread(actor, thread)
    said = Utterance(decision, (), body, handling, MessageId(row.id), permission=Permission.ASSESS, decides=True)
    return journey.say(home, actor, said)


def considered(state: ThreadState, me: AuthorityId) -> tuple[str, ...]:
    """The lesser grants still open, which a refusal should have considered first (Budapest 27(6))."""
    allowed = allowed_moves(state, me)
    return tuple(each for each in BEFORE_REFUSING if each in allowed)
