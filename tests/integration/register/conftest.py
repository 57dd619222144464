# SPDX-License-Identifier: Apache-2.0
"""An empty register in a database of the test's own: once on SQLite, once on PostgreSQL."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import django
import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.settings")
django.setup()

from django.core.management import call_command
from django.db import connections, transaction
from tests.fixtures.ledger import register_signer

from comity.protocol.ledger.checkpoint import SignedCheckpoint
from comity.protocol.wire.names import AuthorityId, Digest, MessageId, digest_of, new_id
from comity.records.register import events
from comity.records.register.append import Placed, append
from comity.records.register.checkpoints import sign_checkpoint
from comity.records.register.entry import Entry
from comity.settings import database

NOW = datetime(2026, 11, 22, 7, 33, 54, 123000, UTC)
ALIAS = "register_under_test"


def salts() -> Callable[[int], bytes]:
    """Randomness that every run repeats; no two draws are the same."""
    drawn = [0]

    def draw(count: int) -> bytes:
        drawn[0] += 1
        return b"".join(digest_of(b"%d %d" % (drawn[0], at)).encode()[7:39] for at in range(count // 32 + 1))[:count]

    return draw


def thread(number: int = 1) -> MessageId:
    """A thread's name."""
    return new_id(NOW, number.to_bytes(10, "big"))


def message(number: int = 1) -> Digest:
    """A message's name."""
    return digest_of(b"message %d" % number)


def received(number: int, of: int = 1) -> Entry:
    """The event that a message of thread `of` came."""
    return events.received(
        thread=thread(of), message=message(number), sender=AuthorityId("CN/mps"), kind="preservation"
    )


@dataclass(slots=True)
class Register:
    """A register under test, its database and its chance."""

    using: str
    random: Callable[[int], bytes]

    def append(self, entries: Sequence[Entry], by: str = "system") -> Placed:
        """Append in a transaction of its own."""
        with transaction.atomic(using=self.using):
            return append(entries, by=by, now=NOW, random=self.random, using=self.using)

    def grow(self, count: int) -> Placed:
        """Append so many received messages, ten a thread."""
        return self.append([received(number, number // 10) for number in range(count)])

    def sign(self) -> SignedCheckpoint:
        """Sign the checkpoint as of now."""
        return sign_checkpoint(register_signer(), now=NOW, using=self.using)

    def execute(self, statement: str, *values: object) -> None:
        """Reach past the code into the rows, as an intruder would."""
        with connections[self.using].cursor() as cursor:
            cursor.execute(statement, values)


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return "sqlite:///register.sqlite3"


@pytest.fixture
def register(url: str, tmp_path: Path) -> Iterator[Register]:
    """An empty register."""
    settings = connections.configure_settings({"default": {}, ALIAS: database(url, tmp_path)})
    connections.databases[ALIAS] = settings[ALIAS]
    try:
        call_command("migrate", "register", database=ALIAS, verbosity=0, skip_checks=True)
        yield Register(ALIAS, salts())
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.databases[ALIAS]
