# SPDX-License-Identifier: Apache-2.0
"""An officer at a browser of their own, with a virtual authenticator: enrols, signs in, fills in forms."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Locator, Page, expect

from comity.interfaces.web.forms import moments

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
WIDE = {"width": 1280, "height": 900}


@dataclass(frozen=True, slots=True)
class Seat:
    """A browser window with one officer's authenticator plugged in; the `colleague` approves what the officer
    submits."""

    page: Page
    web: str
    colleague: "Seat | None" = None

    def enrol(self, link: str) -> None:
        """Open the one-time link and make a passkey."""
        self.page.goto(link)
        self.page.locator("form[data-passkey] button").click()
        expect(self.page.locator("h1")).to_be_visible()
        self.page.wait_for_url("**/passkey")

    def sign_in(self) -> None:
        """Sign in with the passkey."""
        self.page.goto(f"{self.web}/sign-in")
        self.page.locator("form[data-passkey] button").click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    def go(self, path: str) -> None:
        """Open a page of the node."""
        self.page.goto(self.web + path)

    def speak(self, language: str) -> None:
        """Choose the language of the pages."""
        self.page.locator(f"footer button[lang='{language.lower()}']").click()

    def fill(self, body: Mapping[str, Any], path: str = "") -> None:
        """Fill in the generated form as a person would, from a body."""
        for name, value in body.items():
            self._member(f"{path}.{name}" if path else name, value)

    def _member(self, path: str, value: Any) -> None:
        named = self.page.locator(f"main [name='{path}']")
        if isinstance(value, Mapping):
            self._open(path)
            self.fill(value, path)
        elif isinstance(value, list):
            self._list(path, value)
        elif isinstance(value, bool):
            self._flag(path, value)
        elif named.first.evaluate("each => each.tagName") == "SELECT":
            named.select_option(value)
        else:
            zone = ZoneInfo(named.get_attribute("data-zone") or "UTC")
            named.fill(moments.to_input(value, zone) if isinstance(value, str) else str(value))

    def _list(self, path: str, value: list[Any]) -> None:
        if value and isinstance(value[0], Mapping):
            for row, each in enumerate(value):
                if self.page.locator(f"main [name^='{path}.{row}.']").count() == 0:
                    self.page.locator(f"button[name='_add'][value='{path}']").click()
                    self.page.locator(f"main [name^='{path}.{row}.']").first.wait_for(state="attached")
                self.fill(each, f"{path}.{row}")
        elif self.page.locator(f"main [name='{path}'][type=checkbox]").count():
            for each in value:
                _tick(self.page.locator(f"main [name='{path}'][value='{each}']"))
        else:
            self.page.locator(f"main textarea[name='{path}']").fill("\n".join(value))

    def _flag(self, path: str, value: bool) -> None:
        radio = self.page.locator(f"main [name='{path}'][type=radio][value='{'yes' if value else 'no'}']")
        if radio.count():
            _tick(radio)
        else:
            self.page.locator(f"main [name='{path}'][type=checkbox]").set_checked(value)

    def _open(self, path: str) -> None:
        folded = self.page.locator(f"details#f-{path.replace('.', '-')}:not([open]) > summary")
        if folded.count():
            folded.click()


def _tick(box: Locator) -> None:
    """Tick a box as a person does: look whether it took, and press again if the page moved under the finger."""
    for _ in range(5):
        if box.is_checked():
            return
        box.click()
    expect(box).to_be_checked()


@contextmanager
def seated(browser: Browser, web: str, **options: Any) -> Iterator[Seat]:
    """A seat at the node's web address; what its pages say wrong in the console fails the test."""
    with browser.new_context(viewport=WIDE, locale="en", **options) as context:  # type: ignore[arg-type]
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        session = context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        yield Seat(page, web)
        complaints = [each for each in said if "status of 4" not in each]
        assert not complaints, complaints
