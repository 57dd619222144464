# SPDX-License-Identifier: Apache-2.0
"""What a piece of JSON Schema asks for, in the few shapes that the bodies have.

object → group     array of objects → rows     array of codes → ticks
    array of single lines → lines     array of Attachment → files
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from comity.interfaces.web.forms.fields import Widget

SHORT = 200
"""A text up to this length is one line."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A schema with its references followed. `definitions` are the schema's own `$defs`."""

    schema: Mapping[str, Any]
    definitions: Mapping[str, Any]

    @classmethod
    def of(cls, schema: Mapping[str, Any]) -> "Shape":
        """The shape of a whole body."""
        return cls(schema, schema.get("$defs", {}))

    @property
    def properties(self) -> dict[str, "Shape"]:
        """The members of an object, in the order of the schema."""
        return {name: self._follow(each) for name, each in self.schema.get("properties", {}).items()}

    @property
    def items(self) -> "Shape":
        """What an array holds."""
        return self._follow(self.schema["items"])

    @property
    def required(self) -> frozenset[str]:
        """The members that must be there."""
        return frozenset(self.schema.get("required", ()))

    @property
    def codes(self) -> tuple[str, ...]:
        """The values of a closed list; empty when the value is free."""
        return tuple(self.schema.get("enum", ()))

    @property
    def default(self) -> Any:
        """What an absent member means; None when that is nothing."""
        return self.schema.get("default")

    def widget(self, *, required: bool) -> Widget:
        """How the value is asked for."""
        kind = self.schema.get("type")
        if kind == "object":
            return Widget.GROUP
        if kind == "array":
            return self._list()
        if kind == "boolean":
            return Widget.YES_NO if required else Widget.TICK
        if kind == "integer":
            return Widget.NUMBER
        return self._text()

    def _list(self) -> Widget:
        items = self.items
        if any("contentEncoding" in each.schema for each in items.properties.values()):
            return Widget.FILES
        if items.codes:
            return Widget.TICKS
        return Widget.LINES if items.widget(required=True) is Widget.LINE else Widget.ROWS

    def _text(self) -> Widget:
        if self.codes:
            return Widget.CHOICE
        form = self.schema.get("format")
        if form in ("date", "date-time"):
            return Widget.DATE if form == "date" else Widget.TIME
        return Widget.LINE if self.schema.get("maxLength", 0) <= SHORT else Widget.WORDS

    def _follow(self, schema: Mapping[str, Any]) -> "Shape":
        reference = schema.get("$ref", "")
        if not reference:
            return Shape(schema, self.definitions)
        target = self.definitions[reference.removeprefix("#/$defs/")]
        return Shape({**target, **{name: each for name, each in schema.items() if name != "$ref"}}, self.definitions)
