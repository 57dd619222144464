# SPDX-License-Identifier: Apache-2.0
"""How a due time presses, in words as well as in colour, and how two people see one moment."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from comity.interfaces.web.times import Pressure, due, lasting, moment

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
MADRID, SHANGHAI = ZoneInfo("Europe/Madrid"), ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("left", "pressure", "words"),
    [
        (timedelta(days=3, hours=2), Pressure.CALM, "Due in 3 d 2 h"),
        (timedelta(hours=23, minutes=59), Pressure.SOON, "Due in 23 h 59 min"),
        (timedelta(hours=3), Pressure.PRESSING, "Due in 3 h 0 min"),
        (timedelta(0), Pressure.PRESSING, "Due in 0 min"),
        (timedelta(minutes=-90), Pressure.OVER, "Overdue by 1 h 30 min"),
    ],
)
def test_what_is_left_is_said_in_words_and_has_its_pressure(left: timedelta, pressure: Pressure, words: str) -> None:
    with override("en"):
        found = due(NOW + left, NOW, MADRID)
    assert (found.pressure, found.words) == (pressure, words)


def test_a_closed_thread_and_a_stopped_clock_press_nobody() -> None:
    with override("en"):
        assert due(NOW - timedelta(days=1), NOW, MADRID, running=False).pressure is Pressure.NONE
        assert due(NOW - timedelta(days=1), NOW, MADRID, stopped=True).words == "Clock stopped"
        assert due(None, NOW, MADRID).words == "No due time"


def test_the_other_clock_stands_beside_ours_with_its_day_when_that_differs() -> None:
    found = moment(NOW, MADRID, SHANGHAI)
    assert (found.here, found.zone, found.there, found.there_zone) == (
        "2026-11-22 04:00",
        "Madrid",
        "11:00",
        "Shanghai",
    )
    assert moment(NOW + timedelta(hours=15), MADRID, SHANGHAI).there == "11-23 02:00"
    assert moment(NOW, MADRID, ZoneInfo("Europe/Paris")).there == ""


def test_a_span_is_said_in_the_readers_language() -> None:
    with override("zh-hans"):
        assert lasting(timedelta(hours=5, minutes=7)) == "5 小时 7 分"
