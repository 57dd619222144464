# SPDX-License-Identifier: Apache-2.0
"""Whatever a browser sends is either what was asked or refused by name."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
from hypothesis import given
from hypothesis import strategies as st
from tests.fixtures.authenticators import ORIGIN, RP_ID, Authenticator

from comity.protocol.wire.octets import from_base64url, to_base64url
from comity.records.accounts.errors import Fault, ResponseRefused
from comity.records.accounts.responses import Expected, hold, read_assertion, read_registration
from comity.records.accounts.soft import AAGUID

CHALLENGE = b"\x2a" * 32
EXPECTED = Expected(CHALLENGE, RP_ID, ORIGIN)
OPTIONS = {"challenge": to_base64url(CHALLENGE), "user": {"id": to_base64url(b"somebody")}}
KEY = Authenticator()
REGISTRATION = KEY.create(OPTIONS)
ANSWER = KEY.get(OPTIONS)
PUBLIC = read_registration(REGISTRATION, EXPECTED).public_key

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
parts = st.sampled_from(
    ["id", "rawId", "type", "clientDataJSON", "authenticatorData", "attestationObject", "signature"]
)


def fault_of(response: Any, *, register: bool) -> str:
    """The fault that the response is refused for."""
    with pytest.raises(ResponseRefused) as refused:
        read_registration(response, EXPECTED) if register else hold(read_assertion(response), PUBLIC, EXPECTED)
    return str(refused.value.data["fault"])


def test_the_honest_answer_holds_as_text_and_as_object() -> None:
    answer = KEY.get(OPTIONS, count=9)
    for response in (answer, json.dumps(answer)):
        assert hold(read_assertion(response), PUBLIC, EXPECTED).sign_count == 9


def public_of(cose: dict[int, Any]) -> bytes:
    """The key as a registration hands it over, re-encoded by the package on the way."""
    return read_registration(Authenticator().create(OPTIONS, public_key=cbor2.dumps(cose)), EXPECTED).public_key


def signed_by(sign: Callable[[bytes], bytes]) -> dict[str, Any]:
    """The honest answer, signed by another kind of key."""
    parts = {name: from_base64url(ANSWER["response"][name], "", "") for name in ("authenticatorData", "clientDataJSON")}
    signature = sign(parts["authenticatorData"] + hashlib.sha256(parts["clientDataJSON"]).digest())
    return {**ANSWER, "response": {**ANSWER["response"], "signature": to_base64url(signature)}}


def test_an_ed25519_key_holds() -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    public = public_of({1: 1, 3: -8, -1: 6, -2: key.public_key().public_bytes_raw()})
    hold(read_assertion(signed_by(key.sign)), public, EXPECTED)
    with pytest.raises(ResponseRefused):
        hold(read_assertion(ANSWER), public, EXPECTED)


@pytest.mark.parametrize(("bits", "sound"), [(2048, True), (1024, False)])
def test_an_rsa_key_holds_if_it_is_long_enough(bits: int, sound: bool) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    numbers = key.public_key().public_numbers()
    cose = {1: 3, 3: -257, -1: numbers.n.to_bytes(bits // 8), -2: numbers.e.to_bytes(3)}
    if not sound:
        with pytest.raises(ResponseRefused):
            public_of(cose)
        return
    answer = signed_by(lambda data: key.sign(data, padding.PKCS1v15(), hashes.SHA256()))
    hold(read_assertion(answer), public_of(cose), EXPECTED)


@pytest.mark.parametrize("change", [{3: -35}, {3: -257}, {-1: 2}, {-2: bytes(32)}, {1: 1}, {-3: None}])
def test_a_key_that_others_could_not_check_is_not_enrolled(change: dict[int, Any]) -> None:
    with pytest.raises(ResponseRefused):
        public_of({**cbor2.loads(PUBLIC), **change})


def test_the_soft_model_is_known_by_its_identifier() -> None:
    soft = Authenticator(aaguid=AAGUID)
    assert read_registration(soft.create(OPTIONS), EXPECTED).soft
    assert not read_registration(REGISTRATION, EXPECTED).soft


@given(value=json_values)
def test_any_json_is_refused_by_name(value: Any) -> None:
    for register in (True, False):
        assert fault_of(value, register=register) in set(Fault)


@given(text=st.text(max_size=200))
def test_any_text_is_refused_by_name(text: str) -> None:
    assert fault_of(text, register=False) in set(Fault)


@given(part=parts, value=json_values)
def test_any_part_replaced_is_refused_by_name(part: str, value: Any) -> None:
    for register, good in ((True, REGISTRATION), (False, ANSWER)):
        changed = json.loads(json.dumps(good))
        place = changed if part in changed else changed["response"]
        if part in place and place[part] != value:
            place[part] = value
            assert fault_of(changed, register=register) in set(Fault)


@given(part=st.sampled_from(["clientDataJSON", "authenticatorData", "signature"]), data=st.data())
def test_any_bit_flipped_is_refused(part: str, data: st.DataObject) -> None:
    changed = bytearray(from_base64url(ANSWER["response"][part], "", ""))
    bit = data.draw(st.integers(0, len(changed) * 8 - 1))
    changed[bit // 8] ^= 1 << bit % 8
    response = {**ANSWER["response"], part: to_base64url(bytes(changed))}
    assert fault_of({**ANSWER, "response": response}, register=False) in set(Fault)


def test_every_fault_has_its_words() -> None:
    assert all(each.words for each in Fault)
    assert len({each.words for each in Fault}) == len(Fault)


@pytest.mark.parametrize("size", [1024, 2047])
def test_a_credential_id_has_a_limit(size: int) -> None:
    assert fault_of(Authenticator(credential=b"c" * size).create(OPTIONS), register=True) == "malformed"
    read_registration(Authenticator(credential=b"c" * 1023).create(OPTIONS), EXPECTED)
