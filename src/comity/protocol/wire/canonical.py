# SPDX-License-Identifier: Apache-2.0
"""Canonical JSON: one value, one spelling (RFC 8785, narrowed).

Narrower than the RFC: no fractions or exponents, integers within ±(2^53-1) (larger ones are texts), no lone surrogates,
at most 32 nested lists and objects. Time spent is proportional to the size of the text, whatever is in it.

Reading happens in this order, and the first fault is the error:

1. size (`TooLarge`) and depth (`TooDeep`), before a parser sees the text;
2. UTF-8 and JSON with only our numbers (`NotCanonical`);
3. the value written again must give the same bytes (`NotCanonical`): so names are sorted and never repeated, there is
   no white space, and every text and number has its one spelling.

There are two ways through, which tests hold against each other. The reference is `json` with our number hooks to read
and `rfc8785` to write: it defines the result and names the faults. `orjson` is the fast way: it spells as the RFC does
but for the order of names beyond the Basic Multilingual Plane, so its result counts only when the bytes hold no such
character, and in reading only when it gave the same bytes again. Everything else goes the reference's way.
"""

import json
import re
from typing import Any, NoReturn

import orjson
import rfc8785

from comity.protocol.wire.errors import NotCanonical, TooDeep, TooLarge

DEPTH = 32
LARGEST = (1 << 53) - 1

_LONGEST_INTEGER = len(str(-LARGEST))
_BEYOND_BMP = tuple(bytes([lead]) for lead in range(0xF0, 0xF5))
"""The first bytes, in UTF-8, of the characters over U+FFFF."""
_ODD_NUMBER = re.compile(rb"[0-9](?:[.eE]|[0-9]{15})")
"""A fraction, an exponent, or an integer so long that the reference must judge it."""
_ALL_BUT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_ROUND = bytes.maketrans(b"[]{}", b"()()")


def encode(value: object, *, limit: int) -> bytes:
    """The canonical bytes of dict, list, tuple, str, int, bool, None. Raises `NotCanonical`, `TooDeep`, `TooLarge`."""
    _check(value, DEPTH)
    data = _write_fast(value) or _write(value)
    if len(data) > limit:
        raise TooLarge(what="The text", size=len(data), limit=limit)
    return data


def decode(data: bytes, *, limit: int, depth: int = DEPTH) -> Any:
    """The value that these canonical bytes spell. Raises `TooLarge`, `TooDeep`, `NotCanonical`."""
    if len(data) > limit:
        raise TooLarge(what="The text", size=len(data), limit=limit)
    outside = _outside_texts(data)
    _check_depth(outside, depth)
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        return _read(data)
    return value if not _ODD_NUMBER.search(outside) and _write_fast(value) == data else _read(data)


def decode_object(data: bytes, *, limit: int, depth: int = DEPTH) -> dict[str, Any]:
    """`decode`, of a text that must be one object. Raises the same."""
    value = decode(data, limit=limit, depth=depth)
    if not isinstance(value, dict):
        raise NotCanonical(why="it is not an object")
    return value


def _write_fast(value: object) -> bytes | None:
    """The canonical bytes, or None when only the reference knows them."""
    try:
        data = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        return None
    return data if data.isascii() or not any(lead in data for lead in _BEYOND_BMP) else None


def _write(value: Any) -> bytes:
    """The canonical bytes of a checked value."""
    try:
        return rfc8785.dumps(value)
    except (UnicodeEncodeError, rfc8785.CanonicalizationError):
        raise NotCanonical(why="a text has a lone surrogate") from None


def _read(data: bytes) -> Any:
    """The value of canonical bytes, or `NotCanonical` that names the fault."""
    try:
        text = data.decode("utf-8")
        value = _DECODER.decode(text)
    except UnicodeDecodeError:
        raise NotCanonical(why="it is not UTF-8") from None
    except json.JSONDecodeError:
        raise NotCanonical(why="it is not JSON") from None
    if _write(value) != data:
        _explain(text)
    return value


def _check(value: object, depth: int) -> None:
    """Refuse what canonical JSON cannot carry, before an encoder can bend it into something else.

    Most of what there is are texts: they are not worth a call each.
    """
    if isinstance(value, (dict, list, tuple)) and depth == 0:
        raise TooDeep(limit=DEPTH)
    if isinstance(value, dict):
        for name, each in value.items():
            if type(name) is not str and not isinstance(name, str):
                raise NotCanonical(why="a name is not a text")
            if type(each) is not str:
                _check(each, depth - 1)
    elif isinstance(value, (list, tuple)):
        for each in value:
            if type(each) is not str:
                _check(each, depth - 1)
    else:
        _check_scalar(value)


def _check_scalar(value: object) -> None:
    if isinstance(value, int):
        if not -LARGEST <= value <= LARGEST:
            raise NotCanonical(why="an integer is beyond 2^53-1; write it as a text")
    elif value is not None and not isinstance(value, str):
        raise NotCanonical(why=f"it holds a value of type {type(value).__name__}")


def _check_depth(outside: bytes, depth: int) -> None:
    """Raise `TooDeep` if the text nests deeper than `depth`. A broken text leads the parser no deeper than twice that.

    `outside` is the text without what is in quotation marks; with one sort of bracket, each pass takes away the
    innermost level.
    """
    brackets = outside.translate(_ROUND, _ALL_BUT_BRACKETS)
    for _ in range(depth):
        if b"()" not in brackets:
            break
        brackets = brackets.replace(b"()", b"")
    if b"()" in brackets or brackets.count(b"(") > depth:
        raise TooDeep(limit=depth)


def _outside_texts(data: bytes) -> bytes:
    """What lies outside the quotation marks; exact up to the first fault, where the parser stops anyway."""
    if b"\\" in data:
        data = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    return b"".join(data.split(b'"')[::2])


def _integer(text: str) -> int:
    if len(text) <= _LONGEST_INTEGER and -LARGEST <= (number := int(text)) <= LARGEST:
        return number
    raise NotCanonical(why="an integer is beyond 2^53-1")


def _fraction(_text: str) -> NoReturn:
    raise NotCanonical(why="a number has a fraction or an exponent")


def _constant(_text: str) -> NoReturn:
    raise NotCanonical(why="it holds NaN or Infinity")


_DECODER = json.JSONDecoder(parse_int=_integer, parse_float=_fraction, parse_constant=_constant)


def _explain(text: str) -> NoReturn:
    """Say why a text that parses is not the canonical one."""
    json.loads(text, object_pairs_hook=_without_repeats)
    raise NotCanonical(why="it has white space, names out of order, or a text or number spelled in another way")


def _without_repeats(pairs: list[tuple[str, Any]]) -> None:
    if len({name for name, _ in pairs}) != len(pairs):
        raise NotCanonical(why="an object repeats a name")
