# SPDX-License-Identifier: Apache-2.0
"""The due times that a request carries: counted once, by its author, in the requested authority's days.

The clocks are those that the kind's instruments set for the basis named and the urgency given, or that are our own
practice; and those that the facts of law give for the basis that the request stands on, such as a treaty of the two
that no kind knows. Counted is what begins with the sending or the receiving (taken as the sending). Clocks that begin
later (preserved, accepted, …) cannot be counted yet and are not written. A due time that the author set by hand is kept
as it is."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from comity.law import clock_words, clocks
from comity.law.facts.terms import Deadline, Unit
from comity.law.requests.weighing import weigh
from comity.protocol.terms import kinds
from comity.protocol.terms.definitions import Clock
from comity.protocol.wire.names import format_time
from comity.records import lawbook
from comity.records.authorities.correspondents import Days
from comity.records.home import Home

_AT_ONCE = ("sent", "received")
_URGENT = "received-urgent"


def of_law(home: Home, kind: str, body: Mapping[str, Any], asking: str, asked: str) -> tuple[Deadline, ...]:
    """What the facts say is due under the basis that the request names, if it stands between the two."""
    weighed = next(weigh(lawbook.view(home), kind, body, asking, (asked,)), None)
    return weighed.named.clocks if weighed is not None and weighed.named is not None else ()


def due_times(
    kind_name: str, body: Mapping[str, Any], requested: Days, now: datetime, law: Iterable[Deadline] = ()
) -> list[dict[str, Any]]:
    """The `due` member of a request sent `now` to an authority whose days are those `requested`. An instrument whose
    clocks the kind has is counted by these."""
    by_hand = [dict(each) for each in body.get("due", ())]
    basis = body.get("basis") or {}
    named, urgency = basis.get("instrument", ""), body.get("urgency", "normal")
    kind = kinds.request_kinds()[kind_name]
    running = kind.clocks_for(named, urgency)
    counted = [
        _due(clock, clock.length_in(body), requested, now)
        for clock in running
        if clock.start in _AT_ONCE and clock.side == "requested"
    ]
    if named and all(each.source.instrument != named for each in kind.clocks):
        counted += [_by_law(each, named, requested, now) for each in law if _begins_at_once(each, urgency)]
    return by_hand + [each for each in counted if each not in by_hand]


def _begins_at_once(deadline: Deadline, urgency: str) -> bool:
    begins = deadline.after in _AT_ONCE or (deadline.after == _URGENT and urgency != "normal")
    return begins and deadline.side == "requested" and deadline.bound != "min"


def _by_law(deadline: Deadline, instrument: str, requested: Days, now: datetime) -> dict[str, Any]:
    what, article = clock_words.what(deadline.what), deadline.article
    return _counted(what, deadline.length, deadline.unit, instrument, article, requested, now)


def _due(clock: Clock, length: int, requested: Days, now: datetime) -> dict[str, Any]:
    source = clock.source
    return _counted(clock.what, length, clock.unit, source.instrument, source.article, requested, now)


def _counted(
    what: str, length: int, unit: Unit, instrument: str, article: str, requested: Days, now: datetime
) -> dict[str, Any]:
    calendar = requested.calendar.country
    if requested.calendar.subdivision:
        calendar += "-" + requested.calendar.subdivision
    end = clocks.count(now, length, unit, zone=requested.timezone, calendar=calendar)
    said = what if end.holidays_known else f"{what} (public holidays unknown)"
    due = {"what": said, "at": format_time(end.at), "instrument": instrument}
    return due | ({"article": article} if article else {})
