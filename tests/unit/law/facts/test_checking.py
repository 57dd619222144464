# SPDX-License-Identifier: Apache-2.0
"""Faults in files of facts: each is told with its file and line, and a file that has one gives none of its facts."""

import json
from pathlib import Path

import orjson
import pytest
import yaml

from comity.law.facts.book import Book, freeze, thaw
from comity.law.facts.checking import check
from comity.law.facts.treaties import Instrument, Participation

SOURCED = {"source": "https://example.org/sample", "verification": "secondary", "seen_at": "2026-01-01"}
CONVENTION = {
    "id": "SAMPLE",
    "title": "Sample Convention (invented)",
    "type": "multilateral",
    "adopted": "2001-01-01",
    "in_force": "2003-01-01",
    **SOURCED,
}
BOUND = {"instrument": "SAMPLE", "state": "NO", "signed": "2001-02-01", "in_force": "2004-01-01", **SOURCED}
TREATY = {"id": "ES-NO-mla", "kind": "mla", "parties": ["ES", "NO"], "signed": "1990-01-01", **SOURCED}


def codes(folder: Path, **families: object) -> list[str]:
    """The codes of the faults of one file with these families."""
    (folder / "sample.yaml").write_text(json.dumps(families), encoding="utf-8")  # which is YAML too
    return [each.code for each in check(folder).faults]


def test_facts_are_read_as_they_are_meant(tmp_path: Path) -> None:
    (tmp_path / "sample.yaml").write_text(
        "instruments:\n"
        "  - {id: SAMPLE, title: Sample (invented), type: multilateral, source: x, verification: memory,"
        " seen_at: 2026-01-01}\n"
        "participations:\n"
        "  - instrument: SAMPLE\n"
        "    state: NO\n"
        "    computed: true\n"
        "    source: x\n"
        "    verification: memory\n"
        "    seen_at: 2026-01-01\n"
    )
    checked = check(tmp_path)
    assert not checked.faults
    assert [each.state for each in checked.book.participations] == ["NO"]
    assert checked.book.participations[0].computed
    assert checked.book.instruments[0].in_force is None, "what is unknown is empty"


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("state", "Norway"),
        ("state", "no"),
        ("signed", "2001-02-30"),
        ("signed", "soon"),
        ("act", "handshake"),
        ("verification", "certain"),
        ("source", ""),
        ("seen_at", ""),
        ("satte", "NO"),
        ("computed", "perhaps"),
    ],
)
def test_a_fact_has_the_form_of_its_family(tmp_path: Path, member: str, value: str) -> None:
    told = {**BOUND, member: value}
    assert codes(tmp_path, instruments=[CONVENTION], participations=[told]) == ["form"]


def test_a_fact_without_a_source_is_none(tmp_path: Path) -> None:
    for member in SOURCED:
        told = {name: value for name, value in BOUND.items() if name != member}
        assert codes(tmp_path, instruments=[CONVENTION], participations=[told]) == ["form"]


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("participations: [", 2, "not-yaml"),
        ("a: 1\n\tb: 2\n", 2, "not-yaml"),
        ("- 1\n", 1, "form"),
        ("", 1, "form"),
        ("\n\nnobody: []\n", 3, "form"),
        ("offences: none\n", 1, "form"),
        ("offences:\n- x\n", 2, "form"),
        ("offences:\n- {title: a, title: b}\n", 2, "form"),
        ("? [offences]\n: []\n", 1, "form"),
        ("offences:\n- {[title]: a}\n", 2, "form"),
        ("offences:\n- &a {title: a}\n- *a\n", 3, "alias"),
        ("offences: &a\n- *a\n", 2, "alias"),
        ("offences: !!python/object/apply:os.system [id]\n", 1, "form"),
    ],
)
def test_what_is_no_file_of_facts_is_told_with_its_line(tmp_path: Path, text: str, line: int, code: str) -> None:
    (tmp_path / "sample.yaml").write_text(text)
    faults = check(tmp_path).faults
    assert {(each.file, each.code) for each in faults} == {("sample.yaml", code)}
    assert faults[0].line == line


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "sample.yaml").write_bytes(b"offences: \xff\n")
    assert [each.code for each in check(tmp_path).faults] == ["not-yaml"]


def test_a_file_with_a_fault_gives_none_of_its_facts_and_others_give_theirs(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(yaml.safe_dump({"instruments": [CONVENTION]}))
    (tmp_path / "wrong.yaml").write_text(yaml.safe_dump({"treaties": [TREATY, {**TREATY, "kind": "x"}]}))
    checked = check(tmp_path)
    assert [type(each) for each in checked.book.facts()] == [Instrument]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"signed": "2000-12-31"}, "dates"),
        ({"in_force": "2002-12-31"}, "dates"),
        ({"in_force": "2001-01-31"}, "dates"),
        ({"deposited": "2005-01-01"}, "dates"),
        ({"until": "2003-06-01"}, "dates"),
        ({"valid_from": "2005-01-01", "valid_to": "2004-01-01"}, "dates"),
        ({"instrument": "NONE"}, "instrument-unknown"),
    ],
)
def test_what_cannot_be_true_together_is_told(tmp_path: Path, changes: dict[str, str], code: str) -> None:
    found = codes(tmp_path, instruments=[CONVENTION], participations=[{**BOUND, **changes}])
    assert set(found) == {code}


def test_a_treaty_is_between_two_and_named_by_them(tmp_path: Path) -> None:
    assert codes(tmp_path, treaties=[TREATY]) == []
    assert codes(tmp_path, treaties=[{**TREATY, "parties": ["NO", "ES"]}]) == []
    assert codes(tmp_path, treaties=[{**TREATY, "parties": ["ES", "ES"]}]) == ["parties"]
    assert codes(tmp_path, treaties=[{**TREATY, "id": "NO-ES-mla"}]) == ["id"]
    assert codes(tmp_path, treaties=[{**TREATY, "in_force": "1989-01-01"}]) == ["dates"]
    assert codes(tmp_path, treaties=[{**TREATY, "in_force": "1989-01-01", "continued": "true"}]) == []


def test_an_article_gives_a_measure_or_governs_a_matter(tmp_path: Path) -> None:
    article = {"instrument": "SAMPLE", "article": "1", "heading": "anything", **SOURCED}
    assert codes(tmp_path, instruments=[CONVENTION], provisions=[article]) == ["provision-empty"]
    assert codes(tmp_path, instruments=[CONVENTION], provisions=[{**article, "measures": ["extradition"]}]) == []


def test_an_offence_is_of_a_category_that_there_is(tmp_path: Path) -> None:
    offence = {"jurisdiction": "NO", "provision": "1", "title": "Sample (invented)", **SOURCED}
    assert codes(tmp_path, offences=[{**offence, "category": "fraud-telecom"}]) == []
    assert codes(tmp_path, offences=[{**offence, "category": "mischief"}]) == ["category-unknown"]


def test_two_witnesses_agree_or_are_both_to_be_verified(tmp_path: Path) -> None:
    other = {**BOUND, "source": "https://example.org/other"}
    several = {"instruments": [CONVENTION]}
    assert codes(tmp_path, **several, participations=[BOUND, other]) == []
    differs = {**other, "in_force": "2004-02-01"}
    assert codes(tmp_path, **several, participations=[BOUND, differs]) == ["said-twice"]
    doubted = [{**each, "to_verify": "true"} for each in (BOUND, differs)]
    assert codes(tmp_path, **several, participations=doubted) == []
    assert codes(tmp_path, instruments=[CONVENTION, CONVENTION]) == ["said-twice"]


def test_a_nodes_own_facts_stand_beside_those_shipped(tmp_path: Path) -> None:
    for place in ("shipped", "own"):
        (tmp_path / place).mkdir()
    codes(tmp_path / "shipped", instruments=[CONVENTION])
    shipped = check(tmp_path / "shipped").book
    assert codes(tmp_path / "own", participations=[BOUND]) == ["instrument-unknown"]
    own = check(tmp_path / "own", beside=shipped)
    assert not own.faults
    whole = shipped.beside(own.book)
    assert [type(each) for each in whole.facts()] == [Instrument, Participation]


def test_a_book_comes_back_from_its_compiled_form_as_it_was(tmp_path: Path) -> None:
    codes(tmp_path, instruments=[CONVENTION], participations=[BOUND], treaties=[TREATY])
    book = check(tmp_path).book
    assert thaw(orjson.loads(freeze(book))) == book
    assert thaw(orjson.loads(freeze(Book()))) == Book()


def test_what_no_program_could_weigh_is_told(tmp_path: Path) -> None:
    rule = {"jurisdiction": "ES", "topic": "sample", "text": "invented", **SOURCED}
    assert codes(tmp_path, rules=[{**rule, "grounds": [{"ground": "natoinality", "force": "mandatory"}]}]) == [
        "ground-unknown"
    ]
    itself = {"instrument": "SAMPLE", "kind": "replaces", "to": "SAMPLE", **SOURCED}
    assert codes(tmp_path, instruments=[CONVENTION], relations=[itself]) == ["relation"]
    nobody = {**itself, "to": "NOBODY"}
    assert codes(tmp_path, instruments=[CONVENTION], relations=[nobody]) == ["instrument-unknown"]
    assert codes(tmp_path, instruments=[{**CONVENTION, "id": "EU/2019"}]) == ["form"]


def test_only_files_of_ones_own_are_read_and_none_however_deep(tmp_path: Path) -> None:
    (tmp_path / "away.yaml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "deep.yaml").write_text("rules:\n- " + "{a: " * 3000 + "1" + "}" * 3000)
    found = {each.file: each.code for each in check(tmp_path).faults}
    assert found["away.yaml"] == found["folder.yaml"] == "no-file"
    assert found["deep.yaml"] in ("too-deep", "not-yaml", "form")
