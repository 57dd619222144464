# SPDX-License-Identifier: Apache-2.0
"""An officer's public key, as WebAuthn hands it over: a COSE key (RFC 9052, RFC 9053, RFC 8230) in CBOR.

    {1: 2, 3: -7, -1: 1, -2: x, -3: y}    ES256, on P-256
    {1: 1, 3: -8, -1: 6, -2: x}           EdDSA, on Ed25519
    {1: 3, 3: -257, -1: n, -2: e}         RS256, of 2048 to 4096 bits

Promises: only these three; the point lies on its curve, the modulus is long enough; nothing follows the map. Two
spellings of one key have one `fingerprint`, so that one key cannot pass for two officers.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from comity.protocol.wire.errors import BadMember, SignatureInvalid
from comity.protocol.wire.keys import ed25519_public
from comity.protocol.wire.names import Digest

MAX_BYTES = 2048
MIN_MODULUS, MAX_MODULUS = 2048, 4096
_WHAT = "credential"
_MEMBER = "public_key"

PublicKey = ec.EllipticCurvePublicKey | Ed25519PublicKey | RSAPublicKey


@dataclass(frozen=True, slots=True)
class CredentialKey:
    """A key that an officer's authenticator signs with, and its name in the registry of COSE algorithms."""

    algorithm: str
    key: PublicKey

    @property
    def fingerprint(self) -> Digest:
        """The SHA-256 of the key's one DER form."""
        der = self.key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return Digest("sha256:" + hashlib.sha256(der).hexdigest())

    def verify(self, signature: bytes, data: bytes) -> None:
        """Hold one signature over `data`. Raises `SignatureInvalid`."""
        try:
            match self.key:
                case ec.EllipticCurvePublicKey():
                    self.key.verify(signature, data, ec.ECDSA(SHA256()))
                case RSAPublicKey():
                    self.key.verify(signature, data, padding.PKCS1v15(), SHA256())
                case _:
                    self.key.verify(signature, data)
        except InvalidSignature:
            raise SignatureInvalid(algorithm=self.algorithm) from None


def parse(data: bytes) -> CredentialKey:
    """The key that these bytes are. Raises `BadMember`."""
    found = _map(data)
    match found.get(1), found.get(3):
        case 2, -7:
            return CredentialKey("ES256", _p256(found))
        case 1, -8:
            return CredentialKey("EdDSA", _ed25519(found))
        case 3, -257:
            return CredentialKey("RS256", _rsa(found))
    raise _bad("is neither an ES256, an EdDSA nor an RS256 key")


def _map(data: bytes) -> Mapping[Any, Any]:
    if len(data) > MAX_BYTES:
        raise _bad(f"has more than {MAX_BYTES} bytes")
    source = BytesIO(data)
    try:
        found = cbor2.load(source, max_depth=2, allow_duplicate_keys=False, allow_indefinite=False)
    except cbor2.CBORDecodeError:
        raise _bad("is not CBOR") from None
    if not isinstance(found, dict) or source.tell() != len(data):
        raise _bad("is not one CBOR map")
    return found


def _p256(found: Mapping[Any, Any]) -> ec.EllipticCurvePublicKey:
    if found.get(-1) != 1:
        raise _bad("is not on P-256")
    point = b"\x04" + _octets(found, -2, 32) + _octets(found, -3, 32)
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        raise _bad("is a point off its curve") from None


def _ed25519(found: Mapping[Any, Any]) -> Ed25519PublicKey:
    if found.get(-1) != 6:
        raise _bad("is not on Ed25519")
    return ed25519_public(_octets(found, -2, 32), _MEMBER)


def _rsa(found: Mapping[Any, Any]) -> RSAPublicKey:
    modulus, exponent = (int.from_bytes(_octets(found, label, None)) for label in (-1, -2))
    sound = MIN_MODULUS <= modulus.bit_length() <= MAX_MODULUS and modulus % 2 == 1 and exponent == 65537
    if not sound:
        raise _bad("is not an RSA key of 2048 to 4096 bits with the exponent 65537")
    return RSAPublicNumbers(exponent, modulus).public_key()


def _octets(found: Mapping[Any, Any], label: int, size: int | None) -> bytes:
    value = found.get(label)
    if not isinstance(value, bytes) or (size is not None and len(value) != size):
        raise _bad(f"lacks the bytes of its member {label}")
    return value


def _bad(why: str) -> BadMember:
    return BadMember(what=_WHAT, member=_MEMBER, why=why)
