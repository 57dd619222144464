# SPDX-License-Identifier: Apache-2.0
"""A sealed envelope: what anybody who carries it can see, and what only the recipient can.

    {"key":"mlkem768-x25519:…","recipient":"ES/policia-nacional","v":1}⏎
    ‹HPKE encapsulation, 1120 bytes›‹AES-256-GCM ciphertext and tag›

HPKE (RFC 9180) in base mode, single shot, with MLKEM768-X25519, HKDF-SHA256 and AES-256-GCM. The header is bound to
the seal through `info`: a carrier can change nothing. Base mode tells nothing of the sender; the parcel is signed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from comity.protocol.wire import canonical
from comity.protocol.wire.errors import BadMember, CannotOpen, NotForUs, TooLarge
from comity.protocol.wire.keys import OpeningKey, SealingKey
from comity.protocol.wire.members import Members
from comity.protocol.wire.names import AuthorityId

VERSION = 1
MEDIA_TYPE = "application/vnd.comity.envelope"
MAX_BYTES = 32 << 20
MAX_HEADER_BYTES = 512
SEAL_BYTES = 1120 + 16
"""What sealing adds to the parcel: the encapsulation and the tag."""
MAX_PARCEL_BYTES = MAX_BYTES - MAX_HEADER_BYTES - SEAL_BYTES - 1

_INFO = b"comity/envelope/v1"
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_KEY = re.compile(r"[a-z0-9-]+:[0-9a-f]{16}", re.ASCII)
_MEMBERS = frozenset({"v", "recipient", "key"})


@dataclass(frozen=True, slots=True)
class Header:
    """What lies outside the seal: the recipient, the id of the key sealed to, and the version."""

    recipient: AuthorityId
    key: str
    version: int = VERSION

    def to_bytes(self) -> bytes:
        """The canonical bytes, without the line end."""
        value = {"v": self.version, "recipient": self.recipient, "key": self.key}
        return canonical.encode(value, limit=MAX_HEADER_BYTES)


def seal(parcel: bytes, to: AuthorityId, key: SealingKey) -> bytes:
    """The envelope of `parcel` that only the holder of `key` can open. Raises `TooLarge`."""
    if len(parcel) > MAX_PARCEL_BYTES:
        raise TooLarge(what="The parcel", size=len(parcel), limit=MAX_PARCEL_BYTES)
    header = Header(to, key.keyid).to_bytes()
    return header + b"\n" + _SUITE.encrypt(parcel, key.hpke, info=_INFO + header)


def read_header(envelope: bytes) -> Header:
    """The header, which anybody can read and nobody vouches for. Raises as step 1 below."""
    return _header(_split(envelope)[0])


def open_envelope(envelope: bytes, keys: Mapping[str, OpeningKey], me: AuthorityId) -> bytes:
    """The parcel. `keys` by key id: the current one, and those before it while envelopes may still be under way.

    1. The size is allowed (`TooLarge`), the header is read (`NotCanonical`, `BadMember`, `UnknownVersion`).
    2. It is for `me`, and to a key that we have: `NotForUs`.
    3. The seal opens: `CannotOpen`.

    The caller still has to ask who wrote it: the parcel's signature says.
    """
    text, sealed = _split(envelope)
    key = _key_named(text, keys, me)
    try:
        return _SUITE.decrypt(sealed, key.hpke, info=_INFO + text)
    except InvalidTag:
        raise CannotOpen from None


def _key_named(text: bytes, keys: Mapping[str, OpeningKey], me: AuthorityId) -> OpeningKey:
    """The key whose header this is: there is one spelling of it. Any other header is read to say what is wrong."""
    for keyid, key in keys.items():
        if text == Header(me, keyid).to_bytes():
            return key
    header = _header(text)
    raise NotForUs(recipient=header.recipient, key=header.key)


def _split(envelope: bytes) -> tuple[bytes, memoryview]:
    if len(envelope) > MAX_BYTES:
        raise TooLarge(what="The envelope", size=len(envelope), limit=MAX_BYTES)
    end = envelope.find(b"\n", 0, MAX_HEADER_BYTES + 1)
    if end < 0:
        raise BadMember(what="envelope", member="header", why=f"does not end within {MAX_HEADER_BYTES} bytes")
    return envelope[:end], memoryview(envelope)[end + 1 :]


def _header(text: bytes) -> Header:
    members = Members("envelope", canonical.decode_object(text, limit=MAX_HEADER_BYTES))
    members.version(VERSION)
    if members.others(_MEMBERS):
        members.bad("header", "says more than recipient, key and version")
    return Header(members.authority("recipient"), members.text("key", at_most=64, form=_KEY))
