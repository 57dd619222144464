# SPDX-License-Identifier: Apache-2.0
"""The small values: one spelling each."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest

from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.names import (
    authority_id,
    digest,
    digest_of,
    format_time,
    message_id,
    new_id,
    parse_time,
)


@pytest.mark.parametrize("text", ["ES/policia-nacional", "CN/mps", "UN/unodc", "MM/a1-b2", "ES/" + "a" * 61])
def test_authorities(text: str) -> None:
    assert authority_id(text) == text


@pytest.mark.parametrize(
    "value",
    [
        "",
        "ES",
        "es/mps",
        "ES/",
        "ES/Policia",
        "ES/a--b",
        "ES/-a",
        "ES/a-",
        "ES/a/b",
        "ESP/a",
        "ES/a\n",
        "ES/ä",
        "ES/" + "a" * 62,
        None,
        1,
        b"ES/a",
        ["ES/a"],
    ],
)
def test_what_is_no_authority(value: object) -> None:
    with pytest.raises(BadMember, match="statement: member from is not of the form"):
        authority_id(value, "statement", "from")


def test_digests() -> None:
    empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert digest_of(b"") == digest(empty) == empty


@pytest.mark.parametrize("value", ["sha256:", "sha256:" + "E3" * 32, "sha512:" + "e3" * 32, "e3" * 32, None, 7])
def test_what_is_no_digest(value: object) -> None:
    with pytest.raises(BadMember, match="digest"):
        digest(value)


def test_ids_carry_their_instant() -> None:
    # RFC 9562, A.6: the example of a UUIDv7, its 74 random bits given.
    at = datetime.fromtimestamp(0x017F22E279B0 // 1000, UTC) + timedelta(milliseconds=0x017F22E279B0 % 1000)
    found = new_id(at, bytes.fromhex("0cc318c4dc0c0c07398f"))
    assert found == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"
    assert message_id(found) == found


def test_ids_sort_by_the_millisecond_and_never_by_a_float() -> None:
    start = datetime(2026, 11, 22, 7, 33, 54, 0, UTC)
    found = [new_id(start + timedelta(milliseconds=step), bytes(10)) for step in range(1000)]
    assert [int(each[:8] + each[9:13], 16) for each in found] == [
        int(start.timestamp()) * 1000 + step for step in range(1000)
    ]


def test_an_id_needs_its_chance_and_its_zone() -> None:
    with pytest.raises(ValueError, match="10 random bytes"):
        new_id(datetime(2026, 1, 1, tzinfo=UTC), b"123456789")
    with pytest.raises(ValueError, match="time zone"):
        new_id(datetime(2026, 1, 1), bytes(10))  # noqa: DTZ001


@pytest.mark.parametrize(
    "value",
    [
        "017F22E2-79B0-7CC3-98C4-DC0C0C07398F",
        "017f22e2-79b0-4cc3-98c4-dc0c0c07398f",
        "017f22e2-79b0-7cc3-c8c4-dc0c0c07398f",
        "017f22e279b07cc398c4dc0c0c07398f",
        "",
        None,
        1,
    ],
)
def test_what_is_no_id(value: object) -> None:
    with pytest.raises(BadMember, match="UUIDv7"):
        message_id(value)


def test_times_are_utc_to_the_millisecond() -> None:
    madrid = datetime(2026, 11, 22, 8, 33, 54, 123_999, timezone(timedelta(hours=1)))
    assert format_time(madrid) == "2026-11-22T07:33:54.123Z"
    assert parse_time("2026-11-22T07:33:54.123Z") == madrid.replace(microsecond=123_000)
    assert format_time(datetime(7, 1, 2, tzinfo=UTC)) == "0007-01-02T00:00:00.000Z"


def test_a_time_without_a_zone_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="time zone"):
        format_time(datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-22T07:33:54Z",
        "2026-11-22T07:33:54.123+00:00",
        "2026-11-22 07:33:54.123Z",
        "2026-11-22T07:33:54.123456Z",
        "2026-02-30T00:00:00.000Z",
        "2026-11-22T24:00:00.000Z",
        "2026-12-31T23:59:60.000Z",
        "0000-01-01T00:00:00.000Z",
        "٢٠٢٦-11-22T07:33:54.123Z",
        "",
        None,
        1_700_000_000,
    ],
)
def test_what_is_no_time(value: object) -> None:
    with pytest.raises(BadMember, match=re.escape("is not of the form 2026-11-22T07:33:54.123Z")):
        parse_time(value)
