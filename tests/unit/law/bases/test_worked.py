# SPDX-License-Identifier: Apache-2.0
"""The worked examples beside the rules come out as they are written there."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from comity.law.bases.answer import Answer, Basis
from comity.law.bases.asking import bases
from comity.law.bases.question import Question, circumstances
from comity.law.view import View, shipped_index

FOLDER = Path(__file__).parents[4] / "rules" / "tests" / "worked"
FILES = sorted(FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_example_comes_out_as_it_is_written(file: Path) -> None:
    example = yaml.safe_load(file.read_text())
    answer, expected = _answer(example["ask"]), example["expect"]
    assert answer.finding == expected["finding"]
    for name in expected.get("first_names", ()):
        assert name in answer.first.partition("If so:")[0]
    for place, wanted in enumerate(expected.get("bases", ())):
        _matches(answer.bases[place], wanted)
    assert expected.get("bases") != [] or not answer.bases
    rejected = {each.instrument: each.why for each in answer.rejected}
    for name, why in expected.get("rejected", {}).items():
        assert rejected[name] == why
    if "alternatives" in expected:
        assert [each.what for each in answer.alternatives] == expected["alternatives"]
    found = {each.ground: each.finding for each in answer.bases[0].refusals} if answer.bases else {}
    for ground, finding in expected.get("grounds", {}).items():
        assert (ground, found.get(ground)) == (ground, finding)


def test_there_are_examples() -> None:
    assert len(FILES) >= 9


def _answer(ask: Mapping[str, Any]) -> Answer:
    question = Question(
        requesting=ask["from"],
        requested=ask["to"],
        measure=ask["measure"],
        offence=ask.get("offence", ""),
        circumstances=circumstances(ask.get("facts", {})),
    )
    return bases(View(shipped_index(), ask["on"], ask["known"]), question)


def _matches(basis: Basis, wanted: Mapping[str, Any]) -> None:
    for member, value in wanted.items():
        match member:
            case "binds":
                found: Any = dict(zip(("from", "to"), basis.since, strict=True))
            case "channel":
                found = [each.road for each in basis.ways]
            case "clocks":
                found = [f"{each.what} {each.length} {each.unit} {each.bound}" for each in basis.clocks]
            case "followups":
                found = [each.measure for each in basis.followups]
            case "contents":
                found = list(basis.contents)
            case "trace":
                assert all(any(part in note.text for note in basis.trace) for part in value)
                continue
            case _:
                found = getattr(basis, member)
        assert (member, found) == (member, value)


def test_an_answer_is_of_the_day_asked_about() -> None:
    ask = {"from": "CN", "to": "ES", "measure": "extradition", "on": date(2007, 4, 3), "known": date(2026, 11, 22)}
    assert "CN-ES-extradition" not in [each.instrument for each in _answer(ask).bases]
    assert [each.instrument for each in _answer(ask | {"on": date(2007, 4, 4)}).bases] == ["CN-ES-extradition"]
