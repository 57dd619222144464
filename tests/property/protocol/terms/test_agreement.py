# SPDX-License-Identifier: Apache-2.0
"""The JSON Schema and the bodies agree: what one refuses the other refuses, on random bodies and on mutated examples.

The schema alone is what a node in another language checks. It may be milder only where its `$comment` says so.
"""

import copy
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from comity.protocol.terms import bodies, kinds, schemas
from comity.protocol.terms.errors import BodyInvalid
from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.names import parse_time

NAMES = (*kinds.names(), *kinds.move_names())
MILDER = {"ends-first", "size-differs", "digest-differs", "not-base64", "attachments-too-large"}
"""The rules that a schema cannot say; calendar dates are judged by `format`."""

FORMATS = FormatChecker(["date"])


@FORMATS.checks("date-time", BadMember)
def in_the_calendar(value: object) -> bool:
    return bool(parse_time(value)) if isinstance(value, str) else True


def ecma(pattern: str) -> str:
    """In ECMA 262, which JSON Schema follows, `$` is the very end; in Python it may precede a line feed."""
    return re.sub(r"\$$", r"\\Z", pattern)


def matches(_: Any, pattern: str, value: object, __: Any) -> Iterator[ValidationError]:
    """The keyword `pattern`, as ECMA 262 reads it."""
    if isinstance(value, str) and not re.search(ecma(pattern), value):
        yield ValidationError("does not match")


Validator = extend(Draft202012Validator, {"pattern": matches})
VALIDATORS = {name: Validator(schemas.schema(name), format_checker=FORMATS) for name in NAMES}

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


def of_schema(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Values of as much of JSON Schema as ours use."""
    if "$ref" in schema:
        return of_schema(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match schema["type"]:
        case "boolean":
            return st.booleans()
        case "integer":
            return st.integers(schema["minimum"], schema["maximum"])
        case "string":
            texts = st.from_regex(ecma(schema["pattern"]), alphabet=st.characters(codec="utf-8"))
            return texts.map(lambda text: text[: schema.get("maxLength")])
        case "array":
            items = of_schema(schema["items"], definitions)
            least = schema.get("minItems", 0)
            return st.lists(items, min_size=least, max_size=least + 1, unique=schema.get("uniqueItems", False))
    return objects(schema, definitions)


def objects(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """An object with its needed members and some others; no attachments, whose random content would never be theirs."""
    needed = schema.get("required", [])
    members = {
        name: of_schema(about, definitions)
        for name, about in schema["properties"].items()
        if name in needed or name != "attachments"
    }
    return st.fixed_dictionaries(
        {name: made for name, made in members.items() if name in needed},
        optional={name: made for name, made in members.items() if name not in needed},
    )


@cache
def body_of(name: str) -> st.SearchStrategy[Any]:
    """Bodies of this kind."""
    schema = schemas.schema(name)
    return of_schema(schema, schema.get("$defs", {}))


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every value inside a body."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in inside:
        yield (*path, step)
        yield from places(each, (*path, step))


def codes(name: str, body: Mapping[str, Any]) -> set[str]:
    """What the body's model finds wrong; empty when it holds."""
    try:
        bodies.validate(name, body)
    except BodyInvalid as refused:
        return {problem.code for problem in refused.problems}
    return set()


def assert_agreement(name: str, body: Mapping[str, Any]) -> None:
    by_schema = VALIDATORS[name].is_valid(body)
    by_model = codes(name, body)
    if by_schema:
        assert by_model <= MILDER
    else:
        assert by_model


@settings(max_examples=max(25, settings().max_examples // 4))
@given(name=st.sampled_from(NAMES), data=st.data())
def test_they_agree_on_bodies_made_at_random(name: str, data: st.DataObject) -> None:
    assert_agreement(name, data.draw(body_of(name)))


@given(name=st.sampled_from(NAMES), data=st.data())
def test_they_agree_on_mutated_examples(name: str, data: st.DataObject) -> None:
    body = copy.deepcopy(dict(kinds.kind(name).example))
    *way, last = data.draw(st.sampled_from(list(places(body))))
    holder: Any = body
    for step in way:
        holder = holder[step]
    if data.draw(st.booleans()):
        del holder[last]
    else:
        holder[last] = data.draw(ANYTHING | TEXT.map(lambda more: f"{holder[last]}{more}"))
    assert_agreement(name, body)


@given(members=st.dictionaries(TEXT, ANYTHING, max_size=4))
def test_unknown_members_come_back_unchanged(members: dict[str, Any]) -> None:
    assume(not set(members) & set(kinds.kind("note").body.model_fields))
    body = {**members, "text": "Invented."}
    assert bodies.as_body(bodies.validate("note", body)) == body
