# SPDX-License-Identifier: Apache-2.0
"""Threads as lines of a list: what, with whom, where it stands, whose move, by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from comity.interfaces.web.known import names, zone_of
from comity.interfaces.web.times import Due, Moment, due, moment
from comity.protocol.thread.graphs import GRAPHS
from comity.records.threads.models import Thread

_STOPPED = frozenset(state.name for graph in GRAPHS.values() for state in graph.states if state.clock_stops)


@dataclass(frozen=True, slots=True)
class Line:
    """One thread of a list."""

    thread: Thread
    counterpart: str
    due: Due
    moved: Moment


def lines(threads: Iterable[Thread], now: datetime, zone: ZoneInfo) -> list[Line]:
    """The threads with names and times; one query for all names."""
    rows = list(threads)
    known = names({row.counterpart for row in rows})
    return [_line(row, known.get(row.counterpart, ""), now, zone) for row in rows]


def _line(row: Thread, name: str, now: datetime, zone: ZoneInfo) -> Line:
    there = zone_of(row.counterpart)
    return Line(
        row,
        name or row.counterpart,
        due(row.due, now, zone, there, running=row.open, stopped=row.state in _STOPPED),
        moment(row.updated, zone),
    )
