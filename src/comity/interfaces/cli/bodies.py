# SPDX-License-Identifier: Apache-2.0
"""A body in lines, for a terminal: each member under the title that its kind gives it, codes by their labels, files by
name, size and SHA-256.

What the schema does not know is said too, last and under its own name: what was signed is never hidden from its reader.
Characters that would steer a terminal are shown, not obeyed.
"""

import base64
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from comity.protocol.terms import schemas
from comity.protocol.terms.errors import UnknownKind
from comity.protocol.terms.vocabularies import VOCABULARIES
from comity.protocol.wire.names import digest_of

_Schema = Mapping[str, Any]
_FILES = ("attachments", "exhibits")  # said last, whatever the schema's order
LONGEST_NAME = 200
"""Bytes of a file's name; a digest may be put before it, and systems take 255."""


def words(kind: str, body: Mapping[str, Any]) -> Iterator[str]:
    """The body's members, in the order of their kind's schema."""
    try:
        schema: _Schema = schemas.schema(kind)
    except UnknownKind:
        schema = {}
    yield from _members(schema, schema.get("$defs", {}), body)


def attachments(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The files that lie in the body whole."""
    found = body.get("attachments")
    return [each for each in found if isinstance(each, dict) and "data" in each] if isinstance(found, list) else []


def save(attachment: Mapping[str, Any], folder: Path) -> Path:
    """Write a file of a body into the folder, over nothing: beside another of its name it is named by its digest too.

    Raises `FileExistsError` when even that is taken by something else."""
    content = base64.b64decode(str(attachment["data"]))
    name = _file_name(str(attachment.get("name", "")))
    folder.mkdir(parents=True, exist_ok=True)
    for path in (folder / name, folder / f"{digest_of(content).removeprefix('sha256:')[:12]}-{name}"):
        if not path.exists():
            with path.open("xb") as file:
                file.write(content)
            return path
        if path.is_file() and path.read_bytes() == content:
            return path
    raise FileExistsError(17, "is there already", str(path))


def _file_name(name: str) -> str:
    """The name without folders, without what would hide it or steer a terminal."""
    plain = "".join(each for each in name.replace("\\", "/").rpartition("/")[2] if each.isprintable())
    return plain.encode(errors="replace")[-LONGEST_NAME:].decode(errors="ignore").lstrip(".-") or "file"


def _members(schema: _Schema, known: _Schema, value: Mapping[str, Any]) -> Iterator[str]:
    shapes = {name: _followed(each, known) for name, each in schema.get("properties", {}).items()}
    named = sorted((each for each in shapes if each in value), key=_FILES.__contains__)
    for name in [*named, *(each for each in value if each not in shapes)]:
        shape = shapes.get(name, {})
        if value[name] not in ([], None):
            yield from _member(str(shape.get("title", name)), shape, known, value[name])


def _member(title: str, shape: _Schema, known: _Schema, value: Any) -> Iterator[str]:
    label = clean(title) + ":"
    if isinstance(value, Mapping):
        yield label
        yield from _indented(_members(shape, known, value))
    elif isinstance(value, list) and any(isinstance(each, Mapping) for each in value):
        yield label
        for each in value:
            yield from _indented(_row(_followed(shape.get("items", {}), known), known, each))
    elif isinstance(value, list):
        inner = _followed(shape.get("items", {}), known)
        yield f"{label} {', '.join(_said(inner, each) for each in value)}"
    else:
        first, *rest = value.split("\n") if isinstance(value, str) else [value]
        yield f"{label} {_said(shape, first)}"
        yield from (f"  {clean(each)}" for each in rest)


def _row(shape: _Schema, known: _Schema, value: Any) -> Iterator[str]:
    """One of several: a file in one line, else its members, the first behind a dash."""
    if not isinstance(value, Mapping):
        yield f"- {_said(shape, value)}"
    elif "data" in value and "sha256" in value:
        yield f"- {clean(str(value.get('name', '')))}, {value.get('size')} bytes, {clean(str(value['sha256']))}"
    else:
        for place, line in enumerate(_members(shape, known, value)):
            yield ("  " if place else "- ") + line


def _said(shape: _Schema, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=True)
    vocabulary = VOCABULARIES.get(shape.get("x-vocabulary", ""))
    return clean(vocabulary[value].label if vocabulary and value in vocabulary else value)


def clean(text: str) -> str:
    """The text with every character that does not print spelt out."""
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text)


def _followed(shape: _Schema, known: _Schema) -> _Schema:
    target = known.get(str(shape.get("$ref", "")).removeprefix("#/$defs/"), {})
    return {**target, **shape}


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (f"  {each}" for each in lines)
