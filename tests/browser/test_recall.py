# SPDX-License-Identifier: Apache-2.0
"""What was sent by mistake is called back from the thread's page, and the other side says there what became of it."""

from pathlib import Path

from playwright.sync_api import Locator, expect
from tests.browser import journey
from tests.browser.conftest import Pair
from tests.browser.looking import judge
from tests.browser.officers import Seat


def test_a_recall_is_asked_and_answered_from_the_thread(pair: Pair, axe: Path) -> None:
    china, spain = pair.china, pair.spain
    journey.compose(china, "preservation", "ES/policia-nacional", reference="SAMPLE-RECALL")
    journey.approve(china)
    journey.receipted(china.page)
    _recall(china, axe)
    journey.receipted(china.page)

    journey.arrives(spain, "SAMPLE-RECALL")
    recalled = spain.page.locator("section[aria-labelledby=recalls]")
    expect(recalled).to_contain_text("CN/mps recalled what it had sent.")
    expect(recalled).to_contain_text("still holds it")
    judge(spain, axe, "en-thread-recalled")
    recalled.get_by_role("link", name="We sealed it").click()
    expect(spain.page.locator("h1")).to_have_text("We sealed it")
    judge(spain, axe, "en-recall-sealed")
    spain.fill({"at": "2016-12-14T09:30:00.000Z", "words": "Invented example."})
    spain.page.locator(".sticky-actions .btn-primary").click()
    spain.page.wait_for_url("**/statements/*")
    journey.approve(spain)
    journey.receipted(spain.page)
    for seat in (spain, china):
        seat.page.goto(seat.page.url)
        expect(_recalled(seat)).to_contain_text("Sealed")
        expect(_recalled(seat)).not_to_contain_text("still holds it")
    judge(china, axe, "en-thread-sealed")


def _recall(seat: Seat, axe: Path) -> None:
    """Call back the request that this side sent, and let a colleague approve it."""
    page = seat.page
    page.locator("summary", has_text="Other moves").click()
    page.get_by_role("link", name="Recall what we sent").click()
    judge(seat, axe, "en-recall")
    page.locator("main [name=of]").first.check()
    seat.fill({"reasons": "Invented example. It names the wrong person."})
    page.locator(".sticky-actions .btn-primary").click()
    page.wait_for_url("**/statements/*")
    journey.approve(seat)


def _recalled(seat: Seat) -> Locator:
    return seat.page.locator("section[aria-labelledby=recalls]")
