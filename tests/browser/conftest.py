# SPDX-License-Identifier: Apache-2.0
"""Two nodes that know each other, with an officer at each, and a colleague who approves."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser import journey, staging
from tests.browser.officers import Seat, seated

SPAIN = {
    "authority": "ES/policia-nacional",
    "name": "Policía Nacional",
    "country": "ES",
    "timezone": "Europe/Madrid",
    "calendar": "ES",
    "roles": ["police", "contact-point-24-7"],
    "languages": ["es", "en"],
    "telephone": "+34 910 000 000",
}
CHINA = {
    "authority": "CN/mps",
    "name": "公安部",
    "country": "CN",
    "timezone": "Asia/Shanghai",
    "calendar": "CN",
    "languages": ["zh-Hans", "en"],
    "telephone": "+86 10 0000 0000",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """An officer at each of two nodes; the administrator of Spain's, and its directory."""

    spain: Seat
    china: Seat
    administrator: Seat
    home: Path


@pytest.fixture(scope="module")
def pair(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Both nodes, served; the officers were made and enrolled through the pages."""
    base = tmp_path_factory.mktemp("nodes")
    ports = staging.free_port(), staging.free_port()
    links = [
        staging.found(base / each["country"], port, **each) for each, port in zip((SPAIN, CHINA), ports, strict=True)
    ]  # type: ignore[arg-type]
    staging.befriend(base / "ES", base / "CN")
    with (
        staging.serving(base / "ES", str(SPAIN["authority"]), ports[0], links[0]) as es,
        staging.serving(base / "CN", str(CHINA["authority"]), ports[1], links[1]) as cn,
        seated(browser, es.web) as administrator,
        seated(browser, cn.web) as other,
        seated(browser, es.web) as spain,
        seated(browser, cn.web) as china,
        seated(browser, es.web) as spanish,
        seated(browser, cn.web) as chinese,
    ):
        for boss, node, seats in ((administrator, es, (spain, spanish)), (other, cn, (china, chinese))):
            boss.enrol(node.link)
            boss.sign_in()
            for seat, name in zip(seats, ("Muestra Ejemplo", "样本 示例"), strict=True):
                seat.enrol(journey.make_officer(boss, name))
                seat.sign_in()
        yield Pair(replace(spain, colleague=spanish), replace(china, colleague=chinese), administrator, base / "ES")
