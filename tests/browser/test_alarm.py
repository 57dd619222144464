# SPDX-License-Identifier: Apache-2.0
"""A peer whose node was restored from an old copy tells another history: the alarm is seen on its page, and cleared."""

import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.browser import staging
from tests.browser.conftest import CHINA, SPAIN
from tests.browser.looking import judge
from tests.browser.officers import seated

from comity.protocol.terms import kinds


@pytest.fixture
def homes(tmp_path: Path) -> tuple[Path, Path, int, str]:
    """Spain's node and China's, which know each other; Spain's port, and its first link."""
    spain, china, port = tmp_path / "ES", tmp_path / "CN", staging.free_port()
    link = staging.found(spain, port, **SPAIN)  # type: ignore[arg-type]
    staging.found(china, staging.free_port(), **CHINA)  # type: ignore[arg-type]
    staging.comity("approver", "enrol", "--home", china, "--soft")
    staging.befriend(spain, china)
    return spain, china, port, link


def test_an_alarm_is_seen_and_cleared(
    homes: tuple[Path, Path, int, str], browser: Browser, axe: Path, tmp_path: Path
) -> None:
    spain, china, port, link = homes
    copy = shutil.copytree(china, tmp_path / "copy")
    assert _carried(china, spain, tmp_path / "first.env")["new"] == 1
    shutil.rmtree(china)
    shutil.copytree(copy, china)
    assert _carried(china, spain, tmp_path / "other.env", status=1)["code"] == "fork"
    with staging.serving(spain, str(SPAIN["authority"]), port, link) as node, seated(browser, node.web) as seat:
        seat.enrol(node.link)
        seat.sign_in()
        seat.go("/peers")
        tag = seat.page.locator(".tag-emergency")
        expect(tag).to_have_text("Alarm")
        judge(seat, axe, "en-peers-alarm")
        seat.page.get_by_role("link", name=str(CHINA["name"])).click()
        alarm = seat.page.locator(".alert-danger")
        expect(alarm).to_contain_text("Ring the authority and compare both checkpoints")
        expect(alarm.locator("pre")).to_contain_text("CN/mps")
        judge(seat, axe, "en-peer-alarm")
        alarm.get_by_role("button").click()
        expect(seat.page.locator("main")).to_be_visible()
        expect(alarm).to_have_count(0)
        judge(seat, axe, "en-peer-cleared")
        seat.go("/peers")
        expect(tag).to_have_count(0)
        assert _carried(china, spain, tmp_path / "third.env")["new"] >= 1


def _carried(china: Path, spain: Path, file: Path, status: int = 0) -> dict[str, object]:
    """China asks something, and its envelope is carried to Spain; what the import says."""
    body = file.with_suffix(".json")
    body.write_text(json.dumps(dict(kinds.kind("preservation").example)))
    to = ("--kind", "preservation", "--to", str(SPAIN["authority"]), "--body", body)
    draft = staging.comity("request", "draft", "--home", china, *to)
    staging.comity("request", "approve", "--home", china, draft["id"], "--soft")
    staging.comity("envelope", "export", "--home", china, file, "--to", str(SPAIN["authority"]))
    return staging.comity("envelope", "import", "--home", spain, file, status=status)
