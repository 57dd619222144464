# SPDX-License-Identifier: Apache-2.0
"""What a leaf holds: not the entry but a commitment to it, so that entries can be erased and the register still proves.

    commitment = SHA-256("comity/register/v1" ‖ NUL ‖ salt ‖ entry)      leaf = RFC 6962's leaf hash of the commitment

The entry is canonical JSON; the salt is 32 fresh random bytes, so that nobody can guess a short entry from its
commitment. Whoever is shown entry and salt can open the leaf; once both are erased nobody can.
"""

import hmac
from hashlib import sha256

from comity.protocol.ledger.errors import BadOpening

SALT_BYTES = 32
CONTEXT = b"comity/register/v1\x00"


def commit(salt: bytes, entry: bytes) -> bytes:
    """The commitment to `entry` under `salt`. Raises `BadOpening` when the salt has another length."""
    if len(salt) != SALT_BYTES:
        raise BadOpening
    return sha256(CONTEXT + salt + entry).digest()


def verify_opening(commitment: bytes, salt: bytes, entry: bytes) -> None:
    """Hold that `salt` and `entry` are what was committed to. Raises `BadOpening`."""
    if not hmac.compare_digest(commit(salt, entry), commitment):
        raise BadOpening
