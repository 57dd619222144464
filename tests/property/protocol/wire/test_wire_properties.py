# SPDX-License-Identifier: Apache-2.0
"""For any value and any bytes: what is written is read back, two ways agree, and only named errors come out."""

import json
from datetime import datetime
from typing import Any

import orjson
import pytest
import rfc8785
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.fixtures.wire import CHINESE_KEYS, SPAIN, SPANISH_OPENING, sample_message, sample_parcel, sample_statement

from comity.protocol.errors import ComityError
from comity.protocol.wire import canonical, dsse, envelope, message, parcel, statement
from comity.protocol.wire.approval import Approval
from comity.protocol.wire.dsse import PayloadType, Signed
from comity.protocol.wire.errors import NotCanonical, SignatureInvalid, TooDeep, WireError
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import format_time, message_id, new_id, parse_time
from comity.protocol.wire.octets import from_base64, from_base64url, to_base64, to_base64url

LIMIT = 1 << 20
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
INTEGERS = st.integers(-canonical.LARGEST, canonical.LARGEST)
VALUES = st.recursive(
    st.none() | st.booleans() | INTEGERS | TEXTS,
    lambda inside: st.lists(inside) | st.dictionaries(TEXTS, inside),
    max_leaves=30,
)
INSTANTS = st.datetimes(timezones=st.timezones())
SCRAPS = st.text('[]{}",:\\u0dc8129.eE-+ntfalsrue \n\ud800', max_size=60).map(
    lambda text: text.encode("utf-8", "surrogatepass")
)
SEALED = envelope.seal(parcel.pack(sample_parcel(), CHINESE_KEYS), SPAIN, SPANISH_OPENING.public)
SIGNED = sample_message().signed


def encode(value: object) -> bytes:
    return canonical.encode(value, limit=LIMIT)


def refused(data: bytes) -> str:
    """How a text is refused: the error's code, or an empty text when it is read."""
    try:
        canonical.decode(data, limit=LIMIT)
    except WireError as error:
        return error.code
    return ""


@given(VALUES)
@example({"\ue000": 1, "\U00010000": 2})
@example(["\x7f\u2028\ufeff\uffff", "\U0010ffff"])
def test_a_value_is_written_as_the_reference_writes_it_and_read_back(value: Any) -> None:
    data = encode(value)
    assert data == rfc8785.dumps(value)
    found = canonical.decode(data, limit=LIMIT)
    assert found == value
    assert encode(found) == data


@given(st.recursive(VALUES | st.floats() | st.integers() | st.text(), lambda inside: st.lists(inside), max_leaves=5))
def test_any_json_value_is_written_or_refused_by_name(value: Any) -> None:
    try:
        data = encode(value)
    except (NotCanonical, TooDeep):
        return
    assert canonical.decode(data, limit=LIMIT) == value


@given(VALUES, st.sampled_from([None, 1]), st.booleans(), st.booleans())
def test_of_all_spellings_one_is_read(value: Any, indent: int | None, ascii_only: bool, sort: bool) -> None:
    spelled = json.dumps(value, indent=indent, ensure_ascii=ascii_only, sort_keys=sort).encode()
    assert (refused(spelled) == "") is (spelled == encode(value))


@given(st.binary(max_size=200) | SCRAPS)
@example(b"1e5")
@example(b"[1E5]")
@example(b"12345678901234567890123")
@example(b"9007199254740991")
@example(b'{"a":0.5}')
@example(b'"\xf0\x9f\x98\x80"')
def test_any_bytes_are_canonical_or_refused_by_name(data: bytes) -> None:
    if refused(data):
        return
    assert encode(canonical.decode(data, limit=LIMIT)) == data
    assert rfc8785.dumps(orjson.loads(data)) == data


@given(st.integers(1, 80), st.integers(1, 40), st.booleans())
def test_depth_is_counted_exactly(depth: int, limit: int, objects: bool) -> None:
    data = (b'{"a":' * (depth - 1) + b"{}" + b"}" * (depth - 1)) if objects else b"[" * depth + b"]" * depth
    try:
        canonical.decode(data, limit=LIMIT, depth=limit)
        held = True
    except TooDeep:
        held = False
    assert held is (depth <= limit)


@given(VALUES)
def test_depth_is_never_found_in_a_text(value: Any) -> None:
    text = json.dumps(value) * 3
    data = encode([text])
    assert canonical.decode(data, limit=LIMIT, depth=1) == [text]


@given(st.binary())
def test_base64_and_back(data: bytes) -> None:
    assert from_base64(to_base64(data), "x", "y") == data
    assert from_base64url(to_base64url(data), "x", "y") == data


@given(st.text(alphabet="AQgwZ+/=-_ \n", max_size=12))
def test_base64_has_one_spelling(text: str) -> None:
    for read, write in ((from_base64, to_base64), (from_base64url, to_base64url)):
        try:
            data = read(text, "x", "y")
        except WireError:
            continue
        assert write(data) == text


@given(INSTANTS)
def test_an_instant_and_back(instant: Any) -> None:
    try:
        text = format_time(instant)
    except OverflowError:  # the first and last day of all, in another zone
        return
    assert format_time(parse_time(text)) == text
    assert abs(parse_time(text) - instant).total_seconds() < 0.001


@given(
    st.datetimes(
        min_value=datetime(1970, 1, 2),  # noqa: DTZ001
        timezones=st.timezones(),
    ),
    st.binary(min_size=10, max_size=10),
)
def test_ids_are_ids(instant: Any, random: bytes) -> None:
    assert message_id(new_id(instant, random))


@given(st.dictionaries(TEXTS, VALUES, max_size=4), st.dictionaries(TEXTS, VALUES, max_size=4))
def test_a_statement_keeps_all_it_is_given(body: dict[str, Any], extra: dict[str, Any]) -> None:
    data = sample_statement(body=body, extra=extra).to_bytes()
    said = statement.parse(data)
    assert said.body == body
    assert said.to_bytes() == data


@given(st.binary(), TEXTS.filter(bool))
def test_pae_is_injective_where_it_could_slip(payload: bytes, kind: str) -> None:
    text = dsse.pae(kind, payload)
    assert text.endswith(payload)
    head = text[: len(text) - len(payload)]
    assert head == b"DSSEv1 %d %b %d " % (len(kind.encode()), kind.encode(), len(payload))


@settings(max_examples=25)
@given(st.binary(max_size=2000))
def test_what_is_signed_holds_and_what_is_changed_does_not(payload: bytes) -> None:
    signed = Signed.from_json(dsse.sign(PayloadType.CARD, payload, CHINESE_KEYS).to_json())
    assert dsse.verify(signed, CHINESE_KEYS.public, payload_type=PayloadType.CARD) == payload
    changed = Signed(signed.payload_type, payload + b"\0", signed.signatures)
    with pytest.raises(SignatureInvalid):
        dsse.verify(changed, CHINESE_KEYS.public, payload_type=PayloadType.CARD)


@settings(max_examples=50)
@given(st.binary(max_size=5000))
def test_what_is_sealed_opens(data: bytes) -> None:
    sealed = envelope.seal(data, SPAIN, SPANISH_OPENING.public)
    assert envelope.open_envelope(sealed, {SPANISH_OPENING.keyid: SPANISH_OPENING}, SPAIN) == data


@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
def test_any_changed_byte_of_an_envelope_is_a_named_error(place: int, change: int) -> None:
    spoiled = bytearray(SEALED)
    spoiled[place] ^= change
    with pytest.raises(WireError):
        envelope.open_envelope(bytes(spoiled), {SPANISH_OPENING.keyid: SPANISH_OPENING}, SPAIN)


@given(st.integers(0, len(SIGNED.payload) - 1), st.integers(1, 255))
def test_any_changed_byte_of_a_statement_breaks_its_signatures(place: int, change: int) -> None:
    spoiled = bytearray(SIGNED.payload)
    spoiled[place] ^= change
    changed = Signed(SIGNED.payload_type, bytes(spoiled), SIGNED.signatures)
    with pytest.raises(SignatureInvalid):
        dsse.verify(changed, CHINESE_KEYS.public, payload_type=statement.PAYLOAD_TYPE)


@given(VALUES)
def test_any_json_is_a_thing_or_a_named_error(value: Any) -> None:
    data = encode(value)
    for read in (Signed.from_json, Approval.from_json, Message.from_json):
        try:
            read(value)
        except ComityError:
            continue
    for parse in (statement.parse, parcel.parse, parcel.unpack, envelope.read_header):
        try:
            parse(data)
        except ComityError:
            continue


def near(whole: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Objects that differ from `whole` in one or two members."""
    some = st.dictionaries(st.sampled_from(sorted(whole)), VALUES, min_size=1, max_size=2)
    return some.map(lambda changes: {**whole, **changes})


@given(near(json.loads(sample_parcel().to_bytes())))
def test_a_parcel_with_a_strange_member_is_read_as_it_is_or_refused(value: dict[str, Any]) -> None:
    data = encode(value)
    try:
        found = parcel.parse(data)
    except ComityError:
        return
    assert found.to_bytes() == data


@given(near(json.loads(sample_statement().to_bytes())))
def test_a_statement_with_a_strange_member_is_read_as_it_is_or_refused(value: dict[str, Any]) -> None:
    data = encode(value)
    try:
        said = statement.parse(data)
    except ComityError:
        return
    assert said.to_bytes() == data
    assert message.write(said, CHINESE_KEYS).statement == said
