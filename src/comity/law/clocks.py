# SPDX-License-Identifier: Apache-2.0
"""When is an answer due: terms counted in the requested authority's own days.

Hours run through nights and holidays. Days, weeks and months are counted from the day after the event and end with
the last day, at the requested authority's midnight. Working days skip its weekends and public holidays as the
`holidays` package has them; for a country whose calendar it lacks only weekends (Saturday and Sunday) are skipped and
the answer says that holidays are unknown.

"""

import calendar as months
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays

from comity.law.errors import ZoneUnknown
from comity.law.facts.terms import Unit


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last instant in UTC, and whether the country's public holidays were known when counting."""

    at: datetime
    holidays_known: bool = True


def count(start: datetime, length: int, unit: Unit, *, zone: str, calendar: str) -> Deadline:
    """The end of a term of `length` `unit` that begins at the aware instant `start`. Raises `ZoneUnknown`."""
    if unit == "hours":
        return Deadline(start.astimezone(UTC) + timedelta(hours=length))
    local = start.astimezone(_zone(zone))
    if unit == "working-days":
        last, known = _working_days(local.date(), length, calendar)
        return Deadline(_end_of(last, zone), known)
    return Deadline(_end_of(_calendar_days(local.date(), length, unit), zone))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ZoneUnknown(zone=name[:64]) from None


def _end_of(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(23, 59, 59), _zone(zone)).astimezone(UTC)


def _calendar_days(day: date, length: int, unit: Unit) -> date:
    if unit == "months":
        year, month = divmod(day.year * 12 + day.month - 1 + length, 12)
        return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))
    return day + timedelta(days=length * (7 if unit == "weeks" else 1))


def _working_days(day: date, length: int, calendar: str) -> tuple[date, bool]:
    days_off = _calendar(calendar)
    while length > 0:
        day += timedelta(days=1)
        working = day.weekday() < 5 if days_off is None else days_off.is_working_day(day)
        length -= 1 if working else 0
    return day, days_off is not None


@lru_cache(maxsize=256)
def _calendar(name: str) -> holidays.HolidayBase | None:
    country, _, region = name.partition("-")
    known = _supported()
    if country not in known or (region and region not in known[country]):
        return None
    return holidays.country_holidays(country, subdiv=region or None)


@cache
def _supported() -> Mapping[str, Sequence[str]]:
    """The regions of each country of which the package has the holidays."""
    return holidays.list_supported_countries(include_aliases=True)
