# SPDX-License-Identifier: Apache-2.0
"""The software authenticator answers as a browser does: py_webauthn, another's reader, accepts what it makes."""

import subprocess
import sys

import pytest
from tests.fixtures.cards import ORIGIN, RP_ID, seed, soft
from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers.exceptions import InvalidAuthenticationResponse, InvalidRegistrationResponse
from webauthn.helpers.structs import AttestationFormat

from comity.protocol.wire import cose
from comity.protocol.wire.approval import challenge
from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.octets import from_base64url
from comity.records.accounts.soft import AAGUID, SoftAuthenticator

CHALLENGE = seed("challenge")
DEVICE = soft("es-0417")


def test_a_registration_is_accepted() -> None:
    found = verify_registration_response(
        credential=DEVICE.create(CHALLENGE, RP_ID, ORIGIN, b"user-1"),
        expected_challenge=CHALLENGE,
        expected_rp_id=RP_ID,
        expected_origin=ORIGIN,
        require_user_verification=True,
    )
    assert found.fmt == AttestationFormat.NONE
    assert found.credential_id == DEVICE.credential(RP_ID)
    assert found.credential_public_key == DEVICE.public_key(RP_ID)
    assert bytes.fromhex(found.aaguid.replace("-", "")) == AAGUID
    assert found.sign_count == 0


def test_a_registration_for_another_origin_is_refused() -> None:
    with pytest.raises(InvalidRegistrationResponse):
        verify_registration_response(
            credential=DEVICE.create(CHALLENGE, RP_ID, "http://cn.localhost:8002", b"user-1"),
            expected_challenge=CHALLENGE,
            expected_rp_id=RP_ID,
            expected_origin=ORIGIN,
        )


@pytest.mark.parametrize("user", [None, b"user-1"])
def test_an_assertion_is_accepted(user: bytes | None) -> None:
    response = DEVICE.get(CHALLENGE, RP_ID, ORIGIN, user)
    found = verify_authentication_response(
        credential=response,
        expected_challenge=CHALLENGE,
        expected_rp_id=RP_ID,
        expected_origin=ORIGIN,
        credential_public_key=DEVICE.public_key(RP_ID),
        credential_current_sign_count=0,
        require_user_verification=True,
    )
    assert found.user_verified
    assert found.credential_id == DEVICE.credential(RP_ID)
    assert ("userHandle" in response["response"]) == (user is not None)


def test_an_assertion_for_another_relying_party_has_another_key() -> None:
    with pytest.raises(InvalidAuthenticationResponse):
        verify_authentication_response(
            credential=DEVICE.get(CHALLENGE, "cn.localhost", ORIGIN),
            expected_challenge=CHALLENGE,
            expected_rp_id="cn.localhost",
            expected_origin=ORIGIN,
            credential_public_key=DEVICE.public_key(RP_ID),
            credential_current_sign_count=0,
        )
    assert DEVICE.credential(RP_ID) != DEVICE.credential("cn.localhost")


def test_an_approval_is_an_assertion_over_the_statement() -> None:
    found = DEVICE.approve(b"statement", "es-0417", RP_ID, ORIGIN)
    answered = DEVICE.get(challenge(b"statement"), RP_ID, ORIGIN)["response"]
    assert found.client_data == from_base64url(answered["clientDataJSON"], "test", "clientDataJSON")
    assert found.signature == from_base64url(answered["signature"], "test", "signature")
    assert (found.officer, found.credential) == ("es-0417", DEVICE.credential(RP_ID))


def test_what_it_plays_once_it_plays_again() -> None:
    again = SoftAuthenticator.from_text(DEVICE.to_text())
    assert again == DEVICE
    assert again.get(CHALLENGE, RP_ID, ORIGIN) == DEVICE.get(CHALLENGE, RP_ID, ORIGIN)
    assert cose.parse(again.public_key(RP_ID)).algorithm == "ES256"


def test_the_seed_comes_from_the_chance_that_is_given() -> None:
    assert SoftAuthenticator.new(lambda size: b"\x07" * size).seed == b"\x07" * 32
    assert "\\x07" not in repr(SoftAuthenticator(b"\x07" * 32))


def test_what_is_no_seed_or_user_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        SoftAuthenticator(b"short")
    with pytest.raises(BadMember):
        SoftAuthenticator.from_text("c2hvcnQ")
    for user in (b"", b"x" * 65):
        with pytest.raises(ValueError, match="64 bytes"):
            DEVICE.create(CHALLENGE, RP_ID, ORIGIN, user)


def test_it_needs_no_django() -> None:
    asked = "import sys, comity.records.accounts.soft; sys.exit('django' in sys.modules or 'webauthn' in sys.modules)"
    subprocess.run([sys.executable, "-c", asked], check=True)
