# SPDX-License-Identifier: Apache-2.0
"""A kind of request or of move, as data.

A kind says what its body must hold, how many officers must approve it, which state graph its thread follows, which
clocks the instruments set, and on which grounds it may be refused. Whether it is lawful is the law engine's to say.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from comity.protocol.terms.vocabulary import Source

if TYPE_CHECKING:
    from comity.protocol.terms.moves import MoveBody
    from comity.protocol.terms.requests import RequestBody

Graph = Literal["request", "preservation", "handshake", "invitation", "consultation", "dispute"]
Unit = Literal["hours", "days", "working-days", "months"]
Limit = Literal["min", "max", "target"]
Side = Literal["requested", "requesting", "either", "author", "holder"]

PRACTICE = "COMITY-PRACTICE"
"""The code in `instruments.INSTRUMENTS` for times that no instrument sets: our own practice, always a target."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time that an instrument sets, counted in the requested authority's calendar.

    `start` is a code of `procedure.EVENTS`; with `before`, the time is counted back from it. `urgency` is a code of
    `procedure.URGENCIES`, or empty when the clock runs at any urgency. `side` is who must act in time. `extension`, in
    the same unit, is what the instrument lets be added once. `step` is the member of the body's `times` in which the
    author may propose another length.
    """

    what: str
    length: int
    unit: Unit
    limit: Limit
    start: str
    source: Source
    urgency: str = ""
    side: Literal["requested", "requesting"] = "requested"
    extension: int = 0
    before: bool = False
    step: str = ""

    def length_in(self, body: Mapping[str, Any]) -> int:
        """The length that this body proposes for the step, or the clock's own."""
        times = body.get("times") if self.step else None
        proposed = times.get(self.step) if isinstance(times, Mapping) else None
        return proposed if type(proposed) is int else self.length


@dataclass(frozen=True, slots=True)
class RequestKind:
    """What opens a thread. `approvals` is how many different officers must stand behind it before it leaves."""

    name: str
    title: str
    description: str
    body: "type[RequestBody]"
    example: Mapping[str, Any]
    graph: Graph
    stage: str
    approvals: int
    coercive: bool
    clocks: tuple[Clock, ...] = ()
    refusals: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()

    def clocks_for(self, instrument: str, urgency: str) -> tuple[Clock, ...]:
        """The clocks that run when the request stands on this instrument at this urgency; those of our own practice run
        whatever it stands on.
        """
        running = (instrument, PRACTICE)
        return tuple(
            clock for clock in self.clocks if clock.source.instrument in running and clock.urgency in ("", urgency)
        )


@dataclass(frozen=True, slots=True)
class MoveKind:
    """What moves a thread on. `side` is who makes it in the request graph; the graph of the thread decides."""

    name: str
    title: str
    description: str
    body: "type[MoveBody]"
    example: Mapping[str, Any]
    side: Side
    approvals: int
