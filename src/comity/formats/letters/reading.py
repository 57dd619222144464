# SPDX-License-Identifier: Apache-2.0
"""The members of a body as entries: what its schema says they are, in the schema's order and the letter's language.

Whatever the schema does not know is said too, as it is: what was signed is never hidden from its reader. Files are left
to the annexes.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from comity.formats.letters.content import Entry, How, Words
from comity.formats.letters.wording import Wording
from comity.protocol.terms import schemas
from comity.protocol.terms.errors import UnknownKind
from comity.protocol.terms.instruments import INSTRUMENTS

SHORT = 200
"""A text up to this length is a line: a name, a number, an address. Longer ones are words of the author."""

_HOLIDAYS = " (public holidays unknown)"
"""What a counted due time says when it could not know them; see `drafting.clocks`."""

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads bodies of one kind. `definitions` are the parts that its schema refers to."""

    wording: Wording
    properties: Mapping[str, Schema]
    definitions: Mapping[str, Schema]

    @classmethod
    def of(cls, kind: str, wording: Wording) -> "Reading":
        """The reading of a kind; of one that this version does not know, every member is an unknown one."""
        try:
            schema = schemas.schema(kind)
        except UnknownKind:
            schema = {}
        return cls(wording, schema.get("properties", {}), schema.get("$defs", {}))

    def members(self, body: Mapping[str, Any]) -> dict[str, Entry]:
        """Every member that says something, but the attachments."""
        return dict(self._members(self.properties, {name: body[name] for name in body if name != "attachments"}))

    def _members(self, properties: Mapping[str, Schema], held: Mapping[str, Any]) -> Iterator[tuple[str, Entry]]:
        for name, schema in properties.items():
            if name in held and held[name] not in ([], {}):
                yield name, self._member(self._followed(schema), held[name])
        for name in sorted(held.keys() - properties.keys()):
            yield name, Entry(Words(name, How.PLAIN), (_raw(held[name]),))

    def _member(self, schema: Schema, value: Any) -> Entry:
        label = self.wording.term(schema.get("title", ""))
        if schema.get("type") == "object" and isinstance(value, Mapping):
            return Entry(label, groups=(self._group(schema, value),))
        if schema.get("type") == "array" and isinstance(value, list):
            return self._list(label, self._followed(schema.get("items", {})), value)
        return Entry(label, (self._value(schema, value),))

    def _list(self, label: Words, schema: Schema, values: Sequence[Any]) -> Entry:
        if schema.get("type") == "object" and all(isinstance(each, Mapping) for each in values):
            return Entry(label, groups=tuple(self._group(schema, each) for each in values))
        return Entry(label, tuple(self._value(schema, each) for each in values))

    def _group(self, schema: Schema, value: Mapping[str, Any]) -> tuple[Entry, ...]:
        return tuple(entry for _, entry in self._members(schema.get("properties", {}), value))

    def _value(self, schema: Schema, value: Any) -> Words:
        if isinstance(value, bool):
            return self.wording.own("yes" if value else "no")
        if not isinstance(value, str):
            return _raw(value)
        if "enum" in schema:
            return self.wording.code(schema.get("x-vocabulary", ""), value)
        if schema.get("format") == "date-time":
            return Words(moment(value), How.PLAIN)
        return self._text(schema, value)

    def _text(self, schema: Schema, value: str) -> Words:
        if schema.get("title") == "Instrument" and value in INSTRUMENTS:
            named = self.wording.term(INSTRUMENTS[value].label)
            return Words(f"{named.text} ({value})", named.how)
        if schema.get("title") == "What is due":
            return self._due(value)
        short = "format" in schema or 0 < schema.get("maxLength", 0) <= SHORT or "maxLength" not in schema
        return Words(value, How.PLAIN if short else How.AUTHENTIC)

    def _due(self, value: str) -> Words:
        """What is due: the words of a clock are translated, others are the author's."""
        said, unknown, _ = value.partition(_HOLIDAYS)
        found = self.wording.known(said)
        if found is None or self.wording.language == "en":
            return Words(value, How.PLAIN)
        return Words(f"{found.text} ({self.wording.own('holidays').text})" if unknown else found.text)

    def _followed(self, schema: Schema) -> Schema:
        reference = schema.get("$ref", "")
        if not reference:
            return schema
        return {**self.definitions[reference.removeprefix("#/$defs/")], **schema}


def moment(value: str) -> str:
    """`2016-12-13T06:00:00.000Z` as people read it in every language; another text stays."""
    day, separator, time = value.partition("T")
    if not separator or not time.endswith("Z"):
        return value
    return f"{day} {time.removesuffix('Z').removesuffix('.000').removesuffix(':00')} UTC"


def _raw(value: Any) -> Words:
    """A value as it was signed."""
    if isinstance(value, str):
        return Words(value, How.AUTHENTIC)
    if isinstance(value, int):
        return Words(str(value), How.PLAIN)
    return Words(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True), How.AUTHENTIC)
