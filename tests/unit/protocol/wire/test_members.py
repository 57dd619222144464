# SPDX-License-Identifier: Apache-2.0
"""Reading members: the right form is read, and any other is an error that names the member and quotes nothing."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from comity.protocol.wire.errors import BadMember, UnknownVersion
from comity.protocol.wire.members import Members

DIGEST = "sha256:" + "ab" * 32
ID = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"
WORD = re.compile("[a-z]+")


def of(value: object) -> Members:
    return Members.of("thing", {"m": value})


GOOD: list[tuple[Callable[[Members], Any], Any, Any]] = [
    (lambda m: m.text("m", at_most=3), "abc", "abc"),
    (lambda m: m.text("m", at_most=3, form=WORD), "abc", "abc"),
    (lambda m: m.text("m", at_most=3, form=WORD, empty=True), "", ""),
    (lambda m: m.texts("m", at_most=2, length=3), ["abc", "d"], ("abc", "d")),
    (lambda m: m.texts("m", at_most=2, length=3), [], ()),
    (lambda m: m.integer("m"), 0, 0),
    (lambda m: m.integer("m", least=1), 1, 1),
    (lambda m: m.items("m", at_most=1), [{}], [{}]),
    (lambda m: m.each("m", str, at_most=2), [1, 1], ("1", "1")),
    (lambda m: m.inside("m").value, {"a": 1}, {"a": 1}),
    (lambda m: m.inside("m").what, {}, "thing m"),
    (lambda m: m.maybe("m", m.integer), None, None),
    (lambda m: m.maybe("m", m.integer), 5, 5),
    (lambda m: m.authority("m"), "CN/mps", "CN/mps"),
    (lambda m: m.authorities("m", at_most=1), ["CN/mps"], ("CN/mps",)),
    (lambda m: m.digest("m"), DIGEST, DIGEST),
    (lambda m: m.digests("m", at_most=1), [DIGEST], (DIGEST,)),
    (lambda m: m.id("m"), ID, ID),
    (lambda m: m.time("m"), "2026-11-22T07:33:54.000Z", datetime(2026, 11, 22, 7, 33, 54, tzinfo=UTC)),
    (lambda m: m.base64("m", size=1), "Zg==", b"f"),
    (lambda m: m.base64url("m", at_most=1), "Zg", b"f"),
    (lambda m: m.others({"n"}), 1, {"m": 1}),
    (lambda m: m.others(frozenset({"m"})), 1, {}),
]

BAD: list[tuple[Callable[[Members], Any], list[Any]]] = [
    (lambda m: m.text("m", at_most=3), ["", "abcd", 1, None, ["a"]]),
    (lambda m: m.text("m", at_most=3, form=WORD), ["ab1", "a\n", ""]),
    (lambda m: m.text("m", at_most=3, form=WORD, empty=True), ["1", "abcd", None]),
    (lambda m: m.texts("m", at_most=2, length=3), [["a", "b", "c"], ["abcd"], ["a", "a"], [1], "a", None]),
    (lambda m: m.texts("m", at_most=2, length=3, form=WORD), [["A"]]),
    (lambda m: m.texts("m", at_most=2, length=3, needed=True), [[]]),
    (lambda m: m.integer("m"), [-1, True, 1.0, "1", None, 1 << 53]),
    (lambda m: m.items("m", at_most=1), [[1, 2], {}, None]),
    (lambda m: m.inside("m"), [[], "a", None]),
    (lambda m: m.maybe("m", m.integer), ["x"]),
    (lambda m: m.maybe("n", m.integer), [1]),
    (lambda m: m.authority("m"), ["cn"]),
    (lambda m: m.authorities("m", at_most=2), [["CN/mps", "CN/mps"], ["cn"], "CN/mps"]),
    (lambda m: m.digest("m"), ["sha256:"]),
    (lambda m: m.digests("m", at_most=1), [[DIGEST, DIGEST], ["x"]]),
    (lambda m: m.id("m"), ["x"]),
    (lambda m: m.time("m"), ["x"]),
    (lambda m: m.base64("m", size=1), ["Zg", "Zm9v"]),
    (lambda m: m.base64url("m", at_most=1), ["", "Zm9v", "Zg=="]),
]


@pytest.mark.parametrize(("read", "value", "found"), GOOD)
def test_the_form_is_read(read: Callable[[Members], Any], value: object, found: object) -> None:
    assert read(of(value)) == found


@pytest.mark.parametrize(("read", "values"), BAD)
def test_any_other_form_is_refused(read: Callable[[Members], Any], values: list[Any]) -> None:
    for value in values:
        with pytest.raises(BadMember) as error:
            read(of(value))
        assert error.value.data["what"] == "thing"
        assert error.value.data["member"] in {"m", "n"}


def test_an_object_is_asked_for() -> None:
    for value in ([], "a", None, 1):
        with pytest.raises(BadMember, match="not an object"):
            Members.of("thing", value)


def test_the_version_is_an_integer_that_we_know() -> None:
    Members("thing", {"v": 1}).version(1)
    for value, shown in ((2, 2), (0, 0), (True, "?"), ("1", "?"), (1.0, "?"), (None, "?"), ([1], "?")):
        with pytest.raises(UnknownVersion) as error:
            Members("thing", {"v": value}).version(1)
        assert error.value.data == {"what": "thing", "version": shown, "known": 1}
