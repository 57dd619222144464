# SPDX-License-Identifier: Apache-2.0
"""Whatever the bytes, a card is read and written back the same, or refused by a named error."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.fixtures.cards import START, card, officer, ring

from comity.protocol.wire import canonical, cose, forms
from comity.protocol.wire import card as cards
from comity.protocol.wire.errors import WireError
from comity.protocol.wire.particulars import Calendar, Contact

KEYS = ring("card")
DATA = card(KEYS).to_bytes()

plain = st.text(st.characters(codec="utf-8", categories=["L", "M", "N", "P", "Zs"]), min_size=1, max_size=20)
instants = st.integers(0, 200).map(lambda days: START + timedelta(days=days, milliseconds=days))
scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=30)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
)


@st.composite
def some_cards(draw: st.DrawFn) -> cards.Card:
    """Cards that are right in form."""
    start, length = draw(instants), timedelta(days=draw(st.integers(1, 1100)))
    serial = draw(st.integers(1, 2**53 - 1))
    officers = [
        officer(each, start=start, until=start + length, role=draw(st.sampled_from(["approver", "duty-officer"])))
        for each in draw(st.lists(st.sampled_from(["es-1", "es-2", "es-3"]), unique=True))
    ]
    return card(
        KEYS,
        name=draw(st.dictionaries(st.sampled_from(["en", "es", "zh-Hans", "my"]), plain, min_size=1)),
        competence=tuple(draw(st.lists(plain, unique=True, max_size=4))),
        hours=draw(st.just("") | plain),
        calendar=Calendar("ES", draw(st.sampled_from(["", "CT", "MD"]))),
        contact=Contact("", draw(st.sampled_from(["", "duty@es.example"]))),
        serial=serial,
        previous=None if serial == 1 else "sha256:" + "0" * 64,
        start=start,
        until=start + length,
        sample=bool(officers) or draw(st.booleans()),
        mailbox=draw(st.none() | st.just("https://relay.example/box")),
        officers=tuple(officers),
        extra=draw(st.dictionaries(st.sampled_from(["later", "hits"]), values, max_size=2)),
    )


@given(some_cards())
def test_what_is_written_is_read_again(found: cards.Card) -> None:
    data = found.to_bytes()
    again = cards.parse(data)
    assert again == found
    assert again.to_bytes() == data


@given(st.data())
def test_any_change_of_a_member_is_kept_or_named(data: st.DataObject) -> None:
    value: Any = json.loads(DATA)
    inner, path = value, data.draw(st.integers(1, 3))
    for _ in range(path):
        if not isinstance(inner, dict | list) or not inner:
            break
        place = data.draw(st.sampled_from(sorted(inner))) if isinstance(inner, dict) else 0
        outer, inner = inner, inner[place]
    outer[place] = data.draw(values)
    changed = canonical.encode(value, limit=cards.MAX_BYTES)
    try:
        found = cards.parse(changed)
    except WireError:
        return
    assert found.to_bytes() == changed


@given(st.integers(0, len(DATA) - 1), st.integers(1, 255))
def test_any_changed_byte_is_kept_or_named(place: int, flip: int) -> None:
    changed = bytearray(DATA)
    changed[place] ^= flip
    try:
        found = cards.parse(bytes(changed))
    except WireError:
        return
    assert found.to_bytes() == bytes(changed)


@given(st.binary(max_size=200) | st.binary(max_size=6).map(lambda tail: officer().public_key[:-6] + tail))
def test_any_bytes_are_a_credentials_key_or_refused(data: bytes) -> None:
    try:
        key = cose.parse(data)
    except WireError:
        return
    assert key.fingerprint.startswith("sha256:")


@given(st.text(max_size=60) | st.text(":/@[]?#.ab1 -", max_size=30).map(lambda rest: f"https://{rest}"))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for read in (forms.web_address, forms.host_name, lambda *rest: forms.web_origin(rest[0], "ab.a", *rest[1:])):
        try:
            found = read(text, "card", "member")
        except WireError:
            continue
        assert found == text


@given(instants, instants)
def test_an_officer_never_outlasts_the_card(start: Any, until: Any) -> None:
    found = officer().within(start, until)
    assert found.start >= start
    assert found.until <= until
    assert replace(found, start=officer().start, until=officer().until) == officer()
