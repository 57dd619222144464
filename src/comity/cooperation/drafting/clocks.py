# SPDX-License-Identifier: Apache-2.0
"""The due times that a request carries: counted once, by its author, in the requested authority's days.

The clocks are those that the kind's instruments set for the basis named and the urgency given, or that are our own
practice, and that begin with the sending or the receiving (taken as the sending). Clocks that begin later (preserved,
accepted, …) cannot be counted yet and are not written. A due time that the author set by hand is kept as it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from comity.law import clocks
from comity.protocol.terms import kinds
from comity.protocol.terms.definitions import Clock
from comity.protocol.wire.names import format_time
from comity.records.authorities.correspondents import Days

_AT_ONCE = ("sent", "received")


def due_times(kind_name: str, body: Mapping[str, Any], requested: Days, now: datetime) -> list[dict[str, Any]]:
    """The `due` member of a request sent `now` to an authority whose days are those `requested`."""
    by_hand = [dict(each) for each in body.get("due", ())]
    basis = body.get("basis") or {}
    kind = kinds.request_kinds()[kind_name]
    running = kind.clocks_for(basis.get("instrument", ""), body.get("urgency", "normal"))
    counted = [
        _due(clock, clock.length_in(body), requested, now)
        for clock in running
        if clock.start in _AT_ONCE and clock.side == "requested"
    ]
    return by_hand + [each for each in counted if each not in by_hand]


def _due(clock: Clock, length: int, requested: Days, now: datetime) -> dict[str, Any]:
    calendar = requested.calendar.country
    if requested.calendar.subdivision:
        calendar += "-" + requested.calendar.subdivision
    end = clocks.count(now, length, clock.unit, zone=requested.timezone, calendar=calendar)
    what = clock.what if end.holidays_known else f"{clock.what} (public holidays unknown)"
    due = {"what": what, "at": format_time(end.at), "instrument": clock.source.instrument}
    return due | ({"article": clock.source.article} if clock.source.article else {})
