# SPDX-License-Identifier: Apache-2.0
"""Canonical JSON: one value, one spelling (RFC 8785, narrowed).

Narrower than the RFC: no fractions or exponents, integers within ±(2^53-1) (larger ones are texts), no lone surrogates,
at most 32 nested lists and objects. Time spent is proportional to the size of the text, whatever is in it.

Reading happens in this order, and the first fault is the error:

1. size (`TooLarge`), UTF-8 (`NotCanonical`), depth (`TooDeep`): before a parser sees the text;
2. JSON with only our numbers (`NotCanonical`);
3. the value written again must give the same bytes (`NotCanonical`): so names are sorted and never repeated, there is
   no white space, and every text and number has its one spelling.

Python's C encoder writes the RFC's spelling except for the order of names beyond the Basic Multilingual Plane; a text
with such a character goes through the reference, `rfc8785`.
"""

import json
import re
from collections.abc import Iterable
from typing import Any, NoReturn

import rfc8785

from comity.protocol.wire.errors import NotCanonical, TooDeep, TooLarge

DEPTH = 32
LARGEST = (1 << 53) - 1

_LONGEST_INTEGER = len(str(-LARGEST))
_BEYOND_BMP = re.compile(rb"[\xf0-\xf4]")
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)
_ALL_BUT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_ROUND = bytes.maketrans(b"[]{}", b"()()")


def encode(value: object, *, limit: int) -> bytes:
    """The canonical bytes of dict, list, tuple, str, int, bool, None. Raises `NotCanonical`, `TooDeep`, `TooLarge`."""
    _check(value, DEPTH)
    try:
        data = _write(value)
    except UnicodeEncodeError:
        raise NotCanonical(why="a text has a lone surrogate") from None
    if len(data) > limit:
        raise TooLarge(what="The text", size=len(data), limit=limit)
    return data


def decode(data: bytes, *, limit: int, depth: int = DEPTH) -> Any:
    """The value that these canonical bytes spell. Raises `TooLarge`, `TooDeep`, `NotCanonical`."""
    if len(data) > limit:
        raise TooLarge(what="The text", size=len(data), limit=limit)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise NotCanonical(why="it is not UTF-8") from None
    _check_depth(data, depth)
    try:
        value = _DECODER.decode(text)
        again = _write(value, beyond_bmp=_BEYOND_BMP.search(data) is not None)
    except json.JSONDecodeError:
        raise NotCanonical(why="it is not JSON") from None
    except (UnicodeEncodeError, rfc8785.CanonicalizationError):
        raise NotCanonical(why="a text has a lone surrogate") from None
    if again != data:
        _explain(text)
    return value


def decode_object(data: bytes, *, limit: int, depth: int = DEPTH) -> dict[str, Any]:
    """`decode`, of a text that must be one object. Raises the same."""
    value = decode(data, limit=limit, depth=depth)
    if not isinstance(value, dict):
        raise NotCanonical(why="it is not an object")
    return value


def _write(value: object, *, beyond_bmp: bool | None = None) -> bytes:
    """The canonical bytes of a checked value; `beyond_bmp`, if known: whether a character is over U+FFFF."""
    if not beyond_bmp:
        data = _ENCODER.encode(value).encode("utf-8")
        if beyond_bmp is False or not _BEYOND_BMP.search(data):
            return data
    return rfc8785.dumps(value)  # type: ignore[arg-type]  # _check or the decoder left only what it takes


def _check(value: object, depth: int) -> None:
    """Refuse what canonical JSON cannot carry, before an encoder can bend it into something else."""
    if isinstance(value, dict):
        for name in value:
            if not isinstance(name, str):
                raise NotCanonical(why="a name is not a text")
        _check_inside(value.values(), depth)
    elif isinstance(value, list | tuple):
        _check_inside(value, depth)
    elif isinstance(value, int):
        if not -LARGEST <= value <= LARGEST:
            raise NotCanonical(why="an integer is beyond 2^53-1; write it as a text")
    elif value is not None and not isinstance(value, str):
        raise NotCanonical(why=f"it holds a value of type {type(value).__name__}")


def _check_inside(values: Iterable[object], depth: int) -> None:
    if depth == 0:
        raise TooDeep(limit=DEPTH)
    for each in values:
        if type(each) is not str:
            _check(each, depth - 1)


def _check_depth(data: bytes, depth: int) -> None:
    """Raise `TooDeep` if the text nests deeper than `depth`. A broken text leads the parser no deeper than twice that.

    Without the texts and with one sort of bracket, each pass takes away the innermost level.
    """
    brackets = _outside_texts(data).translate(_ROUND, _ALL_BUT_BRACKETS)
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
