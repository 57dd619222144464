# SPDX-License-Identifier: Apache-2.0
"""An authority's keys: two to sign with, one to be sealed to.

    signing   Ed25519 (RFC 8032) and ML-DSA-65 (FIPS 204); both must hold
    sealing   MLKEM768-X25519 (X-Wing): a seed, stretched by SHAKE-256 to an ML-KEM-768 seed and an X25519 key

Every private key is kept as a 32-byte seed, every public key travels as its raw bytes. A key id is the algorithm and
the first 64 bits of the SHA-256 of the public key: a hint to find the key by, never a proof.

A public key that cannot belong to anybody is refused when it is read (`BadMember`): a wrong length, or a point of small
order, under which one signature holds for many texts and one secret is everybody's.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey, MLDSA65PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey

from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.octets import from_base64, to_base64

SEED_BYTES = 32
ED25519_BYTES = 32
MLDSA65_BYTES = 1952
MLKEM768_BYTES = 1184
SEALING_BYTES = MLKEM768_BYTES + 32

_FIELD = (1 << 255) - 19
_ORDER_8 = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_SMALL_ORDER = frozenset({0, 1, _FIELD - 1, _ORDER_8, _FIELD - _ORDER_8})
"""The y coordinates of the eight points of order 1, 2, 4 and 8."""
_ANY = X25519PrivateKey.from_private_bytes(bytes(32))
"""A private key that protects nothing: it only tries public keys."""


def key_id(algorithm: str, public: bytes) -> str:
    """`ed25519:3fb2…`: the algorithm, a colon and 16 hexadecimal digits of the public key's SHA-256."""
    return f"{algorithm}:{hashlib.sha256(public).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class VerifyingKeys:
    """The public halves of an authority's two signing keys, as raw bytes. Raises `BadMember` for keys that are none."""

    ed25519: bytes = field(repr=False)
    mldsa65: bytes = field(repr=False)
    ed25519_key: Ed25519PublicKey = field(init=False, repr=False, compare=False)
    mldsa65_key: MLDSA65PublicKey = field(init=False, repr=False, compare=False)
    keyids: tuple[str, str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ed25519_key", ed25519_public(self.ed25519))
        object.__setattr__(self, "mldsa65_key", _mldsa65_public(self.mldsa65))
        object.__setattr__(self, "keyids", (key_id("ed25519", self.ed25519), key_id("mldsa65", self.mldsa65)))

    def to_json(self) -> dict[str, str]:
        """`{ed25519, mldsa65}`, each base64, as a card carries them."""
        return {"ed25519": to_base64(self.ed25519), "mldsa65": to_base64(self.mldsa65)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """The keys that `to_json` wrote; other members are not looked at. Raises `BadMember`."""
        return cls(
            ed25519=from_base64(value.get("ed25519"), "keys", "ed25519"),
            mldsa65=from_base64(value.get("mldsa65"), "keys", "mldsa65"),
        )


@dataclass(frozen=True, slots=True)
class SigningKeys:
    """An authority's two private signing keys, and the public halves that its card names."""

    ed25519: Ed25519PrivateKey = field(repr=False)
    mldsa65: MLDSA65PrivateKey = field(repr=False)
    public: VerifyingKeys

    @classmethod
    def from_seeds(cls, ed25519: bytes, mldsa65: bytes) -> Self:
        """The keys grown from two independent seeds of 32 random bytes each. Raises `BadMember` for another length."""
        first = Ed25519PrivateKey.from_private_bytes(_seed(ed25519))
        second = MLDSA65PrivateKey.from_seed_bytes(_seed(mldsa65))
        public = VerifyingKeys(first.public_key().public_bytes_raw(), second.public_key().public_bytes_raw())
        return cls(first, second, public)


@dataclass(frozen=True, slots=True)
class SealingKey:
    """The public key that others seal to: ML-KEM-768's, then X25519's. Raises `BadMember` for what is none."""

    raw: bytes = field(repr=False)
    hpke: MLKEM768X25519PublicKey = field(init=False, repr=False, compare=False)
    keyid: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.raw) != SEALING_BYTES:
            raise BadMember(what="keys", member="sealing", why=f"does not hold {SEALING_BYTES} bytes")
        try:
            first = MLKEM768PublicKey.from_public_bytes(self.raw[:MLKEM768_BYTES])
        except ValueError:
            raise BadMember(what="keys", member="sealing", why="is not an ML-KEM-768 key") from None
        second = _x25519_public(self.raw[MLKEM768_BYTES:])
        object.__setattr__(self, "hpke", MLKEM768X25519PublicKey(first, second))
        object.__setattr__(self, "keyid", key_id("mlkem768-x25519", self.raw))

    def to_json(self) -> str:
        """Base64 of the raw key."""
        return to_base64(self.raw)

    @classmethod
    def from_json(cls, value: object) -> Self:
        """The key that `to_json` wrote. Raises `BadMember`."""
        return cls(from_base64(value, "keys", "sealing"))


@dataclass(frozen=True, slots=True)
class OpeningKey:
    """The private key that opens what was sealed to `public`."""

    hpke: MLKEM768X25519PrivateKey = field(repr=False)
    public: SealingKey

    @classmethod
    def from_seed(cls, seed: bytes) -> Self:
        """The key grown from 32 random bytes, as X-Wing expands them. Raises `BadMember` for another length."""
        stretched = hashlib.shake_256(_seed(seed)).digest(96)
        first = MLKEM768PrivateKey.from_seed_bytes(stretched[:64])
        second = X25519PrivateKey.from_private_bytes(stretched[64:])
        raw = first.public_key().public_bytes_raw() + second.public_key().public_bytes_raw()
        return cls(MLKEM768X25519PrivateKey(first, second), SealingKey(raw))

    @property
    def keyid(self) -> str:
        """The key id of the public half."""
        return self.public.keyid


def ed25519_public(raw: bytes, member: str = "ed25519") -> Ed25519PublicKey:
    """The Ed25519 public key of 32 raw bytes: canonical, and of no small order; else `BadMember`."""
    if len(raw) != ED25519_BYTES:
        raise BadMember(what="keys", member=member, why=f"does not hold {ED25519_BYTES} bytes")
    y = int.from_bytes(raw, "little") & ((1 << 255) - 1)
    if y >= _FIELD or y in _SMALL_ORDER:
        raise BadMember(what="keys", member=member, why="is not the key of anybody (a point of small order)")
    return Ed25519PublicKey.from_public_bytes(raw)


def _x25519_public(raw: bytes) -> X25519PublicKey:
    """The X25519 public key; a point of small order shows when any private key meets it."""
    public = X25519PublicKey.from_public_bytes(raw)
    try:
        _ANY.exchange(public)
    except ValueError:
        raise BadMember(what="keys", member="sealing", why="is not the key of anybody (small order)") from None
    return public


def _mldsa65_public(raw: bytes) -> MLDSA65PublicKey:
    if len(raw) != MLDSA65_BYTES:
        raise BadMember(what="keys", member="mldsa65", why=f"does not hold {MLDSA65_BYTES} bytes")
    return MLDSA65PublicKey.from_public_bytes(raw)


def _seed(seed: bytes) -> bytes:
    if len(seed) != SEED_BYTES:
        raise BadMember(what="keys", member="seed", why=f"does not hold {SEED_BYTES} bytes")
    return seed
