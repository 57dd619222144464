# SPDX-License-Identifier: Apache-2.0
"""A node that nobody can call, with its mailbox at a relay: three real processes on this machine.

Spain posts into the mailbox of Myanmar at China's relay, which cannot read it; Myanmar polls, and answers by its own
posts to Spain. Both end with one thread and every message receipted."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connections
from tests.fixtures import copies
from tests.fixtures.copies import CHINA, MYANMAR, SPAIN
from tests.fixtures.homes import entries
from tests.fixtures.nodes import SimulatedNode, befriend, make_node
from tests.fixtures.serving import free_port

from comity.protocol.wire.names import MessageId
from comity.records import config as configs
from comity.records.threads import store

PATIENCE = 60
PARTS = ((CHINA, "relay", "relay"), (SPAIN, "serve", "spain"), (MYANMAR, "serve", "myanmar"))


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[dict[str, SimulatedNode]]:
    ports = {each: free_port() for each in ("spain", "myanmar", "relay")}
    where = {each: f"http://127.0.0.1:{port}" for each, port in ports.items()}
    settings = {
        CHINA: {"endpoint": ""},
        SPAIN: {"endpoint": where["spain"] + "/comity/v1"},
        MYANMAR: {"endpoint": "", "mailbox": where["relay"] + "/mailbox/MM/police-force", "relay": CHINA},
    }
    made: dict[str, SimulatedNode] = {}
    for seed, (authority, changes) in enumerate(settings.items(), start=1):
        place = tmp_path / authority[:2]
        node = make_node(place, authority, lambda: datetime.now(UTC), seed, **changes)
        (place / configs.FILE).write_text(configs.write(node.home.config), encoding="utf-8")
        made[authority] = node
    for one, other in ((SPAIN, MYANMAR), (CHINA, MYANMAR)):
        befriend(made[one], made[other])
    with ExitStack() as processes:
        for authority, part, port in PARTS:
            processes.enter_context(Running(made[authority], part, ports[port]))
        yield made
    for each in made.values():
        connections[each.home.alias].close()


class Running:
    """One process of a node, until the block ends."""

    def __init__(self, node: SimulatedNode, part: str, port: int) -> None:
        self.home = node.home.config.home
        self.command = [sys.executable, "-m", "comity.interfaces.cli.main", "node", part, "--home", str(self.home)]
        self.command += ["--listen", f"127.0.0.1:{port}"]

    def __enter__(self) -> None:
        with (self.home / "process.log").open("ab") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log)

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)
        print((self.home / "process.log").read_text())  # shown when the test fails


def test_a_node_that_nobody_can_call_is_asked_and_answers(nodes: dict[str, SimulatedNode]) -> None:
    spain, myanmar = nodes[SPAIN], nodes[MYANMAR]
    thread = copies.ask(spain, MYANMAR)
    wait_until(lambda: holds(myanmar, thread) == 1)
    copies.move(myanmar, thread, "acknowledged")
    copies.move(spain, thread, "note")
    wait_until(lambda: holds(spain, thread) == holds(myanmar, thread) == 3 and settled(nodes))
    assert spain.state(thread).digest() == myanmar.state(thread).digest()
    for each in (spain, myanmar):
        assert set(each.outbox()) == {"delivered"}
        assert not copies.unreceipted(each)
    carried = [each for each in entries(nodes[CHINA].home) if each["event"] == "relayed"]
    assert carried
    assert {each["to"] for each in carried} == {MYANMAR}
    assert all("thread" not in each for each in carried), "a relay cannot tell what it carries"


def holds(node: SimulatedNode, thread: str) -> int:
    with node.home.active():
        return store.length(MessageId(thread))


def settled(nodes: dict[str, SimulatedNode]) -> bool:
    return not any(copies.owed(nodes[each]) for each in (SPAIN, MYANMAR))


def wait_until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < until
        time.sleep(0.2)
