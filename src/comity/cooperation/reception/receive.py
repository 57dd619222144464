# SPDX-License-Identifier: Apache-2.0
"""Taking in a parcel: verified, de-duplicated, kept, registered, receipted; and the parcel that answers it.

1. The envelope is opened and its sender believed (`exchange.opening`).
2. Every message is judged for itself (`verify`): taken, already here, or refused with a named error.
3. In one transaction: what is shown of the sender's register is judged and remembered; taken messages are kept, each
   with a `received` leaf; each refusal has its `rejected` leaf, up to a number an hour (`leaves`); the threads' rows
   are drawn anew; receipts and refusals for what we sent are settled.
4. After the commit, one checkpoint is signed over it and one receipt given for every message of the parcel that is
   here, old or new, when the parcel that carries both is made.
5. The answer says also which messages of these threads we lack, and brings those that the sender lacks.

What a peer posts is taken in turn by turn (`turns`). An envelope that fails step 1 is refused whole; nothing is changed
but the register, which says so. Until the transaction has committed the sender holds no receipt and sends again; after
it, sending again gives the same leaves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.db import transaction

from comity.cooperation.exchange import watching
from comity.cooperation.exchange.compose import Composed, Load, compose
from comity.cooperation.exchange.errors import ClockBehind, NoCheckpoint, NotTheAnswer
from comity.cooperation.exchange.opening import Opened, judged_again, open_parcel
from comity.cooperation.journey import Settlement, reply, settle
from comity.cooperation.reception import leaves, syncing, turns
from comity.cooperation.reception.places import places
from comity.cooperation.reception.verify import Judged, judge
from comity.protocol.errors import ComityError
from comity.protocol.thread.state import ThreadState
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest, MessageId
from comity.protocol.wire.parcel import Parcel, Refusal
from comity.records.action import Act, acting
from comity.records.actors import SYSTEM
from comity.records.authorities.lineages import one_look
from comity.records.home import Home
from comity.records.register import events
from comity.records.register.entry import Entry
from comity.records.threads import store

MAX_TEXT = 900
LONGEST_ON_A_LINE = timedelta(hours=1)
"""A parcel posted to us was written a moment ago; one that is older was recorded by somebody."""


@dataclass(slots=True)
class Taken:
    """What became of a parcel: the leaf of each of its messages that is here, and the threads that it touched."""

    parcel: Parcel
    judged: Judged
    places: dict[Digest, int] = field(default_factory=dict)
    touched: dict[MessageId, ThreadState] = field(default_factory=dict)


def receive(home: Home, data: bytes) -> Composed:
    """Take in an envelope; the sealed answer goes back the way it came. Raises the named error of an envelope refused
    whole."""
    opened = open_parcel(home, data)  # 1
    if opened.parcel.at < home.now() - LONGEST_ON_A_LINE:
        raise ClockBehind(authority=opened.parcel.sender, hours=LONGEST_ON_A_LINE // timedelta(hours=1))
    before = turns.answered(home, opened.parcel)
    if before is not None:
        _repeated(home, opened.parcel)
        return before
    return turns.in_turn(home, opened.parcel, lambda: _receive(home, judged_again(home, opened)))


def _repeated(home: Home, parcel: Parcel) -> None:
    """The leaf of a parcel that was answered before."""
    if leaves.spend(home, parcel.sender, "duplicate"):
        with acting(home, SYSTEM) as act:
            held = store.held(each.digest for each in parcel.messages)
            act.record(_again(parcel, [each for each in parcel.messages if each.digest in held]))


def _receive(home: Home, opened: Opened) -> Composed:
    with home.active(), one_look(opened.look):
        return answer(home, take(home, opened))


def take(home: Home, opened: Opened, excused: int | None = None) -> Taken:
    """Steps 2 and 3. `excused` is the register size from which the sender had to prove, as far as it could know.

    Raises `Rollback` or `Fork` once the alarm is registered, `ConsistencyWanted` for a proof to be made anew."""
    judged = judge(home, opened.parcel)  # 2
    taken = Taken(opened.parcel, judged)
    try:
        _keep(home, opened, taken, excused)  # 3
    except watching.ALARMS as alarm:
        watching.sound(home, opened.parcel.sender, alarm)
        raise
    return taken


def answer(home: Home, taken: Taken) -> Composed:
    """Steps 4 and 5."""
    parcel = taken.parcel
    load = replace(_owed(taken), have=syncing.having(parcel))
    return compose(home, parcel.sender, load, answers=parcel)


def _owed(taken: Taken) -> Load:
    """What a parcel is to be answered with, however the answer travels."""
    parcel = taken.parcel
    return Load(
        messages=syncing.lacking(parcel),
        received=taken.places,
        refusals=_refusals(taken),
        need=syncing.needed(parcel, taken.touched),
    )


def _refusals(taken: Taken) -> list[Refusal]:
    return [Refusal(each.digest, error.code, str(error)[:MAX_TEXT]) for each, error in taken.judged.refused]


def _keep(home: Home, opened: Opened, taken: Taken, excused: int | None) -> None:
    parcel, judged = opened.parcel, taken.judged
    if not (parcel.messages or parcel.receipts or parcel.refusals):
        with transaction.atomic(using=home.alias):
            watching.look(home, parcel, opened.card, excused)
        return
    with acting(home, SYSTEM) as act:
        proven = watching.look(home, parcel, opened.card, excused)
        if judged.fresh:
            store.lock(each.statement.thread for each in judged.fresh)
            judged.know(store.keep(judged.fresh, act.now, judged.strays))
        positions = _received(act, taken)
        _reject(act, parcel, judged.refused)
        for thread in dict.fromkeys(each.statement.thread for each in judged.fresh):
            taken.touched[thread] = store.project(home.authority, thread, act.now)
            if judged.strays and taken.touched[thread].root is not None:  # it came while they were judged
                store.adopt(thread)
        shown = parcel.checkpoint.note if proven and parcel.checkpoint else None
        settle(act, Settlement(parcel.sender, parcel.at, parcel.receipts, parcel.refusals, shown))
        if not act.entries and leaves.spend(home, parcel.sender, "duplicate"):
            act.record(_again(parcel, judged.known))
        act.idle = not act.entries
    first = act.placed.first if act.placed else 0
    taken.places.update({each: first + at for each, at in positions.items()})


def _received(act: Act, taken: Taken) -> dict[Digest, int]:
    """A leaf for every message that has none yet: the new ones, and our own when a peer brings us one."""
    judged = taken.judged
    taken.places.update(places(act.home, judged.known))
    positions = {}
    for each in (*judged.fresh, *judged.known):
        if each.digest not in taken.places:
            said = each.statement
            leaf = events.received(thread=said.thread, message=each.digest, sender=said.sender, kind=said.kind)
            positions[each.digest] = act.record(leaf)
    return positions


def _again(parcel: Parcel, known: Sequence[Message]) -> Entry:
    """The one leaf of a parcel that changed nothing."""
    for each in known:
        return events.duplicate(thread=each.statement.thread, message=each.digest, sender=parcel.sender)
    return events.listed(what="parcel", count=len(parcel.receipts))


def _reject(act: Act, parcel: Parcel, refused: Sequence[tuple[Message, ComityError]]) -> None:
    told = leaves.spend(act.home, parcel.sender, "rejected", len(refused)) if refused else 0
    for each, error in refused[:told]:
        act.record(events.rejected(code=error.code, sender=parcel.sender, message=each.digest))


def take_answer(home: Home, peer: AuthorityId, asked: Composed, data: bytes) -> Parcel:
    """Take in the answer of `peer` to our parcel `asked`, and receipt by the next parcel whatever it brought.

    Raises the named error of an answer refused whole, `NotTheAnswer` for an answer to something else.
    """
    opened = open_parcel(home, data)
    parcel = opened.parcel
    if parcel.sender != peer or parcel.reply_to != asked.id:
        raise NotTheAnswer(authority=peer)
    if parcel.checkpoint is None:
        raise NoCheckpoint(authority=peer)
    with home.active(), one_look(opened.look):
        taken = take(home, opened, excused=asked.seen)
        if parcel.messages or parcel.have:
            owe(home, taken)
    return parcel


def owe(home: Home, taken: Taken) -> None:
    """Queue what is owed for a parcel that cannot be answered the way it came: receipts, refusals, what we lack."""
    reply(home, taken.parcel.sender, _owed(taken))
