# SPDX-License-Identifier: Apache-2.0
"""Every page in every language, on a wide screen and on a telephone: axe-core finds nothing serious, and it fits.

Pictures of all of them are left in build/screenshots for people to look at.
"""

from pathlib import Path

import pytest
from tests.browser import journey
from tests.browser.conftest import Pair
from tests.browser.looking import faults, pictured
from tests.browser.officers import WIDE, Seat

LANGUAGES = ("en", "zh-Hans", "es", "my")


@pytest.fixture(scope="module")
def places(pair: Pair) -> dict[str, tuple[Seat, str]]:
    """The pages by name: whose seat, which address."""
    china, spain, administrator = pair.china, pair.spain, pair.administrator
    journey.compose(
        china, "preservation", "ES/policia-nacional", reference="SAMPLE-1", urgency="urgent", urgency_reason="Sample"
    )
    journey.approve(china)
    journey.compose(spain, "stop-payment", "CN/mps", reference="SAMPLE-2")
    statement = spain.page.url.removeprefix(spain.web)
    spain.go("/cases")
    spain.page.fill("#title", "Gran Muralla (muestra)")
    spain.page.locator("form:has(#title) button").click()
    case = spain.page.url.removeprefix(spain.web)
    spain.go("/compose")
    spain.page.check("[name=to]")
    spain.page.check("[name=kind][value=subscriber-information]")
    spain.page.locator("form:has([name=kind]) .btn-primary").click()
    draft = spain.page.url.removeprefix(spain.web)
    journey.arrives(spain, "SAMPLE-1")
    thread = spain.page.url.removeprefix(spain.web)
    officer = administrator.page.locator(".thread-title").first
    administrator.go("/people")
    pseudonym = officer.inner_text()
    return {
        "desk": (spain, "/"),
        "thread": (spain, thread),
        "refuse": (spain, f"{thread}/moves/refused"),
        "compose": (spain, "/compose"),
        "draft": (spain, draft),
        "problems": (spain, f"{draft}/preview"),
        "statements": (spain, "/statements"),
        "statement": (spain.colleague or spain, statement),
        "submitted": (spain, statement),
        "cases": (spain, "/cases"),
        "case": (spain, case),
        "letters": (spain, "/letters"),
        "enter": (spain, "/letters/enter"),
        "address": (spain, "/letters/addresses/new"),
        "peers": (administrator, "/peers"),
        "peer": (administrator, "/peers/CN/mps"),
        "people": (administrator, "/people"),
        "officer": (administrator, f"/people/{pseudonym}"),
        "register": (administrator, "/register"),
        "leaf": (administrator, "/register/3"),
        "account": (spain, "/account"),
        "nothing": (spain, "/nothing-here"),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_for_everybody(places: dict[str, tuple[Seat, str]], axe: Path, language: str) -> None:
    found: list[str] = []
    for seat in {id(seat): seat for seat, _ in places.values()}.values():
        seat.go("/account")
        seat.speak(language)
    for name, (seat, path) in places.items():
        seat.go(path)
        found += [f"{name}: {each}" for each in faults(seat, axe)]
        found += [f"{name} is wider than {width}" for width in pictured(seat, f"{language}-{name}")]
    assert not found, "\n".join(found)


def test_the_entrance_is_for_everybody(pair: Pair, axe: Path, browser: object) -> None:
    seat = pair.administrator
    links = {"sign-in": "/sign-in", "enrol": journey.make_officer(seat, "Otra Muestra").removeprefix(seat.web)}
    page = seat.page.context.browser.new_page(locale="es")  # type: ignore[union-attr]
    stranger = Seat(page, seat.web)
    found = []
    for name, path in links.items():
        stranger.go(path)
        found += [f"{name}: {each}" for each in faults(stranger, axe)]
        found += [f"{name} is wider than {width}" for width in pictured(stranger, f"es-{name}")]
    page.close()
    assert not found, "\n".join(found)


HALF = WIDE["width"] / 2


def test_the_desk_is_whole_from_right_to_left(pair: Pair, axe: Path) -> None:
    """No language of the pages is written so yet: the browser is told to mirror, with Tabler's mirrored style."""
    seat = pair.spain
    seat.go("/")
    style = seat.page.locator("link[href*='tabler.min.css']").evaluate(
        "link => { document.documentElement.dir = 'rtl';"
        " return link.href = link.href.replace('tabler.min', 'tabler.rtl.min') }"
    )
    assert "tabler.rtl.min.css" in style
    seat.page.wait_for_load_state("networkidle")
    assert not [*faults(seat, axe)]
    assert not [*pictured(seat, "rtl-desk")]
    # The link grows over what the menu leaves, which differs by language: the mark in it is what sits at the edge.
    mark = seat.page.locator(".brand > :first-child").bounding_box()
    assert mark is not None
    assert mark["x"] > HALF
