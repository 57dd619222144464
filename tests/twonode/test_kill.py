# SPDX-License-Identifier: Apache-2.0
"""Real node processes, killed outright at any moment while both sides speak.

Nothing that was acknowledged is lost, nothing counts twice, and once everybody is up again both hold the same thread.
The officers' side runs in this process, beside the server's on one store, as a node with two processes does.
"""

import contextlib
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connections
from tests.fixtures import copies
from tests.fixtures.copies import CHINA, SPAIN
from tests.fixtures.homes import entries
from tests.fixtures.nodes import SimulatedNode, befriend, make_node

from comity.records import config as configs
from comity.records.register.check import check
from comity.records.threads.models import StoredMessage, StoredReceipt

ROUNDS = 4
MESSAGES = 10
PATIENCE = 180


@dataclass
class Server:
    """A node's serving process."""

    node: SimulatedNode
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        home = self.node.home.config.home
        command = [sys.executable, "-m", "comity.interfaces.cli.main", "node", "serve", "--home", home]
        with (home / "server.log").open("ab") as log:
            self.process = subprocess.Popen([*command, "--listen", f"127.0.0.1:{self.port}"], stdout=log, stderr=log)

    def wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert self.process
            assert self.process.poll() is None, (self.node.home.config.home / "server.log").read_text()
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.05)
        raise AssertionError("the node never answered")

    def kill(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(PATIENCE)
            self.process = None


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[list[Server]]:
    made: list[Server] = []
    for seed, authority in enumerate((CHINA, SPAIN), start=1):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        endpoint = f"http://127.0.0.1:{port}/comity/v1"
        place = tmp_path / authority[:2]
        node = make_node(place, authority, lambda: datetime.now(UTC), seed, endpoint=endpoint)
        (place / configs.FILE).write_text(configs.write(node.home.config), encoding="utf-8")
        made.append(Server(node, port))
    befriend(*(each.node for each in made))
    for each in made:
        each.start()
    for each in made:
        each.wait()
    try:
        yield made
    finally:
        for each in made:
            each.kill()
            connections[each.node.home.alias].close()


def test_killed_at_any_moment(servers: list[Server]) -> None:
    chance = random.Random(7)  # noqa: S311  which moment is not a secret
    one, other = servers
    thread = copies.ask(one.node, SPAIN)
    wait_until(lambda: holds(other.node, thread) == 1)
    acknowledged: set[tuple[str, str]] = set()
    for _ in range(ROUNDS):
        victim = chance.choice(servers)
        fatal = chance.randrange(MESSAGES)
        for number in range(MESSAGES):
            copies.move(chance.choice(servers).node, thread, "note")
            time.sleep(chance.random() / 10)
            if number == fatal:
                victim.kill()
        acknowledged |= receipted(one.node) | receipted(other.node)
        victim.start()
        victim.wait()
    wait_until(lambda: not any(copies.owed(each.node) for each in servers))
    for each in servers:
        hold(each.node, thread)
    assert acknowledged <= receipted(one.node) | receipted(other.node)
    assert one.node.state(thread).digest() == other.node.state(thread).digest()
    assert holds(one.node, thread) == holds(other.node, thread) == 1 + ROUNDS * MESSAGES


def hold(node: SimulatedNode, thread: str) -> None:
    """The register checks, and tells of each message from abroad once; everything sent is receipted."""
    check(using=node.home.alias)
    came = Counter(each["message"] for each in entries(node.home) if each["event"] == "received")
    assert set(came.values()) == {1}
    with node.home.active():
        theirs = StoredMessage.objects.filter(thread=thread).exclude(sender=node.authority)
        assert set(came) == set(theirs.values_list("digest", flat=True))
    assert set(node.outbox()) == {"delivered"}
    assert not copies.unreceipted(node)


def holds(node: SimulatedNode, thread: str) -> int:
    with node.home.active():
        return StoredMessage.objects.filter(thread=thread).count()


def receipted(node: SimulatedNode) -> set[tuple[str, str]]:
    with node.home.active():
        return set(StoredReceipt.objects.values_list("message", "recipient"))


def wait_until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < until
        time.sleep(0.1)
