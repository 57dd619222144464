# SPDX-License-Identifier: Apache-2.0
"""A moment in a body (`2016-12-13T06:00:00.000Z`) and in the browser's input (`2016-12-13T06:00`). Both are UTC."""

import re

_WIRE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(?::(\d\d)(?:\.(\d{3}))?)?Z", re.ASCII)
_INPUT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?Z?", re.ASCII)


def to_input(value: str) -> str:
    """What stands in the input; a text that is no moment stands there as it is."""
    found = _WIRE.fullmatch(value)
    if not found:
        return value
    minutes, seconds, fraction = found.groups(default="")
    if fraction.strip("0"):
        return f"{minutes}:{seconds}.{fraction}"
    return minutes if seconds.strip("0") == "" else f"{minutes}:{seconds}"


def from_input(value: str) -> str:
    """What the body says; a text that is no moment stays as it is, for the body's own rules to name."""
    found = _INPUT.fullmatch(value.strip())
    if not found:
        return value.strip()
    day, minutes, seconds, fraction = found.groups(default="")
    return f"{day}T{minutes}:{seconds or '00'}.{fraction:0<3}Z"
