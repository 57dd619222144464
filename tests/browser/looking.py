# SPDX-License-Identifier: Apache-2.0
"""Looking at a page as its readers will: axe-core judges it, it is fitted to three widths, and its pictures are kept in
build/screenshots for people to look at.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from tests.browser.officers import WIDE, Seat
from tests.fixtures.vectors import ROOT

PICTURES = ROOT / "build" / "screenshots"
NARROW = {"width": 390, "height": 844}
SMALLEST = {"width": 360, "height": 740}


def judge(seat: Seat, axe: Path, name: str) -> None:
    """Keep the page's pictures, and fail when it is not for everybody."""
    found = [*faults(seat, axe), *(f"wider than {width}" for width in pictured(seat, name))]
    assert not found, "\n".join([name, *found])


def faults(seat: Seat, axe: Path) -> Iterator[str]:
    """What axe-core calls serious or critical."""
    seat.page.evaluate(axe.read_text())
    result = seat.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    for each in result["violations"]:
        if each["impact"] in ("serious", "critical"):
            nodes = json.dumps([node["html"][:160] for node in each["nodes"][:3]], ensure_ascii=False)
            yield f"{each['id']}: {each['help']} {nodes}"


def pictured(seat: Seat, name: str) -> Iterator[int]:
    """Keep the page's pictures; yields the widths that it does not fit."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for size in (SMALLEST, NARROW, WIDE):
        seat.page.set_viewport_size(size)  # type: ignore[arg-type]
        if seat.page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            yield size["width"]
        if size is not SMALLEST:
            seat.page.screenshot(path=PICTURES / f"{name}-{size['width']}.png", full_page=True)
