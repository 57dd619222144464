# SPDX-License-Identifier: Apache-2.0
"""What the sample says around its play: who signs in with what, how far it is, and where it does not begin."""

import time
from pathlib import Path
from typing import Any

import pytest

from comity.interfaces.cli.main import main
from comity.interfaces.cli.sample import stage
from comity.interfaces.cli.sample.progress import Progress
from comity.interfaces.cli.sample.troupe import Desk, LogIn

DESK = Desk(
    "http://es.localhost:8002",
    "Policía Nacional",
    (
        LogIn("drafts", "ES-0001", "KAMYF2UM34R6726BNFFENSRSYARWKMA5"),
        LogIn("administers", "ES-0002", "KAMYF2UM34R6726BNFFENSRSYARWKMA5"),
    ),
    "http://es.localhost:8002/enrol/x",
)


def test_the_invitation_says_who_drafts_who_approves_and_who_administers() -> None:
    said = stage._invitation([DESK])
    assert "drafts: officer ES-0001   code " in said
    assert "administers: officer ES-0002   code " in said
    assert "approves, and drafts too: http://es.localhost:8002/enrol/x" in said
    assert "nobody approves alone what they submitted" in said


def test_codes_are_shown_at_a_terminal_only(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", interrupted)
    stage._until_interrupted([DESK])
    assert capsys.readouterr().out == "\nStopped.\n"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    stage._until_interrupted([DESK])
    assert "codes now: ES-0001 " in capsys.readouterr().out


@pytest.mark.parametrize("more", [(), ("--once",)])
def test_a_directory_with_a_sample_is_refused_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signal.signal", lambda *_: None)
    (tmp_path / "es").mkdir()
    assert main(["demo", "--home", str(tmp_path), *more]) == 1
    said = capsys.readouterr()
    assert said.err.splitlines()[0] == f"comity: {tmp_path} holds the nodes of a sample already."
    assert "another directory" in said.err
    assert said.out == ""


def test_an_error_begins_a_line_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(2) as progress:
        progress.step("One")
        progress.step("Two")
    assert capsys.readouterr().err.endswith("[2/2] Two\n")


@pytest.mark.parametrize("quiet", [True, False])
def test_each_step_is_a_line(capsys: pytest.CaptureFixture[str], quiet: bool) -> None:
    with Progress(1, quiet=quiet) as progress:
        progress.step("One")
        progress.end()
    said: Any = capsys.readouterr().err
    assert said == "" if quiet else (said.startswith("[1/1] One  ") and said.endswith(" s\n"))
