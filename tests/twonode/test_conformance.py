# SPDX-License-Identifier: Apache-2.0
"""The black-box suite against our own node, served by a real process on this machine: as a stranger, then as a peer."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.fixtures.serving import free_port, serving

from comity.interfaces.conformance import outside, suite, witnessing

STRANGERS = len(outside.WITHOUT_CARD) + len(outside.WITH_CARD)
PEERS = len(suite.PEERS) + len(witnessing.SECOND) + len(witnessing.ALARMS)


@dataclass
class Served:
    """A node that is being served, and a folder for the suite."""

    place: Path
    url: str

    def comity(self, *words: str, status: int = 0) -> str:
        command = [sys.executable, "-m", "comity.interfaces.cli.main", *words]
        done = subprocess.run(command, cwd=self.place, capture_output=True, text=True, check=False, timeout=300)
        assert done.returncode == status, _faulty(done.stdout) + done.stderr
        return done.stdout

    def conformance(self, *words: str, status: int = 0) -> dict[str, Any]:
        found = json.loads(self.comity("conformance", self.url, *words, "--json", status=status))
        assert isinstance(found, dict)
        return found


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Spain's National Police, founded and served."""
    place, port = tmp_path_factory.mktemp("conformance"), free_port()
    made = Served(place, f"http://127.0.0.1:{port}")
    made.comity(
        *("node", "init", "--home", "es", "--authority", "ES/policia-nacional", "--name", "Sample", "--sample"),
        *("--web", f"http://es.localhost:{port}", "--endpoint", f"{made.url}/comity/v1", "--json"),
    )
    (place / "es.json").write_text(made.comity("node", "card", "--home", "es"), encoding="utf-8")
    with serving(place / "es", port):
        yield made


def _faulty(said: str) -> str:
    """What the suite found, without what passed."""
    return "\n".join(faults(json.loads(said))) if said.startswith('{"conforms') else said


def faults(found: dict[str, Any]) -> list[str]:
    return [f"{each['check']}: {each['why']}" for each in found["checks"] if each["outcome"] == "failed"]


def test_an_address_alone_is_enough_to_begin(served: Served) -> None:
    found = served.conformance()
    assert faults(found) == []
    assert found["passed"] == len(outside.WITHOUT_CARD)


def test_a_stranger_is_refused_by_name(served: Served) -> None:
    found = served.conformance("--card", "es.json")
    assert faults(found) == []
    assert (found["passed"], found["skipped"]) == (STRANGERS, PEERS)


def test_a_peer_gets_all_that_the_protocol_promises(served: Served) -> None:
    said = served.comity("conformance", served.url, "--card", "es.json", "--as", "suite")
    accepts = [line.strip() for line in said.splitlines() if line.strip().startswith("comity peer")]
    assert len(accepts) == 4
    for card, line in zip(("suite/card.json", "suite/second-card.json"), accepts[1::2], strict=True):
        digits = line.partition('--words "')[2].rstrip('"')
        served.comity("peer", "invite", "--home", "es", card)
        served.comity("peer", "accept", "--home", "es", card, "--words", digits)
    found = served.conformance("--card", "es.json", "--as", "suite")
    assert faults(found) == []
    assert found["passed"] == STRANGERS + PEERS
    assert json.loads(served.comity("register", "check", "--home", "es", "--json"))["holds"]
    # Once more: the alarms stand now, and the rest is skipped by that name. In one test, for it needs what came before.
    found = served.conformance("--card", "es.json", "--as", "suite")
    assert faults(found) == []
    assert {each["why"].split(" of ")[0] for each in found["checks"] if each["outcome"] == "skipped"} == {
        "the node says alarm-standing"
    }


def test_where_nobody_answers_no_check_is_made(served: Served) -> None:
    nobody = Served(served.place, f"http://127.0.0.1:{free_port()}")
    assert nobody.comity("conformance", nobody.url, status=1) == ""
