# SPDX-License-Identifier: Apache-2.0
"""Commitments: what opens them, and what does not."""

import hashlib

import pytest

from comity.protocol.ledger.commitment import commit, verify_opening
from comity.protocol.ledger.errors import BadOpening

SALT, ENTRY = b"s" * 32, b'{"event":"sent"}'


def test_a_commitment_is_the_hash_that_the_page_gives() -> None:
    assert commit(SALT, ENTRY) == hashlib.sha256(b"comity/register/v1\x00" + SALT + ENTRY).digest()


def test_the_right_entry_and_salt_open_it() -> None:
    verify_opening(commit(SALT, ENTRY), SALT, ENTRY)


@pytest.mark.parametrize(
    ("salt", "entry"),
    [(b"t" * 32, ENTRY), (SALT, ENTRY + b" "), (SALT[:-1], b"s" + ENTRY), (SALT + ENTRY[:1], ENTRY[1:])],
)
def test_nothing_else_opens_it(salt: bytes, entry: bytes) -> None:
    with pytest.raises(BadOpening):
        verify_opening(commit(SALT, ENTRY), salt, entry)
