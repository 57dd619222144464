# SPDX-License-Identifier: Apache-2.0
"""What stops a line: each peer examined rule by rule, in the order in which a parcel would meet them.

standing → alarm → card → line → refused messages → waiting messages. The first rule that fails is the one to mend.
"""

from dataclasses import dataclass
from typing import Any

from comity.cooperation.dispatch.models import Line, Outbox
from comity.protocol.errors import ComityError
from comity.protocol.wire.names import AuthorityId, format_time
from comity.records.actors import Actor
from comity.records.authorities import peers
from comity.records.authorities.errors import AlarmStanding
from comity.records.authorities.lineages import lineage
from comity.records.authorities.models import Watch
from comity.records.home import Home


@dataclass(frozen=True, slots=True)
class LineReport:
    """A peer and its line. `line` is one word: open, resting, stopped, or idle; `rule` the first that fails, `advice`
    what to do."""

    authority: AuthorityId
    standing: str
    line: str
    waiting: int
    refused: int
    rule: str
    why: str
    advice: str
    last_good: str

    @property
    def good(self) -> bool:
        """Whether nothing stops the line."""
        return not self.rule

    def as_json(self) -> dict[str, Any]:
        """Every member by its name."""
        return {name: getattr(self, name) for name in self.__slots__}

    def as_text(self) -> str:
        """For people."""
        head = f"{self.authority}: {self.standing}, line {self.line}, {self.waiting} waiting, {self.refused} refused"
        if self.last_good:
            head += f", last good {self.last_good}"
        return head if self.good else f"{head}\n  {self.rule}: {self.why}\n  {self.advice}"


def examine(home: Home, actor: Actor) -> list[LineReport]:
    """Every peer's line."""
    with home.active():
        return [
            _report(home, AuthorityId(each.authority.id), each.authority.standing)
            for each in peers.overview(home, actor)
        ]


def _report(home: Home, authority: AuthorityId, standing: str) -> LineReport:
    rows = Outbox.objects.filter(peer=authority)
    waiting = rows.filter(status=Outbox.Status.WAITING)[:10_000].count()
    refused = rows.filter(status=Outbox.Status.REFUSED)[:10_000].count()
    line = Line.objects.filter(peer=authority).first()
    rule, why, advice = _first_fault(home, authority, line)
    return LineReport(
        authority=authority,
        standing=standing,
        line=_word(line, rule),
        waiting=waiting,
        refused=refused,
        rule=rule,
        why=why,
        advice=advice,
        last_good=format_time(line.last_good) if line and line.last_good else "",
    )


def _word(line: Line | None, rule: str) -> str:
    """Stopped until somebody acts, resting until it is tried again, open, or idle: never used yet."""
    if line is not None and line.fault and rule == line.fault:
        return "resting"
    if rule:
        return "stopped"
    return "idle" if line is None or line.last_good is None else "open"


def _first_fault(home: Home, authority: AuthorityId, line: Line | None) -> tuple[str, str, str]:
    try:
        peers.require_accepted([authority])
        lineage(authority).current(home.now())
    except AlarmStanding as error:
        alarm = Watch.objects.filter(authority=authority).values_list("alarm", flat=True).first()
        return error.code, alarm or str(error), error.advice
    except ComityError as error:
        return error.code, str(error), error.advice
    if line is not None and line.fault:
        return line.fault, line.detail, "It is tried again by itself; export the envelopes to a file if it is urgent."
    return "", "", ""
