# SPDX-License-Identifier: Apache-2.0
"""Messages from node to node on loopback, SQLite with FULL sync: delivered, registered on both sides, and receipted.

    python -m benchmarks.messages [HELD]        100,000 by default

The recipient is a node served by `comity node serve`; the sender's outbox is this process. What is measured is the
outbox's own work on messages that wait, signed: parcels composed, sealed and posted; opened, verified, stored,
registered and receipted at the other end; receipts verified, stored and registered at this end. Of four messages one is
a request with its officer's approval. The same is measured again when both nodes hold as many messages as said: those
are put there by the node's own functions, but for their signatures, which are all one and never read again.

The floor is what no program could go below: the signatures, seals and verifications of one exchange, one after the
other, and the commits that it needs, each measured here in the same run.
"""

import contextlib
import os
import random
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connections
from tests.fixtures.copies import CHINA, SPAIN
from tests.fixtures.nodes import SimulatedNode, befriend, make_node

from benchmarks.figure import Figure, report
from comity.cooperation.dispatch.flowing import flow
from comity.cooperation.dispatch.models import Outbox
from comity.interfaces.federation.client import Client
from comity.protocol.terms import kinds
from comity.protocol.terms.handling import DEFAULT
from comity.protocol.wire import envelope
from comity.protocol.wire import message as messages
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import Digest, MessageId
from comity.protocol.wire.statement import Statement
from comity.records import config as configs
from comity.records.action import acting
from comity.records.actors import SYSTEM
from comity.records.register import events
from comity.records.threads import store
from comity.records.threads.models import SignedReceipt, StoredReceipt

SINGLE, BATCHED, IN_BATCH = 200, 1_000, 20
FEW = 1_000
COMMITS = 2
"""Of one exchange: what came, at either end."""
FILLED_AT_ONCE = 1_000


def thread(node: SimulatedNode, signatures: Any = None) -> list[Message]:
    """A request, approved, and three notes. With `signatures` of another message they are quick, and false."""
    home = node.home
    id = home.new_id()
    made: list[Message] = []
    after: tuple[Digest, ...] = ()
    for kind in ("preservation", "note", "note", "note"):
        body = dict(kinds.kind(kind).example)
        name = home.new_id() if made else id
        said = Statement(name, id, kind, home.authority, (SPAIN,), home.now(), after, dict(DEFAULT), body)
        made.append(_signed(node, said, signatures))
        after = (made[-1].digest,)
    return made


def _signed(node: SimulatedNode, said: Statement, signatures: Any) -> Message:
    if signatures is not None:
        return Message(replace(signatures, payload=said.to_bytes()))
    message = messages.write(said, node.home.keys.current.signing)
    if not said.opens:
        return message
    officer, key = node.approvers[0]
    config = node.home.config
    return replace(
        message,
        approvals=(key.approve(message.signed.payload, officer.pseudonym, config.rp_id, config.origin),),
    )


def queue(node: SimulatedNode, count: int) -> None:
    """Messages that wait for Spain, as the officers' actions leave them."""
    made = [each for _ in range(count // 4) for each in thread(node)]
    with acting(node.home, SYSTEM) as act:
        _send(act, node, made, Outbox.Status.WAITING)


def _send(act: Any, node: SimulatedNode, made: Sequence[Message], status: str) -> None:
    store.keep(made, act.now)
    Outbox.objects.bulk_create(
        Outbox(message=each.digest, thread=each.statement.thread, peer=SPAIN, queued=act.now, status=status)
        for each in made
    )
    for each in made:
        said = each.statement
        act.record(events.sent(thread=said.thread, message=each.digest, to=SPAIN, kind=said.kind))
        if said.opens:
            store.project(node.home.authority, said.thread, act.now)


def fill(china: SimulatedNode, spain: SimulatedNode, count: int) -> None:
    """Messages that were delivered and receipted long ago, on both sides."""
    with china.home.active():
        genuine = thread(china)[0].signed
        receipt = StoredReceipt.objects.select_related("receipt").first()
        assert receipt is not None
        word = receipt.receipt.signed
    for at in range(0, count, FILLED_AT_ONCE):
        made = [each for _ in range(FILLED_AT_ONCE // 4) for each in thread(china, genuine)]
        with acting(china.home, SYSTEM) as act:
            _send(act, china, made, Outbox.Status.DELIVERED)
            _receipts(act, made, word)
        with acting(spain.home, SYSTEM) as act:
            store.keep(made, act.now)
            for each in made:
                said = each.statement
                act.record(events.received(thread=said.thread, message=each.digest, sender=CHINA, kind=said.kind))
            for each in made[::4]:
                store.project(SPAIN, MessageId(each.statement.thread), act.now)
        print(f"\rheld: {at + FILLED_AT_ONCE:,}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def _receipts(act: Any, made: Sequence[Message], word: Any) -> None:
    for at in range(0, len(made), IN_BATCH):
        part = made[at : at + IN_BATCH]
        SignedReceipt.objects.create(digest=part[0].digest, signed=word)
        StoredReceipt.objects.bulk_create(
            StoredReceipt(message=each.digest, recipient=SPAIN, receipt_id=part[0].digest, at=act.now) for each in part
        )
        for each in part:
            thread = each.statement.thread
            act.record(events.receipted(thread=thread, message=each.digest, sender=SPAIN, index=1, size=2))


def rate(node: SimulatedNode, client: Client, count: int, limit: int) -> float:
    """Messages a second."""
    queue(node, count)
    start = time.perf_counter()
    sent = flow(node.home, SPAIN, client, limit=limit)
    taken = time.perf_counter() - start
    if sent != count:
        raise RuntimeError(node.faults())
    return count / taken


@dataclass(frozen=True)
class Pair:
    """Both nodes; the second one is served."""

    china: SimulatedNode
    spain: SimulatedNode


@contextlib.contextmanager
def pair(folder: Path) -> Iterator[Pair]:
    """Two nodes that accepted each other, one of them served."""
    made = []
    for seed, authority in enumerate((CHINA, SPAIN), start=1):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        place = folder / authority[:2]
        endpoint = f"http://127.0.0.1:{port}/comity/v1"
        node = make_node(place, authority, lambda: datetime.now(UTC), seed, endpoint=endpoint)
        node = replace(node, home=replace(node.home, random=random.SystemRandom().randbytes))
        (place / configs.FILE).write_text(configs.write(node.home.config), encoding="utf-8")
        made.append(node)
    befriend(*made)
    command = [sys.executable, "-m", "comity.interfaces.cli.main", "node", "serve", "--home", str(place)]
    with (place / "server.log").open("ab") as log:
        server = subprocess.Popen([*command, "--listen", f"127.0.0.1:{port}"], stdout=log, stderr=log)
    try:
        _wait(port)
        yield Pair(*made)
    finally:
        server.terminate()
        server.wait(30)
        for each in made:
            connections[each.home.alias].close()


def _wait(port: int) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError("the node never answered")


def measure(pair: Pair, client: Client, held: str) -> list[Figure]:
    """Both rates, at what is held now."""
    rate(pair.china, client, 40, IN_BATCH)
    single = rate(pair.china, client, SINGLE, 1)
    batched = rate(pair.china, client, BATCHED, IN_BATCH)
    return [
        Figure(what=f"messages, one a POST, {held} held", value=single, unit="messages/s", at_least=100),
        Figure(what=f"messages, {IN_BATCH} a POST, {held} held", value=batched, unit="messages/s", at_least=300),
    ]


def floor(pair: Pair, folder: Path) -> list[Figure]:
    """Messages a second that the primitives and the disk alone would let through, each step after the other."""
    single = 1 / (_crypto(pair, 1) + COMMITS * _commit(folder, 1))
    batched = IN_BATCH / (_crypto(pair, IN_BATCH) + COMMITS * _commit(folder, IN_BATCH))
    return [
        Figure(what="floor, one a POST: primitives and commits alone", value=single, unit="messages/s"),
        Figure(what=f"floor, {IN_BATCH} a POST: primitives and commits alone", value=batched, unit="messages/s"),
    ]


def _crypto(pair: Pair, count: int) -> float:
    """Seconds of signing, sealing, opening and verifying in one exchange of `count` messages."""
    keys, opening = pair.china.home.keys.current.signing, pair.spain.home.keys.current.opening
    public, text = keys.public, bytes(4096)
    ed, ml = keys.ed25519.sign(text), keys.mldsa65.sign(text)
    parcel = os.urandom(6_000 * count)
    sealed = envelope.seal(parcel, SPAIN, opening.public)
    once = {
        "sign": seconds(lambda: keys.ed25519.sign(text)),
        "verify": seconds(lambda: public.ed25519_key.verify(ed, text)),
        "sign ml": seconds(lambda: keys.mldsa65.sign(text)),
        "verify ml": seconds(lambda: public.mldsa65_key.verify(ml, text)),
        "seal": seconds(lambda: envelope.seal(parcel, SPAIN, opening.public)),
        "open": seconds(lambda: envelope.open_envelope(sealed, {opening.keyid: opening}, SPAIN)),
    }
    # Each way a parcel, a checkpoint and a cosignature; each message has two signatures, and so has the receipt, which
    # holds a checkpoint too.
    each_way = 2 * (3 * once["sign"] + 3 * once["verify"] + once["seal"] + once["open"])
    said = count * (once["verify"] + once["verify ml"])
    receipt = once["sign"] + once["sign ml"] + 2 * once["verify"] + once["verify ml"]
    return each_way + said + receipt


def _commit(folder: Path, count: int) -> float:
    """Seconds of one SQLite transaction with `count` messages' bytes, brought to the disk."""
    with contextlib.closing(sqlite3.connect(folder / "floor.sqlite3", isolation_level=None)) as store:
        store.execute("PRAGMA journal_mode=WAL")
        store.execute("PRAGMA synchronous=FULL")
        store.execute("CREATE TABLE IF NOT EXISTS kept (content)")
        data = bytes(6_000 * count // 2)
        return seconds(lambda: store.execute("INSERT INTO kept VALUES (?)", [data]))


def seconds(work: Callable[[], object], times: int = 50) -> float:
    """How long it takes once: the median."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    """Measure few, fill, measure many."""
    held = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory(prefix="comity-messages-") as folder, pair(Path(folder)) as both:
        client = Client(both.china.home)
        figures = measure(both, client, f"{FEW:,}")
        if held > FEW:
            fill(both.china, both.spain, held - FEW)
            figures += measure(both, client, f"{held:,}")
        client.close()
        figures += floor(both, Path(folder))
    report(figures)


if __name__ == "__main__":
    main()
