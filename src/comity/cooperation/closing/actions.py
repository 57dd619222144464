# SPDX-License-Identifier: Apache-2.0
"""The asking side's moves, those that either side may make, and the end of a thread: clarify, take or decline
conditions, confirm, agree who prosecutes, settle or refer a dispute, withdraw, close, note, recall.

A recall reaches every party that holds what was said; each answers sealed, destroyed or refused, and the sender sees
who still holds what."""

from collections.abc import Mapping, Sequence
from typing import Any

from comity.cooperation import journey
from comity.cooperation.journey import Prepared, Utterance
from comity.protocol.terms.handling import DEFAULT
from comity.protocol.wire.names import MessageId
from comity.records.actors import Actor, Permission
from comity.records.errors import NotInSeason
from comity.records.home import Home
from comity.records.threads import reading

AGREEING = (
    *("criteria-stated", "allocation-proposed", "allocation-agreed", "allocation-carried-out", "not-agreed"),
    *("dispute-consultation", "dispute-conciliation", "settlement-proposed", "settled", "referred"),
)
MOVES = (
    *("clarified", "conditions-accepted", "conditions-declined", "confirmed", *AGREEING),
    *("withdrawn", "closed", "note"),
)
RECALL_ANSWERS = ("recall-sealed", "recall-destroyed", "recall-refused")


def move(
    home: Home,
    actor: Actor,
    thread: str,
    kind: str,
    body: Mapping[str, Any],
    handling: Mapping[str, Any] = DEFAULT,
) -> Prepared:
    """Make one of `MOVES` in a thread. Raises `NotFound`, `NotInSeason`, `BodyInvalid`, `MoveNotAllowed`."""
    return _say(home, actor, thread, kind, MOVES, body, handling)


def recall(home: Home, actor: Actor, thread: str, of: Sequence[str], body: Mapping[str, Any]) -> Prepared:
    """Call back messages that we sent in a thread; every other party will answer for itself."""
    return _say(home, actor, thread, "recall", ("recall",), {**body, "of": list(of)}, DEFAULT)


def answer_recall(home: Home, actor: Actor, thread: str, answer: str, recall: str, body: Mapping[str, Any]) -> Prepared:
    """Say what became of something recalled: one of `RECALL_ANSWERS`."""
    return _say(home, actor, thread, answer, RECALL_ANSWERS, {**body, "recall": recall}, DEFAULT)


def _say(
    home: Home,
    actor: Actor,
    thread: str,
    kind: str,
    among: Sequence[str],
    body: Mapping[str, Any],
    handling: Mapping[str, Any],
) -> Prepared:
    actor.require(Permission.DRAFT)
    if kind not in among:
        raise NotInSeason(what="move", id=kind[:40], state="not made here", needed="one of " + ", ".join(among))
    with home.active():
        row = reading.thread(actor, thread)
    return journey.say(home, actor, Utterance(kind, (), body, handling, thread=MessageId(row.id)))
