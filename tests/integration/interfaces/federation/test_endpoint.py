# SPDX-License-Identifier: Apache-2.0
"""The peers' endpoint as a server calls it: what is no envelope is told so, and whoever else is sent on."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from tests.fixtures.nodes import SimulatedNode
from tests.fixtures.pairs import size

from comity.interfaces.federation import endpoint
from comity.interfaces.federation.endpoint import PATH, Endpoint
from comity.protocol.wire.envelope import MAX_BYTES, MEDIA_TYPE

ENVELOPE = {"Content-Type": MEDIA_TYPE}


def pages(environ: dict[str, Any], start: Any) -> list[bytes]:
    start("200 OK", [])
    return [b"a page at " + environ["PATH_INFO"].encode()]


@pytest.fixture
def http(spain: SimulatedNode) -> Iterator[httpx.Client]:
    transport = httpx.WSGITransport(app=Endpoint(spain.home, pages), raise_app_exceptions=True)
    with httpx.Client(transport=transport, base_url="http://es.example") as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/sign-in", PATH + "/", PATH + "x"])
def test_whoever_is_no_peer_is_sent_on(http: httpx.Client, path: str) -> None:
    assert http.post(path, content=b"x", headers=ENVELOPE).text == f"a page at {path}"


def test_only_posts_of_envelopes_are_taken(http: httpx.Client, spain: SimulatedNode) -> None:
    before = size(spain)
    got = http.get(PATH)
    assert (got.status_code, got.headers["allow"]) == (405, "POST")
    assert http.post(PATH, content=b"{}", headers={"Content-Type": "application/json"}).status_code == 415
    assert http.post(PATH, content=iter([b"x"]), headers=ENVELOPE).status_code == 411
    assert size(spain) == before


def test_what_announces_too_much_is_refused_unread(spain: SimulatedNode) -> None:
    class Unread:
        def read(self, _: int) -> bytes:
            raise AssertionError("nothing of it may be read")

    told: list[str] = []
    environ = {"PATH_INFO": PATH, "REQUEST_METHOD": "POST", "CONTENT_TYPE": MEDIA_TYPE, "wsgi.input": Unread()}
    before = size(spain)
    body = b"".join(
        Endpoint(spain.home, pages)(
            {**environ, "CONTENT_LENGTH": str(MAX_BYTES + 1)}, lambda status, _: told.append(status)
        )
    )
    assert told == ["413 Request Entity Too Large"]
    assert b'"too-large"' in body
    assert size(spain) == before + 1


def test_a_fault_of_ours_is_told_as_ours_and_not_described(http: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a secret that was in a variable")

    monkeypatch.setattr(endpoint, "receive", fail)
    answer = http.post(PATH, content=b"x" * 600, headers=ENVELOPE)
    assert (answer.status_code, answer.json()["code"]) == (503, "own-fault")
    assert "secret" not in answer.text
