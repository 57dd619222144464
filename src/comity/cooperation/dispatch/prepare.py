# SPDX-License-Identifier: Apache-2.0
"""From an utterance to a statement that is frozen, approved and sent.

1. The utterance becomes a statement: its id, its time and the messages it follows are settled now and never again.
2. It is checked as the recipient will check it: kind, body, audience, and whether the thread allows the move.
3. If its kind needs approvals it waits as `Outgoing` until enough officers have each approved exactly these bytes.
4. Then it is signed, kept, queued for every recipient, registered, in one transaction.

What was entered from a letter goes the same way, but nowhere: a second officer's approval says that the letter reads
so, and then it counts here. Whoever has no node is written to: what goes there waits to be posted (`posting`).

What the recipient would refuse is refused here first, with the same named error.
"""

from collections.abc import Sequence
from typing import Any

from comity.cooperation.dispatch.errors import NothingKnown
from comity.cooperation.dispatch.models import Outbox, Outgoing
from comity.cooperation.dispatch.waking import wake
from comity.cooperation.exchange.errors import ThreadFull
from comity.cooperation.journey import Prepared, Utterance
from comity.protocol.terms import bodies, kinds
from comity.protocol.thread.errors import MoveNotAllowed
from comity.protocol.thread.moves import require_move
from comity.protocol.thread.state import Outcome, ThreadState
from comity.protocol.wire import dsse, entered, statement
from comity.protocol.wire.approval import Approval
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest, digest_of
from comity.protocol.wire.statement import MAX_AFTER, Statement
from comity.records.action import Act, acting
from comity.records.actors import Actor
from comity.records.authorities import correspondents
from comity.records.authorities.lineages import lineage
from comity.records.home import Home
from comity.records.register import events
from comity.records.threads import store
from comity.records.threads.models import Thread

SENDABLE = frozenset({Outcome.APPLIED, Outcome.NOTE})


def prepare(home: Home, actor: Actor, utterance: Utterance) -> Prepared:
    """Freeze an utterance; send it at once when its kind needs no approval. Raises the named error of whatever is
    wrong."""
    (bodies.validate_entered if utterance.entered else bodies.validate)(utterance.kind, utterance.body)
    needed = entered.APPROVALS if utterance.entered else kinds.kind(utterance.kind).approvals
    with acting(home, actor, utterance.permission) as act:
        said = _statement(home, act, utterance)
        data = said.to_bytes()
        statement.parse(data)
        outgoing = _freeze(act, said, data, needed, utterance)
        if said.entered and not said.opens:
            _require_counts(Digest(outgoing.digest), said)
        if utterance.decides:
            decided = Digest(outgoing.digest)
            act.record(events.decided(thread=said.thread, decision=said.kind, message=decided))
        if needed == 0:
            release(act, outgoing)
    return Prepared(said.id, said.thread, Digest(outgoing.digest), needed)


def release(act: Act, outgoing: Outgoing) -> None:
    """Within `act`: send what has all its approvals. Raises `MoveNotAllowed` when the thread moved on meanwhile.

    The statement follows what was here when it was frozen; it is held against all that is here now, as every party
    will hold it."""
    said = statement.parse(bytes(outgoing.statement))
    store.lock([said.thread])
    if said.entered and said.opens:
        correspondents.require_correspondent(said.sender)
    if not said.opens:
        _require_counts(Digest(outgoing.digest), said)
    _send(act, outgoing, [Approval.from_json(each) for each in outgoing.approvals])


def _require_counts(digest: Digest, said: Statement) -> None:
    """Raises `MoveNotAllowed` for what would not count among all that is here now."""
    if store.outcome(digest, said) not in SENDABLE:
        raise MoveNotAllowed(authority=said.sender, kind=said.kind)


def _statement(home: Home, act: Act, utterance: Utterance) -> Statement:
    id, author = home.new_id(), utterance.sender or home.authority
    common: dict[str, Any] = {"id": id, "kind": utterance.kind, "sender": author, "sent": act.now}
    common |= {"handling": utterance.handling, "body": utterance.body, "entered": utterance.entered}
    if utterance.thread is None:
        if not utterance.entered:
            correspondents.require_reached(utterance.to, utterance.via)
        paper = not utterance.entered and correspondents.alone(utterance.to, utterance.via)
        return Statement(thread=id, to=utterance.to, via=utterance.via, after=(), paper=paper, **common)
    state = store.state_of(utterance.thread)
    if state.root is None:
        raise NothingKnown(thread=state.thread)
    require_move(state, author, utterance.kind)
    if len(state.order) >= store.MAX_MESSAGES:
        raise ThreadFull(thread=state.thread, limit=store.MAX_MESSAGES)
    to = tuple(sorted(state.parties - {author}))
    root = store.roots_of(state.thread)[state.roots[0]]
    return Statement(
        thread=utterance.thread,
        to=to,
        via=_way_back(home, state),
        after=state.heads[:MAX_AFTER],
        paper=root.by_letter and not utterance.entered,
        **common,
    )


def _way_back(home: Home, state: ThreadState) -> tuple[AuthorityId, ...]:
    """The relays of the opening message: as they stand for its author, turned round for everybody else."""
    via = store.roots_of(state.thread)[state.roots[0]].via
    return via if state.requester == home.authority else tuple(reversed(via))


def _freeze(act: Act, said: Statement, data: bytes, needed: int, utterance: Utterance) -> Outgoing:
    digest = digest_of(data)
    act.record(events.frozen(thread=said.thread, message=digest, kind=said.kind))
    return Outgoing.objects.create(
        id=said.id,
        thread=said.thread,
        kind=said.kind,
        statement=data,
        digest=digest,
        needed=needed,
        author=act.actor.name,
        hands=sorted({act.actor.name, *utterance.hands}) if said.entered else [],
        case=utterance.case or "",
        status=Outgoing.Status.AWAITING,
        created=act.now,
    )


def _send(act: Act, outgoing: Outgoing, approvals: Sequence[Approval]) -> None:
    data = bytes(outgoing.statement)
    said = statement.parse(data)
    # It was frozen at `sent`, and is judged by the card of then, even if the keys were rotated while it waited.
    card = lineage(act.home.authority).card_at(said.sent)
    signed = dsse.sign(statement.PAYLOAD_TYPE, data, act.home.keys.signing_as(card.keys.signing))
    message = Message(signed, tuple(approvals))
    store.keep([message], act.now)
    if said.entered:
        whose, scan = said.sender, said.entered.letter
        entry = events.entered(thread=said.thread, message=message.digest, sender=whose, kind=said.kind, content=scan)
        act.record(entry)
    else:
        _queue(act, said, message.digest)
    store.project(act.home.authority, said.thread, act.now)
    if outgoing.case:
        Thread.objects.filter(id=said.thread).update(case=outgoing.case)
    outgoing.status = Outgoing.Status.SENT
    outgoing.save(update_fields=["status"])


def _queue(act: Act, said: Statement, message: Digest) -> None:
    """On its way to the first hops: by the line, or to be posted."""
    hops = first_hops(said)
    status = Outbox.Status.TO_POST if said.paper else Outbox.Status.WAITING
    Outbox.objects.bulk_create(
        Outbox(message=message, thread=said.thread, peer=hop, queued=act.now, status=status) for hop in hops
    )
    for hop in hops:
        act.record(events.sent(thread=said.thread, message=message, to=hop, kind=said.kind))
    act.after(wake)


def first_hops(said: Statement) -> tuple[AuthorityId, ...]:
    """Who gets the message from its author: the first relay where there is one, else every recipient."""
    return said.via[:1] or said.to
