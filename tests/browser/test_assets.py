# SPDX-License-Identifier: Apache-2.0
"""What the pages are dressed with works in a browser, from this machine alone: styles, scripts and fonts."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.fixtures.vectors import ROOT

STATIC = ROOT / "src" / "comity" / "interfaces" / "web" / "static"
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sample</title>
<link rel="stylesheet" href="/vendor/tabler/tabler.min.css"><link rel="stylesheet" href="/vendor/fonts.css">
<script src="/vendor/htmx/htmx.min.js"></script><script src="/vendor/tabler/tabler.min.js" defer></script></head>
<body><main><h1>Sample</h1><button class="btn btn-primary" hx-get="/answer" hx-target="#said">Ask</button>
<p id="said"></p>
<p lang="my" style="font-family: Padauk">ရဲတပ်ဖွဲ့</p><p lang="zh-Hans" style="font-family: 'Noto Sans SC'">公安部</p>
</main></body></html>"""


class Pages(SimpleHTTPRequestHandler):
    """The sample page, its answer, and the static files."""

    def do_GET(self) -> None:
        said = {"/": PAGE, "/answer": "<em>answered</em>"}.get(self.path)
        if said is None:
            super().do_GET()
            return
        data = said.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, directory=str(STATIC))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://es.localhost:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def sample(page: Page, address: str) -> Page:
    page.goto(address)
    return page


def test_styles_and_scripts_are_there(sample: Page) -> None:
    assert sample.evaluate("htmx.version").startswith("2.0.")
    assert sample.evaluate("getComputedStyle(document.querySelector('.btn')).display") == "inline-flex"
    sample.get_by_role("button", name="Ask").click()
    sample.locator("#said em").wait_for()


@pytest.mark.parametrize(("family", "letters"), [("Padauk", "ရဲ"), ("Noto Sans SC", "公安")])
def test_letters_come_from_our_own_fonts(sample: Page, family: str, letters: str) -> None:
    loaded = sample.evaluate(
        "async ([family, letters]) => (await document.fonts.load(`16px '${family}'`, letters)).length",
        [family, letters],
    )
    assert loaded == 1


def test_a_fault_is_seen_by_axe(sample: Page, axe: Path) -> None:
    sample.add_script_tag(path=axe)
    faults = "async () => (await axe.run()).violations.map(fault => fault.id)"
    assert sample.evaluate(faults) == []
    sample.evaluate("document.querySelector('main').append(new Image())")
    assert "image-alt" in sample.evaluate(faults)


def test_nothing_is_asked_of_another_host(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="networkidle")
    assert asked
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
