# SPDX-License-Identifier: Apache-2.0
"""An approval holds for exactly these bytes and an enrolled officer; each fault has its words.

py_webauthn judges the same assertions beside us: what it accepts we accept, what it refuses we refuse.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from tests.fixtures.cards import DAY, ORIGIN, RP_ID, START, YEAR, card, officer, ring, seed, soft
from webauthn import verify_authentication_response
from webauthn.helpers.exceptions import InvalidAuthenticationResponse, InvalidBackupFlags, InvalidJSONStructure

from comity.protocol.wire import approval_check
from comity.protocol.wire.approval import Approval, challenge
from comity.protocol.wire.approval_check import VerifiedApproval
from comity.protocol.wire.errors import ApprovalInvalid, ApprovalMissing
from comity.protocol.wire.octets import to_base64url

STATEMENT = b'{"kind":"preservation"}'
CARD = card(ring("card"))
PASSKEY = Ed25519PrivateKey.from_private_bytes(seed("passkey"))
PASSKEY_COSE = cbor2.dumps({1: 1, 3: -8, -1: 6, -2: PASSKEY.public_key().public_bytes_raw()})
PASSKEY_CARD = card(ring("card"), officers=(officer(public_key=PASSKEY_COSE, soft=False),))
HEAD = hashlib.sha256(RP_ID.encode()).digest()


def approve(
    client: dict[str, Any] | bytes | None = None, data: bytes = HEAD + b"\x05" + bytes(4), **client_members: Any
) -> Approval:
    """An approval with any client and authenticator data, signed by the passkey: all but the signature may be wrong."""
    if client is None:
        client = {"type": "webauthn.get", "challenge": to_base64url(challenge(STATEMENT)), "origin": ORIGIN}
    raw = client if isinstance(client, bytes) else json.dumps(client | client_members).encode()
    signature = PASSKEY.sign(data + hashlib.sha256(raw).digest())
    return Approval("es-0417", officer().credential, data, raw, signature)


def witness(found: Approval, key: bytes = PASSKEY_COSE) -> None:
    """py_webauthn's judgement of the same bytes."""
    response = {
        "clientDataJSON": to_base64url(found.client_data),
        "authenticatorData": to_base64url(found.authenticator_data),
        "signature": to_base64url(found.signature),
    }
    named = to_base64url(found.credential)
    verify_authentication_response(
        credential={"id": named, "rawId": named, "type": "public-key", "response": response},
        expected_challenge=challenge(STATEMENT),
        expected_rp_id=RP_ID,
        expected_origin=[ORIGIN],
        credential_public_key=key,
        credential_current_sign_count=0,
        require_user_verification=True,
    )


def test_the_software_authenticators_approval_holds_and_is_reported_soft() -> None:
    found = soft("es-0417").approve(STATEMENT, "es-0417", RP_ID, ORIGIN)
    witness(found, officer().public_key)
    assert approval_check.verify(found, STATEMENT, CARD, START) == VerifiedApproval("es-0417", "approver", soft=True)


def test_a_passkeys_approval_holds() -> None:
    found = approve()
    witness(found)
    expected = VerifiedApproval("es-0417", "approver", soft=False)
    assert approval_check.verify(found, STATEMENT, PASSKEY_CARD, START) == expected


def test_an_rsa_passkeys_approval_holds() -> None:
    key = rsa.generate_private_key(65537, 2048)
    modulus = key.public_key().public_numbers().n.to_bytes(256)
    public = cbor2.dumps({1: 3, 3: -257, -1: modulus, -2: b"\x01\x00\x01"})
    found = approve()
    signed = found.authenticator_data + hashlib.sha256(found.client_data).digest()
    found = replace(found, signature=key.sign(signed, padding.PKCS1v15(), SHA256()))
    witness(found, public)
    held = card(ring("card"), officers=(officer(public_key=public, soft=False),))
    assert approval_check.verify(found, STATEMENT, held, START).officer == "es-0417"


@pytest.mark.parametrize(
    "found",
    [
        approve(crossOrigin=False),
        approve(later="kept"),
        approve(data=HEAD + b"\x1d" + bytes(4)),
        approve(data=HEAD + b"\x05" + b"\x00\x00\x00\x07"),
        approve(data=HEAD + b"\x85" + bytes(4) + cbor2.dumps({"credProtect": 2})),
    ],
    ids=["said not to be framed", "unknown member", "backed up", "counted", "extension"],
)
def test_what_authenticators_may_add(found: Approval) -> None:
    witness(found)
    assert approval_check.verify(found, STATEMENT, PASSKEY_CARD, START).role == "approver"


BOTH: list[tuple[str, Callable[[], Approval]]] = [
    ("not JSON", lambda: approve(b"{")),
    ("not JSON", lambda: approve(b"\xff")),
    ("not JSON", lambda: approve(b"[" * 8000)),
    ("not an object", lambda: approve(b"[]")),
    ("as an approval", lambda: approve(type="webauthn.create")),
    ("another statement", lambda: approve(challenge=to_base64url(challenge(b"other")))),
    ("origin", lambda: approve(origin="http://es.localhost:8002")),
    ("another relying party", lambda: approve(data=hashlib.sha256(b"cn.localhost").digest() + b"\x05" + bytes(4))),
    ("another relying party", lambda: approve(data=HEAD + b"\x05" + bytes(3))),
    ("nobody was present", lambda: approve(data=HEAD + b"\x04" + bytes(4))),
    ("not verified", lambda: approve(data=HEAD + b"\x01" + bytes(4))),
    ("contradict", lambda: approve(data=HEAD + b"\x15" + bytes(4))),
    ("another length", lambda: approve(data=HEAD + b"\x05" + bytes(5))),
    ("another length", lambda: approve(data=HEAD + b"\x85" + bytes(4))),
    ("signature", lambda: replace(approve(), signature=b"\x00" * 64)),
    ("signature", lambda: replace(approve(), authenticator_data=HEAD + b"\x1d" + bytes(4))),
]


@pytest.mark.parametrize(("why", "make"), BOTH)
def test_what_the_witness_refuses_too(why: str, make: Callable[[], Approval]) -> None:
    found = make()
    with pytest.raises((InvalidAuthenticationResponse, InvalidBackupFlags, InvalidJSONStructure, RecursionError)):
        witness(found)
    with pytest.raises(ApprovalInvalid, match=why):
        approval_check.verify(found, STATEMENT, PASSKEY_CARD, START)


OURS: list[tuple[str, Callable[[], Approval]]] = [
    ("another site's page", lambda: approve(crossOrigin=True)),
    ("another site's page", lambda: approve(topOrigin="https://elsewhere.example")),
    ("not JSON", lambda: approve(approve().client_data[:-1] + b',"type":"webauthn.get"}')),
    ("not name this officer", lambda: replace(approve(), officer="es-9999")),
    ("not name this officer", lambda: replace(approve(), credential=b"another")),
]


@pytest.mark.parametrize(("why", "make"), OURS)
def test_what_we_refuse_besides(why: str, make: Callable[[], Approval]) -> None:
    with pytest.raises(ApprovalInvalid, match=why):
        approval_check.verify(make(), STATEMENT, PASSKEY_CARD, START)


def test_an_officer_approves_in_season_only() -> None:
    enrolled_officer = officer(public_key=PASSKEY_COSE, start=START + DAY, until=START + 2 * DAY)
    enrolled = card(ring("card"), officers=(enrolled_officer,))
    assert approval_check.verify(approve(), STATEMENT, enrolled, START + DAY).officer == "es-0417"
    for at in (START, START + 2 * DAY, START + YEAR):
        with pytest.raises(ApprovalInvalid, match="not enrolled"):
            approval_check.verify(approve(), STATEMENT, enrolled, at)


def test_four_eyes_are_two_officers() -> None:
    spare = replace(officer("es-spare"), pseudonym="es-0417")
    held = card(ring("card"), officers=(officer(), officer("es-0500"), spare))
    one = soft("es-0417").approve(STATEMENT, "es-0417", RP_ID, ORIGIN)
    same = soft("es-spare").approve(STATEMENT, "es-0417", RP_ID, ORIGIN)
    other = soft("es-0500").approve(STATEMENT, "es-0500", RP_ID, ORIGIN)

    def require(*found: Approval) -> tuple[VerifiedApproval, ...]:
        return approval_check.require(found, STATEMENT, held, START, needed=2, kind="interception")

    assert [each.officer for each in require(one, other)] == ["es-0417", "es-0500"]
    for found in ((), (one,), (one, one), (one, same)):
        with pytest.raises(ApprovalMissing) as caught:
            require(*found)
        assert caught.value.data["found"] == len({each.officer for each in found})
    with pytest.raises(ApprovalInvalid):
        require(one, other, replace(other, signature=b"none"))


def test_an_error_names_the_officer_by_the_pseudonym_only() -> None:
    with pytest.raises(ApprovalInvalid) as caught:
        approval_check.verify(replace(approve(), signature=b""), STATEMENT, PASSKEY_CARD, START)
    assert set(caught.value.data) == {"officer", "why"}
