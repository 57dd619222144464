# SPDX-License-Identifier: Apache-2.0
"""Bytes inside JSON: base64 in its one spelling (RFC 4648), or the URL-safe one without padding that WebAuthn uses.

Reading refuses what most readers let pass (line breaks, missing or extra padding, bits after the last byte), so that
one signature or key cannot be written in two ways.
"""

import base64
import binascii

from comity.protocol.wire.errors import BadMember

_TO_STANDARD = str.maketrans("-_", "+/")


def to_base64(data: bytes) -> str:
    """Standard base64 with padding."""
    return binascii.b2a_base64(data, newline=False).decode("ascii")


def from_base64(value: object, what: str, member: str, *, size: int | None = None) -> bytes:
    """The bytes that `to_base64` wrote, `size` of them if given, or `BadMember`."""
    data = _strict(value) if isinstance(value, str) else None
    if data is None:
        raise BadMember(what=what, member=member, why="is not canonical base64")
    return _sized(data, what, member, size)


def to_base64url(data: bytes) -> str:
    """URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64url(value: object, what: str, member: str, *, size: int | None = None) -> bytes:
    """The bytes that `to_base64url` wrote, `size` of them if given, or `BadMember`."""
    data = None
    if isinstance(value, str) and not set("+/=") & set(value):
        data = _strict(value.translate(_TO_STANDARD) + "=" * (-len(value) % 4))
    if data is None:
        raise BadMember(what=what, member=member, why="is not canonical base64url without padding")
    return _sized(data, what, member, size)


def _strict(text: str) -> bytes | None:
    """The bytes, or None. Strict mode leaves the bits after the last byte unread: writing the end again shows them."""
    try:
        data = binascii.a2b_base64(text, strict_mode=True)
    except ValueError:  # binascii.Error, or a character beyond ASCII
        return None
    whole = max(len(data) - 1, 0) // 3
    return data if text[4 * whole :] == to_base64(data[3 * whole :]) else None


def _sized(data: bytes, what: str, member: str, size: int | None) -> bytes:
    if size is not None and len(data) != size:
        raise BadMember(what=what, member=member, why=f"does not hold {size} bytes")
    return data
