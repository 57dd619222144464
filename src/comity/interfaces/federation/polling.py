# SPDX-License-Identifier: Apache-2.0
"""Collecting from our mailbox, for a node that nobody can reach.

An envelope is taken in like a file; only when that is done, or when it was refused for good, is the relay told to
forget it."""

import threading
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial

from django.db import close_old_connections

from comity.cooperation.dispatch.settling import PASSING
from comity.cooperation.exchange.errors import LineDown, OwnFault
from comity.cooperation.reception.importing import take_in
from comity.interfaces.federation import mailbox
from comity.interfaces.federation.calls import CALL_FAULTS, Answer, Calls
from comity.interfaces.federation.client import LONGEST
from comity.protocol.errors import ComityError
from comity.protocol.wire.names import AuthorityId, Digest, authority_id, digest_of
from comity.records.actors import SYSTEM
from comity.records.authorities.ours import our_keys
from comity.records.errors import ConfigurationError
from comity.records.home import Home
from comity.records.logs import log

EVERY = 5.0
_TRIES = 60
Post = Callable[[str, bytes], Answer]
"""Posts to an address. Raises one of `CALL_FAULTS`."""
MAX_BODY = mailbox.MAX_GIVEN + (64 << 20)


def poll(home: Home, stop: threading.Event) -> None:
    """Collect every few seconds until `stop` is set; more seldom while the relay is down."""
    rest = EVERY
    with closing(Calls()) as calls:
        poller = Poller(home, authority_id(home.config.relay, "node.toml"), partial(call, calls))
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

    def __init__(self, home: Home, relay: AuthorityId, post: Post) -> None:
        self._home, self._relay, self._ask = home, relay, post
        self._taken: list[Digest] = []
        self._tries: dict[Digest, int] = {}

    def collect(self) -> int:
        """One collection; how many envelopes were taken in. Raises `LineDown`."""
        told = tuple(self._taken[: mailbox.MAX_TAKEN])
        asked = mailbox.Collection(self._home.authority, self._relay, self._home.now(), told)
        body = self._post(mailbox.sign(asked, our_keys(self._home).signing))
        self._taken = self._taken[len(told) :]
        envelopes = mailbox.split(body)
        for each in envelopes:
            if self._done_with(each):
                self._taken.append(digest_of(each))
        return len(envelopes)

    def _done_with(self, envelope: bytes) -> bool:
        """Take an envelope in; whether the relay may forget it. One that fails for a reason that may pass, or by a
        fault of ours, is tried again for a while and does not hold up those behind it."""
        try:
            take_in(self._home, SYSTEM, envelope)
        except ComityError as error:
            passing = error.code in PASSING or isinstance(error, OwnFault | ConfigurationError)
            return not (passing and self._patience(envelope))
        except Exception as error:  # boundary: what one envelope brings about must not close the mailbox for the others
            log("mailbox-fault", error=type(error).__name__)
            close_old_connections()
            return not self._patience(envelope)
        self._tries.pop(digest_of(envelope), None)
        return True

    def _patience(self, envelope: bytes) -> bool:
        """Whether an envelope that may yet be good is worth another try: not for ever, for it holds up those behind
        it."""
        digest = digest_of(envelope)
        self._tries[digest] = self._tries.get(digest, 0) + 1
        if self._tries[digest] < _TRIES:
            return True
        del self._tries[digest]
        return False

    def _post(self, data: bytes) -> bytes:
        address = self._home.config.mailbox.rstrip("/") + "/collect"
        try:
            answer = self._ask(address, data)
        except CALL_FAULTS as error:
            raise LineDown(authority=self._relay, why=type(error).__name__) from None
        if answer.status != 200:
            raise LineDown(authority=self._relay, why=f"HTTP {answer.status}")
        return answer.body


def call(calls: Calls, address: str, data: bytes) -> Answer:
    """Post to an address; never more comes back than may be: a relay is not trusted either. Raises `CALL_FAULTS`."""
    headers = {"Content-Type": "application/json"}
    return calls.post(address, data, headers, until=time.monotonic() + LONGEST).answer(limit=MAX_BODY)
