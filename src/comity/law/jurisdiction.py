# SPDX-License-Identifier: Apache-2.0
"""Who claims a case, criterion by criterion: what each side states, for which sides it speaks, and what is missing.

It never decides. Nothing is counted, weighed or ranked: the sources name criteria and leave the choice to the
authorities that consult. The order in which the sides are given changes nothing. What a side leaves out is missing; it
is never read as a no.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from comity.protocol.terms.jurisdiction import CRITERIA
from comity.protocol.terms.vocabulary import Source


@dataclass(frozen=True, slots=True)
class Victims:
    """Victims linked to a country by `nationality` or `residence`; None where their number is not known."""

    country: str
    link: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """What one side states. `side` names it (an authority), `country` is its own; countries are ISO 3166-1 codes.

    `stage`, `grounds` and `nationals` are codes of `PROCEEDING_STAGES`, `JURISDICTION_GROUNDS` and `NATIONALS`; empty
    means not stated.
    """

    side: str
    country: str
    act: tuple[str, ...] = ()
    damage: tuple[str, ...] = ()
    suspects: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    nationality: tuple[str, ...] = ()
    victims: tuple[Victims, ...] = ()
    stage: str = ""
    grounds: tuple[str, ...] = ()
    nationals: str = ""
    lapses_on: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """The criterion speaks for `side`, as those in `said_by` state. Where not all say so, they may disagree."""

    side: str
    said_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion. `speaks_for` may name every side or none; `missing` are the sides that state nothing of it;
    `elsewhere` are the countries named that are no side's own.
    """

    criterion: str
    speaks_for: tuple[Voice, ...]
    elsewhere: tuple[str, ...]
    missing: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The sides by name, and a row for each criterion of `CRITERIA`, in its order."""

    sides: tuple[str, ...]
    rows: tuple[Row, ...]


def side_by_side(stated: Iterable[Stated]) -> Comparison:
    """All criteria of all sides. Raises `ValueError` when a side is given twice."""
    sides = tuple(sorted(stated, key=lambda each: each.side))
    if len({each.side for each in sides}) != len(sides):
        raise ValueError("a side is given twice")
    return Comparison(tuple(each.side for each in sides), tuple(_row(term.code, sides) for term in CRITERIA))


def _row(criterion: str, sides: tuple[Stated, ...]) -> Row:
    countries = {each.country for each in sides}
    pointed = {each.side: _POINTS[criterion](each) for each in sides}
    voices = (_voice(criterion, each, sides, pointed) for each in sides)
    named = {country for found in pointed.values() for country in found or ()}
    return Row(
        criterion=criterion,
        speaks_for=tuple(voice for voice in voices if voice.said_by),
        elsewhere=tuple(sorted(named - countries)),
        missing=tuple(side for side, found in pointed.items() if found is None),
        sources=CRITERIA[criterion].sources,
    )


def _voice(
    criterion: str, side: Stated, sides: tuple[Stated, ...], pointed: Mapping[str, frozenset[str] | None]
) -> Voice:
    """Who says that the criterion speaks for this side: any of them of a place or a person, the side alone of its own
    proceedings and law, which no other can state for it.
    """
    heard = (side,) if criterion in _OWN else sides
    return Voice(side.side, tuple(each.side for each in heard if side.country in (pointed[each.side] or ())))


_OWN = frozenset({"stage", "grounds", "extradition", "lapse"})


def _own_if(stated: bool, speaks: bool, side: Stated) -> frozenset[str] | None:
    if not stated:
        return None
    return frozenset((side.country,)) if speaks else frozenset()


def _stage(side: Stated) -> frozenset[str] | None:
    """Proceedings that have begun speak for going on with them."""
    return _own_if(bool(side.stage), side.stage != "none", side)


def _extradition(side: Stated) -> frozenset[str] | None:
    """A side that does not extradite its nationals is the only one that can try those of them that it has."""
    held = side.country in side.suspects and side.country in side.nationality
    return _own_if(bool(side.nationals), side.nationals == "not-extradited" and held, side)


_POINTS: Mapping[str, Callable[[Stated], frozenset[str] | None]] = {
    "act": lambda side: frozenset(side.act) or None,
    "damage": lambda side: frozenset(side.damage) or None,
    "suspects": lambda side: frozenset(side.suspects) or None,
    "evidence": lambda side: frozenset(side.evidence) or None,
    "nationality": lambda side: frozenset(side.nationality) or None,
    "victims": lambda side: frozenset(each.country for each in side.victims) or None,
    "stage": _stage,
    "grounds": lambda side: _own_if(bool(side.grounds), True, side),
    "extradition": _extradition,
    "lapse": lambda side: _own_if(bool(side.lapses_on), False, side),
}
"""To which countries a side's statement points; None where it states nothing. A date of lapse is shown and speaks for
nobody: whether it is near is for those who read it."""
