# SPDX-License-Identifier: Apache-2.0
"""Keys of the three kinds that authenticators make are read; anything else is refused and named."""

from functools import cache
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from tests.fixtures.cards import RP_ID, seed, soft
from webauthn.helpers import decode_credential_public_key, decoded_public_key_to_cryptography

from comity.protocol.wire import cose
from comity.protocol.wire.errors import BadMember, SignatureInvalid

ED25519 = Ed25519PrivateKey.from_private_bytes(seed("passkey"))
P256 = ec.derive_private_key(7, ec.SECP256R1())


@cache
def rsa_key(bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


def rsa_map(bits: int, exponent: int = 65537) -> dict[int, Any]:
    modulus = rsa_key(bits).public_key().public_numbers().n
    return {1: 3, 3: -257, -1: modulus.to_bytes(bits // 8), -2: exponent.to_bytes(3)}


def p256_map() -> dict[int, Any]:
    numbers = P256.public_key().public_numbers()
    return {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}


def ed25519_map() -> dict[int, Any]:
    return {1: 1, 3: -8, -1: 6, -2: ED25519.public_key().public_bytes_raw()}


def test_each_kind_verifies_its_own_signatures() -> None:
    data = b"what was signed"
    cases = [
        ("ES256", p256_map(), P256.sign(data, ec.ECDSA(SHA256()))),
        ("EdDSA", ed25519_map(), ED25519.sign(data)),
        ("RS256", rsa_map(2048), rsa_key(2048).sign(data, padding.PKCS1v15(), SHA256())),
    ]
    for name, value, signature in cases:
        key = cose.parse(cbor2.dumps(value))
        assert key.algorithm == name
        key.verify(signature, data)
        for bad_signature, bad_data in ((signature, b"other"), (signature[:-1], data), (b"", data)):
            with pytest.raises(SignatureInvalid) as caught:
                key.verify(bad_signature, bad_data)
            assert caught.value.data["algorithm"] == name


@pytest.mark.parametrize("value", [p256_map(), ed25519_map(), rsa_map(2048)])
def test_the_keys_are_those_that_another_reader_finds(value: dict[int, Any]) -> None:
    data = cbor2.dumps(value)
    theirs = decoded_public_key_to_cryptography(decode_credential_public_key(data))
    assert cose.CredentialKey("any", theirs).fingerprint == cose.parse(data).fingerprint  # type: ignore[arg-type]


def test_two_spellings_have_one_fingerprint() -> None:
    value = p256_map()
    backwards = cbor2.dumps(dict(reversed(value.items())))
    assert backwards != cbor2.dumps(value)
    assert cose.parse(backwards).fingerprint == cose.parse(cbor2.dumps(value)).fingerprint


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ({}, "neither"),
        ([], "one CBOR map"),
        ({1: 2, 3: -8}, "neither"),
        (p256_map() | {-1: 2}, "P-256"),
        (p256_map() | {-2: bytes(32)}, "off its curve"),
        (p256_map() | {-3: bytes(31)}, "member -3"),
        (p256_map() | {-2: "x" * 32}, "member -2"),
        (ed25519_map() | {-1: 7}, "on Ed25519"),
        (ed25519_map() | {-2: bytes(32)}, "small order"),
        (rsa_map(1024), "2048"),
        (rsa_map(2048, exponent=3), "2048"),
        (rsa_map(2048) | {-1: (1 << 2047).to_bytes(256)}, "2048"),
        (p256_map() | {9: bytes(3000)}, "2048 bytes"),
    ],
)
def test_what_is_no_key_is_refused(value: object, why: str) -> None:
    with pytest.raises(BadMember, match=why):
        cose.parse(cbor2.dumps(value))


@pytest.mark.parametrize(
    "data",
    [b"", b"\xa1\x01", b"\x81" * 1000, b"\xa2\x01\x02\x01\x02", b"\xbf\x01\x02\xff", cbor2.dumps(p256_map()) + b"\x00"],
)
def test_what_is_not_one_map_is_refused(data: bytes) -> None:
    with pytest.raises(BadMember, match="CBOR"):
        cose.parse(data)


def test_the_software_authenticators_key_is_one() -> None:
    assert cose.parse(soft("es-0417").public_key(RP_ID)).algorithm == "ES256"
