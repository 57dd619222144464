# SPDX-License-Identifier: Apache-2.0
"""Canonical JSON: the published examples of RFC 8785, our narrowing, and every way in which a text can be refused."""

from enum import IntEnum, StrEnum
from typing import Any

import pytest
import rfc8785

from comity.protocol.wire import canonical
from comity.protocol.wire.errors import NotCanonical, TooDeep, TooLarge

LIMIT = 1 << 21


def encode(value: object) -> bytes:
    return canonical.encode(value, limit=LIMIT)


def decode(data: bytes) -> Any:
    return canonical.decode(data, limit=LIMIT)


class Colour(StrEnum):
    RED = "red"


class Count(IntEnum):
    TWO = 2


# RFC 8785, 3.2.2: the texts and literals of the example (its numbers are fractions, which we do not have).
RFC_TEXT = ('€$\x0f\nA\'B"\\\\"/', '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"')
# RFC 8785, 3.2.3: names in the order of their UTF-16 code units.
RFC_NAMES = {
    "€": "Euro Sign",
    "\r": "Carriage Return",
    "\ufb33": "Hebrew Letter Dalet With Dagesh",
    "1": "One",
    "😀": "Emoji: Grinning Face",
    "\x80": "Control",
    "ö": "Latin Small Letter O With Diaeresis",
}
RFC_ORDER = [
    "Carriage Return",
    "One",
    "Control",
    "Latin Small Letter O With Diaeresis",
    "Euro Sign",
    "Emoji: Grinning Face",
    "Hebrew Letter Dalet With Dagesh",
]


def test_the_rfc_text() -> None:
    assert encode(RFC_TEXT[0]) == RFC_TEXT[1].encode()
    assert encode([None, True, False]) == b"[null,true,false]"


def test_the_rfc_order_of_names() -> None:
    data = encode(RFC_NAMES)
    assert list(decode(data).values()) == RFC_ORDER
    assert data == rfc8785.dumps(RFC_NAMES)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({}, b"{}"),
        ([], b"[]"),
        ((1, (2,)), b"[1,[2]]"),
        (0, b"0"),
        (-1, b"-1"),
        (canonical.LARGEST, b"9007199254740991"),
        (-canonical.LARGEST, b"-9007199254740991"),
        ("\x7f\u2028", '"\x7f\u2028"'.encode()),
        ("\x00\x1f\b\t\n\f\r", b'"\\u0000\\u001f\\b\\t\\n\\f\\r"'),
        ({"b": 1, "a": {"d": [], "c": {}}}, b'{"a":{"c":{},"d":[]},"b":1}'),
        ([Colour.RED, Count.TWO], b'["red",2]'),
        ({Colour.RED: True}, b'{"red":true}'),
    ],
)
def test_what_is_written(value: object, text: bytes) -> None:
    assert encode(value) == text
    assert encode(decode(text)) == text


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (1.0, "type float"),
        ([float("nan")], "type float"),
        (1 << 53, "2\\^53"),
        ([-(1 << 53)], "2\\^53"),
        (int("9" * 1000), "2\\^53"),
        ({1: 2}, "name"),
        ({"a": {None: 2}}, "name"),
        (b"bytes", "type bytes"),
        ({"a": {1, 2}}, "type set"),
        ("\ud800", "surrogate"),
        ({"\udfff": 1}, "surrogate"),
        ({"😀": "\ud800"}, "surrogate"),
    ],
)
def test_what_cannot_be_written(value: object, why: str) -> None:
    with pytest.raises(NotCanonical, match=why):
        encode(value)


def test_writing_stops_at_the_limit() -> None:
    assert canonical.encode("abc", limit=5) == b'"abc"'
    with pytest.raises(TooLarge) as error:
        canonical.encode("abcd", limit=5)
    assert error.value.data == {"what": "The text", "size": 6, "limit": 5}


def nested(depth: int) -> Any:
    value: Any = []
    for _ in range(depth - 1):
        value = [value]
    return value


def test_writing_stops_at_the_depth() -> None:
    assert encode(nested(canonical.DEPTH)) == b"[" * 32 + b"]" * 32
    with pytest.raises(TooDeep):
        encode(nested(canonical.DEPTH + 1))


def test_a_value_inside_itself_is_too_deep() -> None:
    value: dict[str, Any] = {}
    value["a"] = value
    with pytest.raises(TooDeep):
        encode(value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "not JSON"),
        (b"nul", "not JSON"),
        (b"[1,]", "not JSON"),
        (b"{1:2}", "not JSON"),
        (b'"a', "not JSON"),
        (b'"\x01"', "not JSON"),
        (b'"\\x"', "not JSON"),
        (b"01", "not JSON"),
        (b"+1", "not JSON"),
        (b"[", "not JSON"),
        (b"[]]", "not JSON"),
        (b"]" * 99, "not JSON"),
        (b"1 2", "not JSON"),
        (b"\xef\xbb\xbf1", "not JSON"),
        ("1".encode("utf-16"), "not UTF-8"),
        ("1".encode("utf-16-le"), "not JSON"),
        (b'"\xff"', "not UTF-8"),
        (b'"\xc0\x80"', "not UTF-8"),
        (b'"\xed\xa0\x80"', "not UTF-8"),
        (b"1.0", "fraction"),
        (b"1e3", "fraction"),
        (b"-0.0", "fraction"),
        (b"NaN", "NaN"),
        (b"-Infinity", "NaN"),
        (b"9007199254740992", "2\\^53"),
        (b"-9007199254740992", "2\\^53"),
        (b"9" * 1_000_000, "2\\^53"),
        (b"-" + b"9" * 1_000_000, "2\\^53"),
        (b'{"a":1,"a":1}', "repeats a name"),
        (b'[{"a":1,"b":2,"a":3}]', "repeats a name"),
        (b'{"\\u0061":1,"a":1}', "repeats a name"),
        (b'{"b":1,"a":2}', "out of order"),
        (b" 1", "white space"),
        (b"1\n", "white space"),
        (b"[1, 2]", "white space"),
        (b"-0", "spelled in another way"),
        (b'"\\u0041"', "spelled in another way"),
        (b'"\\/"', "spelled in another way"),
        (b'"\\u000A"', "spelled in another way"),
        (b'"\\ud83d\\ude00"', "spelled in another way"),
        (b'"\\ud800"', "surrogate"),
        (b'{"\\udc00":1}', "surrogate"),
        (b'["\\ud800","\xf0\x9f\x98\x80"]', "surrogate"),
        (b'{"\\udc00":"\xf0\x9f\x98\x80"}', "surrogate"),
        ('{"\ufb33":1,"😀":2}'.encode(), "out of order"),
    ],
)
def test_what_is_not_canonical(text: bytes, why: str) -> None:
    with pytest.raises(NotCanonical, match=why):
        decode(text)


def test_reading_stops_at_the_limit() -> None:
    with pytest.raises(TooLarge):
        canonical.decode(b'"abcd"', limit=5)


def test_reading_stops_at_the_depth() -> None:
    assert decode(b"[" * 32 + b"]" * 32) == nested(32)
    assert canonical.decode(b"[[]]", limit=9, depth=2) == [[]]
    with pytest.raises(TooDeep) as error:
        canonical.decode(b"[[]]", limit=9, depth=1)
    assert error.value.data == {"limit": 1}


@pytest.mark.parametrize(
    "bomb",
    [
        b"[" * 33 + b"]" * 33,
        b'{"a":' * 33 + b"1" + b"}" * 33,
        b"[{" * 17,
        b"[" * 1_000_000,
        b'{"":' * 500_000,
        b'["]]]]",' * 40 + b"1" + b"]" * 40,
        b'["\\\\","\\"]]",' * 40 + b"1" + b"]" * 40,
    ],
)
def test_a_bomb_is_refused_before_it_is_parsed(bomb: bytes) -> None:
    with pytest.raises(TooDeep):
        canonical.decode(bomb, limit=1 << 23)


def test_brackets_in_texts_are_not_depth() -> None:
    value = ["[" * 100, {"{" * 100: '"[\\"' * 40}]
    assert decode(encode(value)) == value


def test_wide_is_not_deep() -> None:
    value = [[[]]] * 1000
    assert decode(encode(value)) == value


@pytest.mark.parametrize("text", [b"[]", b'"a"', b"1", b"null"])
def test_an_object_is_an_object(text: bytes) -> None:
    with pytest.raises(NotCanonical, match="not an object"):
        canonical.decode_object(text, limit=99)
    assert canonical.decode_object(b'{"a":1}', limit=99) == {"a": 1}


def test_an_error_quotes_nothing_of_the_text() -> None:
    for text in (b'{"Zhang Wei":1,"Zhang Wei":2}', b'"Zhang Wei', b'["Zhang Wei", 1]', b"[1.5]"):
        with pytest.raises(NotCanonical) as error:
            decode(text)
        assert "Zhang" not in repr(error.value.as_json())
