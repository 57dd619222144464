# SPDX-License-Identifier: Apache-2.0
"""A thread's messages as its page tells them: who said what and when, what became of it, who stands behind it, who has
it.

All of it is fetched for the whole thread at once: the messages, the receipts, the deliveries, the leaves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from comity.cooperation.dispatch import journeys
from comity.interfaces.web import facts, letters, words
from comity.interfaces.web.door import Visit
from comity.interfaces.web.facts import Chapter
from comity.interfaces.web.letters import LetterShown
from comity.interfaces.web.times import Moment, moment
from comity.protocol.thread.state import Outcome, ThreadState
from comity.protocol.thread.titles import OUTCOMES
from comity.protocol.wire.message import Message
from comity.records.register.models import Leaf
from comity.records.threads import reading, recalled

_FINE = frozenset({Outcome.APPLIED, Outcome.NOTE})


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far a message of ours came to one recipient."""

    peer: str
    status: str
    fault: str
    receipt: Moment | None


@dataclass(frozen=True, slots=True)
class Told:
    """One message of the history. `closed` says that it was recalled and we answered that it is destroyed; `leaf` is
    where our register first tells of it, `letter` what it was entered from."""

    digest: str
    kind: str
    sender: str
    ours: bool
    sent: Moment
    outcome: str
    fine: bool
    recalled: bool
    closed: bool
    chapters: list[Chapter]
    handling: list[str]
    officers: tuple[str, ...]
    endorsed: int
    deliveries: list[Delivery]
    leaf: int | None
    letter: LetterShown | None = None


def tell(visit: Visit, state: ThreadState, messages: Iterable[Message]) -> list[Told]:
    """The history, causes first."""
    by_digest = {each.digest: each for each in messages}
    ordered = [by_digest[each] for each in state.order if each in by_digest]
    ordered += [each for digest, each in by_digest.items() if digest not in state.order]
    deliveries = _deliveries(visit, state, list(by_digest))
    leaves = _leaves(state)
    back, closed = recalled.recalled(state), recalled.closed(visit.home.authority, state)
    return [
        _told(
            visit,
            each,
            state.outcomes.get(each.digest, Outcome.PENDING),
            recalled=each.digest in back,
            closed=each.digest in closed,
            deliveries=deliveries.get(each.digest, []),
            leaf=leaves.get(each.digest),
        )
        for each in ordered
    ]


def _told(
    visit: Visit,
    message: Message,
    outcome: Outcome,
    *,
    recalled: bool,
    closed: bool,
    deliveries: list[Delivery],
    leaf: int | None,
) -> Told:
    said = message.statement
    return Told(
        digest=message.digest,
        kind=said.kind,
        sender=said.sender,
        ours=said.sender == visit.home.authority,
        sent=_at(visit, said.sent),
        outcome=words.said(OUTCOMES[outcome]),
        fine=outcome in _FINE,
        recalled=recalled,
        closed=closed,
        chapters=facts.chapters(said.kind, said.body, words.said, lambda at: _at(visit, at)),
        handling=handling(said.handling),
        officers=tuple(each.officer for each in message.approvals),
        endorsed=len(message.endorsements),
        deliveries=deliveries,
        leaf=leaf,
        letter=letters.of(visit, said.sender, said.entered, said.thread) if said.entered else None,
    )


def handling(value: object) -> list[str]:
    """The handling codes as labels."""
    if not isinstance(value, dict):
        return []
    found = [words.term(name, value[name]) for name in ("tlp", "pap") if isinstance(value.get(name), str)]
    codes = value.get("europol")
    return found + [str(each) for each in codes] if isinstance(codes, list) else found


def _deliveries(visit: Visit, state: ThreadState, digests: list[str]) -> dict[str, list[Delivery]]:
    receipts = {(each.message, each.recipient): _at(visit, each.at) for each in reading.receipts(digests)}
    found: dict[str, list[Delivery]] = {}
    for row in journeys.deliveries(visit.home, visit.actor, state.thread):
        receipt = receipts.get((row.message, row.peer))
        found.setdefault(row.message, []).append(Delivery(row.peer, row.status, row.fault, receipt))
    return found


def _leaves(state: ThreadState) -> dict[str, int]:
    rows = Leaf.objects.filter(thread=state.thread, event__in=("sent", "received", "entered")).order_by("-index")
    return {str(each.message): each.index for each in rows.only("message", "index") if each.message}


def _at(visit: Visit, at: datetime) -> Moment:
    return moment(at, visit.zone)
