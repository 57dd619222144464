# SPDX-License-Identifier: Apache-2.0
"""Posting an envelope to a peer: to its endpoints in the order of its card, else into its mailbox.

No redirect is followed and no proxy from the environment is used: the card says where the peer is, and nobody else
does."""

import ipaddress
import json
import socket
import time
from typing import Any
from urllib.parse import urlsplit

import httpx

from comity.cooperation.dispatch.settling import slug
from comity.cooperation.exchange.errors import LineDown, RefusedByPeer
from comity.protocol.wire.card import Card
from comity.protocol.wire.envelope import MAX_BYTES, MEDIA_TYPE
from comity.protocol.wire.names import AuthorityId
from comity.records.home import Home

TIMEOUT = httpx.Timeout(60.0, connect=10.0)
LONGEST = 900.0
"""Seconds for one posting and its answer, of 32 MiB over a weak line; a byte now and then must not hold it for ever."""
_HEADERS = {"Content-Type": MEDIA_TYPE, "Accept": MEDIA_TYPE, "Accept-Encoding": "identity"}


class Client:
    """One node's line to others; keeps connections open between envelopes."""

    def __init__(self, home: Home) -> None:
        self._sample = home.config.sample
        self._http = httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False, headers=_HEADERS)

    def __call__(self, card: Card, envelope: bytes) -> bytes | None:
        """The sealed answer of the card's authority; None when the envelope lies in its mailbox. Raises `LineDown`,
        `RefusedByPeer`."""
        why = "its card names no endpoint"
        for endpoint in card.endpoints:
            try:
                return self._post(card.authority, endpoint, envelope)
            except LineDown as error:
                why = str(error.data["why"])
        if card.mailbox:
            self._post(card.authority, card.mailbox, envelope)
            return None
        raise LineDown(authority=card.authority, why=why)

    def close(self) -> None:
        """Close every connection."""
        self._http.close()

    def _post(self, peer: AuthorityId, address: str, envelope: bytes) -> bytes:
        if not self._sample and not address.startswith("https://"):
            raise LineDown(authority=peer, why="its address is not https")
        if not self._sample and _ours_or_nobodys(address):
            raise LineDown(authority=peer, why="its address is not of another machine")
        until = time.monotonic() + LONGEST
        try:
            with self._http.stream("POST", address, content=envelope) as response:
                data = _read(response, peer, until)
        except httpx.HTTPError as error:
            raise LineDown(authority=peer, why=type(error).__name__) from None
        if response.status_code in (200, 202):
            return data
        if response.status_code >= 500:
            raise LineDown(authority=peer, why=f"HTTP {response.status_code}")
        raise _refusal(peer, response.status_code, data)


def _ours_or_nobodys(address: str) -> bool:
    """Whether an address leads to this machine or to no machine of a network: a card must not make us call such.

    Sample nodes live on one machine and may.
    """
    host = urlsplit(address).hostname or ""
    try:
        found = socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)
    except OSError:
        return False  # the post itself will say that it cannot be resolved
    places = [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]
    return any(each.is_loopback or each.is_link_local or each.is_unspecified or each.is_multicast for each in places)


def _read(response: httpx.Response, peer: AuthorityId, until: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in response.iter_raw():
        if time.monotonic() > until:
            raise LineDown(authority=peer, why="its answer took too long")
        size += len(part)
        if size > MAX_BYTES:
            raise LineDown(authority=peer, why="the answer is too large")
        parts.append(part)
    return b"".join(parts)


def _refusal(peer: AuthorityId, status: int, data: bytes) -> RefusedByPeer:
    try:
        said: Any = json.loads(data)
        code = slug(str(said["code"])[:64])
        seen = said.get("data", {}).get("seen", 0)
    except (ValueError, KeyError, TypeError, AttributeError):
        code, seen = f"http-{status}", 0
    return RefusedByPeer(authority=peer, reason=code, seen=seen if isinstance(seen, int) and seen >= 0 else 0)
