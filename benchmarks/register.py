# SPDX-License-Identifier: Apache-2.0
"""The register on SQLite, FULL sync: appended to through the action's path, proven, checked; pymerkle beside it.

    python -m benchmarks.register [LEAVES]        a million by default

Ours and the peer's appends take turns on one disk, a few batches each, so that both meet it in the same mood. An act
makes its thousand entries, writes, salts, commits to and hashes them, stores rows and tree nodes, and commits. pymerkle
stores entry and leaf hash; it keeps no nodes and no salts.
"""

import os
import random
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import mean

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.settings")

import django
from pymerkle import SqliteTree

from benchmarks.figure import Figure, report

BATCH = 1000
ROUNDS = 20
SINGLES = 50
PROOFS = 500
ALIAS = "measured"


@contextmanager
def register(folder: Path) -> Iterator[None]:
    """An empty register in a file of `folder`."""
    from django.core.management import call_command
    from django.db import connections

    from comity.settings import database

    settings = connections.configure_settings({"default": {}, ALIAS: database("sqlite:///register.sqlite3", folder)})
    connections.databases[ALIAS] = settings[ALIAS]
    call_command("migrate", "register", database=ALIAS, verbosity=0, skip_checks=True)
    yield
    connections[ALIAS].close()


def act(names: Sequence[tuple[str, str]]) -> None:
    """One action that registers a batch of received messages."""
    from comity.protocol.wire.names import AuthorityId, Digest, MessageId
    from comity.records.action import acting
    from comity.records.actors import SYSTEM
    from comity.records.authorities.keyring import KeyRing
    from comity.records.config import NodeConfig
    from comity.records.home import Home
    from comity.records.register import events

    config = NodeConfig(home=Path(), authority=AuthorityId("ES/policia-nacional"), name="Sample", country="ES")
    home = Home(config, KeyRing.of(()), lambda: datetime.now(UTC), secrets.token_bytes, ALIAS)
    sender = AuthorityId("CN/mps")
    with acting(home, SYSTEM) as acted:
        for thread, message in names:
            acted.record(
                events.received(thread=MessageId(thread), message=Digest(message), sender=sender, kind="preservation")
            )


def names(count: int) -> list[tuple[str, str]]:
    """Threads and messages for a batch, twenty messages a thread."""
    from comity.protocol.wire.names import new_id

    threads = [new_id(datetime.now(UTC), os.urandom(10)) for _ in range(count // 20 + 1)]
    return [(threads[at // 20], "sha256:" + secrets.token_hex(32)) for at in range(count)]


def seconds(work: Callable[[], object]) -> float:
    """How long it took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def appends(leaves: int, peer: SqliteTree, single: SqliteTree) -> list[Figure]:
    """Rows a second: ours, the peer's in batches, the peer's one by one."""
    ours = theirs = one_by_one = 0.0
    batches = leaves // BATCH // ROUNDS
    for turn in range(ROUNDS):
        for _ in range(batches):
            batch = names(BATCH)
            ours += seconds(partial(act, batch))
        for _ in range(batches):
            entries = [secrets.token_bytes(236) for _ in range(BATCH)]
            theirs += seconds(partial(peer.append_entries, entries))
        one_by_one += sum(seconds(lambda: single.append_entry(secrets.token_bytes(236))) for _ in range(SINGLES))
        print(f"  appended {(turn + 1) * batches * BATCH:,} of {leaves:,}", file=sys.stderr, flush=True)
    count = batches * BATCH * ROUNDS
    rate, batched, singly = count / ours, count / theirs, ROUNDS * SINGLES / one_by_one
    return [
        Figure(
            what="register append, acts of 1,000, SQLite FULL sync",
            value=rate,
            unit="rows/s",
            at_least=40_000,
            peer="pymerkle append_entries",
            peer_value=batched,
        ),
        Figure(
            what="… beside append_entry",
            value=rate / singly,
            unit="×",
            at_least=20,
            peer="append_entry, rows/s",
            peer_value=singly,
        ),
        Figure(what="… beside append_entries", value=rate / batched, unit="×", at_least=0.25),
    ]


def proofs(size: int, peer: SqliteTree) -> list[Figure]:
    """Milliseconds a proof, at places drawn by chance."""
    from comity.records.register import proofs as ours

    chance = random.Random(1)  # noqa: S311  places to prove, the same in every run
    places = [chance.randrange(size) for _ in range(PROOFS)]
    inclusion = mean(seconds(partial(ours.prove, at, size, using=ALIAS)) for at in places)
    consistency = mean(seconds(partial(ours.consistency, at, size, using=ALIAS)) for at in places)
    cold = seconds(lambda: peer.prove_inclusion(places[0] + 1, size))
    warm = mean(seconds(partial(peer.prove_inclusion, at + 1, size)) for at in places[1:20])
    return [
        Figure(
            what=f"inclusion proof at {size:,} leaves",
            value=inclusion * 1000,
            unit="ms",
            at_most=1,
            peer=f"pymerkle, its cache warm (the first took {cold:.1f} s)",
            peer_value=warm * 1000,
        ),
        Figure(what=f"consistency proof at {size:,} leaves", value=consistency * 1000, unit="ms"),
    ]


def checks(size: int, place: Path) -> Figure:
    """Seconds to compute the register anew, from salts and entries to the root."""
    from comity.records.register.check import check

    print("  checking", file=sys.stderr, flush=True)
    ours = seconds(lambda: check(using=ALIAS))
    with SqliteTree(str(place)) as fresh:
        theirs = seconds(fresh.get_root)
    return Figure(
        what=f"check of {size:,} leaves, entries to root",
        value=ours,
        unit="s",
        at_most=5 * size / 1_000_000,
        peer="pymerkle get_root, from stored leaf hashes",
        peer_value=theirs,
    )


def main(leaves: int) -> None:
    """Measure all of it in a temporary directory."""
    django.setup()
    with tempfile.TemporaryDirectory(prefix="comity-bench-") as made:
        folder = Path(made)
        with (
            register(folder),
            SqliteTree(str(folder / "peer.sqlite3")) as peer,
            SqliteTree(str(folder / "single.sqlite3")) as single,
        ):
            figures = appends(leaves, peer, single)
            size = leaves // BATCH // ROUNDS * ROUNDS * BATCH
            figures += proofs(size, peer)
            figures.append(checks(size, folder / "peer.sqlite3"))
    report(figures)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
