# SPDX-License-Identifier: Apache-2.0
"""Parcels of one peer are taken in one after the other, in the order in which they came.

A peer may send its next parcel before it has our answer to the last; each proves its register's growth from where the
one before ended. Only a few may wait for their turn: one peer that posts without end must not hold every thread of this
node."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from comity.cooperation.exchange.errors import TooManyAtOnce
from comity.protocol.wire.names import AuthorityId
from comity.records.home import Home

WAITING = 4


class _Line:
    """The peer's parcels that are here now: one in its turn, the others behind it."""

    def __init__(self) -> None:
        self.places = threading.BoundedSemaphore(WAITING)
        self.turn = threading.Lock()


_lines: dict[tuple[str, AuthorityId], _Line] = {}


@contextmanager
def turn(home: Home, peer: AuthorityId) -> Iterator[None]:
    """Wait for the peer's earlier parcels. Raises `TooManyAtOnce`. The peer is an accepted one: nobody else opens a
    line here."""
    line = _lines.setdefault((home.alias, peer), _Line())
    if not line.places.acquire(blocking=False):
        raise TooManyAtOnce(authority=peer, limit=WAITING)
    try:
        with line.turn:
            yield
    finally:
        line.places.release()
