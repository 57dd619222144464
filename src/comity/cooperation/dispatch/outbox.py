# SPDX-License-Identifier: Apache-2.0
"""The worker of the outbox: asks which lines have something due, and gives each a hand until told to stop.

It wakes when something is queued in this process (`waking`), and looks by itself five times a second: other processes
queue too. Whether threads are to be compared with a peer it asks every ten seconds. Each line has one hand at a time,
and every line that has something to do gets one: a peer that does not answer keeps its own line waiting and no other.
When the process ends, each hand finishes the parcel that it has."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import close_old_connections, connections

from comity.cooperation.dispatch import waking
from comity.cooperation.dispatch.delivering import Post, due_peers, rest
from comity.cooperation.dispatch.flowing import flow
from comity.cooperation.exchange.errors import LineFault
from comity.protocol.wire.names import AuthorityId
from comity.records.home import Home
from comity.records.logs import log

LOOK_EVERY = 0.2
SWEEP_LOOK_EVERY = 10.0
HANDS = 64
"""Lines that are worked at the same moment; a thread is made when a line needs it."""


def work(home: Home, post: Post, stop: threading.Event) -> None:
    """Deliver what is due until `stop` is set; then let every hand finish its parcel."""
    busy: set[AuthorityId] = set()
    swept = -SWEEP_LOOK_EVERY
    with ThreadPoolExecutor(HANDS, "line") as hands:
        while not stop.is_set():
            sweeping = time.monotonic() >= swept + SWEEP_LOOK_EVERY
            swept = time.monotonic() if sweeping else swept
            for peer in _due(home, sweeping):
                if peer not in busy:
                    busy.add(peer)
                    hands.submit(_work_line, home, peer, post, stop, busy)
            waking.wait(LOOK_EVERY)


def round_of_all(home: Home, post: Post) -> int:
    """Work every line that is due until it is empty or rests; how many messages left."""
    return sum(_flow(home, peer, post, threading.Event()) for peer in due_peers(home))


def _due(home: Home, sweeping: bool) -> list[AuthorityId]:
    try:
        return due_peers(home, sweeping=sweeping)
    except Exception as error:  # boundary: a fault of one look (a full disk, a lost database) must not end the worker
        log("outbox-fault", error=type(error).__name__)
        close_old_connections()
        return []


def _work_line(home: Home, peer: AuthorityId, post: Post, stop: threading.Event, busy: set[AuthorityId]) -> None:
    """Work one line; then it is no longer among the `busy`."""
    try:
        _flow(home, peer, post, stop)
    finally:
        busy.discard(peer)  # first: were closing to fail, the line would never be worked again
        connections[home.alias].close()  # hands are many and lines mostly empty


def _flow(home: Home, peer: AuthorityId, post: Post, stop: threading.Event) -> int:
    try:
        return flow(home, peer, post, going=lambda: not stop.is_set())
    except Exception as error:  # boundary: a fault of one line must neither end its hand nor hold up the others
        if stop.is_set():
            return 0
        log("line-fault", peer=peer, error=type(error).__name__)
        close_old_connections()
        _rest(home, peer, error)
        return 0


def _rest(home: Home, peer: AuthorityId, error: Exception) -> None:
    try:
        with home.active():
            rest(home, peer, LineFault(authority=peer, fault=type(error).__name__))
    except Exception as second:  # boundary: without a database the next look finds the line as it was
        log("line-fault", peer=peer, error=type(second).__name__)
