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
    sweden = next(each for each in capsys.readouterr().out.splitlines() if each.startswith("SE"))
    assert sweden.endswith("(not verified)")


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


ASK = ["law", "bases", "--from", "CN", "--to", "MM", "--measure", "extradition", "--offence", "fraud-telecom"]
DAY = ["--on", "2026-11-22", "--known", "2026-11-22"]


def test_the_bases_of_a_request_with_what_they_rest_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASK, *DAY, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["first"].startswith("Not verified: ")
    assert {each["instrument"]: each["why"] for each in told["rejected"]}["UNTOC"] == "excluded-by-statement"
    first = told["bases"][0]
    members = "instrument article kind obligation binds channel authorities languages contents clocks refusals use"
    assert set(first) >= {*members.split(), "followups", "facts"}
    assert (first["kind"], first["binds"]) == ("reciprocity", {"from": None, "to": None})
    assert set(first["facts"][0]) == {"id", "source", "verification", "to_verify"}
    assert {each["id"] for each in told["unverified"]}.isdisjoint({"MM reservation UNTOC 16"})
    assert main([*ASK, *DAY]) == 0
    words = capsys.readouterr().out
    assert "An authority decides; nothing here grants anything." in words
    assert "Lawful alternatives:" in words


def test_what_is_known_of_the_case_comes_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text("nationalities: [ES]\n")
    asked = ["law", "bases", "--from", "CN", "--to", "ES", "--measure", "extradition", *DAY, "--facts", str(facts)]
    assert main([*asked, "--json"]) == 0
    refusals = json.loads(capsys.readouterr().out)["bases"][0]["refusals"]
    assert {each["ground"]: each["finding"] for each in refusals}["nationality"] == "likely"
    facts.write_text("nationality: ES\n")
    assert main(asked) == 1
    assert "nationalities" in capsys.readouterr().err
    facts.write_text("- ES\n")
    assert main(asked) == 1


def test_every_measure_between_two_and_what_others_claim(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "matrix", "--from", "CN", "--to", "VN", *DAY, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    findings = {each["measure"]: each["finding"] for each in told["measures"]}
    assert findings["extradition"] == "basis"
    claims = {(each["kind"], each["says"]): each["differs"] for each in told["claims"]}
    assert claims["extradition", "has-none"] is True
    assert told["coverage"]["facts"]
    assert all(each["whom"] for each in told["coverage"]["to_verify"])
    assert main(["law", "matrix", "--from", "CN", "--to", "VN", *DAY]) == 0
    assert "the facts differ" in capsys.readouterr().out


def test_offences_alike_by_their_elements(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "offences", "--country", "ES", "--like", "CN:266", *DAY, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["offences"][0]["provision"] == "art 248"
    assert told["offences"][0]["match"] == "all"
    assert main(["law", "offences", "--country", "ES", *DAY]) == 0
    assert "Estafa" in capsys.readouterr().out
    assert main(["law", "offences", "--country", "ES", "--like", "CN:9999", *DAY]) == 1
    assert "art 266" in capsys.readouterr().err
    assert main(["law", "offences", "--country", "QQ", *DAY]) == 1
