# SPDX-License-Identifier: Apache-2.0
"""Calls over real sockets: several on their way, kept connections, and everything that can go wrong with a line."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import certifi
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from comity.interfaces.federation import calls as under_test
from comity.interfaces.federation.calls import CALL_FAULTS, Answer, Call, Calls, TooSlowError
from comity.interfaces.federation.client import _ours_or_nobodys

LIMIT = 1 << 16


@dataclass
class Peer:
    """A server that answers as it is told, and remembers what came over which connection."""

    answer: Callable[[BaseHTTPRequestHandler, bytes], None]
    came: list[tuple[int, bytes]] = field(default_factory=list)
    port: int = 0
    server: ThreadingHTTPServer | None = None

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
        made.port, made.server = server.server_port, server
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield made
        server.shutdown()


@pytest.fixture
def calls() -> Iterator[Calls]:
    with closing(Calls()) as made:
        yield made


def ask(calls: Calls, peer: Peer, body: bytes = b"hello") -> Answer:
    return send(calls, peer, body).answer(limit=LIMIT)


def send(calls: Calls, peer: Peer, body: bytes = b"hello", *, within: float = 20) -> Call:
    return calls.post(peer.url(), body, {}, until=time.monotonic() + within)


def test_several_are_on_their_way_and_each_gets_its_own_answer(calls: Calls, peer: Peer) -> None:
    sent = [send(calls, peer, body) for body in (b"one", b"two", b"three")]
    assert [each.answer(limit=LIMIT).body for each in reversed(sent)] == [b"three", b"two", b"one"]
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


@pytest.mark.parametrize(
    "drop", [b"HTTP/1.1 100 Continue\r\n\r\n", b"X-More: 1\r\n", b"x"], ids=["no-head", "head", "body"]
)
def test_an_answer_that_never_ends_is_waited_for_so_long_and_no_longer(calls: Calls, peer: Peer, drop: bytes) -> None:
    """Each of them makes progress all the while: a head that says nothing, one that goes on, a body."""

    def slowly(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        handler.close_connection = True
        handler.wfile.write({b"X": b"HTTP/1.1 200 OK\r\n", b"x": b"HTTP/1.1 200 OK\r\n\r\n"}.get(drop[:1], b""))
        with suppress(OSError):
            for _ in range(80):  # fewer than the lines that a head may have
                handler.wfile.write(drop)
                handler.wfile.flush()
                time.sleep(0.05)

    peer.answer = slowly
    began = time.monotonic()
    with pytest.raises((TooSlowError, TimeoutError)):
        send(calls, peer, within=0.5).answer(limit=LIMIT)
    assert time.monotonic() < began + 3


def test_a_request_that_is_taken_too_slowly_ends_in_time(calls: Calls) -> None:
    """Slowly, but each part soon enough."""
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as beside:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)

        def sip() -> None:
            taken, _ = server.accept()
            with taken, suppress(OSError):
                while taken.recv(1 << 14):
                    time.sleep(0.01)

        sipping = beside.submit(sip)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        with pytest.raises(TooSlowError):
            calls.post(url, b"x" * (64 << 20), {}, until=time.monotonic() + 0.5)
        sipping.result(20)


def test_a_whole_body_may_take_longer_than_a_silence(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(under_test, "SILENT", 1.0)
    size = 32 << 20
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as beside:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)

        def sip() -> None:
            taken, _ = server.accept()
            with taken, taken.makefile("rb") as came:
                while came.readline() != b"\r\n":
                    pass
                for _ in range(32):
                    time.sleep(0.08)
                    came.read(size // 32)
                taken.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

        beside.submit(sip)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        call = calls.post(url, b"x" * size, {}, until=time.monotonic() + 20)
        assert call.answer(limit=LIMIT) == Answer(200, b"ok")


def test_what_a_peer_says_before_it_has_all_is_heard(calls: Calls) -> None:
    """A proxy that takes less than we send answers 413 and closes, while we still send."""
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as beside:
        port = server.getsockname()[1]

        def refuse() -> None:
            taken, _ = server.accept()
            with taken:
                taken.recv(100)
                taken.sendall(b"HTTP/1.1 413 Request Entity Too Large\r\nContent-Length: 2\r\n\r\nno")

        beside.submit(refuse)
        call = calls.post(f"http://127.0.0.1:{port}/x", b"x" * (32 << 20), {}, until=time.monotonic() + 20)
        assert call.answer(limit=LIMIT) == Answer(413, b"no")
    assert calls.take(("http", "127.0.0.1", port)) is None, "a request that was cut off ends its connection"


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
        calls.post(f"http://127.0.0.1:{port}/x", b"", {}, until=time.monotonic() + 20)


def test_a_host_that_can_have_no_address_is_a_fault(calls: Calls) -> None:
    with pytest.raises(CALL_FAULTS):
        calls.post("http://a..example/x", b"", {}, until=time.monotonic() + 20)


@pytest.fixture
def sealed(peer: Peer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Calls]]:
    """The peer behind TLS, with a certificate for 127.0.0.1 by whom the calls trust; its origin."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Sample")])
    begun = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    dated = begun.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    own = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = dated.add_extension(own, False).add_extension(x509.BasicConstraints(True, None), True)
    file = tmp_path / "sample.pem"
    forms = Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    file.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM) + key.private_bytes(*forms))
    monkeypatch.setattr(certifi, "where", lambda: str(file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    assert peer.server is not None
    peer.server.socket = context.wrap_socket(peer.server.socket, server_side=True)
    with closing(Calls()) as made_calls:
        yield f"https://127.0.0.1:{peer.port}", made_calls


def test_a_server_that_is_vouched_for_is_spoken_to_over_one_connection(sealed: tuple[str, Calls], peer: Peer) -> None:
    origin, trusting = sealed
    for _ in range(3):
        call = trusting.post(f"{origin}/x", b"x" * LIMIT, {}, until=time.monotonic() + 20)
        assert call.answer(limit=LIMIT).body == b"x" * LIMIT
    assert len(peer.ports()) == 1
    with pytest.raises(ssl.SSLError):
        trusting.post(origin.replace("127.0.0.1", "localhost"), b"secret", {}, until=time.monotonic() + 20)


def test_a_server_whose_certificate_nobody_vouches_for_is_not_spoken_to(calls: Calls, peer: Peer) -> None:
    """The peer of the test speaks no TLS at all; nor does anything go out to it in the clear."""
    with pytest.raises(ssl.SSLError):
        calls.post(f"https://127.0.0.1:{peer.port}/x", b"secret", {}, until=time.monotonic() + 20)
    assert not peer.came


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("127.0.0.1", True),
        ("[::1]", True),
        ("[::ffff:127.0.0.1]", True),
        ("[::ffff:169.254.1.1]", True),
        ("0.0.0.0", True),  # noqa: S104  nothing listens
        ("192.0.2.1", False),
        ("[2001:db8::1]", False),
        ("a..example", False),
    ],
)
def test_a_card_cannot_make_a_node_call_itself(host: str, ours: bool) -> None:
    assert _ours_or_nobodys(f"https://{host}/comity/v1") == ours
