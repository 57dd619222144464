# SPDX-License-Identifier: Apache-2.0
"""Threads as lines of a list: what, with whom, where it stands, whose move, by when and whose duty that is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from comity.interfaces.web import words
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
    duty: str
    moved: Moment


def lines(threads: Iterable[Thread], now: datetime, zone: ZoneInfo) -> list[Line]:
    """The threads with names and times; what is asked of a counterpart is asked once, however many rows it has."""
    rows = list(threads)
    others = {row.counterpart for row in rows}
    known, zones = names(others), {each: zone_of(each) for each in others}
    return [_line(row, known.get(row.counterpart, ""), now, zone, zones[row.counterpart]) for row in rows]


def _line(row: Thread, name: str, now: datetime, zone: ZoneInfo, there: ZoneInfo | None) -> Line:
    return Line(
        row,
        name or row.counterpart,
        due(row.due, now, zone, there, running=row.open, stopped=row.state in _STOPPED),
        words.duty(row.due_what, ours=row.due_ours) if row.due else "",
        moment(row.updated, zone),
    )
