# SPDX-License-Identifier: Apache-2.0
"""A form tells what is wrong before anything is lost: a missing reason, files too large, somebody who leaves."""

from pathlib import Path

from playwright.sync_api import Dialog, expect
from tests.browser.conftest import Pair
from tests.browser.looking import judge
from tests.browser.officers import Seat

from comity.protocol.terms import kinds

LARGE = {"name": "large.bin", "mimeType": "application/octet-stream", "buffer": b"x" * (800 * 1024)}
SMALL = {"name": "small.txt", "mimeType": "text/plain", "buffer": b"Sample"}


def begun(seat: Seat, **changes: object) -> str:
    """A draft with its form filled in; answers with its address."""
    page = seat.page
    seat.go("/compose")
    page.check("[name=to]")
    page.check("[name=kind][value=preservation]")
    page.locator("form:has([name=kind]) .btn-primary").click()
    page.wait_for_url("**/drafts/*")
    seat.fill({**kinds.kind("preservation").example, **changes})
    return page.url


def test_a_missing_reason_is_named_above_and_at_its_field(pair: Pair, axe: Path) -> None:
    seat = pair.spain
    begun(seat, urgency="emergency", urgency_reason="")
    seat.page.locator("button[value=preview]").click()
    seat.page.wait_for_url("**/preview")
    expect(seat.page.locator("#faults")).to_be_focused()
    expect(seat.page.locator("#faults li")).to_contain_text("Reason for urgency: needs a reason")
    judge(seat, axe, "en-draft-emergency")
    seat.page.locator("#faults a").click()
    expect(seat.page.locator("#f-urgency_reason-problem")).to_be_in_viewport()


def test_files_too_large_are_named_before_they_are_sent(pair: Pair, axe: Path) -> None:
    seat, page = pair.spain, pair.spain.page
    address = begun(seat, reference="SAMPLE-LARGE")
    page.set_input_files("[name=attachments]", LARGE)  # type: ignore[arg-type]
    said = page.locator("#f-attachments .problem")
    expect(said).to_have_text("These files are larger than 700 KiB together.")
    page.locator("button[value=preview]").click()
    assert page.url == address
    judge(seat, axe, "en-draft-large")
    page.set_input_files("[name=attachments]", SMALL)  # type: ignore[arg-type]
    expect(said).to_be_hidden()
    page.locator("button[value=preview]").click()
    page.wait_for_url("**/preview")
    expect(page.locator("main")).to_contain_text("small.txt")


def test_whoever_leaves_an_unsaved_form_is_asked(pair: Pair) -> None:
    page, asked = pair.spain.page, []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    begun(pair.spain)
    page.on("dialog", answer)
    page.get_by_role("link", name="Desk").first.click()
    page.wait_for_url(pair.spain.web + "/")
    assert asked == ["beforeunload"]
    begun(pair.spain)
    page.locator("button[value=save]").last.click()
    page.get_by_role("link", name="Desk").first.click()
    page.wait_for_url(pair.spain.web + "/")
    assert asked == ["beforeunload"]
    page.remove_listener("dialog", answer)


def test_two_windows_show_what_was_typed_and_the_other_version(pair: Pair, axe: Path) -> None:
    seat, page = pair.spain, pair.spain.page
    address = begun(seat, reference="SAMPLE-MINE")
    with page.context.new_page() as other:
        other.goto(address)
        other.fill("[name=reference]", "SAMPLE-OTHER")
        other.locator("button[value=save]").last.click()
        expect(other.locator(".alert-success")).to_be_visible()
    page.locator("button[value=save]").last.click()
    expect(page.locator("#conflict")).to_be_focused()
    expect(page.locator("[name=reference]")).to_have_value("SAMPLE-MINE")
    judge(seat, axe, "en-draft-conflict")
