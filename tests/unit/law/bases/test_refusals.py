# SPDX-License-Identifier: Apache-2.0
"""Grounds of refusal, one by one: what the rule says, met by what is told of the case."""

from datetime import date
from typing import Any

import pytest

from comity.law.bases.asking import bases
from comity.law.bases.question import Question, circumstances
from comity.law.view import View, shipped_index

VIEW = View(shipped_index(), date(2026, 11, 22), date(2026, 11, 22))


def found(one: str, other: str, measure: str = "extradition", offence: str = "CN:266", **told: Any) -> dict[str, str]:
    question = Question(
        requesting=one, requested=other, measure=measure, offence=offence, circumstances=circumstances(told)
    )
    return {each.ground: each.finding for each in bases(VIEW, question).bases[0].refusals}


@pytest.mark.parametrize(
    ("other", "told", "ground", "finding"),
    [
        ("ES", {}, "political-offence", "possible"),
        ("ES", {"political": False}, "political-offence", "clear"),
        ("ES", {"political": True}, "political-offence", "bars"),
        ("ES", {"death": True}, "death-penalty", "bars"),
        ("ES", {"death": True, "assurances": ["death-penalty"]}, "death-penalty", "possible"),
        ("ES", {"death": False}, "death-penalty", "clear"),
        ("ES", {"nationalities": ["CN"]}, "nationality", "clear"),
        ("ES", {"nationalities": ["ES"]}, "nationality", "likely"),
        ("ES", {"torture_risk": True}, "torture", "bars"),
        ("ES", {"refugee": True}, "discrimination", "likely"),
        ("ES", {"dual_criminality": False}, "dual-criminality", "bars"),
    ],
)
def test_a_ground_is_what_the_rule_and_the_case_make_of_it(
    other: str, told: dict[str, Any], ground: str, finding: str
) -> None:
    assert found("CN", other, **told)[ground] == finding


def test_a_sentence_must_leave_enough_to_serve() -> None:
    assert found("NO", "CH", sentence_left_months=3)["penalty-threshold"] == "bars"
    assert found("NO", "CH", sentence_left_months=12)["penalty-threshold"] == "clear"


def test_a_constitution_is_no_law_that_gives_way() -> None:
    assert found("TR", "DE", nationalities=["DE"])["nationality"] == "bars"


def test_what_needs_coercion_is_nothing_for_police() -> None:
    question = Question(
        requesting="ES", requested="FR", measure="police-cooperation", circumstances=circumstances({"coercive": True})
    )
    answer = bases(VIEW, question)
    assert not answer.bases
    assert {each.why for each in answer.rejected} >= {"needs-coercion"}
