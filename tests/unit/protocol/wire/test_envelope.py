# SPDX-License-Identifier: Apache-2.0
"""Sealing: only the recipient opens it, and nothing outside or inside can be changed on the way."""

import json
from typing import Any

import pytest
from tests.fixtures.wire import CHINA, CHINESE_OPENING, SPAIN, SPANISH_OPENING

from comity.protocol.wire import canonical, envelope
from comity.protocol.wire.envelope import Header
from comity.protocol.wire.errors import BadMember, CannotOpen, NotCanonical, NotForUs, TooLarge, UnknownVersion

OURS = {SPANISH_OPENING.keyid: SPANISH_OPENING}
SEALED = envelope.seal(b"hello", SPAIN, SPANISH_OPENING.public)
HEADER, _, SEAL = SEALED.partition(b"\n")


def open_it(data: bytes) -> bytes:
    return envelope.open_envelope(data, OURS, SPAIN)


def with_header(**members: Any) -> bytes:
    return canonical.encode({**json.loads(HEADER), **members}, limit=9999) + b"\n" + SEAL


def test_what_is_sealed_opens() -> None:
    assert open_it(SEALED) == b"hello"
    assert len(SEAL) == len(b"hello") + envelope.SEAL_BYTES


def test_the_header_says_for_whom_and_no_more() -> None:
    assert envelope.read_header(SEALED) == Header(SPAIN, SPANISH_OPENING.keyid, 1)
    assert set(json.loads(HEADER)) == {"recipient", "key", "v"}
    assert envelope.read_header(SEALED).to_bytes() == HEADER


def test_two_seals_of_one_parcel_differ() -> None:
    assert envelope.seal(b"hello", SPAIN, SPANISH_OPENING.public) != SEALED


def test_an_earlier_key_still_opens() -> None:
    both = {CHINESE_OPENING.keyid: CHINESE_OPENING, **OURS}
    assert envelope.open_envelope(SEALED, both, SPAIN) == b"hello"


def test_an_envelope_for_another_is_not_for_us() -> None:
    with pytest.raises(NotForUs) as error:
        envelope.open_envelope(SEALED, OURS, CHINA)
    assert error.value.data == {"recipient": SPAIN, "key": SPANISH_OPENING.keyid}
    with pytest.raises(NotForUs):
        envelope.open_envelope(SEALED, {CHINESE_OPENING.keyid: CHINESE_OPENING}, SPAIN)


def test_no_byte_can_be_changed() -> None:
    for place in (*range(len(HEADER) + 1), *range(len(HEADER) + 1, len(SEALED), 97), len(SEALED) - 1):
        spoiled = bytearray(SEALED)
        spoiled[place] ^= 1
        with pytest.raises((CannotOpen, NotForUs, NotCanonical, BadMember, UnknownVersion)):
            open_it(bytes(spoiled))


@pytest.mark.parametrize(
    "seal",
    [
        b"",
        SEAL[:10],
        SEAL[:1120],
        SEAL[:-1],
        SEAL + b"\0",
        b"\xff" * 1088 + SEAL[1088:],
        SEAL[:1088] + bytes(32) + SEAL[1120:],
    ],
)
def test_a_broken_seal_does_not_open(seal: bytes) -> None:
    with pytest.raises(CannotOpen):
        open_it(HEADER + b"\n" + seal)


def test_a_seal_belongs_to_its_header() -> None:
    for_china = envelope.seal(b"hello", CHINA, SPANISH_OPENING.public)
    with pytest.raises(CannotOpen):
        open_it(HEADER + for_china[for_china.index(b"\n") :])


@pytest.mark.parametrize(
    ("members", "error"),
    [
        ({"v": 2}, UnknownVersion),
        ({"v": True}, UnknownVersion),
        ({"recipient": "spain"}, BadMember),
        ({"key": "a"}, BadMember),
        ({"key": None}, BadMember),
        ({"from": "CN/mps"}, BadMember),
    ],
)
def test_a_header_has_one_form(members: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        envelope.read_header(with_header(**members))


@pytest.mark.parametrize("data", [b"", HEADER, b"x" * 513 + b"\n", b"{" + b" " * 600 + b"}\n"])
def test_a_header_ends_soon(data: bytes) -> None:
    with pytest.raises(BadMember, match="does not end within 512 bytes"):
        envelope.read_header(data)


def test_a_header_is_canonical() -> None:
    with pytest.raises(NotCanonical):
        envelope.read_header(b" " + SEALED)


def test_both_ends_keep_the_limit() -> None:
    with pytest.raises(TooLarge, match="parcel"):
        envelope.seal(bytes(envelope.MAX_PARCEL_BYTES + 1), SPAIN, SPANISH_OPENING.public)
    with pytest.raises(TooLarge, match="envelope"):
        envelope.read_header(bytes(envelope.MAX_BYTES + 1))
    largest = envelope.seal(bytes(envelope.MAX_PARCEL_BYTES), SPAIN, SPANISH_OPENING.public)
    assert len(largest) <= envelope.MAX_BYTES
    assert len(open_it(largest)) == envelope.MAX_PARCEL_BYTES
