# SPDX-License-Identifier: Apache-2.0
"""Calls over real sockets: several on their way, kept connections, and everything that can go wrong with a line."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from comity.interfaces.federation import calls as under_test
from comity.interfaces.federation.calls import CALL_FAULTS, Answer, Calls

LIMIT = 1 << 16


@dataclass
class Peer:
    """A server that answers as it is told, and remembers what came over which connection."""

    answer: Callable[[BaseHTTPRequestHandler, bytes], None]
    came: list[tuple[int, bytes]] = field(default_factory=list)
    port: int = 0

    def url(self, path: str = "/x") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def ports(self) -> set[int]:
        """The other ends of the connections that were used."""
        return {port for port, _ in self.came}


def echo(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@pytest.fixture
def peer() -> Iterator[Peer]:
    made = Peer(echo)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.came.append((self.client_address[1], body))
            made.answer(self, body)
            self.wfile.flush()

        def log_message(self, format: str, *args: Any) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        made.port = server.server_port
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield made
        server.shutdown()


@pytest.fixture
def calls() -> Iterator[Calls]:
    with closing(Calls()) as made:
        yield made


def ask(calls: Calls, peer: Peer, body: bytes = b"hello") -> Answer:
    return calls.post(peer.url(), body, {}).answer(limit=LIMIT, until=time.monotonic() + 20)


def test_several_are_on_their_way_and_each_gets_its_own_answer(calls: Calls, peer: Peer) -> None:
    sent = [calls.post(peer.url(), body, {}) for body in (b"one", b"two", b"three")]
    until = time.monotonic() + 20
    assert [each.answer(limit=LIMIT, until=until).body for each in reversed(sent)] == [b"three", b"two", b"one"]
    assert len(peer.ports()) == 3
    for _ in range(5):
        ask(calls, peer)
    assert len(peer.ports()) == 3, "connections are kept for the next calls"


def test_a_connection_that_the_peer_closed_is_not_used(calls: Calls, peer: Peer) -> None:
    def close(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        echo(handler, body)
        handler.close_connection = True

    peer.answer = close
    assert [ask(calls, peer).body for _ in range(3)] == [b"hello"] * 3
    assert len(peer.ports()) == 3


def test_a_call_on_a_kept_connection_that_ends_without_a_word_is_made_once_more(calls: Calls, peer: Peer) -> None:
    ask(calls, peer)
    first = peer.ports()

    def vanish(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        peer.answer = echo
        handler.close_connection = True

    peer.answer = vanish
    assert ask(calls, peer).body == b"hello"
    assert [body for _, body in peer.came] == [b"hello"] * 3
    assert len(peer.ports() - first) == 1


def test_a_call_on_a_new_connection_that_ends_without_a_word_fails(calls: Calls, peer: Peer) -> None:
    def vanish(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        handler.close_connection = True

    peer.answer = vanish
    with pytest.raises(CALL_FAULTS):
        ask(calls, peer)
    assert len(peer.came) == 1


def test_a_connection_kept_too_long_is_not_used(calls: Calls, peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(calls, peer)
    monkeypatch.setattr(under_test, "IDLE", -1.0)
    ask(calls, peer)
    assert len(peer.ports()) == 2


def test_an_answer_is_never_larger_than_it_may_be(calls: Calls, peer: Peer) -> None:
    with pytest.raises(under_test.AnswerTooLargeError):
        ask(calls, peer, b"x" * (LIMIT + 1))
    assert ask(calls, peer, b"x" * LIMIT).body == b"x" * LIMIT


def test_a_slow_answer_ends_in_time(calls: Calls, peer: Peer) -> None:
    call = calls.post(peer.url(), b"hello", {})
    with pytest.raises(under_test.AnswerTooSlowError):
        call.answer(limit=LIMIT, until=time.monotonic() - 1)


def test_an_answer_that_breaks_off_is_none(calls: Calls, peer: Peer) -> None:
    def half(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True

    peer.answer = half
    with pytest.raises(CALL_FAULTS):
        ask(calls, peer)


def test_a_redirect_is_an_answer_like_any_other(calls: Calls, peer: Peer) -> None:
    def elsewhere(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        handler.send_response(302)
        handler.send_header("Location", peer.url("/y"))
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    peer.answer = elsewhere
    assert ask(calls, peer) == Answer(302, b"")
    assert len(peer.came) == 1


def test_no_proxy_of_the_environment_is_used(calls: Calls, peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert ask(calls, peer).status == 200


def test_where_nobody_listens_is_a_fault(calls: Calls) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(CALL_FAULTS):
        calls.post(f"http://127.0.0.1:{port}/x", b"", {})


def test_a_server_whose_certificate_nobody_vouches_for_is_not_spoken_to(calls: Calls, peer: Peer) -> None:
    """The peer of the test speaks no TLS at all; nor does anything go out to it in the clear."""
    with pytest.raises(ssl.SSLError):
        calls.post(f"https://127.0.0.1:{peer.port}/x", b"secret", {})
    assert not peer.came
