# SPDX-License-Identifier: Apache-2.0
"""The endpoint: POST a sealed envelope, get a sealed envelope.

    POST /comity/v1            Content-Type: application/vnd.comity.envelope
    200                        application/vnd.comity.envelope: the answer
    4xx, 503                   application/json: {code, text, advice, data} of an envelope refused whole

A refusal is not sealed: whoever we could not believe has no key that we would seal to. It says nothing but what is
wrong with the envelope.

It stands before the pages' application and needs none of it: what peers post is signed, and has no session, language or
form token."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.db import close_old_connections

from comity.cooperation.exchange.errors import SEND_AGAIN, OwnFault
from comity.cooperation.reception.receive import receive
from comity.cooperation.reception.refusing import refuse
from comity.protocol.errors import ComityError
from comity.protocol.wire.envelope import MAX_BYTES, MEDIA_TYPE
from comity.protocol.wire.errors import TooLarge
from comity.records.errors import ConfigurationError
from comity.records.home import Home
from comity.records.logs import log

PATH = "/comity/v1"
STATUS = {
    "too-large": 413,
    "not-for-us": 421,
    "not-a-peer": 403,
    "alarm-standing": 403,
    "consistency-wanted": 409,
    "too-many-at-once": 429,
    "own-fault": 503,
}
_HEADERS = (("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"))

Environ = Mapping[str, Any]
Start = Callable[[str, list[tuple[str, str]]], object]
Application = Callable[..., Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: the status, the body and its media type."""

    status: int
    body: bytes
    media_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = field(default=())

    def send(self, start: Start) -> list[bytes]:
        """Hand it to the server."""
        told = [("Content-Type", self.media_type), ("Content-Length", str(len(self.body)))]
        start(f"{self.status} {HTTPStatus(self.status).phrase}", [*told, *_HEADERS, *self.headers])
        return [self.body]


class Endpoint:
    """The node as a WSGI application: peers are answered here, whoever else by the application `behind`."""

    def __init__(self, home: Home, behind: Application) -> None:
        self._home, self._behind = home, behind

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        """Answer one request."""
        if environ.get("PATH_INFO") != PATH:
            return self._behind(environ, start)
        try:
            with self._home.active():
                return self._answered(environ).send(start)
        except Exception as error:  # boundary: one request that fails must neither end the thread nor tell why
            log("endpoint-fault", error=type(error).__name__)
            return _refusal(OwnFault(fault=type(error).__name__)).send(start)
        finally:
            close_old_connections()

    def _answered(self, environ: Environ) -> Answer:
        if environ.get("REQUEST_METHOD") != "POST":
            return Answer(405, b"", headers=(("Allow", "POST"),))
        if environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() != MEDIA_TYPE:
            return _json(415, {"code": "media-type", "text": f"Send {MEDIA_TYPE}."})
        told = environ.get("CONTENT_LENGTH") or ""
        if not (told.isascii() and told.isdigit()):
            return _json(411, {"code": "length-missing", "text": "Say how long the envelope is: Content-Length."})
        if int(told) > MAX_BYTES:
            error = TooLarge(what="The envelope", size=int(told), limit=MAX_BYTES)
            refuse(self._home, b"", error)
            return _refusal(error)
        return exchange(self._home, _read(environ["wsgi.input"], int(told)))


def exchange(home: Home, data: bytes) -> Answer:
    """Take in an envelope and answer it."""
    try:
        return Answer(200, receive(home, data).envelope, MEDIA_TYPE)
    except ConfigurationError as error:  # our keys: neither the peer's fault nor its business
        log("own-fault", code=error.code)
        return _refusal(OwnFault(fault=error.code))
    except SEND_AGAIN as error:
        return _refusal(error)
    except ComityError as error:
        refuse(home, data, error)
        return _refusal(error)


def _read(body: Any, size: int) -> bytes:
    """So many bytes, or as many as come."""
    parts: list[bytes] = []
    while size > 0 and (part := body.read(size)):
        parts.append(bytes(part))
        size -= len(part)
    return b"".join(parts)


def _refusal(error: ComityError) -> Answer:
    return _json(STATUS.get(error.code, 400), error.as_json())


def _json(status: int, value: Mapping[str, Any]) -> Answer:
    return Answer(status, json.dumps(value).encode())
