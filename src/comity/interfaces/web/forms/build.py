# SPDX-License-Identifier: Apache-2.0
"""From a kind's schema and a body (perhaps unfinished, perhaps wrong) to the fields of its form.

Labels are the schema's titles in the reader's language; a problem stands where `placing` says, or at the nearest field
above. `choices` replaces the free text of a path by a closed list (the parties of a thread, the messages that can be
recalled).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_noop, pgettext

from comity.interfaces.web.forms import moments, order, placing
from comity.interfaces.web.forms.fields import Field, File, Option, Section, Widget
from comity.interfaces.web.forms.placing import Translate
from comity.interfaces.web.forms.shape import Shape
from comity.interfaces.web.times import city
from comity.protocol.terms import kinds, schemas
from comity.protocol.terms.attachments import ATTACHMENTS_LIMIT
from comity.protocol.terms.errors import Problem
from comity.protocol.terms.vocabularies import VOCABULARIES

Choices = Mapping[str, Sequence[tuple[str, str]]]

_LOCAL = {"In UTC.": "", "In UTC; the 72 hours run from here.": gettext_noop("The 72 hours run from here.")}
"""What is said instead at a time that is typed in another zone; elsewhere the zone takes the place of UTC."""
_TIME_OF = gettext_noop("{city} time")
_NEEDED = {"urgency_reason": gettext_noop("needed when urgent")}
"""Members that the schema lets be absent, and that something else may ask for."""


def form(
    kind: str,
    body: Mapping[str, Any],
    translate: Translate,
    *,
    problems: Iterable[Problem] = (),
    more: Mapping[str, int] | None = None,
    choices: Choices | None = None,
    zone: ZoneInfo = moments.UNIVERSAL,
) -> tuple[Section, ...]:
    """The sections of the kind's form, in reading order; `more` adds empty rows to a path, times are shown and typed in
    `zone`. Raises `UnknownKind`."""
    shape = Shape.of(schemas.schema(kind))
    building = _Building(translate, placing.said(problems, translate), more or {}, choices or {}, zone)
    fields = {field.name: field for field in building.group(shape, "", body)}
    return tuple(
        Section(name, tuple(fields[each] for each in members if each in fields))
        for name, members in order.sections(fields, move=kind in kinds.move_kinds())
    )


@dataclass(frozen=True, slots=True)
class _Building:
    translate: Translate
    problems: Mapping[str, str]
    more: Mapping[str, int]
    choices: Choices
    zone: ZoneInfo

    def group(self, shape: Shape, path: str, body: object) -> tuple[Field, ...]:
        """The fields of an object's members."""
        values = body if isinstance(body, Mapping) else {}
        return tuple(
            self.member(member, f"{path}.{name}" if path else name, values.get(name), required=name in shape.required)
            for name, member in shape.properties.items()
            if self.choices.get(f"{path}.{name}" if path else name) != ()
        )

    def member(self, shape: Shape, path: str, value: Any, *, required: bool) -> Field:
        """The field of one member."""
        widget = shape.widget(required=required)
        if path in self.choices:
            widget = Widget.TICKS if shape.schema.get("type") == "array" else Widget.CHOICE
        fields = self._inside(widget, shape, path, value)
        return Field(
            name=path,
            widget=widget,
            label=self.translate(shape.schema.get("title", "")),
            help=self._help(widget, shape),
            zone=self.zone.key if widget is Widget.TIME else "",
            required=required,
            needed="" if required else self.translate(_NEEDED.get(path, "")),
            value=_shown(widget, value, shape.default, self.zone),
            longest=ATTACHMENTS_LIMIT if widget is Widget.FILES else shape.schema.get("maxLength", 0),
            options=self._options(widget, shape, path, value),
            fields=fields,
            files=_files(value) if widget is Widget.FILES else (),
            problem=self._problem(path, fields, widget),
            open=required or bool(value) or path in self.problems or any(each.problems for each in fields),
        )

    def _help(self, widget: Widget, shape: Shape) -> str:
        """The schema's words; of a time, which is typed in our zone, those that hold for it."""
        said = shape.schema.get("description", "")
        if widget is not Widget.TIME or self.zone is moments.UNIVERSAL:
            return self.translate(said)
        here = self.translate(_TIME_OF).format(city=city(self.zone.key))
        return self.translate(_LOCAL[said]) if said in _LOCAL else self.translate(said).replace("UTC", here)

    def _inside(self, widget: Widget, shape: Shape, path: str, value: Any) -> tuple[Field, ...]:
        if widget is Widget.GROUP:
            return self.group(shape, path, value)
        if widget is not Widget.ROWS:
            return ()
        rows: list[Any] = value if isinstance(value, list) else []
        count = len(rows) + self.more.get(path, 0)
        if not count and shape.schema.get("minItems"):
            count = 1
        return tuple(
            self.member(shape.items, f"{path}.{row}", rows[row] if row < len(rows) else None, required=True)
            for row in range(count)
        )

    def _options(self, widget: Widget, shape: Shape, path: str, value: Any) -> tuple[Option, ...]:
        chosen = value if isinstance(value, list) else [value if value is not None else shape.default]
        if path in self.choices:
            return tuple(Option(code, label, chosen=code in chosen) for code, label in self.choices[path])
        if widget not in (Widget.CHOICE, Widget.TICKS):
            return ()
        schema = shape.items.schema if widget is Widget.TICKS else shape.schema
        terms = VOCABULARIES[schema["x-vocabulary"]]
        return tuple(
            Option(term.code, self.translate(term.label), self.translate(term.description), term.code in chosen)
            for term in (terms[code] for code in schema["enum"])
        )

    def _problem(self, path: str, fields: Sequence[Field], widget: Widget) -> str:
        """The problems of this path, and of those below it that have no field of their own."""
        whole = not fields and widget is not Widget.GROUP
        found = (
            words for place, words in self.problems.items() if place == path or (whole and place.startswith(path + "."))
        )
        return pgettext("joint", "; ").join(dict.fromkeys(found))


def _shown(widget: Widget, value: Any, default: Any, zone: ZoneInfo) -> str:
    """What stands in the input."""
    if widget in (Widget.GROUP, Widget.ROWS, Widget.FILES, Widget.TICKS):
        return ""
    if widget is Widget.LINES:
        return "\n".join(map(str, value)) if isinstance(value, list) else ""
    shown = default if value is None else value
    if shown is None:
        return ""
    if isinstance(shown, bool):
        return "yes" if shown else "no"
    return moments.to_input(str(shown), zone) if widget is Widget.TIME else str(shown)


def _files(value: Any) -> tuple[File, ...]:
    held = value if isinstance(value, list) else []
    return tuple(
        File(each.get("sha256", ""), each.get("name", ""), each.get("size", 0))
        for each in held
        if isinstance(each, Mapping)
    )
