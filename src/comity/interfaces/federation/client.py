# SPDX-License-Identifier: Apache-2.0
"""Posting an envelope to a peer: to its endpoints in the order of its card, else into its mailbox.

The card says where the peer is, and nobody else does."""

import ipaddress
import json
import socket
import time
from collections import deque
from typing import Any
from urllib.parse import urlsplit

from comity.cooperation.dispatch.delivering import Awaited
from comity.cooperation.dispatch.settling import slug
from comity.cooperation.exchange.errors import LineDown, RefusedByPeer
from comity.interfaces.federation.calls import CALL_FAULTS, Answer, Call, Calls
from comity.protocol.wire.card import Card
from comity.protocol.wire.envelope import MAX_BYTES, MEDIA_TYPE
from comity.protocol.wire.names import AuthorityId
from comity.records.home import Home

LONGEST = 900.0
"""Seconds for one posting and its answer, of 32 MiB over a weak line; a byte now and then must not hold it for ever."""
_HEADERS = {"Content-Type": MEDIA_TYPE, "Accept": MEDIA_TYPE}


class Client:
    """One node's line to others."""

    def __init__(self, home: Home) -> None:
        self._sample = home.config.sample
        self._calls = Calls()

    def __call__(self, card: Card, envelope: bytes) -> Awaited:
        """Send an envelope to the card's authority; what it gives waits for the sealed answer, or is None when the
        envelope lies in its mailbox. Both raise `LineDown`, waiting also `RefusedByPeer`."""
        posting = _Posting(self._calls, card, envelope, sample=self._sample)
        posting.leave()
        return posting.answer

    def close(self) -> None:
        """Close the connections that lie idle."""
        self._calls.close()


class _Posting:
    """An envelope on its way, by the first road on which somebody answers."""

    def __init__(self, calls: Calls, card: Card, envelope: bytes, *, sample: bool) -> None:
        self._calls, self._peer, self._envelope, self._sample = calls, card.authority, envelope, sample
        self._mailbox = card.mailbox
        self._roads = deque([*card.endpoints, *([card.mailbox] if card.mailbox else [])])
        self._road = ""
        self._why = "its card names no endpoint"

    def leave(self) -> None:
        """Send it by the next road that leads anywhere. Raises `LineDown` when there is none left."""
        while self._roads:
            self._road = self._roads.popleft()
            try:
                self._call = self._send(self._road)
            except LineDown as error:
                self._why = str(error.data["why"])
            else:
                return
        raise LineDown(authority=self._peer, why=self._why)

    def answer(self) -> bytes | None:
        """What came back."""
        while True:
            try:
                data = self._read()
            except LineDown as error:
                self._why = str(error.data["why"])
                self.leave()
            else:
                return None if self._road == self._mailbox else data

    def _send(self, address: str) -> Call:
        if not self._sample and not address.startswith("https://"):
            raise LineDown(authority=self._peer, why="its address is not https")
        if not self._sample and _ours_or_nobodys(address):
            raise LineDown(authority=self._peer, why="its address is not of another machine")
        try:
            return self._calls.post(address, self._envelope, _HEADERS, until=time.monotonic() + LONGEST)
        except CALL_FAULTS as error:
            raise LineDown(authority=self._peer, why=type(error).__name__) from None

    def _read(self) -> bytes:
        try:
            answer = self._call.answer(limit=MAX_BYTES)
        except CALL_FAULTS as error:
            raise LineDown(authority=self._peer, why=type(error).__name__) from None
        if answer.status in (200, 202):
            return answer.body
        if answer.status >= 500:
            raise LineDown(authority=self._peer, why=f"HTTP {answer.status}")
        raise _refusal(self._peer, answer)


def _ours_or_nobodys(address: str) -> bool:
    """Whether an address leads to this machine or to no machine of a network: a card must not make us call such.

    Sample nodes live on one machine and may.
    """
    host = urlsplit(address).hostname or ""
    try:
        found = socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        return False  # the post itself will say that it cannot be resolved
    told = [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]
    places = [getattr(each, "ipv4_mapped", None) or each for each in told]  # ::ffff:127.0.0.1 is ours too
    return any(each.is_loopback or each.is_link_local or each.is_unspecified or each.is_multicast for each in places)


def _refusal(peer: AuthorityId, answer: Answer) -> RefusedByPeer:
    try:
        said: Any = json.loads(answer.body)
        code = slug(str(said["code"])[:64])
        seen = said.get("data", {}).get("seen", 0)
    except (ValueError, KeyError, TypeError, AttributeError):
        code, seen = f"http-{answer.status}", 0
    return RefusedByPeer(authority=peer, reason=code, seen=seen if isinstance(seen, int) and seen >= 0 else 0)
