# SPDX-License-Identifier: Apache-2.0
"""`comity law …` as scripts and people call it."""

import json
from pathlib import Path

import pytest

from comity.interfaces.cli.main import main

OWN = """\
treaties:
  - id: MM-NO-extradition
    kind: extradition
    parties: [MM, NO]
    signed: 2020-01-01
    source: https://example.org/invented
    verification: secondary
    seen_at: 2026-11-22
"""


def test_the_parties_of_an_instrument_on_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "parties", "ETS185", "--on", "2010-09-30", "--known", "2026-11-22", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    spain = next(each for each in told["parties"] if each["state"] == "ES")
    assert (spain["finding"], spain["why"], spain["since"]) == ("not-bound", "not-yet", None)
    assert spain["facts"][0]["verification"] == "official-or-copy-of-official"
    assert main(["law", "parties", "ETS185", "--on", "2010-10-01", "--known", "2026-11-22"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "ES  bound        2010-10-01  in-force" in lines
    assert lines[-1] == "Of states that are not listed the facts say nothing."


def test_what_rests_on_memory_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    main(["law", "parties", "ETS185", "--on", "2026-11-22", "--known", "2026-11-22"])
    argentina = next(each for each in capsys.readouterr().out.splitlines() if each.startswith("AR"))
    assert argentina.endswith("(not verified)")


def test_an_unknown_instrument_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "parties", "NONE"]) == 1
    assert "NONE" in capsys.readouterr().err


def test_a_day_that_no_calendar_has_is_a_wrong_use() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["law", "parties", "ETS185", "--on", "2026-02-30"])
    assert ended.value.code == 2


def test_own_facts_are_checked_beside_those_shipped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(OWN)
    assert main(["law", "check", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "1 facts hold together.\n"
    file.write_text(OWN.replace("MM-NO", "NO-MM").replace("2020-01-01", "soon"))
    assert main(["law", "check", str(tmp_path)]) == 1
    assert f"{tmp_path}/own.yaml:2: signed" in capsys.readouterr().out
    assert main(["law", "check", str(tmp_path), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["holds"], [each["line"] for each in told["faults"]]) == (False, [2])


def test_where_no_facts_are_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "check", str(tmp_path / "nowhere")]) == 1
    assert "nowhere" in capsys.readouterr().err
