# SPDX-License-Identifier: Apache-2.0
"""What binds whom on a day: an instrument a state, a treaty two of them.

A finding is one of three. `bound` and `not-bound` rest on facts, which are given with it; `cannot-tell` says that the
facts are silent, or differ. That a list does not name a state is silence: a list may be older than its accession.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from comity.law.errors import InstrumentUnknown
from comity.law.facts.fact import Fact
from comity.law.facts.measures import TreatyKind
from comity.law.facts.treaties import Absence, Instrument, Participation, Roll, Treaty
from comity.law.view import View, remembered

Finding = Literal["bound", "not-bound", "cannot-tell"]

Why = Literal[
    "in-force",  # since a day that the source gives or that follows from it
    "in-force-by",  # on a day that the source names, and so since then
    "ended",
    "not-yet",
    "signed-only",
    "instrument-not-in-force",
    "since-unknown",  # bound later; the source does not say since when
    "in-force-unknown",  # it did what binds, or may have; the day is not known
    "witnesses-differ",
    "not-listed",  # and the list was complete on that day
    "no-fact",
]


@dataclass(frozen=True, slots=True)
class Binding:
    """Whether an instrument binds a state, since when if that is known, and the facts that say so."""

    instrument: str
    state: str
    finding: Finding
    why: Why
    since: date | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class TreatyBinding:
    """Whether a treaty binds its two parties, since when if that is known, and the facts that say so."""

    id: str
    kind: TreatyKind
    signed: date | None
    finding: Finding
    why: Why
    since: date | None
    facts: tuple[Fact, ...]


_Verdict = tuple[Finding, Why, date | None]
_SILENT: _Verdict = ("cannot-tell", "no-fact", None)


@remembered
def binding(view: View, instrument: str, state: str) -> Binding:
    """Whether an instrument binds a state. Of one that this view does not describe it says that it cannot tell."""
    described = view.instrument(instrument)
    if described is None:
        return Binding(instrument, state, *_SILENT, ())
    facts = view.seen(view.index.participations.get((instrument, state), ()))
    if facts and not _began(described, view.on):
        verdict: _Verdict = ("not-bound", "instrument-not-in-force", None)
        return Binding(instrument, state, *verdict, (described, *facts))
    if not facts:
        rolls = tuple(each for each in view.seen(view.index.rolls.get(instrument, ())) if _tells(each, view.on))
        if rolls:
            return Binding(instrument, state, "not-bound", "not-listed", None, rolls)
    return Binding(instrument, state, *_together(_verdict(each, view.on) for each in facts), facts)


def parties(view: View, instrument: str) -> list[Binding]:
    """Every state of which the facts say anything about an instrument, by its code. Raises `InstrumentUnknown`."""
    if view.instrument(instrument) is None:
        raise InstrumentUnknown(instrument=instrument[:64])
    found = [binding(view, instrument, state) for state in view.index.states.get(instrument, ())]
    return [each for each in found if each.facts]


def treaties(view: View, one: str, other: str, kind: TreatyKind | None = None) -> list[TreatyBinding]:
    """The treaties between two of which the facts know, by id and by the day on which they were signed."""
    facts = view.seen(view.index.treaties.get(frozenset((one, other)), ()))
    wanted = sorted((each for each in facts if kind in (None, each.kind)), key=_concluded)
    return [_treaty(tuple(each), view.on) for _, each in groupby(wanted, key=_concluded)]


def absences(view: View, one: str, other: str, kind: TreatyKind) -> tuple[Absence, ...]:
    """The facts which say that two have no treaty of a kind. Beside one that is bound they show a conflict."""
    facts = view.seen(view.index.absences.get(frozenset((one, other)), ()))
    return tuple(each for each in facts if each.kind == kind)


def _tells(roll: Roll, on: date) -> bool:
    """Whether who is not on the list was out on that day. A later day may have brought others in, unless those who are
    in let nobody in without entering it here."""
    return roll.closed or on <= roll.complete_on


def _began(instrument: Instrument, on: date) -> bool:
    return instrument.in_force is not None and instrument.in_force <= on


def _concluded(treaty: Treaty) -> tuple[str, str]:
    return treaty.id, treaty.signed.isoformat() if treaty.signed else ""


def _treaty(facts: tuple[Treaty, ...], on: date) -> TreatyBinding:
    first = facts[0]
    return TreatyBinding(first.id, first.kind, first.signed, *_together(_verdict(each, on) for each in facts), facts)


def _verdict(fact: Participation | Treaty, on: date) -> _Verdict:
    """What one fact says of a day."""
    if fact.until is not None and on >= fact.until:
        return "not-bound", "ended", None
    if fact.in_force is not None:
        return ("bound", "in-force", fact.in_force) if fact.in_force <= on else ("not-bound", "not-yet", None)
    if fact.in_force_by is not None:
        return ("bound", "in-force-by", None) if fact.in_force_by <= on else ("cannot-tell", "since-unknown", None)
    deposited = getattr(fact, "deposited", None)
    if fact.signed is not None and on < fact.signed:
        return "not-bound", "not-yet", None
    if isinstance(fact, Treaty) or deposited is not None or fact.signed is None:
        return "cannot-tell", "in-force-unknown", None
    return "not-bound", "signed-only", None


def _together(verdicts: Iterable[_Verdict]) -> _Verdict:
    """What several witnesses say: their common finding, since the earliest day that one gives."""
    found = list(verdicts)
    if not found:
        return _SILENT
    if len({finding for finding, _, _ in found}) > 1:
        return "cannot-tell", "witnesses-differ", None
    days = [since for _, _, since in found if since is not None]
    finding, why, _ = next((each for each in found if each[2] is not None), found[0])
    return finding, why, min(days, default=None)
