# SPDX-License-Identifier: Apache-2.0
"""Collecting from our mailbox, for a node that nobody can reach.

An envelope is taken in like a file; only when that is done, or when it was refused for good, is the relay told to
forget it."""

import threading
from urllib.parse import urlsplit

import httpx
from django.db import close_old_connections

from comity.cooperation.exchange.errors import LineDown
from comity.cooperation.reception.importing import take_in
from comity.interfaces.federation import mailbox
from comity.protocol.errors import ComityError
from comity.protocol.wire.names import AuthorityId, Digest, authority_id, digest_of
from comity.records.actors import SYSTEM
from comity.records.home import Home
from comity.records.logs import log

EVERY = 5.0
MAX_BODY = mailbox.MAX_GIVEN + (64 << 20)


def poll(home: Home, stop: threading.Event) -> None:
    """Collect every few seconds until `stop` is set; more seldom while the relay is down."""
    rest = EVERY
    with httpx.Client(timeout=60.0, follow_redirects=False, trust_env=False) as http:
        poller = Poller(home, authority_id(home.config.relay, "node.toml"), http)
        while not stop.wait(rest):
            try:
                poller.collect()
                rest = EVERY
            except ComityError as error:
                log("mailbox-fault", code=error.code)
                rest = min(rest * 2, 300.0)
            except (
                Exception
            ) as error:  # boundary: a fault of one collection (a full disk, a lost database) must not end the thread
                log("mailbox-fault", error=type(error).__name__)
                close_old_connections()


class Poller:
    """Our side of one mailbox. `collect` is called again and again; it remembers what the relay may forget."""

    def __init__(self, home: Home, relay: AuthorityId, http: httpx.Client) -> None:
        self._home, self._relay, self._http = home, relay, http
        self._taken: list[Digest] = []

    def collect(self) -> int:
        """One collection; how many envelopes were taken in. Raises `LineDown`."""
        told = tuple(self._taken[: mailbox.MAX_TAKEN])
        asked = mailbox.Collection(self._home.authority, self._relay, self._home.now(), told)
        body = self._post(mailbox.sign(asked, self._home.keys.current.signing))
        self._taken = self._taken[len(told) :]
        envelopes = mailbox.split(body)
        for each in envelopes:
            try:
                take_in(self._home, SYSTEM, each)
            except ComityError as error:
                if error.code in ("clock-ahead", "consistency-wanted"):
                    continue
            self._taken.append(digest_of(each))
        return len(envelopes)

    def _post(self, data: bytes) -> bytes:
        address = self._home.config.mailbox.rstrip("/") + "/collect"
        try:
            response = self._http.post(address, content=data)
        except httpx.HTTPError as error:
            raise LineDown(authority=self._relay, why=type(error).__name__) from None
        if response.status_code != 200 or len(response.content) > MAX_BODY:
            raise LineDown(authority=self._relay, why=f"HTTP {response.status_code} of {urlsplit(address).hostname}")
        return response.content
