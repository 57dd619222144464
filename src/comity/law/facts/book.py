# SPDX-License-Identifier: Apache-2.0
"""All facts that a node knows: those shipped with the program, and its own beside them.

The shipped ones are read from one file, made of rules/ by `make rules`: whoever asks a question of law waits neither
for YAML nor for its validation.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import orjson

from comity.law.facts.claims import Claim
from comity.law.facts.fact import Fact
from comity.law.facts.families import FAMILIES
from comity.law.facts.national import Authority, Category, Offence, Rule, Statement
from comity.law.facts.treaties import Absence, Instrument, Participation, Provision, Relation, Roll, Treaty

COMPILED = Path(__file__).with_name("compiled.json")


@dataclass(frozen=True, slots=True)
class Book:
    """Facts by family, each in the order of the files."""

    instruments: tuple[Instrument, ...] = ()
    provisions: tuple[Provision, ...] = ()
    relations: tuple[Relation, ...] = ()
    rolls: tuple[Roll, ...] = ()
    participations: tuple[Participation, ...] = ()
    treaties: tuple[Treaty, ...] = ()
    absences: tuple[Absence, ...] = ()
    statements: tuple[Statement, ...] = ()
    authorities: tuple[Authority, ...] = ()
    rules: tuple[Rule, ...] = ()
    categories: tuple[Category, ...] = ()
    offences: tuple[Offence, ...] = ()
    claims: tuple[Claim, ...] = ()

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> "Book":
        """The book of these facts."""
        found = list(facts)
        parts: dict[str, Any] = {
            name: tuple(each for each in found if type(each) is kind) for name, kind in FAMILIES.items()
        }
        return cls(**parts)

    def facts(self) -> Iterable[Fact]:
        """All of them, family by family."""
        for name in FAMILIES:
            yield from getattr(self, name)

    def beside(self, own: "Book") -> "Book":
        """These facts and a node's own."""
        return Book.of((*self.facts(), *own.facts()))


@cache
def shipped() -> Book:
    """The facts that come with the program."""
    return thaw(orjson.loads(COMPILED.read_bytes()))


def thaw(told: Mapping[str, Sequence[Mapping[str, Any]]]) -> Book:
    """What `freeze` wrote. It was validated when it was compiled, and is not again."""
    parts: dict[str, Any] = {name: tuple(_made(kind, each) for each in told[name]) for name, kind in FAMILIES.items()}
    return Book(**parts)


def freeze(book: Book) -> bytes:
    """The book as JSON, a fact a line, so that a change to the law is a change to a line."""
    parts = []
    for name in FAMILIES:
        lines = [orjson.dumps(_told(each), option=orjson.OPT_SORT_KEYS) for each in getattr(book, name)]
        parts.append(b'"%s":[\n%s\n]' % (name.encode(), b",\n".join(lines)))
    return b"{" + b",\n".join(parts) + b"}\n"


def _told(fact: Any) -> dict[str, Any]:
    """The members that say something."""
    return {
        each.name: _plain(value)
        for each in fields(fact)
        if (value := getattr(fact, each.name)) != each.default or each.default is MISSING
    }


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return _told(value)
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _made(kind: Any, told: Mapping[str, Any]) -> Any:
    readers = _readers(kind)
    return kind(**{name: readers[name](value) if name in readers else value for name, value in told.items()})


@cache
def _readers(kind: Any) -> dict[str, Callable[[Any], Any]]:
    """The members that JSON does not have as they are."""
    hints = get_type_hints(kind, include_extras=True)
    found = {name: _reader(hint) for name, hint in hints.items()}
    return {name: reader for name, reader in found.items() if reader is not None}


def _reader(hint: Any) -> Callable[[Any], Any] | None:
    if get_origin(hint) is Annotated:
        return _reader(get_args(hint)[0])
    for part in get_args(hint) if isinstance(hint, UnionType) else (hint,):
        if part is date:
            return date.fromisoformat
        if is_dataclass(part):
            return partial(_made, part)
        if get_origin(part) is tuple:
            inner = _reader(get_args(part)[0])
            return partial(_each, inner) if inner else tuple
    return None


def _each(reader: Callable[[Any], Any], values: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(reader(each) for each in values)
