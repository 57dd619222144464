# SPDX-License-Identifier: Apache-2.0
"""A moment in a body (`2016-12-13T06:00:00.000Z`) and in the browser's input (`2016-12-13T07:00`): a body says UTC, the
input what the clocks of a zone show.

Converted exactly: an hour that the clocks skip is no moment and stays the text that was typed; of an hour that they
show twice the first is meant, unless `known` says which moment stood there before.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_WIRE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(?::(\d\d)(?:\.(\d{3}))?)?Z", re.ASCII)
_INPUT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?(Z?)", re.ASCII)
UNIVERSAL = ZoneInfo("UTC")


def to_input(value: str, zone: ZoneInfo = UNIVERSAL) -> str:
    """What stands in the input; a text that is no moment stands there as it is."""
    found = _WIRE.fullmatch(value)
    if not found:
        return value
    minutes, seconds, fraction = found.groups(default="")
    try:
        at = datetime.fromisoformat(minutes).replace(tzinfo=UTC).astimezone(zone)
    except (ValueError, OverflowError):
        return value
    shown = f"{at:%Y-%m-%dT%H:%M}".rjust(16, "0")
    if fraction.strip("0"):
        return f"{shown}:{seconds}.{fraction}"
    return shown if seconds.strip("0") == "" else f"{shown}:{seconds}"


def from_input(value: str, zone: ZoneInfo = UNIVERSAL, known: Mapping[str, str] | None = None) -> str:
    """What the body says; a text that is no moment stays as it is, for the body's own rules to name."""
    found = _INPUT.fullmatch(value.strip())
    if not found:
        return value.strip()
    if known and value.strip() in known:
        return known[value.strip()]
    day, minutes, seconds, fraction, universal = found.groups(default="")
    rest = f"{seconds or '00'}.{fraction:0<3}Z"
    try:
        typed = datetime.fromisoformat(f"{day}T{minutes}")
        at = typed.replace(tzinfo=UTC if universal else zone).astimezone(UTC)
        skipped = not universal and at.astimezone(zone).replace(tzinfo=None) != typed
    except (ValueError, OverflowError):
        return f"{day}T{minutes}:{rest}"
    return value.strip() if skipped else f"{at:%Y-%m-%dT%H:%M}".rjust(16, "0") + f":{rest}"


def second_times(body: object, zone: ZoneInfo) -> dict[str, str]:
    """The moments in a body that their input alone would not bring back: in an hour that the clocks show twice."""
    shown = {to_input(each, zone): each for each in _texts(body) if _WIRE.fullmatch(each)}
    return {typed: each for typed, each in shown.items() if from_input(typed, zone) != each}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(each)
