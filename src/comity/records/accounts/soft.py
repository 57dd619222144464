# SPDX-License-Identifier: Apache-2.0
"""A passkey made of software, for sample nodes and tests: it approves whatever it is asked.

It answers as a browser with an authenticator does (W3C WebAuthn Level 3, ES256, attestation `none`), with the officer
always present and always verified. Nothing protects its key, so a card marks it `soft`, a card that is not sample data
may not name it, and readers report it.

The whole authenticator is one 32-byte seed. Each relying party gets a key and a credential of its own, drawn from the
seed, and signatures are deterministic (RFC 6979): what a sample plays once, it plays again. The counter stays at zero,
as that of synced passkeys does.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from comity.protocol.wire.approval import Approval, challenge
from comity.protocol.wire.octets import from_base64url, to_base64url

SEED_BYTES = 32
MAX_USER_BYTES = 64
AAGUID = hashlib.sha256(b"comity/soft/v1").digest()[:16]
"""The model's identifier: by it a registration knows that the authenticator is soft."""

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_PRESENT_AND_VERIFIED = 0x05
_ATTESTED = 0x40
_COUNTER = bytes(4)


@dataclass(frozen=True, slots=True)
class SoftAuthenticator:
    """One officer's software authenticator: whoever has the seed is the officer. Raises `ValueError` for no seed."""

    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.seed) != SEED_BYTES:
            raise ValueError(f"a seed has {SEED_BYTES} bytes")

    @classmethod
    def new(cls, random: Callable[[int], bytes]) -> Self:
        """A fresh one; `random(n)` gives n unpredictable bytes."""
        return cls(random(SEED_BYTES))

    def to_text(self) -> str:
        """The seed as text, to be kept as a secret."""
        return to_base64url(self.seed)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The authenticator whose `to_text` this is. Raises `BadMember`."""
        return cls(from_base64url(text, "soft authenticator", "seed", size=SEED_BYTES))

    def credential(self, rp_id: str) -> bytes:
        """The id of its credential at a relying party."""
        return self._draw(rp_id, b"credential", 32)

    def public_key(self, rp_id: str) -> bytes:
        """The COSE public key of that credential."""
        point = self._key(rp_id).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point[1:33], -3: point[33:]}, canonical=True)

    def create(self, challenge: bytes, rp_id: str, origin: str, user: bytes) -> dict[str, Any]:
        """The registration response, as `PublicKeyCredential.toJSON()` gives it.

        `user` is the user handle, 1 to 64 bytes or `ValueError`; a registration does not carry it.
        """
        if not 0 < len(user) <= MAX_USER_BYTES:
            raise ValueError(f"a user handle has 1 to {MAX_USER_BYTES} bytes")
        credential = self.credential(rp_id)
        named = AAGUID + len(credential).to_bytes(2, "big") + credential + self.public_key(rp_id)
        data = _head(rp_id, _PRESENT_AND_VERIFIED | _ATTESTED) + named
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data}, canonical=True)
        response = {
            "clientDataJSON": to_base64url(_client_data("webauthn.create", challenge, origin)),
            "attestationObject": to_base64url(attestation),
            "transports": ["internal"],
        }
        return _credential_json(credential, response)

    def get(self, challenge: bytes, rp_id: str, origin: str, user: bytes | None = None) -> dict[str, Any]:
        """The assertion, as `PublicKeyCredential.toJSON()` gives it; with the user handle where sign-in goes by it."""
        client, data, signature = self._assert(challenge, rp_id, origin)
        response = {
            "clientDataJSON": to_base64url(client),
            "authenticatorData": to_base64url(data),
            "signature": to_base64url(signature),
        }
        if user is not None:
            response["userHandle"] = to_base64url(user)
        return _credential_json(self.credential(rp_id), response)

    def approve(self, statement: bytes, officer: str, rp_id: str, origin: str) -> Approval:
        """The approval of these statement bytes by the officer with this pseudonym."""
        client, data, signature = self._assert(challenge(statement), rp_id, origin)
        return Approval(officer, self.credential(rp_id), data, client, signature)

    def _assert(self, challenge: bytes, rp_id: str, origin: str) -> tuple[bytes, bytes, bytes]:
        client = _client_data("webauthn.get", challenge, origin)
        data = _head(rp_id, _PRESENT_AND_VERIFIED)
        signed = data + hashlib.sha256(client).digest()
        return client, data, self._key(rp_id).sign(signed, ec.ECDSA(SHA256(), deterministic_signing=True))

    def _key(self, rp_id: str) -> ec.EllipticCurvePrivateKey:
        number = int.from_bytes(self._draw(rp_id, b"key", 48), "big") % (_ORDER - 1) + 1
        return ec.derive_private_key(number, ec.SECP256R1())

    def _draw(self, rp_id: str, what: bytes, size: int) -> bytes:
        info = b"comity/soft/v1\0" + what + b"\0" + rp_id.encode()
        return HKDF(SHA256(), length=size, salt=None, info=info).derive(self.seed)


def _head(rp_id: str, flags: int) -> bytes:
    return hashlib.sha256(rp_id.encode()).digest() + bytes([flags]) + _COUNTER


def _client_data(kind: str, challenge: bytes, origin: str) -> bytes:
    value = {"type": kind, "challenge": to_base64url(challenge), "origin": origin, "crossOrigin": False}
    return json.dumps(value, separators=(",", ":")).encode()


def _credential_json(credential: bytes, response: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": to_base64url(credential),
        "rawId": to_base64url(credential),
        "type": "public-key",
        "authenticatorAttachment": "platform",
        "clientExtensionResults": {},
        "response": response,
    }
