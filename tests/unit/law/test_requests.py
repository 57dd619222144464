# SPDX-License-Identifier: Apache-2.0
"""A request as a question of law, whatever a body from outside holds."""

from datetime import date
from typing import Any

import pytest

from comity.law.bases.question import circumstances
from comity.law.errors import OffenceUnknown, QuestionUnsound
from comity.law.requests.question import MEASURES, question
from comity.law.requests.weighing import weigh
from comity.law.view import View, shipped_index
from comity.protocol.terms import kinds

VIEW = View(shipped_index(), date(2026, 11, 22), date(2026, 11, 22))
CHINA, SPAIN = "CN/mps", "ES/policia-nacional"
HOSTILE: list[Any] = [
    None,
    7,
    "x",
    [],
    {},
    [[]],
    [{}],
    {"categories": "fraud"},
    {"categories": [{}, [], 7]},
    "x" * 9000,
]


def body(kind: str, **changes: Any) -> dict[str, Any]:
    return {**kinds.request_kinds()[kind].example, **changes}


@pytest.mark.parametrize("kind", sorted(kinds.request_kinds()))
@pytest.mark.parametrize("member", ["basis", "offence", "person", "persons", "reciprocity", "evidence_use_asked"])
def test_no_body_breaks_what_is_said_beside_it(kind: str, member: str) -> None:
    for value in HOSTILE:
        for each in weigh(VIEW, kind, body(kind, **{member: value}), CHINA, [SPAIN, "MM/police-force"]):
            assert each.answer.first
            assert all(len(reason.words) < 2000 for reason in each.reasons)


def test_every_measure_of_a_kind_is_one_of_the_law() -> None:
    assert set(MEASURES) <= set(kinds.request_kinds())
    for kind in MEASURES:
        assert question(kind, body(kind), "CN", "ES") is not None
    assert question("legal-advice", {}, "CN", "ES") is None
    assert question("extradition", {}, "ES", "ES") is None
    assert question("extradition", {}, "ZZ", "ES") is None


def test_a_nationality_that_cannot_be_read_is_not_known() -> None:
    for told in ([], ["es"], ["Spain"], ["ES", "nowhere"], "ES", None):
        asked = question("extradition", body("extradition", person={"nationality": told}), "CN", "ES")
        assert asked is not None
        assert asked.circumstances.nationalities is None
    known = question("extradition", body("extradition", person={"nationality": ["ES"]}), "CN", "ES")
    assert known is not None
    assert known.circumstances.nationalities == ("ES",)


@pytest.mark.parametrize(
    "told",
    [{"nationalities": ["Spain"]}, {"nationalities": []}, {"place": ["es"]}, {"penalty_max_months": -5}, {"life": 7}],
)
def test_circumstances_are_what_they_say_or_a_fault(told: dict[str, Any]) -> None:
    with pytest.raises(QuestionUnsound):
        circumstances(told)


def test_what_a_basis_asks_for_and_the_request_lacks_is_told() -> None:
    lacking = body("mutual-legal-assistance", basis={"instrument": "UNTOC", "article": "18"})
    del lacking["facts"]
    (weighed,) = weigh(VIEW, "mutual-legal-assistance", lacking, CHINA, [SPAIN])
    assert {each.content for each in weighed.items if each.said is False} == {"facts"}
    assert "content-missing" in {each.code for each in weighed.reasons}
    assert weighed.closed is None


@pytest.mark.parametrize("offence", ["fruad", "CN:9999"])
def test_an_offence_that_nobody_knows_is_refused(offence: str) -> None:
    from comity.law.bases.asking import bases
    from comity.law.bases.question import Question

    with pytest.raises((QuestionUnsound, OffenceUnknown)):
        bases(VIEW, Question(requesting="CN", requested="ES", measure="extradition", offence=offence))
