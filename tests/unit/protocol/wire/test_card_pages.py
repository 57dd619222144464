# SPDX-License-Identifier: Apache-2.0
"""The pages on cards, approvals and keys show what the code does today."""

import base64
import json
import re

import pytest
from tests.fixtures.cards import START
from tools import publish_cards

from comity.protocol.wire import approval_check
from comity.protocol.wire.approval import Approval
from comity.protocol.wire.card import LONGEST, MAX_BYTES
from comity.protocol.wire.lineage import GRACE
from comity.protocol.wire.trust import COMPARISON_BYTES


@pytest.mark.parametrize("name", list(publish_cards.EXAMPLES))
def test_the_examples_are_current(name: str) -> None:
    page = (publish_cards.FOLDER / name).read_text(encoding="utf-8")
    assert publish_cards.published(page, publish_cards.EXAMPLES[name]) == page, "run python -m tools.publish_cards"


def test_the_check_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert publish_cards.main(["--check"]) == 0
    assert capsys.readouterr().out == ""


def test_a_page_without_marks_is_noticed() -> None:
    with pytest.raises(ValueError, match="marks of card"):
        publish_cards.published("# The card\n", publish_cards.EXAMPLES["card.md"])


def test_the_approval_on_the_page_can_be_checked_by_hand() -> None:
    page = (publish_cards.FOLDER / "approval.md").read_text(encoding="utf-8")
    approval = Approval.from_json(json.loads(page.partition("```json\n")[2].partition("```")[0]))
    told = dict(re.findall(r"^(statement|public key) +(.+)$", page, re.MULTILINE))
    found = approval_check.verify(approval, told["statement"].encode(), publish_cards.FIRST, START)
    assert found.officer == "es-0417"
    assert base64.urlsafe_b64decode(told["public key"] + "==") == publish_cards.FIRST.officers[0].public_key


def test_the_numbers_on_the_pages_are_those_of_the_code() -> None:
    card = (publish_cards.FOLDER / "card.md").read_text(encoding="utf-8")
    keys = (publish_cards.FOLDER / "keys-over-time.md").read_text(encoding="utf-8")
    assert f"{MAX_BYTES:,} bytes" in card
    assert f"at most {LONGEST.days} days" in card
    assert f"{GRACE.days} days" in keys
    assert COMPARISON_BYTES == 16
    assert "sixteen bytes" in keys
