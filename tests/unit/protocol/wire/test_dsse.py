# SPDX-License-Identifier: Apache-2.0
"""Signed bytes: both signatures hold over exactly this type and payload, or the error names what does not."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from securesystemslib.dsse import Envelope
from tests.fixtures.wire import CHINESE_KEYS, SPANISH_KEYS

from comity.protocol.wire import dsse
from comity.protocol.wire.dsse import PayloadType, Signature, Signed
from comity.protocol.wire.errors import BadMember, SignatureInvalid, SignatureMissing
from comity.protocol.wire.names import digest_of

CARD = PayloadType.CARD
SIGNED = dsse.sign(CARD, b'{"a":1}', SPANISH_KEYS)


def test_pae_as_published() -> None:
    # github.com/secure-systems-lab/dsse, protocol.md, test vectors.
    text = dsse.pae("http://example.com/HelloWorld", b"hello world")
    assert text == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"


@pytest.mark.parametrize(("kind", "payload"), [("", b""), ("ä", b"\x00\xff"), (CARD, b"DSSEv1 1 a 1 b")])
def test_pae_as_securesystemslib_writes_it(kind: str, payload: bytes) -> None:
    assert dsse.pae(kind, payload) == Envelope(payload, kind, {}).pae()


def test_both_sign_and_both_hold() -> None:
    assert [each.keyid for each in SIGNED.signatures] == list(SPANISH_KEYS.public.keyids)
    assert dsse.verify(SIGNED, SPANISH_KEYS.public, payload_type=CARD) == b'{"a":1}'
    assert SIGNED.digest == digest_of(b'{"a":1}')


def test_the_order_of_signatures_is_free() -> None:
    turned = replace(SIGNED, signatures=SIGNED.signatures[::-1])
    assert dsse.verify(turned, SPANISH_KEYS.public, payload_type=CARD) == SIGNED.payload


def test_others_may_sign_too() -> None:
    both = dsse.countersign(SIGNED, CHINESE_KEYS)
    assert len(both.signatures) == 4
    for keys in (SPANISH_KEYS, CHINESE_KEYS):
        assert dsse.verify(both, keys.public, payload_type=CARD) == SIGNED.payload


def test_an_unknown_signature_is_passed_over() -> None:
    more = replace(SIGNED, signatures=(Signature("slhdsa:0123", b"?"), *SIGNED.signatures))
    assert dsse.verify(more, SPANISH_KEYS.public, payload_type=CARD) == SIGNED.payload


@pytest.mark.parametrize(("kept", "algorithm"), [(0, "ML-DSA-65"), (1, "Ed25519")])
def test_a_stripped_signature_is_missed(kept: int, algorithm: str) -> None:
    with pytest.raises(SignatureMissing) as error:
        dsse.verify(replace(SIGNED, signatures=(SIGNED.signatures[kept],)), SPANISH_KEYS.public, payload_type=CARD)
    assert error.value.data == {"algorithm": algorithm}


def test_anothers_signatures_are_not_ours() -> None:
    with pytest.raises(SignatureMissing):
        dsse.verify(SIGNED, CHINESE_KEYS.public, payload_type=CARD)


@pytest.mark.parametrize(("place", "algorithm"), [(0, "Ed25519"), (1, "ML-DSA-65")])
@pytest.mark.parametrize(
    "spoil", [lambda sig: bytes([sig[0] ^ 1]) + sig[1:], lambda sig: sig[:-1], lambda sig: sig + b"\0", lambda _: b""]
)
def test_a_spoiled_signature_does_not_hold(place: int, algorithm: str, spoil: Callable[[bytes], bytes]) -> None:
    spoiled = list(SIGNED.signatures)
    spoiled[place] = Signature(spoiled[place].keyid, spoil(spoiled[place].sig))
    with pytest.raises(SignatureInvalid) as error:
        dsse.verify(replace(SIGNED, signatures=tuple(spoiled)), SPANISH_KEYS.public, payload_type=CARD)
    assert error.value.data == {"algorithm": algorithm}


def test_signatures_under_each_others_ids_do_not_hold() -> None:
    first, second = SIGNED.signatures
    swapped = (Signature(first.keyid, second.sig), Signature(second.keyid, first.sig))
    with pytest.raises(SignatureInvalid):
        dsse.verify(replace(SIGNED, signatures=swapped), SPANISH_KEYS.public, payload_type=CARD)


def test_a_changed_payload_does_not_hold() -> None:
    with pytest.raises(SignatureInvalid):
        dsse.verify(replace(SIGNED, payload=b'{"a":2}'), SPANISH_KEYS.public, payload_type=CARD)


def test_a_card_is_no_statement() -> None:
    with pytest.raises(BadMember, match="payloadType"):
        dsse.verify(SIGNED, SPANISH_KEYS.public, payload_type=PayloadType.STATEMENT)
    renamed = replace(SIGNED, payload_type=PayloadType.STATEMENT)
    with pytest.raises(SignatureInvalid):
        dsse.verify(renamed, SPANISH_KEYS.public, payload_type=PayloadType.STATEMENT)


def test_the_ends_of_type_and_payload_cannot_move() -> None:
    signed = dsse.sign("ab", b"c", SPANISH_KEYS)
    moved = Signed("a", b"bc", signed.signatures)
    with pytest.raises(SignatureInvalid):
        dsse.verify(moved, SPANISH_KEYS.public, payload_type="a")


def test_once_asks_for_one_and_twice_for_two() -> None:
    once = dsse.sign_once(PayloadType.PARCEL, b"{}", SPANISH_KEYS)
    assert dsse.verify_once(once, SPANISH_KEYS.public, payload_type=PayloadType.PARCEL) == b"{}"
    with pytest.raises(SignatureMissing, match="ML-DSA-65"):
        dsse.verify(once, SPANISH_KEYS.public, payload_type=PayloadType.PARCEL)
    with pytest.raises(SignatureMissing, match="Ed25519"):
        dsse.verify_once(replace(once, signatures=()), SPANISH_KEYS.public, payload_type=PayloadType.PARCEL)
    with pytest.raises(SignatureInvalid, match="Ed25519"):
        dsse.verify_once(replace(once, payload=b"[]"), SPANISH_KEYS.public, payload_type=PayloadType.PARCEL)
    with pytest.raises(BadMember, match="payloadType"):
        dsse.verify_once(once, SPANISH_KEYS.public, payload_type=CARD)


def test_json_and_back() -> None:
    value = SIGNED.to_json()
    assert type(value["payloadType"]) is str
    assert Signed.from_json(value) == SIGNED
    assert Signed.from_json({**value, "unsigned": "word"}) == SIGNED


def test_securesystemslib_reads_ours() -> None:
    theirs = Envelope.from_dict(SIGNED.to_json())
    assert (theirs.payload, theirs.payload_type) == (SIGNED.payload, SIGNED.payload_type)
    assert theirs.pae() == dsse.pae(SIGNED.payload_type, SIGNED.payload)


def changed(**members: Any) -> dict[str, Any]:
    return {**SIGNED.to_json(), **members}


FIRST, SECOND = SIGNED.to_json()["signatures"]


@pytest.mark.parametrize(
    ("value", "member"),
    [
        (None, "payload"),
        ([], "payload"),
        (changed(payload=None), "payload"),
        (changed(payload="e30"), "payload"),
        (changed(payload="e30=\n"), "payload"),
        (changed(payload="e31="), "payload"),
        (changed(payloadType=""), "payloadType"),
        (changed(payloadType=7), "payloadType"),
        (changed(payloadType="a" * 129), "payloadType"),
        (changed(payloadType="ä"), "payloadType"),
        (changed(payloadType="a\n"), "payloadType"),
        (changed(signatures=None), "signatures"),
        (changed(signatures={"0": FIRST}), "signatures"),
        (changed(signatures=[FIRST, "x"]), "signatures"),
        (changed(signatures=[FIRST, FIRST]), "signatures"),
        (changed(signatures=[{**FIRST, "keyid": SECOND["keyid"]}, SECOND]), "signatures"),
        (changed(signatures=[{"keyid": f"k:{each}", "sig": ""} for each in range(17)]), "signatures"),
        (changed(signatures=[{"sig": FIRST["sig"]}]), "keyid"),
        (changed(signatures=[{**FIRST, "keyid": None}]), "keyid"),
        (changed(signatures=[{**FIRST, "sig": None}]), "sig"),
        (changed(signatures=[{**FIRST, "sig": FIRST["sig"].rstrip("=")}]), "sig"),
        (changed(signatures=[{**FIRST, "sig": "A" * 10924}]), "sig"),
    ],
)
def test_what_is_no_signed_object(value: object, member: str) -> None:
    with pytest.raises(BadMember) as error:
        Signed.from_json(value)
    assert error.value.data["member"] == member


def test_too_many_signatures_cannot_be_made() -> None:
    many = tuple(Signature(f"k:{each}", b"") for each in range(17))
    with pytest.raises(BadMember, match="more than 16"):
        replace(SIGNED, signatures=many)
    with pytest.raises(BadMember, match="twice"):
        dsse.countersign(SIGNED, SPANISH_KEYS)
