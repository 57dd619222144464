# SPDX-License-Identifier: Apache-2.0
"""A request goes from China's desk to Spain's and comes back answered, through the pages of two live nodes."""

import subprocess
import sys

from playwright.sync_api import expect
from tests.browser import journey
from tests.browser.conftest import Pair


def test_a_request_is_composed_approved_sent_answered_and_receipted(pair: Pair) -> None:
    china, spain = pair.china, pair.spain
    journey.compose(china, "subscriber-information", "ES/policia-nacional", reference="SAMPLE-BROWSER-1")
    expect(china.page.locator("code.digest-big")).to_contain_text("sha256:")
    journey.approve(china)
    journey.receipted(china.page)

    journey.arrives(spain, "SAMPLE-BROWSER-1")
    expect(spain.page.locator(".stands")).to_contain_text("Ours")
    spain.page.locator(".moves form button").first.click()
    expect(spain.page.locator(".stands .tag")).to_have_text("Received")
    spain.page.locator(".moves a", has_text="Hand over the answer").click()
    spain.fill({"answer": "Invented example. The line is held by Sample Trading.", "complete": True})
    spain.page.set_input_files(
        "[name=attachments]", {"name": "holder.txt", "mimeType": "text/plain", "buffer": b"Sample"}
    )
    spain.page.locator(".sticky-actions .btn-primary").click()
    spain.page.wait_for_url("**/statements/*")
    journey.approve(spain)
    journey.receipted(spain.page)

    journey.arrives(china, "SAMPLE-BROWSER-1")
    expect(china.page.locator(".stands .tag")).to_have_text("Produced")
    with china.page.expect_download() as download:
        china.page.locator(".files a").click()
    assert download.value.path().read_bytes() == b"Sample"
    digests = {seat.page.locator("section[aria-labelledby=check] code.digest").first.inner_text() for seat in (china,)}
    spain.page.reload()
    assert spain.page.locator("section[aria-labelledby=check] code.digest").inner_text() in digests
    with china.page.expect_download() as download:
        china.page.locator("section[aria-labelledby=proof] button").click()
    verified = subprocess.run(
        [sys.executable, "-m", "comity.interfaces.cli.main", "verify", download.value.path()],
        check=False,
        capture_output=True,
    )
    assert verified.returncode == 0, verified.stderr
