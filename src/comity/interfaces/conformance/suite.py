# SPDX-License-Identifier: Apache-2.0
"""Running the checks, one after the other, each told by one line.

In this order: what needs no card; what needs the node's card and no acceptance; what an accepted peer is owed; the
alarms, rollback by the second authority and fork by the first. Checks of an authority that the node does not accept, or
has an alarm about, are skipped with that reason.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from comity.interfaces.conformance import inside, outside, witnessing
from comity.interfaces.conformance.errors import CheckFailed, CheckSkipped
from comity.interfaces.conformance.talk import Talk
from comity.protocol.errors import ComityError

Check = Callable[[Talk], None]
PEERS: Sequence[Check] = (*inside.CHECKS, *witnessing.CHECKS)
"""What an accepted peer is owed, in this order: the later checks stand on what the earlier ones delivered."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one check. `why` is empty when it passed."""

    check: str
    asks: str
    outcome: Literal["passed", "failed", "skipped"]
    why: str = ""

    def as_json(self) -> dict[str, str]:
        """Every member by its name."""
        return {name: getattr(self, name) for name in self.__slots__}

    def as_text(self) -> str:
        """One line."""
        return f"{self.outcome:<8} {self.check}{': ' + self.why if self.why else ''}"


def run(first: Talk, second: Talk, *, card: bool) -> Iterator[Result]:
    """Every check's result, as it is found. Without the node's `card`, only what needs none."""
    yield from _all(outside.WITHOUT_CARD, first)
    if not card:
        rest = (*outside.WITH_CARD, *PEERS, *witnessing.SECOND, *witnessing.ALARMS)
        yield from _skipped(rest, "the node's card was not given (--card)")
        return
    yield from _all(outside.WITH_CARD, first)
    for checks, talk in ((PEERS, first), (witnessing.SECOND, second), (witnessing.ALARMS, first)):
        yield from _accepted(checks, talk)


def _all(checks: Sequence[Check], talk: Talk) -> Iterator[Result]:
    for check in checks:
        yield _one(check, talk)


def _accepted(checks: Sequence[Check], talk: Talk) -> Iterator[Result]:
    """The checks of an accepted authority, or all of them skipped."""
    try:
        inside.require_accepted(talk)
    except (CheckSkipped, OSError) as reason:
        yield from _skipped(checks, str(reason))
        return
    yield from _all(checks, talk)


def _skipped(checks: Sequence[Check], why: str) -> Iterator[Result]:
    yield from (Result(each.__name__, str(each.__doc__), "skipped", why) for each in checks)


def _one(check: Check, talk: Talk) -> Result:
    name, asks = check.__name__, str(check.__doc__)
    try:
        check(talk)
    except CheckFailed as failed:
        return Result(name, asks, "failed", str(failed))
    except (ComityError, OSError) as error:
        return Result(name, asks, "failed", f"{getattr(error, 'code', type(error).__name__)}: {error}")
    return Result(name, asks, "passed")
