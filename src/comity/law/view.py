# SPDX-License-Identifier: Apache-2.0
"""The facts as they were law on one day, and as we knew them on another.

Every question is asked of a view. One for an earlier day gives the answer that was given then: what was learnt later is
not in it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from comity.law.facts.book import Book, shipped
from comity.law.facts.claims import Claim
from comity.law.facts.fact import Fact
from comity.law.facts.national import Authority, Category, Offence, Rule, Statement
from comity.law.facts.treaties import (
    Absence,
    Instrument,
    Participation,
    Provision,
    Relation,
    RelationKind,
    Roll,
    Treaty,
)

_Kind = TypeVar("_Kind", bound=Fact)
_Result = TypeVar("_Result")
_Rest = ParamSpec("_Rest")
Pair = frozenset[str]
_Many = Mapping[str, tuple[_Kind, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """A book, ordered for asking. Made once for a book: a view costs nothing."""

    book: Book
    instruments: "_Many[Instrument]" = field(init=False)
    provisions: "_Many[Provision]" = field(init=False)  # by instrument
    carrying: "_Many[Provision]" = field(init=False)  # by measure
    relations: "_Many[Relation]" = field(init=False)  # by instrument
    rolls: "_Many[Roll]" = field(init=False)  # by instrument
    laws: "_Many[Instrument]" = field(init=False)  # by the state whose law it is
    texts: "_Many[Instrument]" = field(init=False)  # by the treaty between two
    participations: Mapping[tuple[str, str], tuple[Participation, ...]] = field(init=False)
    states: Mapping[str, tuple[str, ...]] = field(init=False)
    treaties: Mapping[Pair, tuple[Treaty, ...]] = field(init=False)
    absences: Mapping[Pair, tuple[Absence, ...]] = field(init=False)
    statements: Mapping[tuple[str, str], tuple[Statement, ...]] = field(init=False)  # by instrument and state
    authorities: "_Many[Authority]" = field(init=False)  # by state
    rules: "_Many[Rule]" = field(init=False)  # by jurisdiction
    offences: "_Many[Offence]" = field(init=False)  # by jurisdiction
    categories: "_Many[Category]" = field(init=False)
    claims: Mapping[Pair, tuple[Claim, ...]] = field(init=False)
    newest: date = field(init=False)  # the day of the last fact that came in

    def __post_init__(self) -> None:
        """Order the facts; nothing changes later."""
        book = self.book
        states: dict[str, dict[str, None]] = defaultdict(dict)
        for each in book.participations:
            states[each.instrument][each.state] = None
        made = {
            "instruments": _by((each.id, each) for each in book.instruments),
            "provisions": _by((each.instrument, each) for each in book.provisions),
            "carrying": _by((measure, each) for each in book.provisions for measure in each.measures),
            "relations": _by((each.instrument, each) for each in book.relations),
            "rolls": _by((each.instrument, each) for each in book.rolls),
            "laws": _by((each.state, each) for each in book.instruments if each.state),
            "texts": _by((each.treaty, each) for each in book.instruments if each.treaty),
            "participations": _by(((each.instrument, each.state), each) for each in book.participations),
            "states": {name: tuple(sorted(found)) for name, found in states.items()},
            "treaties": _by((frozenset(each.parties), each) for each in book.treaties),
            "absences": _by((frozenset(each.parties), each) for each in book.absences),
            "statements": _by(((each.instrument, each.state), each) for each in book.statements),
            "authorities": _by((each.state, each) for each in book.authorities),
            "rules": _by((each.jurisdiction, each) for each in book.rules),
            "offences": _by((each.jurisdiction, each) for each in book.offences),
            "categories": _by((each.id, each) for each in book.categories),
            "claims": _by((frozenset(each.parties), each) for each in book.claims),
        }
        object.__setattr__(self, "newest", max((each.seen_at for each in book.facts()), default=date.min))
        for name, value in made.items():
            object.__setattr__(self, name, value)


@dataclass(frozen=True, slots=True)
class View:
    """The facts of `index` that were law `on` a day, as they were `known` on another."""

    index: Index
    on: date
    known: date
    memo: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)

    def seen(self, facts: Iterable[_Kind]) -> tuple[_Kind, ...]:
        """Those of these facts that are in this view."""
        return tuple(each for each in facts if each.known(self.known) and each.valid(self.on))

    def instrument(self, name: str) -> Instrument | None:
        """The instrument as this view describes it, or nothing."""
        key = ("instrument", name)
        if key not in self.memo:
            self.memo[key] = next(iter(self.seen(self.index.instruments.get(name, ()))), None)
        found: Instrument | None = self.memo[key]
        return found

    def rules(self, state: str, other: str = "") -> tuple[Rule, ...]:
        """The rules of a state, of `any`, in this view; without those that apply to others than the one named."""
        key = ("rules", state, other)
        if key not in self.memo:
            told = self.seen(self.index.rules.get(state, ()))
            self.memo[key] = tuple(each for each in told if not each.others or other in each.others)
        found: tuple[Rule, ...] = self.memo[key]
        return found

    def laws(self, state: str, other: str) -> tuple[Instrument, ...]:
        """The laws of a state that apply to another."""
        told = self.seen(self.index.laws.get(state, ()))
        return tuple(each for each in told if other not in each.except_for)

    def relations(self, kind: RelationKind) -> tuple[Relation, ...]:
        """Every relation of a kind."""
        key = ("relations", kind)
        if key not in self.memo:
            self.memo[key] = self.seen(each for each in self.index.book.relations if each.kind == kind)
        found: tuple[Relation, ...] = self.memo[key]
        return found


def remembered(function: Callable[Concatenate[View, _Rest], _Result]) -> Callable[Concatenate[View, _Rest], _Result]:
    """A question that is put many times to one view is answered once: what it says of a day does not change."""

    @wraps(function)
    def asked(view: View, /, *rest: _Rest.args, **named: _Rest.kwargs) -> _Result:
        key = (function, rest, *named.items())
        if key not in view.memo:
            view.memo[key] = function(view, *rest, **named)
        found: _Result = view.memo[key]
        return found

    return asked


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
