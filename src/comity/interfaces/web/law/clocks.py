# SPDX-License-Identifier: Apache-2.0
"""The law's clocks in the reader's language: what is timed, how long it runs, and from when."""

from typing import assert_never

from django.utils.translation import gettext, gettext_noop, ngettext

from comity.interfaces.web import words
from comity.law import clock_words
from comity.law.facts.terms import Deadline, Unit

_BOUNDS = {
    "max": gettext_noop("at most {time}"),
    "min": gettext_noop("at least {time}"),
    "target": gettext_noop("as a target {time}"),
}


def what(clock: Deadline) -> str:
    """What is to have happened: `Hand over the data`."""
    return words.said(clock_words.what(clock.what))


def after(clock: Deadline) -> str:
    """From when it runs: `from the arrest`."""
    return words.said(clock_words.after(clock.after))


def time(clock: Deadline) -> str:
    """How long a clock runs: `at most 60 days`."""
    return gettext(_BOUNDS[clock.bound]).format(time=_length(clock.length, clock.unit))


def _length(count: int, unit: Unit) -> str:
    match unit:
        case "hours":
            told = ngettext("{count} hour", "{count} hours", count)
        case "days":
            told = ngettext("{count} day", "{count} days", count)
        case "working-days":
            told = ngettext("{count} working day", "{count} working days", count)
        case "weeks":
            told = ngettext("{count} week", "{count} weeks", count)
        case "months":
            told = ngettext("{count} month", "{count} months", count)
        case _:
            assert_never(unit)
    return told.format(count=count)
