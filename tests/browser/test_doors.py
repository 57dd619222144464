# SPDX-License-Identifier: Apache-2.0
"""The other doors of a node: the one-time address that the command line prints, and a password with a code."""

import json
import re
import time
from pathlib import Path

import pyotp
from playwright.sync_api import Browser, expect
from tests.browser import journey, staging
from tests.browser.conftest import Pair
from tests.browser.looking import judge
from tests.browser.officers import Seat, seated

from comity.protocol.terms import kinds

PASSWORD = "otter lantern gravel seven"


def test_what_the_command_line_asks_for_is_approved_at_its_address(pair: Pair, axe: Path, tmp_path: Path) -> None:
    body = tmp_path / "body.json"
    body.write_text(json.dumps({**kinds.kind("preservation").example, "reference": "SAMPLE-ADDRESS"}))
    to = ("--kind", "preservation", "--to", "CN/mps", "--body", body)
    draft = staging.comity("request", "draft", "--home", pair.home, *to)
    seat = pair.spain
    seat.page.context.clear_cookies()
    with staging.waiting("request", "approve", "--home", pair.home, draft["id"], "--wait", "60") as command:
        assert command.stderr
        assert command.stdout
        address = next(line.strip() for line in command.stderr if line.startswith("http"))
        seat.page.goto(address)
        expect(seat.page.locator("main")).to_contain_text("SAMPLE-ADDRESS")
        expect(seat.page.locator("code.digest-big")).to_contain_text("sha256:")
        judge(seat, axe, "en-ticket")
        seat.page.locator("form[data-passkey] button").click()
        expect(seat.page.locator("h1")).to_have_text("Approved")
        judge(seat, axe, "en-ticket-done")
        assert command.wait(30) == 0
        assert "1 of 1 approvals" in command.stdout.read()
    seat.page.goto(address)
    expect(seat.page.locator("main")).not_to_contain_text("SAMPLE-ADDRESS")
    judge(seat, axe, "en-ticket-spent")
    seat.sign_in()
    seat.go("/")
    expect(seat.page.locator("main")).to_contain_text("SAMPLE-ADDRESS")


def test_a_password_and_a_code_open_the_desk_and_approve_nothing(pair: Pair, axe: Path, browser: Browser) -> None:
    link, pseudonym = _password_link(pair.administrator)
    statement = journey.compose(pair.spain, "preservation", "CN/mps", reference="SAMPLE-PASSWORD")
    with seated(browser, pair.spain.web) as seat:
        page = seat.page
        device = _enrol(seat, axe, link)
        _sign_in(seat, pseudonym, "not the right words", device.at(time.time() + 30))
        expect(page.locator(".alert-danger")).to_contain_text("You could not be signed in.")
        judge(seat, axe, "en-sign-in-refused")
        _sign_in(seat, pseudonym, PASSWORD, device.at(time.time() + 30))
        page.wait_for_url(lambda url: "/sign-in" not in url)
        judge(seat, axe, "en-desk-by-password")
        page.goto(statement)
        expect(page.locator("main")).to_contain_text("SAMPLE-PASSWORD")
        expect(page.locator(".sticky-actions")).to_contain_text("signed in with a passkey")
        assert not page.locator("form[data-passkey]").count()
        judge(seat, axe, "en-statement-by-password")
        assert [_posted(seat, f"{statement}/{what}") for what in ("begin", "approve")] == [403, 403]


def _password_link(administrator: Seat) -> tuple[str, str]:
    """The administrator makes an officer with every working role, who brings a password; the link, and who it is."""
    journey.make_officer(administrator, "Otra Muestra")
    page = administrator.page
    page.check("[name=means][value=password]")
    page.locator("button[value=link]").click()
    return page.locator("code.once").inner_text(), page.locator("h1 [translate=no]").inner_text()


def _enrol(seat: Seat, axe: Path, link: str) -> pyotp.TOTP:
    """Choose the password, set up a device; answers with the device."""
    page = seat.page
    page.goto(link)
    judge(seat, axe, "en-enrol-password")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Go on").click()
    device = pyotp.TOTP(re.sub(r"\s", "", page.locator("code.once").inner_text()))
    judge(seat, axe, "en-enrol-code")
    page.fill("#code", device.now())
    page.get_by_role("button", name="Finish").click()
    expect(page.locator("h1")).to_have_text("You are enrolled")
    return device


def _sign_in(seat: Seat, pseudonym: str, password: str, code: str) -> None:
    seat.go("/sign-in")
    seat.page.locator("details summary").click()
    for name, value in {"pseudonym": pseudonym, "password": password, "code": code}.items():
        seat.page.fill(f"#{name}", value)
    seat.page.get_by_role("button", name="Sign in", exact=True).click()


def _posted(seat: Seat, address: str) -> int:
    """The status of what a person who forges the form gets."""
    return int(
        seat.page.evaluate(
            """address => fetch(address, {method: "POST", headers: {
                "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value
            }}).then(answer => answer.status)""",
            address,
        )
    )
