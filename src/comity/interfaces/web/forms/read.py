# SPDX-License-Identifier: Apache-2.0
"""From a POST to a body.

What was left empty is left out; what cannot be read as its type stays the text that was typed, so that the body's own
rules name the problem and the form can show the text again. `before` is the body that the form was made from: of it,
members unknown to the schema and the files kept are taken over.
"""

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from django.utils.datastructures import MultiValueDict

from comity.interfaces.web.forms import moments
from comity.interfaces.web.forms.fields import Widget
from comity.interfaces.web.forms.shape import Shape
from comity.protocol.terms import schemas
from comity.protocol.wire.names import digest_of

MOST_ROWS = 200
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*", re.ASCII)


Post: TypeAlias = MultiValueDict[str, str]
"""What a form sends: Django's QueryDict is one."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the form."""

    name: str
    media_type: str
    content: bytes


def body(
    kind: str,
    post: Post,
    before: Mapping[str, Any],
    uploads: Sequence[Upload] = (),
    *,
    zone: ZoneInfo = moments.UNIVERSAL,
) -> dict[str, Any]:
    """The body that the form says; its times were typed in `zone`. Raises `UnknownKind`."""
    return _Reading(post, uploads, zone, moments.second_times(before, zone)).group(
        Shape.of(schemas.schema(kind)), "", before
    )


def attachment(upload: Upload) -> dict[str, Any]:
    """The file as a body carries it."""
    return {
        "name": re.sub(r"[\x00-\x1f\x7f/\\]", "_", upload.name)[-120:] or "file",
        "media_type": upload.media_type if _MEDIA_TYPE.fullmatch(upload.media_type) else "application/octet-stream",
        "size": len(upload.content),
        "sha256": digest_of(upload.content),
        "data": base64.b64encode(upload.content).decode("ascii"),
    }


@dataclass(frozen=True, slots=True)
class _Reading:
    post: Post
    uploads: Sequence[Upload]
    zone: ZoneInfo
    known: Mapping[str, str]

    def group(self, shape: Shape, path: str, before: object) -> dict[str, Any]:
        """An object's members that were filled in."""
        known = before if isinstance(before, Mapping) else {}
        found: dict[str, Any] = {name: value for name, value in known.items() if name not in shape.properties}
        for name, member in shape.properties.items():
            value = self.member(
                member, f"{path}.{name}" if path else name, known.get(name), required=name in shape.required
            )
            if value is not None:
                found[name] = value
        return found

    def member(self, shape: Shape, path: str, before: object, *, required: bool) -> Any:
        """The member's value, or None when there is nothing to say."""
        widget = shape.widget(required=required)
        if widget is Widget.GROUP:
            return self.group(shape, path, before) or ({} if required else None)
        if widget is Widget.ROWS:
            return self._rows(shape, path) or None
        if widget is Widget.FILES:
            return self._files(path, before) or None
        if widget is Widget.TICKS:
            return [each for each in self.post.getlist(path) if each] or None
        if widget is Widget.LINES:
            return [line.strip() for line in self._text(path).splitlines() if line.strip()] or None
        return self._single(widget, path)

    def _single(self, widget: Widget, path: str) -> Any:
        text = self._text(path)
        if not text:
            return None
        if widget in (Widget.YES_NO, Widget.TICK):
            return {"yes": True, "no": False}.get(text)
        if widget is Widget.NUMBER:
            return int(text) if re.fullmatch(r"-?[0-9]{1,15}", text) else text
        return moments.from_input(text, self.zone, self.known) if widget is Widget.TIME else text

    def _rows(self, shape: Shape, path: str) -> list[Any]:
        rows = (self.member(shape.items, f"{path}.{row}", None, required=True) for row in self._numbers(path))
        return [row for row in rows if row]

    def _numbers(self, path: str) -> list[int]:
        """The rows that the POST has; those that were removed leave gaps."""
        pattern = re.compile(re.escape(path) + r"\.([0-9]{1,4})(?:\.|$)")
        found = {int(match[1]) for match in map(pattern.match, self.post.keys()) if match}
        return sorted(found)[:MOST_ROWS]

    def _files(self, path: str, before: object) -> list[Any]:
        kept = set(self.post.getlist(f"{path}.keep"))
        held = before if isinstance(before, list) else []
        staying = [each for each in held if isinstance(each, Mapping) and each.get("sha256") in kept]
        return [*staying, *map(attachment, self.uploads)]

    def _text(self, path: str) -> str:
        return (self.post.get(path) or "").replace("\r\n", "\n").strip()
