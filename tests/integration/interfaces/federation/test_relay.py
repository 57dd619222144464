# SPDX-License-Identifier: Apache-2.0
"""A mailbox at a relay, over HTTP as far as the WSGI application: left, collected, taken in, forgotten."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial

import httpx
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from tests.fixtures.copies import CHINA, SPAIN, ask
from tests.fixtures.nodes import Network, SimulatedNode
from tests.fixtures.pairs import size

from comity.cooperation.dispatch import exporting
from comity.cooperation.exchange.errors import LineDown
from comity.interfaces import request_home
from comity.interfaces.federation import mailbox, polling
from comity.interfaces.federation.calls import Answer, Calls
from comity.interfaces.federation.polling import Poller
from comity.protocol.wire import envelope
from comity.protocol.wire.envelope import MAX_BYTES
from comity.protocol.wire.keys import OpeningKey
from comity.protocol.wire.names import digest_of
from comity.records.actors import CONSOLE
from comity.records.authorities import peers
from comity.records.home import Home

RELAY = "http://127.0.0.1/mailbox"


@pytest.fixture
def http(spain: SimulatedNode) -> Iterator[httpx.Client]:
    """A line to Spain's node, which serves mailboxes and nothing else."""
    with override_settings(ROOT_URLCONF="comity.interfaces.federation.relay_urls"):
        request_home.serve(spain.home)
        with httpx.Client(transport=httpx.WSGITransport(app=WSGIHandler())) as client:
            yield client
        request_home._served.clear()


def over(http: httpx.Client) -> polling.Post:
    """The poller's way over such a line."""

    def post(address: str, data: bytes) -> Answer:
        found = http.post(address, content=data)
        return Answer(found.status_code, found.content)

    return post


@pytest.fixture
def collector(china: SimulatedNode) -> Home:
    """China's node, which has its mailbox there."""
    return replace(china.home, config=replace(china.home.config, mailbox=f"{RELAY}/CN/mps", relay=SPAIN))


def sealed(network: Network) -> bytes:
    """An envelope from Spain to China, with a request in it."""
    spain = network.nodes[SPAIN]
    ask(spain, CHINA, kind="legal-advice")
    return exporting.export(spain.home, CONSOLE, CHINA).envelope


def waiting(spain: SimulatedNode) -> int:
    return len(list(mailbox.Store(spain.home.config.home / "mailbox").give(CHINA)))


def test_an_envelope_is_left_collected_and_then_forgotten(
    network: Network, spain: SimulatedNode, http: httpx.Client, collector: Home
) -> None:
    data, before = sealed(network), size(spain)
    assert http.post(f"{RELAY}/CN/mps", content=data).status_code == 202
    assert (waiting(spain), size(spain)) == (1, before + 1)
    poller = Poller(collector, SPAIN, over(http))
    assert poller.collect() == 1
    assert waiting(spain) == 1, "it is forgotten when its recipient says that it has it, and no sooner"
    assert poller.collect() == 0
    assert waiting(spain) == 0


def test_what_cannot_be_taken_in_is_not_given_for_ever(
    network: Network, spain: SimulatedNode, http: httpx.Client, collector: Home
) -> None:
    data = sealed(network)
    broken = data[:-1] + bytes([data[-1] ^ 1])
    assert http.post(f"{RELAY}/CN/mps", content=broken).status_code == 202, "a relay cannot read what it carries"
    poller = Poller(collector, SPAIN, over(http))
    assert poller.collect() == 1
    poller.collect()
    assert waiting(spain) == 0


def test_a_backlog_is_collected_to_its_end(
    network: Network,
    spain: SimulatedNode,
    http: httpx.Client,
    collector: Home,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mailbox, "MAX_TAKEN", 2)
    for _ in range(5):
        http.post(f"{RELAY}/CN/mps", content=sealed(network))
    poller = Poller(collector, SPAIN, over(http))
    assert [poller.collect() for _ in range(4)] == [2, 2, 1, 0]
    assert waiting(spain) == 0


def test_a_relay_that_does_not_answer_loses_nothing(
    network: Network, spain: SimulatedNode, http: httpx.Client, collector: Home
) -> None:
    http.post(f"{RELAY}/CN/mps", content=sealed(network))
    poller = Poller(collector, SPAIN, over(http))
    poller.collect()
    elsewhere = replace(collector, config=replace(collector.config, mailbox=f"{RELAY}/XX/nobody"))
    with pytest.raises(LineDown):
        Poller(elsewhere, SPAIN, over(http)).collect()
    nowhere = replace(collector, config=replace(collector.config, mailbox="http://127.0.0.1:1/x"))
    with closing(Calls()) as calls, pytest.raises(LineDown):
        Poller(nowhere, SPAIN, partial(polling.call, calls)).collect()
    assert poller.collect() == 0
    assert waiting(spain) == 0


def test_only_its_recipient_collects(network: Network, spain: SimulatedNode, http: httpx.Client) -> None:
    http.post(f"{RELAY}/CN/mps", content=sealed(network))
    asked = mailbox.Collection(CHINA, SPAIN, spain.home.now(), ())
    forged = mailbox.sign(asked, spain.home.keys.current.signing)
    for data in (forged, b"", b"{}", b"x" * (mailbox.MAX_COLLECTION * 2 + 1)):
        answered = http.post(f"{RELAY}/CN/mps/collect", content=data)
        assert (answered.status_code, "code" in answered.json()) == (403, True)
    assert waiting(spain) == 1
    store = mailbox.Store(spain.home.config.home / "mailbox")
    store.forget(CHINA, [digest_of(each) for each in store.give(CHINA)])


@pytest.mark.parametrize("place", ["XX/nobody", "ES/policia-nacional", "cn/mps", "CN/..", "CN/MPS"])
def test_for_whom_the_relay_does_not_serve_there_is_no_mailbox(http: httpx.Client, place: str) -> None:
    for address in (f"{RELAY}/{place}", f"{RELAY}/{place}/collect"):
        assert http.post(address, content=b"x").status_code == 404


def test_a_suspended_peer_has_no_mailbox(network: Network, spain: SimulatedNode, http: httpx.Client) -> None:
    data = sealed(network)
    peers.suspend(spain.home, CONSOLE, CHINA, "other")
    try:
        assert http.post(f"{RELAY}/CN/mps", content=data).status_code == 404
    finally:
        with spain.home.active():
            words = " ".join(peers.comparison(peers.newest(CHINA)).words)
        peers.accept(spain.home, CONSOLE, CHINA, words)


def test_a_full_mailbox_is_a_line_that_rests_and_no_fault_of_the_envelope(
    network: Network, spain: SimulatedNode, http: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "MAX_WAITING", 0)
    answer = http.post(f"{RELAY}/CN/mps", content=sealed(network))
    assert (answer.status_code, answer.json()["code"]) == (507, "mailbox-full")
    assert waiting(spain) == 0


def test_what_is_no_envelope_for_it_is_not_kept(network: Network, spain: SimulatedNode, http: httpx.Client) -> None:
    whole = sealed(network)
    before = size(spain)
    for data, status in ((b"", 400), (b"nonsense", 400), (whole[:40], 400), (b"x" * (MAX_BYTES + 1), 413)):
        assert http.post(f"{RELAY}/CN/mps", content=data).status_code == status
    assert waiting(spain) == 0
    assert size(spain) == before
    assert http.get(f"{RELAY}/CN/mps").status_code == 405


def test_a_process_that_serves_no_node_says_so() -> None:
    request_home._served.clear()
    with pytest.raises(RuntimeError, match="no node is served"):
        request_home.RequestHome(lambda _: None)(None)  # type: ignore[arg-type, return-value]


def test_what_is_sealed_to_no_key_of_the_recipient_is_not_kept(spain: SimulatedNode, http: httpx.Client) -> None:
    strangers = OpeningKey.from_seed(bytes(32)).public
    before = waiting(spain), size(spain)
    answer = http.post(f"{RELAY}/CN/mps", content=envelope.seal(b"x" * 600, CHINA, strangers))
    assert (answer.status_code, answer.json()["code"]) == (400, "not-for-us")
    assert (waiting(spain), size(spain)) == before
