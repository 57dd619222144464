# SPDX-License-Identifier: Apache-2.0
"""The journey of a request: the stations, what they hand to each other, and nothing of what they do.

    home:    drafting ─► dispatch ─► ┐                        ┌─► closing
    abroad:                     reception ─► assessment ─► execution ─► answering

Every station that wants something said to another authority hands an `Utterance` to dispatch; what a peer says of our
messages reception hands on as a `Settlement`. `comity.node` registers who takes what."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from comity.cooperation.exchange.compose import Composed, Load
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.entered import Entered
from comity.protocol.wire.names import AuthorityId, Digest, MessageId
from comity.protocol.wire.parcel import Parcel, Refusal
from comity.records.action import Act
from comity.records.actors import Actor, Permission
from comity.records.home import Home


@dataclass(frozen=True, slots=True)
class Utterance:
    """What an authority is about to say: a new request (`thread` is None) or a move in a thread. `permission` is what
    its station asks of whoever says it; dispatch asks for it again. `decides` says that it decides on a request. What
    was `entered` from a letter is its `sender`'s word, not ours; none of the `hands` that read it compares it."""

    kind: str
    to: tuple[AuthorityId, ...]
    body: Mapping[str, Any]
    handling: Mapping[str, Any]
    thread: MessageId | None = None
    via: tuple[AuthorityId, ...] = ()
    case: str | None = None
    permission: Permission = Permission.DRAFT
    decides: bool = False
    sender: AuthorityId | None = None
    entered: Entered | None = None
    hands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """An utterance frozen into a statement. `awaiting` counts the approvals still missing; none means it is on its
    way."""

    id: MessageId
    thread: MessageId
    digest: Digest
    awaiting: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a peer's parcel says about messages that we sent: its receipts, still to be verified, and its refusals.

    `shown` is the checkpoint note that the parcel shows of the peer's register, once it is held to extend what we saw;
    its receipts must stand on that one. None when it shows none, or one that could not be held.
    """

    peer: AuthorityId
    at: datetime
    receipts: Sequence[Signed]
    refusals: Sequence[Refusal]
    shown: str | None = None


Replier = Callable[[Home, AuthorityId, Load], None]
Answerer = Callable[[Home, AuthorityId, Composed, bytes], Parcel]
Speaker = Callable[[Home, Actor, Utterance], Prepared]
Settler = Callable[[Act, Settlement], None]


@dataclass(slots=True)
class _Roads:
    speaker: Speaker | None = None
    settler: Settler | None = None
    answerer: Answerer | None = None
    replier: Replier | None = None


_roads = _Roads()


def serve_speech(handler: Speaker) -> None:
    """Let `handler` (dispatch) take every utterance."""
    _roads.speaker = handler


def serve_settlement(handler: Settler) -> None:
    """Let `handler` (dispatch) take every receipt and refusal."""
    _roads.settler = handler


def serve_answers(handler: Answerer) -> None:
    """Let `handler` (reception) take in the answers to our parcels."""
    _roads.answerer = handler


def take_answer(home: Home, peer: AuthorityId, asked: Composed, data: bytes) -> Parcel:
    """Hand the sealed answer to parcel `asked` to reception: judged and kept like any parcel, and given back."""
    if _roads.answerer is None:
        raise RuntimeError("no station serves reception: comity.node must register it first")
    return _roads.answerer(home, peer, asked, data)


def serve_replies(handler: Replier) -> None:
    """Let `handler` (dispatch) queue what is owed to a peer."""
    _roads.replier = handler


def reply(home: Home, peer: AuthorityId, load: Load) -> None:
    """Owe a peer what cannot go back the way the parcel came: receipts, refusals, needs, and messages that it lacks."""
    if _roads.replier is None:
        raise RuntimeError("no station serves dispatch: comity.node must register it first")
    _roads.replier(home, peer, load)


def say(home: Home, actor: Actor, utterance: Utterance) -> Prepared:
    """Hand an utterance to dispatch."""
    if _roads.speaker is None:
        raise RuntimeError("no station serves dispatch: comity.node must register it first")
    return _roads.speaker(home, actor, utterance)


def settle(act: Act, settlement: Settlement) -> None:
    """Hand receipts and refusals to dispatch, within the act that takes the parcel in."""
    if _roads.settler is None:
        raise RuntimeError("no station serves dispatch: comity.node must register it first")
    if settlement.receipts or settlement.refusals:
        _roads.settler(act, settlement)
