# SPDX-License-Identifier: Apache-2.0
"""Whole nodes for the browser to visit, each a process of its own.

`python -m tests.browser.staging found DIR JSON` founds a node and writes its signed card; `befriend` takes in another's
card and accepts it. Both are processes of their own, since Django has one configuration in each.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0
COMITY = (sys.executable, "-m", "comity.interfaces.cli.main")


@dataclass(frozen=True, slots=True)
class Staged:
    """A node that serves. `link` enrols its first administrator."""

    home: Path
    authority: str
    web: str
    port: int
    link: str


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def found(home: Path, port: int, **settings: Any) -> str:
    """Found a node, and answer with its first enrolment link."""
    host = f"{settings['country'].lower()}.localhost:{port}"
    given = {**settings, "sample": True, "web": f"http://{host}", "endpoint": f"http://127.0.0.1:{port}/comity/v1"}
    return _run("found", str(home), json.dumps(given))


def befriend(one: Path, other: Path) -> None:
    """Let two nodes accept each other, as after a telephone call."""
    _run("befriend", str(one), str(other / "card.json"))
    _run("befriend", str(other), str(one / "card.json"))


@contextmanager
def serving(home: Path, authority: str, port: int, link: str) -> Iterator[Staged]:
    """The node, served until the block ends."""
    web = link.rpartition("/enrol/")[0]
    with subprocess.Popen(
        [*COMITY, "node", "serve", "--home", str(home), "--listen", f"127.0.0.1:{port}"],
        env=_environment(),
    ) as running:
        try:
            _await(port, running)
            yield Staged(home, authority, web, port, link)
        finally:
            running.terminate()


def comity(*words: str | Path, status: int = 0) -> dict[str, Any]:
    """What a command answers in JSON."""
    ended = subprocess.run(
        [*COMITY, *map(str, words), "--json"], env=_environment(), check=False, capture_output=True, text=True
    )
    assert ended.returncode == status, ended.stderr
    found = json.loads(ended.stdout if ended.stdout.strip() else ended.stderr.strip().splitlines()[-1])
    assert isinstance(found, dict)
    return found


@contextmanager
def waiting(*words: str | Path) -> Iterator["subprocess.Popen[str]"]:
    """A command that waits for somebody, until the block ends."""
    with subprocess.Popen(
        [*COMITY, *map(str, words)], env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        try:
            yield running
        finally:
            running.terminate()


def _await(port: int, running: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and running.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the node did not start to serve")


def _run(*arguments: str) -> str:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.browser.staging", *arguments],
        cwd=ROOT,
        env=_environment(),
        check=False,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("COMITY_", "DJANGO_"))}


def _found(home: Path, given: dict[str, Any]) -> None:
    from comity import node
    from comity.records.config import NodeConfig

    given = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
    made = node.found(NodeConfig(home=home, **given))
    from comity.records.authorities.issuing import our_signed_card

    with made.home.active():
        (home / "card.json").write_text(json.dumps(our_signed_card().to_json()))
    print(made.link.url)


def _befriend(home: Path, card: Path) -> None:
    from comity import node

    here = node.boot(home)
    from comity.protocol.wire import card as cards
    from comity.protocol.wire.dsse import Signed
    from comity.records.actors import CONSOLE
    from comity.records.authorities import peers

    signed = Signed.from_json(json.loads(card.read_text()))
    words = peers.invite(here, CONSOLE, signed).words
    peers.accept(here, CONSOLE, cards.verify(signed).authority, " ".join(words))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["found", home, given]:
            _found(Path(home), json.loads(given))
        case ["befriend", home, card]:
            _befriend(Path(home), Path(card))
