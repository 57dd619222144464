# SPDX-License-Identifier: Apache-2.0
"""The log-ins that the sample prints: the code of this half minute lets in an officer who was enrolled in it."""

from pathlib import Path

import pyotp
import pytest
from tests.fixtures.nodes import Clock, make_node

from comity.interfaces.cli.sample.player import Player
from comity.records.accounts.signing_in import sign_in_with_password

PASSWORD = "sample-desk-only-2016"


def test_the_code_that_is_printed_lets_in_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    home = make_node(tmp_path / "ES", "ES/policia-nacional", clock, 1).home
    player = Player(tmp_path / "ES")
    monkeypatch.setattr(player, "_home", home)
    made = player._at_the_desk("drafts", ["drafter"])
    secret = player.sign_in(made["token"], PASSWORD)["secret"]
    code = pyotp.TOTP(secret).at(clock.now)
    found = sign_in_with_password(home, made["officer"], PASSWORD, code, address="127.0.0.1")
    assert found.officer.pseudonym == made["officer"]
