# SPDX-License-Identifier: Apache-2.0
"""Moments for people: in the reader's zone with the other authority's beside it, and how long is left, in words and a
colour.

The colour never speaks alone: `Due.words` says the same. `static/clock.js` counts on in the browser with the same
patterns.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

PATTERNS = {
    "days": _("{d} d {h} h"),
    "hours": _("{h} h {m} min"),
    "minutes": _("{m} min"),
    "left": _("Due in {time}"),
    "over": _("Overdue by {time}"),
}
"""How a time that is left is written; clock.js reads them from the page."""

SOON = timedelta(hours=24)
PRESSING = timedelta(hours=4)


class Pressure(StrEnum):
    """How much a due time presses; also the name of its colour in comity.css."""

    OVER = "over"
    PRESSING = "pressing"
    SOON = "soon"
    CALM = "calm"
    NONE = "none"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Moment:
    """One instant as two people see it. `there` is empty where both clocks show the same."""

    at: datetime
    here: str
    zone: str
    there: str = ""
    there_zone: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A due time and how it presses."""

    pressure: Pressure
    words: str
    moment: Moment | None = None


def moment(at: datetime, here: ZoneInfo, there: ZoneInfo | None = None) -> Moment:
    """The instant in both zones; one at the edge of the calendar, which no zone can show, in UTC."""
    try:
        return _in_zones(at, here, there)
    except OverflowError:
        return Moment(at, f"{at:%Y-%m-%d %H:%M}", "UTC")


def _in_zones(at: datetime, here: ZoneInfo, there: ZoneInfo | None) -> Moment:
    ours = at.astimezone(here)
    shown = Moment(at, f"{ours:%Y-%m-%d %H:%M}", city(here.key))
    if there is None or at.astimezone(there).utcoffset() == ours.utcoffset():
        return shown
    theirs = at.astimezone(there)
    pattern = "%H:%M" if theirs.date() == ours.date() else "%m-%d %H:%M"
    return Moment(at, shown.here, shown.zone, theirs.strftime(pattern), city(there.key))


def due(
    at: datetime | None,
    now: datetime,
    here: ZoneInfo,
    there: ZoneInfo | None = None,
    *,
    running: bool = True,
    stopped: bool = False,
) -> Due:
    """How the time presses; not at all once the thread is closed (`running`), and not while its clock stands still."""
    if at is None or not running:
        return Due(Pressure.NONE, gettext("No due time") if at is None else "", moment(at, here, there) if at else None)
    when = moment(at, here, there)
    if stopped:
        return Due(Pressure.STOPPED, gettext("Clock stopped"), when)
    left = at - now
    if left < timedelta(0):
        return Due(Pressure.OVER, gettext(PATTERNS["over"]).format(time=lasting(-left)), when)
    pressure = Pressure.PRESSING if left < PRESSING else Pressure.SOON if left < SOON else Pressure.CALM
    return Due(pressure, gettext(PATTERNS["left"]).format(time=lasting(left)), when)


def lasting(span: timedelta) -> str:
    """A time span in the two units that matter."""
    minutes = int(span.total_seconds()) // 60
    days, hours = divmod(minutes // 60, 24)
    name = "days" if days else "hours" if hours else "minutes"
    return gettext(PATTERNS[name]).format(d=days, h=hours, m=minutes % 60)


def city(zone: str) -> str:
    """`Europe/Madrid` as people say it."""
    return zone.rpartition("/")[2].replace("_", " ")
