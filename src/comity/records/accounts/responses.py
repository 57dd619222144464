# SPDX-License-Identifier: Apache-2.0
"""What a browser answers for a passkey, held against what was asked (WebAuthn level 3, sections 7.1 and 7.2).

In this order: the form and size of the JSON; the ceremony's type, challenge and origin, and that no other site framed
the page (the steps on client data); the RP ID, presence and verification of the user (the steps on authenticator
data); then the package `webauthn` checks all of that again, and the signature. The sign count is judged in
`passkeys.py`, after the signature, so that only the key's holder can raise the alarm of a clone. The errors name one
of a fixed list of faults, never a part of what was sent.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import webauthn
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from webauthn.helpers import aaguid_to_string, parse_attestation_object, parse_authenticator_data
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import AuthenticatorData

from comity.protocol.wire import cose
from comity.protocol.wire.approval import MAX_CREDENTIAL_BYTES, MAX_DATA_BYTES, MAX_SIGNATURE_BYTES
from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.octets import from_base64url
from comity.records.accounts.errors import Fault, ResponseRefused
from comity.records.accounts.soft import AAGUID as SOFT

LARGEST = 32 << 10
ALGORITHMS = [
    COSEAlgorithmIdentifier.EDDSA,
    COSEAlgorithmIdentifier.ECDSA_SHA_256,
    COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256,
]
_FORMATS = frozenset({"none", "packed"})
_PARSERS_RAISE = (
    *(WebAuthnException, BadMember, InvalidSignature, UnsupportedAlgorithm),
    *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError),
)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a good response answers."""

    challenge: bytes
    rp_id: str
    origin: str


@dataclass(frozen=True, slots=True)
class Fresh:
    """A new passkey, as a registration brought it; `credential` is its id in base64url."""

    credential: str
    public_key: bytes
    sign_count: int
    soft: bool
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Assertion:
    """An assertion of good form; nothing more is said of it yet."""

    credential: str
    handle: str
    authenticator_data: bytes
    client_data: bytes
    signature: bytes
    whole: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """An assertion that holds under the passkey's key; what is left to judge is the count."""

    assertion: Assertion
    sign_count: int


def read_registration(response: str | Mapping[str, Any], expected: Expected) -> Fresh:
    """The new passkey, once every step of 7.1 holds; no attestation is asked for. Raises `ResponseRefused`."""
    value = _object(response)
    with _sound(Fault.MALFORMED):
        _client_data(_bytes(_inner(value), "clientDataJSON", MAX_DATA_BYTES), "webauthn.create", expected)
        attested = parse_attestation_object(_bytes(_inner(value), "attestationObject", LARGEST))
        _authenticator_data(attested.auth_data, expected)
        if attested.fmt not in _FORMATS:
            raise ResponseRefused.of(Fault.ATTESTED)
        found = webauthn.verify_registration_response(
            credential=dict(value),
            expected_challenge=expected.challenge,
            expected_rp_id=expected.rp_id,
            expected_origin=expected.origin,
            require_user_verification=True,
            supported_pub_key_algs=ALGORITHMS,
        )
        key = cose.parse(found.credential_public_key)
        if len(found.credential_id) > MAX_CREDENTIAL_BYTES or found.credential_id != _bytes(value, "id", LARGEST):
            raise ResponseRefused.of(Fault.MALFORMED)
        soft = found.aaguid == aaguid_to_string(SOFT)
        id = str(value["id"])
        return Fresh(id, found.credential_public_key, found.sign_count, soft, key.fingerprint)


def read_assertion(response: str | Mapping[str, Any]) -> Assertion:
    """The response's parts, by which its passkey can be looked up. Raises `ResponseRefused`."""
    value = _object(response)
    with _sound(Fault.MALFORMED):
        inner = _inner(value)
        _bytes(value, "id", MAX_CREDENTIAL_BYTES)
        return Assertion(
            credential=str(value["id"]),
            handle=str(inner.get("userHandle") or ""),
            authenticator_data=_bytes(inner, "authenticatorData", MAX_DATA_BYTES),
            client_data=_bytes(inner, "clientDataJSON", MAX_DATA_BYTES),
            signature=_bytes(inner, "signature", MAX_SIGNATURE_BYTES),
            whole=value,
        )


def hold(assertion: Assertion, public_key: bytes, expected: Expected) -> Held:
    """The assertion, once every step of 7.2 holds but the count. Raises `ResponseRefused`."""
    with _sound(Fault.SIGNATURE):
        _client_data(assertion.client_data, "webauthn.get", expected)
        _authenticator_data(parse_authenticator_data(assertion.authenticator_data), expected)
        found = webauthn.verify_authentication_response(
            credential=dict(assertion.whole),
            expected_challenge=expected.challenge,
            expected_rp_id=expected.rp_id,
            expected_origin=expected.origin,
            credential_public_key=public_key,
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    return Held(assertion, found.new_sign_count)


def _object(response: str | Mapping[str, Any]) -> Mapping[str, Any]:
    with _sound(Fault.MALFORMED):
        text = response if isinstance(response, str) else json.dumps(response)
        if len(text) > LARGEST:
            raise ResponseRefused.of(Fault.TOO_LARGE)
        value = json.loads(text)
        if isinstance(value, dict):
            return value
        raise ResponseRefused.of(Fault.MALFORMED)


def _inner(value: Mapping[str, Any]) -> Mapping[str, Any]:
    inner = value["response"]
    if isinstance(inner, dict):
        return inner
    raise ResponseRefused.of(Fault.MALFORMED)


def _bytes(value: Mapping[str, Any], member: str, at_most: int) -> bytes:
    found = from_base64url(value.get(member), "response", member)
    if 0 < len(found) <= at_most:
        return found
    raise ResponseRefused.of(Fault.MALFORMED)


def _client_data(data: bytes, ceremony: str, expected: Expected) -> None:
    value = json.loads(data)
    if value["type"] != ceremony:
        raise ResponseRefused.of(Fault.OTHER_CEREMONY)
    if from_base64url(value["challenge"], "client data", "challenge") != expected.challenge:
        raise ResponseRefused.of(Fault.OTHER_CHALLENGE)
    if value["origin"] != expected.origin:
        raise ResponseRefused.of(Fault.OTHER_ORIGIN)
    if value.get("crossOrigin", False) is not False or "topOrigin" in value:
        raise ResponseRefused.of(Fault.FRAMED)


def _authenticator_data(data: AuthenticatorData, expected: Expected) -> None:
    if data.rp_id_hash != hashlib.sha256(expected.rp_id.encode()).digest():
        raise ResponseRefused.of(Fault.OTHER_RP)
    if not (data.flags.up and data.flags.uv):
        raise ResponseRefused.of(Fault.UNVERIFIED_USER)


@contextmanager
def _sound(fault: Fault) -> Iterator[None]:
    """Whatever the parsers below raise about bytes from outside becomes the one refusal."""
    try:
        yield
    except _PARSERS_RAISE:
        raise ResponseRefused.of(fault) from None
