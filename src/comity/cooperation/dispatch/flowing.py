# SPDX-License-Identifier: Apache-2.0
"""A line at work: while a peer takes in one parcel, the answer to the one before is taken in here.

Three parcels are on their way at most: one is taken in there, one waits there, one is answered for here. Each proves
our register's growth from where the one before it ended, and says that the answer to that one is still to come; so both
sides go on from the same sizes as if each had waited. Answers are taken in in the order in which their parcels left.
All of it is done by the one hand of this line: it sends a parcel and reads its answer later, which then waits in the
connection. When one fails the line rests, and nothing more leaves; what is on its way is waited for.
"""

from collections import deque
from collections.abc import Callable

from comity.cooperation.dispatch import loading
from comity.cooperation.dispatch.delivering import Flight, Post, fault, good, land, launch, rest
from comity.cooperation.dispatch.loading import BATCH
from comity.protocol.errors import ComityError
from comity.protocol.wire.names import AuthorityId
from comity.records.home import Home

AHEAD = 3
BARE = 8
"""Parcels in a row without a message, until the worker looks at the other lines again: a peer that always asks for more
must not be answered without rest."""


def flow(
    home: Home,
    peer: AuthorityId,
    post: Post,
    *,
    limit: int = BATCH,
    going: Callable[[], bool] = lambda: True,
) -> int:
    """Work one line until it is empty or rests, or until `going` says no; how many messages left, at most `limit` in a
    parcel. A fault rests the line; it is told by `Line`, not raised."""
    with home.active():
        return _Flow(home, peer, post, limit).run(going)


class _Flow:
    def __init__(self, home: Home, peer: AuthorityId, post: Post, limit: int) -> None:
        self._home, self._peer, self._post, self._limit = home, peer, post, limit
        self._flights: deque[Flight] = deque()
        self._up = True

    def run(self, going: Callable[[], bool]) -> int:
        sent = bare = 0
        while True:
            while self._up and bare < BARE and len(self._flights) < AHEAD and going() and self._leave():
                pass
            if not self._flights:
                return sent
            left = self._arrive(self._flights.popleft())
            sent, bare = sent + left, 0 if left else bare + 1

    def _leave(self) -> bool:
        """Send the next parcel on its way; False when nothing waits, or it cannot leave."""
        behind = [each.loaded for each in self._flights]
        loaded = loading.load_for(self._peer, self._home.now(), limit=self._limit, behind=behind)
        if loaded.empty:
            if not self._flights:
                good(self._home, self._peer, loaded)
            return False
        last = self._flights[-1] if self._flights else None
        try:
            self._flights.append(launch(self._home, self._peer, loaded, self._post, last))
        except ComityError as error:
            self._failed(loaded, error)
            return False
        return bool(loaded.rows)

    def _arrive(self, flight: Flight) -> int:
        try:
            land(self._home, self._peer, flight, self._post)
        except ComityError as error:
            self._failed(flight.loaded, error)
            return 0
        if self._up:
            good(self._home, self._peer, flight.loaded)
        return len(flight.loaded.rows)

    def _failed(self, loaded: loading.Loaded, error: ComityError) -> None:
        fault(self._home, self._peer, loaded, error)
        if self._up:
            rest(self._home, self._peer, error)
        self._up = False
