# SPDX-License-Identifier: Apache-2.0
"""A body as reading matter: what the form would ask, said back in the same order and the same words.

Whatever the schema does not know is shown too, at the end and as it is: what was signed must never be hidden from its
reader.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from comity.interfaces.web.forms import order
from comity.interfaces.web.forms.fields import Widget
from comity.interfaces.web.forms.shape import Shape
from comity.interfaces.web.times import Moment
from comity.protocol.terms import kinds, schemas
from comity.protocol.terms.errors import UnknownKind
from comity.protocol.terms.instruments import INSTRUMENTS
from comity.protocol.terms.vocabularies import VOCABULARIES
from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.names import parse_time

Translate = Callable[[str], str]
At = Callable[[datetime], Moment]


@dataclass(frozen=True, slots=True)
class File:
    """A file that can be downloaded, by its digest."""

    name: str
    size: int
    digest: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One member, said. At most one of the things after `label` is there."""

    label: str
    text: str = ""
    words: str = ""
    code: str = ""
    flag: bool | None = None
    moment: Moment | None = None
    items: tuple[str, ...] = ()
    facts: tuple["Fact", ...] = ()
    rows: tuple[tuple["Fact", ...], ...] = ()
    files: tuple[File, ...] = ()
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Facts that are read together."""

    name: str
    facts: tuple[Fact, ...]


def chapters(
    kind: str, body: Mapping[str, Any], translate: Translate, at: At, *, skip: frozenset[str] = frozenset()
) -> list[Chapter]:
    """The body in reading order. A kind that this node does not know is shown whole, as it is."""
    reading = _Reading(translate, at)
    try:
        shape = Shape.of(schemas.schema(kind))
    except UnknownKind:
        return [Chapter("other", tuple(reading.unknown(body, frozenset())))]
    said = {name: fact for name, fact in reading.group(shape, body) if name not in skip}
    found = [
        Chapter(name, tuple(said[each] for each in members))
        for name, members in order.sections(said, move=kind in kinds.move_kinds())
    ]
    other = tuple(reading.unknown(body, frozenset(shape.properties)))
    return [*found, Chapter("other", other)] if other else found


@dataclass(frozen=True, slots=True)
class _Reading:
    translate: Translate
    at: At

    def group(self, shape: Shape, value: object) -> Iterator[tuple[str, Fact]]:
        """The members of an object that say something."""
        held = value if isinstance(value, Mapping) else {}
        for name, member in shape.properties.items():
            if name in held and held[name] != []:
                yield name, self.member(member, held[name])

    def member(self, shape: Shape, value: Any) -> Fact:
        """One member, by what its schema says it is; by what it is when it is something else."""
        label = self.translate(shape.schema.get("title", ""))
        widget = shape.widget(required=False)
        if widget is Widget.GROUP and isinstance(value, Mapping):
            return Fact(label, facts=self._inside(shape, value))
        if isinstance(value, list):
            return self._list(label, widget, shape, value)
        if isinstance(value, bool):
            return Fact(label, flag=value)
        if isinstance(value, str):
            return self._text(label, widget, shape, value)
        return Fact(label, text=str(value)) if isinstance(value, int) else _raw(label, value)

    def unknown(self, body: Mapping[str, Any], known: frozenset[str]) -> Iterator[Fact]:
        """Members without a schema, under their own names."""
        for name, value in body.items():
            if name not in known:
                yield Fact(name, words=value) if isinstance(value, str) else _raw(name, value)

    def _inside(self, shape: Shape, value: Mapping[str, Any]) -> tuple[Fact, ...]:
        known = tuple(fact for _, fact in self.group(shape, value))
        return (*known, *self.unknown(value, frozenset(shape.properties)))

    def _list(self, label: str, widget: Widget, shape: Shape, value: list[Any]) -> Fact:
        if widget is Widget.FILES:
            return Fact(label, files=tuple(_file(each) for each in value if isinstance(each, Mapping)))
        if widget is Widget.ROWS and all(isinstance(each, Mapping) for each in value):
            return Fact(label, rows=tuple(self._inside(shape.items, each) for each in value))
        if all(isinstance(each, str) for each in value):
            return Fact(
                label,
                items=tuple(self._term(shape.items, each) for each in value)
                if widget is Widget.TICKS
                else tuple(value),
            )
        return _raw(label, value)

    def _text(self, label: str, widget: Widget, shape: Shape, value: str) -> Fact:
        if widget is Widget.CHOICE:
            return Fact(label, text=self._term(shape, value))
        if widget is Widget.TIME:
            try:
                return Fact(label, moment=self.at(parse_time(value)))
            except BadMember:
                return Fact(label, text=value)
        if value in INSTRUMENTS:
            return Fact(label, text=f"{value} · {self.translate(INSTRUMENTS[value].label)}")
        if value.startswith("sha256:"):
            return Fact(label, code=value)
        return Fact(label, words=value) if widget is Widget.WORDS else Fact(label, text=value)

    def _term(self, shape: Shape, code: str) -> str:
        vocabulary = VOCABULARIES.get(shape.schema.get("x-vocabulary", ""))
        return self.translate(vocabulary[code].label) if vocabulary and code in vocabulary else code


def _file(value: Mapping[str, Any]) -> File:
    size = value.get("size", 0)
    return File(
        name=str(value.get("name", "")),
        size=size if isinstance(size, int) else 0,
        digest=str(value.get("sha256", "")),
        media_type=str(value.get("media_type", "")),
    )


def _raw(label: str, value: Any) -> Fact:
    return Fact(label, raw=json.dumps(value, ensure_ascii=False, indent=2))
