# SPDX-License-Identifier: Apache-2.0
"""Posting to a node under test: plain HTTP, no redirect, no proxy, and whatever comes back."""

import contextlib
import http.client
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from comity.interfaces.conformance.errors import NobodyAnswers
from comity.protocol.wire.envelope import MAX_BYTES, MEDIA_TYPE

TIMEOUT = 60
PATH = "/comity/v1"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `refusal` is the code and data of a refusal, empty for anything else."""

    status: int
    media_type: str
    body: bytes

    @property
    def refusal(self) -> dict[str, Any]:
        """The JSON object of a refusal."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if self.status >= 400 and isinstance(found, dict) else {}

    @property
    def code(self) -> str:
        """The code of a refusal."""
        return str(self.refusal.get("code", ""))


Ask = Callable[[str, dict[str, str], bytes], Answer]
"""Method, headers and body to an answer. Raises `OSError` when nobody answers."""


def line_to(url: str) -> Ask:
    """The line to a node's address; without a path, its usual one."""
    parts = urlsplit(url if "://" in url else f"http://{url}")
    made = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    path = parts.path if parts.path not in ("", "/") else PATH

    def ask(method: str, headers: dict[str, str], body: bytes) -> Answer:
        connection = made(parts.netloc, timeout=TIMEOUT)
        try:
            # A node may refuse by the headers alone and close before it has read the body.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                connection.request(method, path, body=body or None, headers=headers)
            got = connection.getresponse()
            kind = str(got.headers.get_content_type())
            return Answer(got.status, kind, got.read(MAX_BYTES + 1))
        except http.client.HTTPException as error:
            raise OSError(f"{parts.netloc} broke off: {type(error).__name__}") from None
        finally:
            connection.close()

    return ask


def answered(url: str) -> Ask:
    """The line to an address at which somebody answers, whatever they say. Raises `NobodyAnswers`."""
    try:
        ask = line_to(url)
        ask("GET", {}, b"")
    except (OSError, ValueError) as error:  # a ValueError is about an address that is none
        raise NobodyAnswers(url=url, why=getattr(error, "strerror", None) or str(error)) from None
    return ask


def post(ask: Ask, envelope: bytes, media_type: str = MEDIA_TYPE, **headers: str) -> Answer:
    """Post an envelope."""
    return ask("POST", {"Content-Type": media_type, **headers}, envelope)
