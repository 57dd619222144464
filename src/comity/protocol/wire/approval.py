# SPDX-License-Identifier: Apache-2.0
"""An officer's approval: a WebAuthn assertion over exactly one statement. It lies beside the statement, never in it.

    {"authenticator_data":"…","client_data":"…","credential":"…","officer":"ES-0417","signature":"…"}

This module holds the value and what the passkey is asked to sign; `approval_check` says whether it holds. The bytes are
kept as the authenticator gave them. Members that this version does not know are kept in `extra` and written back.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from comity.protocol.wire.members import Members
from comity.protocol.wire.octets import to_base64url

MAX_OFFICER = 64
MAX_CREDENTIAL_BYTES = 1023
MAX_DATA_BYTES = 8192
MAX_SIGNATURE_BYTES = 1024

_PREFIX = b"comity/approval/v1\0"
_MEMBERS = frozenset({"officer", "credential", "authenticator_data", "client_data", "signature"})


@dataclass(frozen=True, slots=True)
class Approval:
    """What an officer's passkey signed, not yet checked. `officer` is the pseudonym on the authority's card.

    `credential` is the WebAuthn credential id; `authenticator_data` and `client_data` (the JSON text as bytes) are what
    the authenticator returned, and `signature` is over authenticator_data and SHA-256 of client_data.
    """

    officer: str
    credential: bytes
    authenticator_data: bytes
    client_data: bytes
    signature: bytes
    extra: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The JSON form: the pseudonym, and the four byte strings as base64url without padding."""
        return {
            **{name: self.extra[name] for name in self.extra if name not in _MEMBERS},
            "officer": self.officer,
            "credential": to_base64url(self.credential),
            "authenticator_data": to_base64url(self.authenticator_data),
            "client_data": to_base64url(self.client_data),
            "signature": to_base64url(self.signature),
        }

    @classmethod
    def from_json(cls, value: object) -> Self:
        """What `to_json` wrote. Raises `BadMember`."""
        members = Members.of("approval", value)
        return cls(
            officer=members.text("officer", at_most=MAX_OFFICER),
            credential=members.base64url("credential", at_most=MAX_CREDENTIAL_BYTES),
            authenticator_data=members.base64url("authenticator_data", at_most=MAX_DATA_BYTES),
            client_data=members.base64url("client_data", at_most=MAX_DATA_BYTES),
            signature=members.base64url("signature", at_most=MAX_SIGNATURE_BYTES),
            extra=members.others(_MEMBERS),
        )


def challenge(statement: bytes) -> bytes:
    """The 32 bytes that the passkey is asked to sign for these statement bytes."""
    return hashlib.sha256(_PREFIX + statement).digest()
