# SPDX-License-Identifier: Apache-2.0
"""The facts as they were law on one day, and as we knew them on another.

Every question is asked of a view. One for an earlier day gives the answer that was given then: what was learnt later is
not in it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TypeVar

from comity.law.facts.book import Book, shipped
from comity.law.facts.fact import Fact
from comity.law.facts.treaties import Absence, Instrument, Participation, Treaty

_Kind = TypeVar("_Kind", bound=Fact)
Pair = frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """A book, ordered for asking. Made once for a book: a view costs nothing."""

    book: Book
    instruments: Mapping[str, tuple[Instrument, ...]] = field(init=False)
    participations: Mapping[tuple[str, str], tuple[Participation, ...]] = field(init=False)
    states: Mapping[str, tuple[str, ...]] = field(init=False)
    treaties: Mapping[Pair, tuple[Treaty, ...]] = field(init=False)
    absences: Mapping[Pair, tuple[Absence, ...]] = field(init=False)

    def __post_init__(self) -> None:
        """Order the facts; nothing changes later."""
        book = self.book
        states: dict[str, dict[str, None]] = defaultdict(dict)
        for each in book.participations:
            states[each.instrument][each.state] = None
        made = {
            "instruments": _by((each.id, each) for each in book.instruments),
            "participations": _by(((each.instrument, each.state), each) for each in book.participations),
            "states": {name: tuple(sorted(found)) for name, found in states.items()},
            "treaties": _by((frozenset(each.parties), each) for each in book.treaties),
            "absences": _by((frozenset(each.parties), each) for each in book.absences),
        }
        for name, value in made.items():
            object.__setattr__(self, name, value)


@dataclass(frozen=True, slots=True)
class View:
    """The facts of `index` that were law `on` a day, as they were `known` on another."""

    index: Index
    on: date
    known: date

    def seen(self, facts: Iterable[_Kind]) -> tuple[_Kind, ...]:
        """Those of these facts that are in this view."""
        return tuple(each for each in facts if each.known(self.known) and each.valid(self.on))


@cache
def shipped_index() -> Index:
    """The facts that come with the program."""
    return Index(shipped())


_Key = TypeVar("_Key")


def _by(pairs: Iterable[tuple[_Key, _Kind]]) -> dict[_Key, tuple[_Kind, ...]]:
    found: dict[_Key, list[_Kind]] = defaultdict(list)
    for key, fact in pairs:
        found[key].append(fact)
    return {key: tuple(facts) for key, facts in found.items()}
