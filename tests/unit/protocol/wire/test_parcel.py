# SPDX-License-Identifier: Apache-2.0
"""A parcel: packed, sealed, opened, unpacked and verified; and every way in which it is refused."""

import json
from dataclasses import replace
from typing import Any

import pytest
from tests.fixtures.wire import (
    CHINA,
    CHINESE_KEYS,
    NOON,
    SPAIN,
    SPANISH_KEYS,
    SPANISH_OPENING,
    sample_message,
    sample_parcel,
)

from comity.protocol.wire import canonical, dsse, envelope, parcel
from comity.protocol.wire.dsse import PayloadType
from comity.protocol.wire.errors import (
    BadMember,
    NotCanonical,
    SignatureInvalid,
    SignatureMissing,
    TooDeep,
    TooLarge,
    UnknownVersion,
)
from comity.protocol.wire.names import digest_of
from comity.protocol.wire.octets import from_base64
from comity.protocol.wire.parcel import Parcel


def changed(**members: Any) -> bytes:
    value = {**json.loads(sample_parcel().to_bytes()), **members}
    return canonical.encode({name: value[name] for name in value if value[name] is not ...}, limit=1 << 23)


def test_the_whole_road() -> None:
    sent = sample_parcel()
    sealed = envelope.seal(parcel.pack(sent, CHINESE_KEYS), SPAIN, SPANISH_OPENING.public)
    opened = envelope.open_envelope(sealed, {SPANISH_OPENING.keyid: SPANISH_OPENING}, SPAIN)
    packed = parcel.unpack(opened)
    assert packed.claimed.sender == CHINA
    assert packed.verify(CHINESE_KEYS.public, SPAIN) == sent


def test_an_empty_parcel_is_a_parcel() -> None:
    sent = Parcel(id=sample_parcel().id, sender=CHINA, to=SPAIN, at=NOON, card=digest_of(b""))
    assert parcel.parse(sent.to_bytes()) == sent
    value = json.loads(sent.to_bytes())
    assert value["reply_to"] is value["checkpoint"] is value["seen"] is value["pending"] is None


def test_later_members_are_kept_and_never_replace_ours() -> None:
    sent = sample_parcel(extra={"later": 1})
    assert parcel.parse(sent.to_bytes()) == sent
    assert replace(sent, extra={"from": "ES/policia-nacional"}).to_bytes() == replace(sent, extra={}).to_bytes()


def test_anothers_key_does_not_hold() -> None:
    packed = parcel.unpack(parcel.pack(sample_parcel(), SPANISH_KEYS))
    with pytest.raises(SignatureMissing):
        packed.verify(CHINESE_KEYS.public, SPAIN)


def test_a_changed_parcel_does_not_hold() -> None:
    line = parcel.pack(sample_parcel(), CHINESE_KEYS).partition(b"\n")[0]
    packed = parcel.unpack(line + b"\n" + changed(seen=8))
    with pytest.raises(SignatureInvalid):
        packed.verify(CHINESE_KEYS.public, SPAIN)


def test_a_parcel_sent_on_to_somebody_else_is_refused() -> None:
    packed = parcel.unpack(parcel.pack(sample_parcel(), CHINESE_KEYS))
    with pytest.raises(BadMember, match="another authority"):
        packed.verify(CHINESE_KEYS.public, CHINA)


def with_line(**members: Any) -> bytes:
    line, _, payload = parcel.pack(sample_parcel(), CHINESE_KEYS).partition(b"\n")
    value = {**json.loads(line), **members}
    return (
        canonical.encode({name: value[name] for name in value if value[name] is not ...}, limit=9999) + b"\n" + payload
    )


def test_a_signed_card_is_no_parcel() -> None:
    card = dsse.sign_once(PayloadType.CARD, sample_parcel().to_bytes(), CHINESE_KEYS)
    line = canonical.encode({"payloadType": PayloadType.PARCEL, **card.signatures[0].to_json()}, limit=512)
    packed = parcel.unpack(line + b"\n" + card.payload)
    with pytest.raises(SignatureInvalid):
        packed.verify(CHINESE_KEYS.public, SPAIN)


@pytest.mark.parametrize(
    ("members", "member"),
    [
        ({"payloadType": PayloadType.CARD}, "payloadType"),
        ({"payloadType": ...}, "payloadType"),
        ({"keyid": None}, "keyid"),
        ({"sig": "Zh=="}, "sig"),
        ({"sig": ...}, "sig"),
        ({"later": 1}, "sig"),
        ({"later": "a" * 600}, "sig"),
    ],
)
def test_the_line_has_one_form(members: dict[str, Any], member: str) -> None:
    with pytest.raises(BadMember) as error:
        parcel.unpack(with_line(**members))
    assert error.value.data["member"] == member


def test_the_signature_is_of_dsse() -> None:
    line, _, payload = parcel.pack(sample_parcel(), CHINESE_KEYS).partition(b"\n")
    signature = from_base64(json.loads(line)["sig"], "x", "y")
    CHINESE_KEYS.public.ed25519_key.verify(signature, dsse.pae(PayloadType.PARCEL, payload))


def test_both_parts_are_canonical() -> None:
    data = parcel.pack(sample_parcel(), CHINESE_KEYS)
    for spoiled in (data + b" ", b" " + data, data.replace(b"\n", b"\n\n", 1), b"\n" + data):
        with pytest.raises(NotCanonical):
            parcel.unpack(spoiled)
    with pytest.raises(TooDeep):
        parcel.unpack(data.partition(b"\n")[0] + b"\n" + b"[" * 99)


def test_a_parcel_is_bounded() -> None:
    line = parcel.pack(sample_parcel(), CHINESE_KEYS).partition(b"\n")[0]
    with pytest.raises(TooLarge):
        parcel.unpack(line + b"\n" + bytes(envelope.MAX_PARCEL_BYTES + 1))
    huge = sample_parcel(extra={"a": "a" * envelope.MAX_PARCEL_BYTES})
    with pytest.raises(TooLarge):
        parcel.pack(huge, CHINESE_KEYS)


HAVE = {"thread": sample_parcel().id, "digests": [digest_of(b"")]}
PROOF = {"note": "n", "consistency": {"from_size": 0, "hashes": []}}


@pytest.mark.parametrize(
    ("members", "member"),
    [
        ({"id": ...}, "id"),
        ({"from": "x"}, "from"),
        ({"to": "x"}, "to"),
        ({"at": None}, "at"),
        ({"reply_to": ...}, "reply_to"),
        ({"reply_to": "x"}, "reply_to"),
        ({"pending": ...}, "pending"),
        ({"pending": "x"}, "pending"),
        ({"card": None}, "card"),
        ({"cards": None}, "cards"),
        ({"cards": [None]}, "payload"),
        ({"messages": [{}]}, "payload"),
        ({"messages": [sample_message().to_json()] * 1025}, "messages"),
        ({"receipts": {}}, "receipts"),
        ({"refusals": [1]}, "(all)"),
        ({"refusals": [{"message": digest_of(b""), "code": "", "text": "x"}]}, "code"),
        ({"refusals": [{"message": "x", "code": "a", "text": "x"}]}, "message"),
        ({"refusals": [{"message": digest_of(b""), "code": "a", "text": "x" * 1001}]}, "text"),
        ({"have": [{**HAVE, "thread": 1}]}, "thread"),
        ({"need": [{**HAVE, "digests": [digest_of(b"")] * 2}]}, "digests"),
        ({"need": [HAVE] * 1025}, "need"),
        ({"checkpoint": ...}, "(all)"),
        ({"checkpoint": {**PROOF, "note": ""}}, "note"),
        ({"checkpoint": {"note": "n"}}, "consistency"),
        ({"checkpoint": {**PROOF, "consistency": {"from_size": -1, "hashes": []}}}, "from_size"),
        ({"checkpoint": {**PROOF, "consistency": {"from_size": 0, "hashes": ["Zg=="]}}}, "hashes"),
        ({"checkpoint": {**PROOF, "consistency": {"from_size": 0, "hashes": [""] * 65}}}, "hashes"),
        ({"cosignatures": [1]}, "cosignatures"),
        ({"seen": -1}, "seen"),
        ({"seen": True}, "seen"),
        ({"seen": ...}, "seen"),
    ],
)
def test_every_member_has_its_form(members: dict[str, Any], member: str) -> None:
    with pytest.raises(BadMember) as error:
        parcel.parse(changed(**members))
    assert error.value.data["member"] == member


def test_only_version_one_is_read() -> None:
    with pytest.raises(UnknownVersion):
        parcel.parse(changed(v=2))
