# SPDX-License-Identifier: Apache-2.0
"""Parcels that a peer posts are taken in one after the other, in the order in which they left it.

A peer may post its next parcel before it has our answer to the last (`pending`); each proves its register's growth from
where the one before ended. So a parcel waits until the one before it is done, a moment at most: that one may have been
lost. Only a few may wait: one peer that posts without end must not hold every thread of this node.

A parcel that comes again, because somebody repeats what they recorded, takes no turn: it gets the answer that it
got."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from comity.cooperation.exchange.compose import Composed
from comity.cooperation.exchange.errors import SEND_AGAIN, TooManyAtOnce
from comity.protocol.errors import ComityError
from comity.protocol.wire.names import AuthorityId, MessageId
from comity.protocol.wire.parcel import Parcel
from comity.records.home import Home

WAITING = 4
PATIENCE = 1.0
"""Seconds that a parcel waits for the one before it."""
REMEMBERED = 64
SMALL = 1 << 18
"""Bytes of an answer that is kept to be given again."""


class _Line:
    """What one peer posts here: one parcel in its turn, a few behind it, and the answers to those before."""

    def __init__(self) -> None:
        self.places = threading.BoundedSemaphore(WAITING)
        self.changed = threading.Condition()
        self.busy = False
        self.done: OrderedDict[MessageId, Composed | None] = OrderedDict()

    def enter(self, pending: MessageId | None) -> None:
        until = time.monotonic() + PATIENCE
        with self.changed:
            while self.busy or (pending is not None and pending not in self.done and time.monotonic() < until):
                self.changed.wait(None if self.busy else until - time.monotonic())
            self.busy = True

    def leave(self) -> None:
        with self.changed:
            self.busy = False
            self.changed.notify_all()

    def note(self, id: MessageId, answer: Composed | None) -> None:
        """The parcel is done, and this was its answer, where it is to be given again."""
        with self.changed:
            self.done[id] = answer
            while len(self.done) > REMEMBERED:
                self.done.popitem(last=False)


_lines: dict[tuple[str, AuthorityId], _Line] = {}


def answered(home: Home, parcel: Parcel) -> Composed | None:
    """The answer that this very parcel got before, if it is still known."""
    line = _lines.get((home.alias, parcel.sender))
    return line.done.get(parcel.id) if line else None


def in_turn(home: Home, parcel: Parcel, take: Callable[[], Composed]) -> Composed:
    """The answer that `take` gives once the peer's earlier parcels are done. Raises `TooManyAtOnce`. The peer is an
    accepted one: nobody else opens a line here."""
    line = _lines.setdefault((home.alias, parcel.sender), _Line())
    if not line.places.acquire(blocking=False):
        raise TooManyAtOnce(authority=parcel.sender, limit=WAITING)
    try:
        line.enter(parcel.pending)
        try:
            answer = take()
        except SEND_AGAIN:  # it comes again; those behind it wait for that
            raise
        except ComityError:
            line.note(parcel.id, None)
            raise
        else:
            line.note(parcel.id, answer)
        finally:
            line.leave()
        return _sealed(line, parcel.id, answer)
    finally:
        line.places.release()


def _sealed(line: _Line, id: MessageId, answer: Composed) -> Composed:
    """The answer, sealed; while that is done the next parcel has its turn."""
    if len(answer.envelope) > SMALL:
        line.note(id, None)
    return answer
