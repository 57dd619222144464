# SPDX-License-Identifier: Apache-2.0
"""Takes the pictures of docs/pictures anew, out of the sample case as `make run` leaves it.

    .venv/bin/python -m tools.take_pictures

It runs the three nodes, signs in at the Spanish desk as the three people whom the demo prints, and looks at the pages
as the tour does. Look at the pictures before they are committed.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pyotp
from playwright.sync_api import Browser, Page, sync_playwright
from tests.browser import journey
from tests.browser.officers import AUTHENTICATOR, WIDE, Seat
from tests.fixtures.browser import ARGUMENTS

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
LONG = 1100
"""Pixels of a part of a page that are enough."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the demo prints of one desk."""

    web: str
    drafter: tuple[str, str]
    administrator: tuple[str, str]
    approver: str
    password: str


def main() -> None:
    """Take all of them."""
    with served() as desk, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("COMITY_CHROMIUM") or shutil.which("chromium"), args=ARGUMENTS
        )
        drafter = Seat(signed_in(browser, desk, desk.drafter), desk.web)
        officers_pages(drafter)
        approvers_page(drafter, browser, desk)
        administrators_pages(Seat(signed_in(browser, desk, desk.administrator), desk.web))
        browser.close()


@contextmanager
def served() -> Iterator[Desk]:
    """The demo at work, and the Spanish desk."""
    command = [str(Path(sys.executable).with_name("comity")), "demo"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as demo:
        told = ""
        try:
            while "Ctrl-C stops everything" not in told:
                line = demo.stdout.readline() if demo.stdout else ""
                if not line:
                    raise RuntimeError(f"the demo ended: {told}")
                told += line
            yield parse(told)
        finally:
            demo.send_signal(signal.SIGINT)


def parse(told: str) -> Desk:
    """The Spanish desk out of what the demo prints."""
    block = told[told.index("http://es.localhost") :]
    people = dict(re.findall(r"(drafts|administers): officer (\S+) ", block)[:2])
    secrets = re.findall(r"\(secret (\S+)\)", block)[:2]
    found = re.search(r"Every password is (\S+)\.", told)
    link = re.search(r"approves, and drafts too: (\S+)", block)
    if found is None or link is None:
        raise RuntimeError("the demo prints something else now")
    web = block.split(maxsplit=1)[0]
    return Desk(web, (people["drafts"], secrets[0]), (people["administers"], secrets[1]), link[1], found[1])


def signed_in(browser: Browser, desk: Desk, who: tuple[str, str]) -> Page:
    """A window in which somebody signed in with password and code."""
    page = browser.new_page(viewport=WIDE, locale="en")  # type: ignore[arg-type]
    page.goto(f"{desk.web}/sign-in")
    page.locator("details:has(input[type=password])").evaluate("each => each.open = true")
    page.fill("[name=pseudonym]", who[0])
    page.fill("[name=password]", desk.password)
    page.fill("[name=code]", pyotp.TOTP(who[1]).now())
    page.locator("form:has([name=password]) button").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def officers_pages(seat: Seat) -> None:
    """The desk, a thread with its history and graph, what the law says, a new request."""
    page = seat.page
    seat.go("/")
    take(page, "desk")
    page.locator(".thread", has_text="Subscriber information").locator("a").first.click()
    take(page, "thread")
    page.locator(".message details").nth(1).evaluate("each => each.open = true")
    part(page, "What was said", "history")
    part(page, "State graph", "graph")
    part(page, "What the law says", "law")
    seat.go("/law/world?from=ES&measure=extradition")
    take(page, "world")
    seat.go("/compose")
    take(page, "compose")


def approvers_page(drafter: Seat, browser: Browser, desk: Desk) -> None:
    """What one officer submitted, as another sees it who can approve."""
    journey.compose(drafter, "preservation", "CN/mps")
    page = browser.new_page(viewport=WIDE, locale="en")  # type: ignore[arg-type]
    plugged = page.context.new_cdp_session(page)
    plugged.send("WebAuthn.enable")
    plugged.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    colleague = replace(drafter, page=page)
    colleague.enrol(desk.approver)
    colleague.sign_in()
    page.goto(drafter.page.url)
    take(page, "approve")


def administrators_pages(seat: Seat) -> None:
    """A peer with its words, and the register."""
    seat.go("/peers/CN/mps")
    take(seat.page, "words")
    seat.go("/register")
    take(seat.page, "register")


def take(page: Page, name: str) -> None:
    """The window as it is."""
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png")
    print(name, flush=True)


def part(page: Page, title: str, name: str) -> None:
    """One card of the page, by its heading."""
    card = page.locator(".card", has=page.locator("h2", has_text=title)).last
    card.scroll_into_view_if_needed()
    box = card.bounding_box()
    if box is None:
        raise RuntimeError(f"there is no {title}")
    top = box["y"] + page.evaluate("window.scrollY")
    clip = {
        "x": box["x"] - 16,
        "y": top - 16,
        "width": box["width"] + 32,
        "height": min(box["height"] + 32, LONG),
    }
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True, clip=clip)  # type: ignore[arg-type]
    print(name, flush=True)


if __name__ == "__main__":
    main()
