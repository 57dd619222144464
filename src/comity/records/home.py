# SPDX-License-Identifier: Apache-2.0
"""A node as its own code sees it: who we are, our keys, our clock, our database.

Everything that acts for a node takes its `Home`. Clock and chance come in here and nowhere else.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from comity.protocol.wire.names import AuthorityId, MessageId, new_id
from comity.records import database
from comity.records.authorities.keyring import KeyRing
from comity.records.config import NodeConfig


@dataclass(frozen=True, slots=True)
class Home:
    """One node. `alias` is its database in this process; `random(n)` gives n unpredictable bytes."""

    config: NodeConfig
    keys: KeyRing
    clock: Callable[[], datetime]
    random: Callable[[int], bytes]
    alias: str = "default"

    @property
    def authority(self) -> AuthorityId:
        """Who this node is."""
        return self.config.authority

    @contextmanager
    def active(self) -> Iterator[None]:
        """Let every query in the block work in this node's database."""
        with database.using(self.alias):
            yield

    def now(self) -> datetime:
        """The instant on this node's clock, cut to the milliseconds that travel."""
        instant = self.clock()
        return instant.replace(microsecond=instant.microsecond // 1000 * 1000)

    def new_id(self) -> MessageId:
        """A fresh identifier of now."""
        return new_id(self.clock(), self.random(10))
