# SPDX-License-Identifier: Apache-2.0
"""HTTP calls whose answers are read later: connections to peers, kept open a moment between envelopes.

A call sends its whole request at once; its answer waits in the connection until somebody asks for it. So one thread has
several calls on their way, each on a connection of its own. No redirect is followed and no proxy of the environment is
used. However slowly the other end takes or gives bytes, a call ends in the time that it may take.

A peer may close a connection that lies idle, in the moment when we send on it: such a call is made once more on a new
one. What is posted may come twice. A peer may also answer before it has all (that it is too large), and close: what it
said is read all the same.
"""

import http.client
import io
import select
import socket
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

import certifi

CONNECT, SILENT = 10.0, 60.0
"""Seconds until a connection stands, and seconds in which nothing goes on."""
IDLE = 5.0
"""Seconds that a connection is kept for the next call."""
_PART = 1 << 16

CALL_FAULTS = (OSError, http.client.HTTPException, UnicodeError)
"""What goes wrong with a line, or with an address that is no host's; the name of its class says enough."""

_PORTS = {"https": 443, "http": 80}
_Place = tuple[str, str, int]


class AnswerTooLargeError(http.client.HTTPException):
    """More came than may."""


class TooSlowError(http.client.HTTPException):
    """It went and came, but not in the time that it may take."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The status and the whole body."""

    status: int
    body: bytes


class Calls:
    """Makes calls. Many threads may use one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: dict[_Place, list[tuple[float, HTTPConnection]]] = defaultdict(list)
        self._context = ssl.create_default_context(cafile=certifi.where())

    def post(self, address: str, body: bytes, headers: Mapping[str, str], *, until: float) -> "Call":
        """Send a POST, whose answer must have come by the time `until` of the monotonic clock. Raises one of
        `CALL_FAULTS`."""
        parts = urlsplit(address)
        place = (parts.scheme, parts.hostname or "", parts.port or _PORTS[parts.scheme])
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        call = Call(self, place, path, body, {**headers, "Content-Length": str(len(body))}, until)
        call.send()
        return call

    def close(self) -> None:
        """Close every connection that lies idle."""
        with self._lock:
            for _, each in (pair for pairs in self._idle.values() for pair in pairs):
                each.close()
            self._idle.clear()

    def take(self, place: _Place) -> HTTPConnection | None:
        """A connection that was kept and still stands."""
        while True:
            with self._lock:
                kept = self._idle[place]
                since, connection = kept.pop() if kept else (0.0, None)
            if connection is None:
                return None
            if time.monotonic() < since + IDLE and not _readable(connection):
                return connection
            connection.close()

    def keep(self, place: _Place, connection: HTTPConnection) -> None:
        """Keep a connection for the next call there; those that were kept too long, anywhere, are closed."""
        now = time.monotonic()
        with self._lock:
            old = [pair for pairs in self._idle.values() for pair in pairs if pair[0] + IDLE < now]
            for pairs in self._idle.values() if old else ():
                pairs[:] = [pair for pair in pairs if pair not in old]
            self._idle[place].append((now, connection))
        for _, each in old:
            each.close()

    def connect(self, place: _Place) -> HTTPConnection:
        """A new connection."""
        scheme, host, port = place
        connection = (
            HTTPSConnection(host, port, timeout=CONNECT, context=self._context)
            if scheme == "https"
            else HTTPConnection(host, port, timeout=CONNECT)
        )
        try:
            connection.connect()
        except BaseException:  # boundary: whatever ends a call, its connection serves no other
            connection.close()
            raise
        return connection


class Call:
    """One request on its way."""

    def __init__(
        self, calls: Calls, place: _Place, path: str, body: bytes, headers: Mapping[str, str], until: float
    ) -> None:
        self._calls, self._place, self._path, self._body, self._headers = calls, place, path, body, headers
        self._until = until
        self._kept = self._cut = False

    def send(self) -> None:
        """Send it, on a connection that was kept if there is one."""
        kept = self._calls.take(self._place)
        if kept is not None:
            self._connection, self._kept = kept, True
            with suppress(*CALL_FAULTS):
                return self._request()
        return self._renew()

    def answer(self, *, limit: int) -> Answer:
        """Read the answer, at most `limit` bytes. Raises one of `CALL_FAULTS`."""
        try:
            response = self._response()
            body = _read(response, limit)
        except BaseException:  # boundary: whatever ends a call, its connection serves no other
            self._connection.close()
            raise
        if response.will_close or self._cut:
            self._connection.close()
        else:
            self._calls.keep(self._place, self._connection)
        return Answer(response.status, body)

    def _response(self) -> HTTPResponse:
        try:
            return self._connection.getresponse()
        except (ConnectionError, http.client.BadStatusLine):
            if not self._kept:
                raise
        self._renew()
        return self._connection.getresponse()

    def _renew(self) -> None:
        if self._kept:
            self._connection.close()
        self._connection, self._kept = self._calls.connect(self._place), False
        try:
            self._request()
        except (ConnectionError, ssl.SSLError):  # it takes no more: perhaps it has said why
            self._cut = True
        except BaseException:  # boundary: whatever ends a call, its connection serves no other
            self._connection.close()
            raise

    def _request(self) -> None:
        self._connection.sock.settimeout(SILENT)
        answer: Any = partial(_TimedResponse, until=self._until)
        self._connection.response_class = answer
        self._connection.request("POST", self._path, body=self._parts(), headers=dict(self._headers))

    def _parts(self) -> Iterator[memoryview]:
        """The body in parts: a socket's patience is for one, and no time for the whole."""
        whole = memoryview(self._body)
        for at in range(0, len(whole), _PART):
            if time.monotonic() > self._until:
                raise TooSlowError
            yield whole[at : at + _PART]


class _TimedResponse(HTTPResponse):
    """A response that is read until a time and no longer, its head too."""

    def __init__(self, sock: socket.socket, *args: Any, until: float, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp = io.BufferedReader(_Timed(sock, self.fp.detach(), until))


class _Timed(io.RawIOBase):
    """What comes out of a socket, until a time."""

    def __init__(self, sock: socket.socket, raw: io.RawIOBase, until: float) -> None:
        self._sock, self._raw, self._until = sock, raw, until

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> Any:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TooSlowError
        self._sock.settimeout(min(SILENT, left))
        return self._raw.readinto(into)

    def close(self) -> None:
        self._raw.close()
        super().close()


def _readable(connection: HTTPConnection) -> bool:
    """Whether something waits in an idle connection: its end, or what nobody asked for."""
    look = select.poll()
    look.register(connection.sock, select.POLLIN)
    return bool(look.poll(0))


def _read(response: HTTPResponse, limit: int) -> bytes:
    body = bytearray()
    while part := response.read1(_PART):
        body += part
        if len(body) > limit:
            raise AnswerTooLargeError
    if response.length:  # fewer bytes came than were announced
        raise http.client.IncompleteRead(bytes(body), response.length)
    response.close()
    return bytes(body)
