# SPDX-License-Identifier: Apache-2.0
"""`comity letter`: an address, a letter in, its answer out, from a shell."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest
from tests.fixtures.by_letter import LAOS, SCAN, known
from tests.fixtures.nodes import SimulatedNode
from tests.fixtures.pairs import example

from comity.cooperation.assessment import actions as assessment
from comity.cooperation.dispatch import posting
from comity.cooperation.drafting import actions as drafting
from comity.interfaces.cli import correspondence
from comity.interfaces.cli.main import parser
from comity.protocol.errors import ComityError
from comity.records.actors import CONSOLE

Capture = pytest.CaptureFixture[str]


def run(node: SimulatedNode, capsys: Capture, *words: str) -> dict[str, Any]:
    """What a command says with --json."""
    asked = parser().parse_args(["letter", *words, "--home", "unused", "--json"])
    doing = {
        "address": correspondence._address,
        "enter": correspondence._enter,
        "list": correspondence._list,
        "posted": correspondence._posted,
        "arrived": correspondence._arrived,
    }
    doing[words[0]](asked, node.home)
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    return said


def written(folder: Path, **body: Any) -> str:
    path = folder / "body.json"
    path.write_text(json.dumps(body))
    return str(path)


def test_a_letter_in_and_its_answer_out(served: SimulatedNode, tmp_path: Path, capsys: Capture) -> None:
    where = ("--address", "1 Sample Road", "--source", "Invented", "--timezone", "Asia/Vientiane")
    assert run(served, capsys, "address", LAOS, "--name", "Sample ministry", *where)["authority"] == LAOS
    scan = tmp_path / "letter.pdf"
    scan.write_bytes(SCAN.content)
    body = example("preservation")
    del body["offence"]
    came = f"{served.home.now():%Y-%m-%dT%H:%M}+00:00"
    letter = ("--from", LAOS, "--came", came, "--dated", "2016-11-02", "--scan", str(scan))
    told = run(served, capsys, "enter", *letter, "--kind", "preservation", "--body", written(tmp_path, **body))
    assert (told["awaiting"], told["lacks"]) == (1, ["offence"])
    served.approve(argparse.Namespace(id=told["id"], awaiting=1))  # type: ignore[arg-type]  what it asks of it
    decided = assessment.decide(served.home, CONSOLE, told["thread"], "acknowledged", example("acknowledged"))
    (waiting,) = [each for each in run(served, capsys, "list")["waiting"] if each["thread"] == told["thread"]]
    assert (waiting["message"], waiting["to"]) == (decided.digest, LAOS)
    message = ("--thread", told["thread"], "--message", decided.digest, "--on", f"{served.home.now():%Y-%m-%d}")
    posted = run(served, capsys, "posted", *message, "--road", "courier", "--language", "lo", "--reference", "C 1")
    with served.home.active():
        assert posting.postings([decided.digest])[decided.digest].letter == posted["letter"]
    assert run(served, capsys, "arrived", *message, "--road", "e-mail")["message"] == decided.digest
    assert not [each for each in run(served, capsys, "list")["waiting"] if each["thread"] == told["thread"]]


def test_their_move_is_entered_in_its_thread(served: SimulatedNode, tmp_path: Path, capsys: Capture) -> None:
    known(served)
    letter = ("--from", LAOS, "--came", f"{served.home.now():%Y-%m-%dT%H:%M}Z")
    body = written(tmp_path, **example("preservation"))
    asked = run(served, capsys, "enter", *letter, "--kind", "preservation", "--body", body)
    served.approve(argparse.Namespace(id=asked["id"], awaiting=1))  # type: ignore[arg-type]  what it asks of it
    body = written(tmp_path, **example("withdrawn"))
    told = run(served, capsys, "enter", *letter, "--kind", "withdrawn", "--thread", asked["thread"], "--body", body)
    assert (told["thread"], told["awaiting"], told["lacks"]) == (asked["thread"], 1, [])


@pytest.mark.parametrize("came", ["2016-11-20T09:00", "yesterday"])
def test_a_time_needs_its_zone(came: str) -> None:
    asked = ["letter", "enter", "--home", "x", "--from", LAOS, "--kind", "preservation", "--body", "x", "--came", came]
    with pytest.raises(SystemExit):
        parser().parse_args(asked)


def test_a_road_is_one_of_those_that_there_are() -> None:
    assert correspondence.ROADS == posting.ROADS


def test_nothing_is_half_done(served: SimulatedNode, tmp_path: Path, capsys: Capture) -> None:
    known(served)
    letter = ("--from", LAOS, "--came", f"{served.home.now():%Y-%m-%dT%H:%M}Z", "--scan", str(tmp_path / "none.pdf"))
    with pytest.raises(FileNotFoundError):
        run(served, capsys, "enter", *letter, "--kind", "preservation", "--body", written(tmp_path))
    (tmp_path / "none.pdf").write_bytes(b"GIF89a")
    before = len(drafting.drafts(served.home, CONSOLE))
    for body in (written(tmp_path), written(tmp_path, reference=5)):
        with pytest.raises(ComityError):
            run(served, capsys, "enter", *letter, "--kind", "preservation", "--body", body)
    assert len(drafting.drafts(served.home, CONSOLE)) == before
