# SPDX-License-Identifier: Apache-2.0
"""HTTP calls whose answers are read later: connections to peers, kept open a moment between envelopes.

A call sends its whole request at once; its answer waits in the connection until somebody asks for it. So one thread has
several calls on their way, each on a connection of its own. No redirect is followed and no proxy of the environment is
used.

A peer may close a connection that lies idle, in the moment when we send on it: such a call is made once more on a new
one. What is posted may come twice.
"""

import http.client
import select
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import urlsplit

import certifi

CONNECT, SILENT = 10.0, 60.0
"""Seconds until a connection stands, and seconds without a byte."""
IDLE = 5.0
"""Seconds that a connection is kept for the next call."""
_PART = 1 << 16

CALL_FAULTS = (OSError, http.client.HTTPException)
"""What goes wrong with a line; the name of its class says enough."""

_PORTS = {"https": 443, "http": 80}
_Place = tuple[str, str, int]


class AnswerTooLargeError(http.client.HTTPException):
    """More came than may."""


class AnswerTooSlowError(http.client.HTTPException):
    """It came, but not in the time that it may take."""


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

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> "Call":
        """Send a POST. Raises one of `CALL_FAULTS`."""
        parts = urlsplit(address)
        place = (parts.scheme, parts.hostname or "", parts.port or _PORTS[parts.scheme])
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        call = Call(self, place, path, body, headers)
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
        """Keep a connection for the next call there; those that were kept too long are closed."""
        now = time.monotonic()
        with self._lock:
            kept = self._idle[place]
            old = [each for since, each in kept if since + IDLE < now]
            self._idle[place] = [(since, each) for since, each in kept if each not in old] + [(now, connection)]
        for each in old:
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
            connection.sock.settimeout(SILENT)
        except BaseException:
            connection.close()
            raise
        return connection


class Call:
    """One request on its way."""

    def __init__(self, calls: Calls, place: _Place, path: str, body: bytes, headers: Mapping[str, str]) -> None:
        self._calls, self._place, self._path, self._body, self._headers = calls, place, path, body, headers
        self._kept = False

    def send(self) -> None:
        """Send it, on a connection that was kept if there is one."""
        kept = self._calls.take(self._place)
        if kept is not None:
            self._connection, self._kept = kept, True
            with suppress(*CALL_FAULTS):
                return self._request()
        return self._renew()

    def answer(self, *, limit: int, until: float) -> Answer:
        """Read the answer: at most `limit` bytes, by the time `until` of the monotonic clock. Raises one of
        `CALL_FAULTS`."""
        try:
            response = self._response()
            body = _read(response, limit, until)
        except BaseException:
            self._connection.close()
            raise
        if response.will_close:
            self._connection.close()
        else:
            self._calls.keep(self._place, self._connection)
        return Answer(response.status, body)

    def _response(self) -> http.client.HTTPResponse:
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
        except BaseException:
            self._connection.close()
            raise

    def _request(self) -> None:
        self._connection.request("POST", self._path, body=self._body, headers=dict(self._headers))


def _readable(connection: HTTPConnection) -> bool:
    """Whether something waits in an idle connection: its end, or what nobody asked for."""
    look = select.poll()
    look.register(connection.sock, select.POLLIN)
    return bool(look.poll(0))


def _read(response: http.client.HTTPResponse, limit: int, until: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := response.read1(_PART):
        size += len(part)
        if size > limit:
            raise AnswerTooLargeError
        if time.monotonic() > until:
            raise AnswerTooSlowError
        parts.append(part)
    body = b"".join(parts)
    if response.length:  # fewer bytes came than were announced
        raise http.client.IncompleteRead(body, response.length)
    response.close()
    return body
