# SPDX-License-Identifier: Apache-2.0
"""The steps of a request through two nodes' pages, as officers take them."""

from playwright.sync_api import Page, expect
from tests.browser.officers import Seat

from comity.protocol.terms import kinds

WORKING = ("drafter", "approver", "duty-officer", "custodian", "auditor")


def make_officer(administrator: Seat, name: str) -> str:
    """The administrator makes an officer with every working role; answers with the one-time link."""
    page = administrator.page
    administrator.go("/people")
    page.fill("#name", name)
    for role in WORKING:
        page.check(f"[name=roles][value={role}]")
    page.locator("form:has(#name) button").click()
    page.locator("button[value=link]").click()
    return page.locator("code.once").inner_text()


def compose(seat: Seat, kind: str, to: str, **changes: object) -> str:
    """Write the kind's example and look at it; answers with the address of the statement that waits for approval."""
    page = seat.page
    seat.go("/compose")
    page.check(f"[name=to][value='{to}']")
    page.check(f"[name=kind][value='{kind}']")
    page.locator("form:has([name=kind]) .btn-primary").click()
    page.wait_for_url("**/drafts/*")
    seat.fill({**kinds.kind(kind).example, **changes})
    page.locator("button[value=preview]").click()
    page.wait_for_url("**/preview")
    page.locator("form.sticky-actions button").click()
    page.wait_for_url("**/statements/*")
    return page.url


def approve(seat: Seat) -> str:
    """Let a colleague approve the statement on the page with a passkey; answers with the address of its thread."""
    assert seat.colleague is not None
    assert not seat.page.locator("form[data-passkey]").count(), "nobody approves alone what they submitted"
    page = seat.colleague.page
    page.goto(seat.page.url)
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/threads/*")
    seat.page.goto(page.url)
    return seat.page.url


def arrives(seat: Seat, text: str) -> None:
    """Wait until the thread with this text is on the desk, and open it."""
    found = seat.page.locator(".ours-first .thread", has_text=text)
    for _ in range(60):
        seat.go("/")
        if found.count():
            found.first.locator("a").click()
            return
        seat.page.wait_for_timeout(250)
    raise AssertionError(f"nothing with {text} arrived")


def receipted(page: Page) -> None:
    """Wait until the page's last message has its receipt."""
    for _ in range(60):
        if page.locator(".message .tag-good").count() == page.locator(".message-ours").count():
            break
        page.wait_for_timeout(250)
        page.reload()
    expect(page.locator(".message-ours .tag-good").first).to_be_visible()
