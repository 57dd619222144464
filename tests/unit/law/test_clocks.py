# SPDX-License-Identifier: Apache-2.0
"""Terms are counted in the requested authority's own days."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.law.clocks import Deadline, count
from comity.law.errors import ZoneUnknown

FRIDAY = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
ZONES = ("Europe/Madrid", "Asia/Shanghai", "Asia/Yangon", "America/New_York")


def test_hours_run_through_the_night_and_the_weekend() -> None:
    assert count(FRIDAY, 72, "hours", zone="Europe/Madrid", calendar="ES") == Deadline(FRIDAY + timedelta(hours=72))


@pytest.mark.parametrize(
    ("length", "unit", "last"),
    [
        (1, "days", datetime(2026, 11, 21, 22, 59, 59, tzinfo=UTC)),
        (1, "working-days", datetime(2026, 11, 23, 22, 59, 59, tzinfo=UTC)),
        (2, "weeks", datetime(2026, 12, 4, 22, 59, 59, tzinfo=UTC)),
        (3, "months", datetime(2027, 2, 20, 22, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_term_ends_with_its_last_day_in_the_requested_zone(length: int, unit: str, last: datetime) -> None:
    found = count(FRIDAY, length, unit, zone="Europe/Madrid", calendar="ES")  # type: ignore[arg-type]
    assert found == Deadline(last)


def test_public_holidays_are_skipped() -> None:
    before_the_national_day = datetime(2026, 9, 30, 2, 0, tzinfo=UTC)
    china = count(before_the_national_day, 1, "working-days", zone="Asia/Shanghai", calendar="CN")
    spain = count(before_the_national_day, 1, "working-days", zone="Europe/Madrid", calendar="ES")
    assert china.at.astimezone(ZoneInfo("Asia/Shanghai")).date() > spain.at.astimezone(ZoneInfo("Europe/Madrid")).date()


def test_a_part_of_a_country_has_holidays_of_its_own() -> None:
    before = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)  # 11 September is kept in Catalonia only
    assert (
        count(before, 1, "working-days", zone="Europe/Madrid", calendar="ES-CT").at
        > count(before, 1, "working-days", zone="Europe/Madrid", calendar="ES").at
    )


def test_unknown_holidays_are_said_to_be_unknown() -> None:
    found = count(FRIDAY, 1, "working-days", zone="Europe/Madrid", calendar="XX")
    assert not found.holidays_known
    assert found.at == datetime(2026, 11, 23, 22, 59, 59, tzinfo=UTC)


def test_a_month_without_that_day_ends_with_its_last() -> None:
    found = count(datetime(2026, 1, 31, 0, 0, tzinfo=UTC), 1, "months", zone="UTC", calendar="ES")
    assert found.at == datetime(2026, 2, 28, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Nowhere/City", "", "../etc/passwd", "Europe"])
def test_an_unknown_zone_is_named(zone: str) -> None:
    with pytest.raises(ZoneUnknown):
        count(FRIDAY, 1, "days", zone=zone, calendar="ES")


@given(
    start=st.datetimes(datetime(2000, 1, 1), datetime(2050, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  naive bounds
    length=st.integers(1, 60),
    unit=st.sampled_from(["hours", "days", "working-days", "weeks", "months"]),
    zone=st.sampled_from(ZONES),
)
def test_a_longer_term_never_ends_earlier_and_none_ends_before_it_begins(
    start: datetime, length: int, unit: str, zone: str
) -> None:
    one = count(start, length, unit, zone=zone, calendar="ES")  # type: ignore[arg-type]
    more = count(start, length + 1, unit, zone=zone, calendar="ES")  # type: ignore[arg-type]
    assert start < one.at < more.at
