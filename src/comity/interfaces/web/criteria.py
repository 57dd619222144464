# SPDX-License-Identifier: Apache-2.0
"""A consultation on jurisdiction as a table: what each side states of each criterion, for whom it speaks, what is
missing.

Each side's last applied statement counts: the opener's first message, or a later `criteria-stated`. What cannot be
read, or was recalled and is closed here, is not shown. The table decides nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext, pgettext
from pydantic import ValidationError

from comity.interfaces.web import words
from comity.interfaces.web.door import Visit
from comity.interfaces.web.law import states
from comity.law.jurisdiction import Row, Stated, Victims, side_by_side
from comity.protocol.terms.criteria import Criteria, Place
from comity.protocol.terms.vocabulary import Source
from comity.protocol.thread.state import Outcome, ThreadState
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId
from comity.records.threads import recalled
from comity.records.threads.models import Thread

KIND = "jurisdiction-consultation"


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion: a cell for each side, whom it speaks for, who said nothing, and the numbers of its sources."""

    label: str
    cells: tuple[tuple[str, str], ...]
    speaks_for: tuple[str, ...]
    missing: tuple[str, ...]
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The sides in order, a line for each criterion, and the sources in the order of their numbers, from 1."""

    sides: tuple[str, ...]
    lines: tuple[Line, ...]
    sources: tuple[str, ...]


def table(visit: Visit, row: Thread, state: ThreadState, messages: Iterable[Message]) -> Table | None:
    """The criteria side by side; None in a thread that is no consultation, or without any."""
    if row.kind != KIND or not state.parties:
        return None
    said = _said(state, [each for each in messages if each.digest not in recalled.closed(visit.home.authority, state)])
    sides = {who: said.get(who) for who in sorted(state.parties)}
    found = side_by_side(stated(who, criteria) for who, criteria in sides.items())
    sources = tuple(dict.fromkeys(_source(each) for row in found.rows for each in row.sources))
    return Table(found.sides, tuple(_line(each, sides, sources) for each in found.rows), sources) if said else None


def stated(who: str, criteria: Criteria | None) -> Stated:
    """What a side states, as the law compares it; of a side that stated nothing, only who it is."""
    country = who.partition("/")[0]
    if criteria is None:
        return Stated(who, country)
    return Stated(
        side=who,
        country=country,
        act=_countries(criteria.act),
        damage=_countries(criteria.damage),
        suspects=_countries(criteria.suspects),
        evidence=_countries(criteria.evidence),
        nationality=tuple(criteria.nationality),
        victims=tuple(Victims(each.country, each.link, each.number) for each in criteria.victims),
        stage=criteria.stage,
        grounds=tuple(criteria.grounds),
        nationals=criteria.nationals or "",
        lapses_on=criteria.lapses_on or "",
    )


def _said(state: ThreadState, messages: Iterable[Message]) -> dict[AuthorityId, Criteria]:
    by_digest = {each.digest: each.statement for each in messages}
    found: dict[AuthorityId, Criteria] = {}
    for digest in state.order:
        statement = by_digest.get(digest)
        if statement and state.outcomes[digest] is Outcome.APPLIED and "criteria" in statement.body:
            try:
                found[statement.sender] = Criteria.model_validate(statement.body["criteria"])
            except ValidationError:
                continue
    return found


def _countries(places: Iterable[Place]) -> tuple[str, ...]:
    return tuple(each.country for each in places)


def _line(row: Row, sides: Mapping[AuthorityId, Criteria | None], sources: Sequence[str]) -> Line:
    return Line(
        label=words.term("jurisdiction-criteria", row.criterion),
        cells=tuple((who, _apart(_cell(row.criterion, found)) if found else "") for who, found in sides.items()),
        speaks_for=tuple(each.side for each in row.speaks_for),
        missing=row.missing,
        sources=tuple(sources.index(_source(each)) + 1 for each in row.sources),
    )


def _cell(criterion: str, said: Criteria) -> list[str]:
    """What a side states of one criterion, in the reader's words; nothing where it states nothing."""
    match criterion:
        case "act" | "damage" | "suspects" | "evidence":
            return [_place(each) for each in getattr(said, criterion)]
        case "nationality":
            return [states.name(each) for each in said.nationality]
        case "victims":
            return [_victims(each.country, each.link, each.number) for each in said.victims]
        case "stage":
            return [words.term("proceeding-stages", said.stage)]
        case "grounds":
            return [words.term("jurisdiction-grounds", each) for each in said.grounds]
        case "extradition":
            return [words.term("own-nationals", said.nationals)] if said.nationals else []
    return [said.lapses_on] if said.lapses_on else []


def _place(place: Place) -> str:
    told = states.name(place.country)
    if place.place:
        told = gettext("{country}, {place}").format(country=told, place=place.place)
    return _noted(told, place.note) if place.note else told


def _victims(country: str, link: str, number: int | None) -> str:
    what = words.term("victim-links", link) if number is None else _counted(link, number)
    return gettext("{place}: {what}").format(place=states.name(country), what=what)


def _counted(link: str, number: int) -> str:
    if link == "nationality":
        told = ngettext("{count} of its nationals", "{count} of its nationals", number)
    else:
        told = ngettext("{count} of its residents", "{count} of its residents", number)
    return told.format(count=number)


def _source(source: Source) -> str:
    told = " ".join(filter(None, (words.term("instruments", source.instrument), source.article)))
    return told if source.verified else _noted(told, gettext("not yet verified"))


def _noted(text: str, note: str) -> str:
    return gettext("{text} ({note})").format(text=text, note=note)


def _apart(texts: Iterable[str]) -> str:
    """One after the other."""
    return pgettext("joint", "; ").join(texts)
