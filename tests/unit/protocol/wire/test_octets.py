# SPDX-License-Identifier: Apache-2.0
"""Base64 in one spelling: no second way to write the same bytes is let in."""

import pytest

from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.octets import from_base64, from_base64url, to_base64, to_base64url

# RFC 4648, section 10.
RFC_4648 = [
    (b"", ""),
    (b"f", "Zg=="),
    (b"fo", "Zm8="),
    (b"foo", "Zm9v"),
    (b"foob", "Zm9vYg=="),
    (b"fooba", "Zm9vYmE="),
    (b"foobar", "Zm9vYmFy"),
]


@pytest.mark.parametrize(("data", "text"), RFC_4648)
def test_the_published_examples(data: bytes, text: str) -> None:
    assert to_base64(data) == text
    assert from_base64(text, "x", "y") == data
    assert to_base64url(data) == text.rstrip("=")
    assert from_base64url(text.rstrip("="), "x", "y") == data


def test_the_two_alphabets() -> None:
    data = b"\xfb\xef\xff"
    assert (to_base64(data), to_base64url(data)) == ("++//", "--__")
    assert from_base64("++//", "x", "y") == from_base64url("--__", "x", "y") == data


@pytest.mark.parametrize(
    "text",
    ["Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Z", "Zg==Zg==", "Zg==\n", " Zg==", "Z g==", "--__", "Zg==é", "=", "Zg=a"],
)
def test_other_spellings_are_refused(text: str) -> None:
    with pytest.raises(BadMember, match="y is not canonical base64"):
        from_base64(text, "x", "y")


@pytest.mark.parametrize("text", ["Zg==", "Zh", "Z", "++//", "Zg\n", "Zgé", "Zg=", " "])
def test_other_url_spellings_are_refused(text: str) -> None:
    with pytest.raises(BadMember, match="base64url"):
        from_base64url(text, "x", "y")


@pytest.mark.parametrize("value", [None, 1, b"Zg==", ["Zg=="], {}])
def test_only_a_text_is_read(value: object) -> None:
    for read in (from_base64, from_base64url):
        with pytest.raises(BadMember):
            read(value, "x", "y")


def test_the_size_is_asked_for() -> None:
    assert from_base64("Zg==", "x", "y", size=1) == from_base64url("Zg", "x", "y", size=1) == b"f"
    for read, text in ((from_base64, "Zg=="), (from_base64url, "Zg")):
        with pytest.raises(BadMember, match="does not hold 2 bytes"):
            read(text, "x", "y", size=2)
