# SPDX-License-Identifier: Apache-2.0
"""How many leaves an hour one peer can make us write by what changes nothing.

A parcel that is repeated leaves a `duplicate` leaf, a message that is refused a `rejected` one. Both are worth knowing,
and neither is worth a register that a careless or malicious peer fills for ever: beyond the limit they are answered as
ever, and only the log tells of them. Counted in this process, and for each code by itself: whoever repeats a peer's
parcels does not hide its refusals."""

import threading
from collections import deque
from datetime import datetime, timedelta

from comity.protocol.wire.names import AuthorityId
from comity.records.home import Home
from comity.records.logs import log

AN_HOUR = 1_000
_HOUR = timedelta(hours=1)
_spent: dict[tuple[str, AuthorityId, str], deque[datetime]] = {}
_lock = threading.Lock()


def spend(home: Home, peer: AuthorityId, code: str, wanted: int = 1) -> int:
    """How many leaves of this `code` may be written now for what `peer` sent; they are counted."""
    now = home.now()
    with _lock:
        times = _spent.setdefault((home.alias, peer, code), deque())
        while times and times[0] <= now - _HOUR:
            times.popleft()
        free = min(wanted, AN_HOUR - len(times))
        times.extend([now] * free)
    if free < wanted:
        log("leaves-withheld", peer=peer, code=code, count=wanted - free)
    return free
