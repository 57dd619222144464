# SPDX-License-Identifier: Apache-2.0
"""Sealed secrets: bound to node, officer and passphrase, at their real price."""

from dataclasses import replace

import pytest

from comity.protocol.wire.names import AuthorityId
from comity.records.accounts import sealing
from comity.records.accounts.sealing import seal, unseal
from comity.records.errors import ConfigurationError
from comity.records.home import Home

SECRET = b"twenty bytes of TOTP"


@pytest.fixture
def cheap_hashes() -> None:
    """Here hashing costs what it costs."""


def test_a_secret_comes_back(home: Home) -> None:
    assert sealing.COST == {"n": 1 << 15, "r": 8, "p": 1}
    sealed = seal(home, "ES-7F3A", SECRET)
    assert SECRET not in sealed
    assert unseal(home, "ES-7F3A", sealed) == SECRET
    assert seal(home, "ES-7F3A", SECRET) != sealed


def test_it_opens_for_its_own_officer_node_and_passphrase_only(home: Home) -> None:
    sealed = seal(home, "ES-7F3A", SECRET)
    elsewhere = replace(home, config=replace(home.config, authority=AuthorityId("CN/mps")))
    changed = bytes([sealed[0] ^ 1]) + sealed[1:]
    for wrong_home, officer, data in (
        (home, "ES-0000", sealed),
        (elsewhere, "ES-7F3A", sealed),
        (home, "ES-7F3A", changed),
    ):
        with pytest.raises(ConfigurationError):
            unseal(wrong_home, officer, data)
    (home.config.home / "keys" / "passphrase").write_bytes(b"another")
    with pytest.raises(ConfigurationError):
        unseal(home, "ES-7F3A", sealed)
    for short in (b"", sealed[:20], sealed[:30]):
        with pytest.raises(ConfigurationError):
            unseal(home, "ES-7F3A", short)
