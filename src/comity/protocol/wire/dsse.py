# SPDX-License-Identifier: Apache-2.0
"""Signed bytes (DSSE 1.0): a payload, its type, and the signatures over both.

    {"payload":"eyJhZnRlc…","payloadType":"application/vnd.comity.statement+json",
     "signatures":[{"keyid":"ed25519:…","sig":"…"},{"keyid":"mldsa65:…","sig":"…"}]}

The payload is kept as the bytes that were signed and never written again. A signature is over the pre-authentication
encoding of type and payload, so a signed card can never pass for a signed statement. `sign` and `verify` ask for
**both** Ed25519 and ML-DSA-65. `sign_once` and `verify_once` ask for Ed25519 alone: only for the parcel of one
transmission, whose messages carry their own two signatures.

Reading refuses a key id that is named twice (`BadMember`). Signatures of other keys may lie beside; they prove nothing.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from cryptography.exceptions import InvalidSignature

from comity.protocol.wire.errors import BadMember, SignatureInvalid, SignatureMissing
from comity.protocol.wire.keys import SigningKeys, VerifyingKeys
from comity.protocol.wire.names import Digest, digest_of
from comity.protocol.wire.octets import from_base64, to_base64

MAX_SIGNATURES = 16
MAX_SIGNATURE_BYTES = 8192
_MAX_NAME = 128


class PayloadType(StrEnum):
    """What the signed bytes are. Each type has its page in docs/protocol."""

    STATEMENT = "application/vnd.comity.statement+json"
    CARD = "application/vnd.comity.card+json"
    REVOCATION = "application/vnd.comity.revocation+json"
    RECEIPT = "application/vnd.comity.receipt+json"
    PARCEL = "application/vnd.comity.parcel+json"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature and the id of the key that should have made it."""

    keyid: str
    sig: bytes

    def to_json(self) -> dict[str, Any]:
        """The JSON form of DSSE."""
        return {"keyid": self.keyid, "sig": to_base64(self.sig)}

    @classmethod
    def from_json(cls, value: object) -> Self:
        """What `to_json` wrote; other members are not looked at. Raises `BadMember`."""
        if not isinstance(value, dict):
            raise _bad("signatures", "holds something that is not an object")
        sig = from_base64(value.get("sig"), "signed bytes", "sig")
        if len(sig) > MAX_SIGNATURE_BYTES:
            raise _bad("sig", f"is longer than {MAX_SIGNATURE_BYTES} bytes")
        return cls(_name(value.get("keyid"), "keyid"), sig)


@dataclass(frozen=True, slots=True)
class Signed:
    """Signed bytes, not yet verified. Raises `BadMember` when a key id is named twice or signatures are too many."""

    payload_type: str
    payload: bytes
    signatures: tuple[Signature, ...]

    def __post_init__(self) -> None:
        if len(self.signatures) > MAX_SIGNATURES:
            raise _bad("signatures", f"has more than {MAX_SIGNATURES}")
        if len({each.keyid for each in self.signatures}) != len(self.signatures):
            raise _bad("signatures", "names a key twice")

    @property
    def digest(self) -> Digest:
        """The SHA-256 of the payload."""
        return digest_of(self.payload)

    def to_json(self) -> dict[str, Any]:
        """The JSON form of DSSE."""
        return {
            "payload": to_base64(self.payload),
            "payloadType": str(self.payload_type),
            "signatures": [each.to_json() for each in self.signatures],
        }

    @classmethod
    def from_json(cls, value: object) -> Self:
        """What `to_json` wrote; members that DSSE does not name prove nothing and are dropped. Raises `BadMember`."""
        if not isinstance(value, dict):
            raise _bad("payload", "is missing: this is not an object")
        signatures = value.get("signatures")
        if not isinstance(signatures, list) or len(signatures) > MAX_SIGNATURES:
            raise _bad("signatures", f"is not a list of at most {MAX_SIGNATURES}")
        return cls(
            payload_type=_name(value.get("payloadType"), "payloadType"),
            payload=from_base64(value.get("payload"), "signed bytes", "payload"),
            signatures=tuple(Signature.from_json(each) for each in signatures),
        )


def pae(payload_type: str, payload: bytes) -> bytes:
    """DSSE's pre-authentication encoding: what is really signed."""
    name = payload_type.encode("utf-8")
    return b"DSSEv1 %d %b %d %b" % (len(name), name, len(payload), payload)


def sign(payload_type: str, payload: bytes, keys: SigningKeys) -> Signed:
    """`payload` with both signatures of `keys`."""
    text = pae(payload_type, payload)
    first, second = keys.public.keyids
    return Signed(
        payload_type,
        payload,
        (Signature(first, keys.ed25519.sign(text)), Signature(second, keys.mldsa65.sign(text))),
    )


def countersign(signed: Signed, keys: SigningKeys) -> Signed:
    """`signed` with the two signatures of `keys` added, as a successor card carries those of its predecessor."""
    added = sign(signed.payload_type, signed.payload, keys)
    return Signed(signed.payload_type, signed.payload, signed.signatures + added.signatures)


def verify(signed: Signed, keys: VerifyingKeys, *, payload_type: str) -> bytes:
    """The payload, once it is of `payload_type` and both signatures of `keys` hold.

    1. The type is the expected one: `BadMember`.
    2. Both signatures are there: `SignatureMissing` names the absent one.
    3. Both hold over the type and the payload: `SignatureInvalid` names the one that does not.

    The caller still has to ask whose keys these were, and whether they were valid at the time: see `trust`.
    """
    _expect(signed, payload_type)
    first = _find(signed, keys.keyids[0], "Ed25519")
    second = _find(signed, keys.keyids[1], "ML-DSA-65")
    text = pae(signed.payload_type, signed.payload)
    _hold_ed25519(keys, first, text)
    try:
        keys.mldsa65_key.verify(second, text)
    except InvalidSignature:
        raise SignatureInvalid(algorithm="ML-DSA-65") from None
    return signed.payload


def sign_once(payload_type: str, payload: bytes, keys: SigningKeys) -> Signed:
    """`payload` with the Ed25519 signature alone."""
    return Signed(
        payload_type, payload, (Signature(keys.public.keyids[0], keys.ed25519.sign(pae(payload_type, payload))),)
    )


def verify_once(signed: Signed, keys: VerifyingKeys, *, payload_type: str) -> bytes:
    """The payload, once it is of `payload_type` and the Ed25519 signature holds. Raises as `verify` does."""
    _expect(signed, payload_type)
    _hold_ed25519(keys, _find(signed, keys.keyids[0], "Ed25519"), pae(signed.payload_type, signed.payload))
    return signed.payload


def _expect(signed: Signed, payload_type: str) -> None:
    if signed.payload_type != payload_type:
        raise _bad("payloadType", f"is not {payload_type}")


def _find(signed: Signed, keyid: str, algorithm: str) -> bytes:
    for each in signed.signatures:
        if each.keyid == keyid:
            return each.sig
    raise SignatureMissing(algorithm=algorithm)


def _hold_ed25519(keys: VerifyingKeys, signature: bytes, text: bytes) -> None:
    try:
        keys.ed25519_key.verify(signature, text)
    except InvalidSignature:
        raise SignatureInvalid(algorithm="Ed25519") from None


def _name(value: object, member: str) -> str:
    if isinstance(value, str) and 0 < len(value) <= _MAX_NAME and value.isascii() and value.isprintable():
        return value
    raise _bad(member, f"is not a text of at most {_MAX_NAME} printable ASCII characters")


def _bad(member: str, why: str) -> BadMember:
    return BadMember(what="signed bytes", member=member, why=why)
