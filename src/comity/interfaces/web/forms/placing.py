# SPDX-License-Identifier: Apache-2.0
"""Where the problems of a body stand in its form.

A problem stands at the path that it names. One of an object as a whole (members that need one another) stands at the
member to fill in.
"""

from collections.abc import Callable, Iterable, Mapping

from comity.protocol.terms.errors import Problem
from comity.protocol.terms.problems import PROBLEMS

Translate = Callable[[str], str]

_TO_FILL_IN: Mapping[str, tuple[str, ...]] = {
    "reason-missing": ("urgency_reason",),
    "one-needed": ("custodian",),
    "ends-first": ("end", "until"),
    "amount-without-currency": ("currency",),
    "shares-differ": ("shares",),
    "transfer-missing": ("transfer",),
    "instrument-missing": ("instrument",),
}
"""Where a problem of an object as a whole is mended: the member of it, by the code."""


def places(problem: Problem) -> tuple[str, ...]:
    """The paths at which the form says a problem, as far as it has fields for them."""
    around = "" if problem.path == "body" else problem.path + "."
    return tuple(around + name for name in _TO_FILL_IN.get(problem.code, ())) or (problem.path,)


def said(problems: Iterable[Problem], translate: Translate) -> dict[str, str]:
    """The words of every problem by the paths where they stand."""
    found: dict[str, str] = {}
    for each in problems:
        words = translate(PROBLEMS[each.code].label)
        for path in places(each):
            found[path] = f"{found[path]}; {words}" if path in found else words
    return found
