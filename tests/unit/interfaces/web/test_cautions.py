# SPDX-License-Identifier: Apache-2.0
"""Times ahead that are past, and members that nobody knows, are pointed out; nothing else is."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from comity.interfaces.web.cautions import cautions
from comity.interfaces.web.times import moment
from comity.protocol.terms import kinds

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PAST, AHEAD = "2016-12-13T06:00:00.000Z", "2027-12-13T06:00:00.000Z"
MADRID = ZoneInfo("Europe/Madrid")


def told(kind: str, **body: Any) -> list[str]:
    return [each.label for each in cautions(kind, body, NOW, str, lambda at: moment(at, MADRID))]


@pytest.mark.parametrize(
    ("kind", "body", "labels"),
    [
        ("preservation", {"due": [{"what": "x", "at": AHEAD}, {"what": "x", "at": PAST}]}, ["Due at"]),
        ("preservation-extension", {"until": PAST}, ["Preserve until"]),
        ("freezing", {"until": "2026-11-21"}, ["Freeze until"]),
        ("freezing", {"until": "2026-11-22"}, []),
        ("accepted", {"expected": PAST}, ["Answer expected"]),
        ("search-seizure", {"at": PAST}, ["Time wished"]),
        ("recall-sealed", {"at": PAST}, []),
        ("preserved", {"since": PAST, "until": AHEAD}, []),
        ("preservation", {"period": {"start": PAST, "end": PAST}, "due": "soon"}, []),
        ("preservation", {"due": [{"at": "soon"}, 5]}, []),
        ("preservation", {"x": 1, "offence": {"y": 2}, "due": [{"z": 3}]}, ["x", "offence.y", "due.0.z"]),
    ],
)
def test_what_is_pointed_out(kind: str, body: dict[str, Any], labels: list[str]) -> None:
    assert told(kind, **body) == labels


@pytest.mark.parametrize("kind", [*kinds.names(), *kinds.move_names()])
def test_every_example_has_only_its_own_members(kind: str) -> None:
    found = cautions(kind, kinds.kind(kind).example, NOW, str, lambda at: moment(at, MADRID))
    assert all(each.past or each.day for each in found)
