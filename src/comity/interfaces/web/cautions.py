# SPDX-License-Identifier: Apache-2.0
"""What to look at twice before it is signed: a time ahead that is already past, a member that nobody knows.

None of it is refused: an officer may mean it. It is said where the words are read for the last time.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from comity.interfaces.web.facts import At, Translate
from comity.interfaces.web.forms.shape import Shape
from comity.interfaces.web.times import Moment
from comity.protocol.terms import kinds, schemas
from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.names import parse_time

_AHEAD = frozenset({"due.at", "until", "expected", "answer_by", "hearing_at", "wished_by", "lapses_on"})
"""Members that tell a time to come; in a request `at` is one too."""


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to look at: a member whose time (`past`) or `day` is past, or one that the kind does not know."""

    label: str
    past: Moment | None = None
    day: str = ""


def cautions(kind: str, body: Mapping[str, Any], now: datetime, translate: Translate, at: At) -> tuple[Caution, ...]:
    """All of them, in the order of the body. Raises `UnknownKind`."""
    ahead = _AHEAD | ({"at"} if kind in kinds.request_kinds() else set())
    found = []
    for path, shape, value in _inside(Shape.of(schemas.schema(kind)), "", body):
        if shape is None:
            found.append(Caution(path))
        elif re.sub(r"\.\d+", "", path) in ahead and isinstance(value, str):
            found += _past(translate(shape.schema.get("title", "")), value, now, at)
    return tuple(found)


def _inside(shape: Shape, path: str, value: object) -> Iterator[tuple[str, Shape | None, Any]]:
    """Every member with its schema, or None for one that the schema lacks."""
    if isinstance(value, list) and shape.schema.get("type") == "array":
        for row, each in enumerate(value):
            yield from _inside(shape.items, f"{path}.{row}", each)
    elif isinstance(value, Mapping) and shape.schema.get("type") == "object":
        for name, each in value.items():
            inner, here = shape.properties.get(name), f"{path}.{name}".lstrip(".")
            yield here, inner, each
            if inner is not None:
                yield from _inside(inner, here, each)


def _past(label: str, value: str, now: datetime, at: At) -> list[Caution]:
    """The caution about a time, or a day, that is over."""
    try:
        told = parse_time(value)
    except BadMember:
        over = re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII) and value < f"{now:%Y-%m-%d}"
        return [Caution(label, day=value)] if over else []
    return [Caution(label, at(told))] if told < now else []
