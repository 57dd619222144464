# SPDX-License-Identifier: Apache-2.0
"""A request as a question of law, whatever a body from outside holds."""

from datetime import date
from typing import Any

import pytest

from comity.law.bases.question import circumstances
from comity.law.errors import OffenceUnknown, QuestionUnsound
from comity.law.facts.terms import Content
from comity.law.requests.checklist import checklist
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


def said(kind: str, content: Content, told: dict[str, Any]) -> bool | None:
    members = kinds.request_kinds()[kind].body.model_fields
    (item,) = checklist(told, members, [content])
    return item.said


@pytest.mark.parametrize(
    ("kind", "content", "other", "own"),
    [
        ("mutual-legal-assistance", "offence", {"nature": "Investigation"}, {"offence": {"title": "Fraud"}}),
        ("use-upgrade", "offence", {"proceeding": "Trial"}, {"offence": {"title": "Fraud"}}),
        ("service-of-documents", "assistance-sought", {"person": {"name": "A"}}, {"documents": [{"title": "B"}]}),
        ("preservation", "data", {"identifiers": [{"value": "a"}], "data_categories": ["traffic"]}, {"data": "All"}),
    ],
)
def test_a_member_stands_in_only_where_the_form_has_none_of_its_own(
    kind: str, content: Content, other: dict[str, Any], own: dict[str, Any]
) -> None:
    assert said(kind, content, other) is False
    assert said(kind, content, own) is True


def test_a_form_without_a_member_of_its_own_says_it_by_another() -> None:
    assert said("criminal-record", "offence", {"proceeding": "Trial for fraud"}) is True
    assert said("criminal-record", "offence", {}) is False
    assert said("content-data", "custodian", {"provider": "Example Ltd"}) is True


def test_a_due_time_is_no_time_wished() -> None:
    assert said("mutual-legal-assistance", "time-wished", {"due": [{"at": "2026-12-01"}]}) is None


def test_what_is_all_empty_says_nothing() -> None:
    told = {"offence": {"title": " ", "categories": [], "provisions": [{}]}}
    assert said("mutual-legal-assistance", "offence", told) is False


@pytest.mark.parametrize(
    ("content", "member"),
    [("speciality", {"assurances": "No death."}), ("order-copy", {"attachments": [{"name": "x"}]})],
)
def test_what_may_be_among_other_things_only_a_person_can_tell(content: Content, member: dict[str, Any]) -> None:
    assert said("mutual-legal-assistance", content, member) is None
    assert said("mutual-legal-assistance", content, {}) is False


@pytest.mark.parametrize("offence", ["fruad", "CN:9999"])
def test_an_offence_that_nobody_knows_is_refused(offence: str) -> None:
    from comity.law.bases.asking import bases
    from comity.law.bases.question import Question

    with pytest.raises((QuestionUnsound, OffenceUnknown)):
        bases(VIEW, Question(requesting="CN", requested="ES", measure="extradition", offence=offence))
