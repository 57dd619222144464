# SPDX-License-Identifier: Apache-2.0
"""The worker of the outbox: asks which lines have something due, and works each in turn until told to stop.

It wakes when something is queued in this process (`wake`), and looks by itself five times a second: other processes
queue too."""

import threading

from django.db import close_old_connections

from comity.cooperation.dispatch.delivering import Post, deliver, due_peers
from comity.records.home import Home
from comity.records.logs import log

LOOK_EVERY = 0.2
_queued = threading.Event()


def wake() -> None:
    """Something was queued: do not wait for the next look."""
    _queued.set()


def work(home: Home, post: Post, stop: threading.Event) -> None:
    """Deliver what is due until `stop` is set."""
    while not stop.is_set():
        try:
            sent = round_of_all(home, post)
        except (
            Exception
        ) as error:  # boundary: a fault of one round (a full disk, a lost database) must not end the worker
            log("outbox-fault", error=type(error).__name__)
            close_old_connections()
            sent = 0
        if not sent:
            _queued.wait(LOOK_EVERY)
            _queued.clear()


def round_of_all(home: Home, post: Post) -> int:
    """One round for every line that is due; how many messages left."""
    return sum(deliver(home, peer, post).sent for peer in due_peers(home))
