# SPDX-License-Identifier: Apache-2.0
"""Bodies: the examples hold, what is needed is asked for by name, what is unknown is kept, and no value is repeated."""

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

import pytest

from comity.protocol.terms import bodies, kinds
from comity.protocol.terms.attachments import ATTACHMENTS_LIMIT
from comity.protocol.terms.errors import BodyInvalid, Problem, UnknownKind
from comity.protocol.terms.problems import PROBLEMS, code_of

EXAMPLES: dict[str, Mapping[str, Any]] = {
    name: kinds.kind(name).example for name in (*kinds.names(), *kinds.move_names())
}
NEEDED = [
    (name, member)
    for name in EXAMPLES
    for member, field in kinds.kind(name).body.model_fields.items()
    if field.is_required()
]
SECRET = "ES00 0000 0000 0000 0000 0000"


def problems(name: str, body: Mapping[str, Any]) -> set[tuple[str, str]]:
    """What is wrong with the body, by path and code."""
    with pytest.raises(BodyInvalid) as refused:
        bodies.validate(name, body)
    return {(each.path, each.code) for each in refused.value.problems}


def attachment(content: bytes, **changed: object) -> dict[str, object]:
    return {
        "name": "note.txt",
        "media_type": "text/plain",
        "size": len(content),
        "sha256": "sha256:" + hashlib.sha256(content).hexdigest(),
        "data": base64.b64encode(content).decode(),
        **changed,
    }


def note(**members: object) -> dict[str, object]:
    return {"text": "Invented.", **members}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_holds_and_comes_back_as_it_was(name: str) -> None:
    assert bodies.as_body(bodies.validate(name, EXAMPLES[name])) == EXAMPLES[name]


@pytest.mark.parametrize(("name", "member"), NEEDED)
def test_a_needed_member_is_asked_for_by_its_name(name: str, member: str) -> None:
    body = {each: value for each, value in EXAMPLES[name].items() if each != member}
    assert (member, "missing") in problems(name, body)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_known_member_refuses_null_and_a_wrong_type(name: str) -> None:
    for member in kinds.kind(name).body.model_fields:
        assert (member, "null") in problems(name, {**EXAMPLES[name], member: None})
        wrong = problems(name, {**EXAMPLES[name], member: 1.5})
        assert {(member, "wrong-type"), (member, "unknown-code")} & wrong


@pytest.mark.parametrize("name", EXAMPLES)
def test_unknown_members_survive(name: str) -> None:
    body = {**EXAMPLES[name], "later_version": {"deep": [1, "two", None]}}
    assert bodies.as_body(bodies.validate(name, body)) == body


def test_unknown_members_of_parts_survive() -> None:
    body = {**EXAMPLES["preservation"], "offence": {**EXAMPLES["preservation"]["offence"], "code": "X-17"}}
    assert bodies.as_body(bodies.validate("preservation", body)) == body


def test_an_unknown_kind_has_no_body() -> None:
    with pytest.raises(UnknownKind):
        bodies.validate("teleportation", {})


def test_an_error_says_where_and_what_and_never_the_value() -> None:
    body = {
        **EXAMPLES["stop-payment"],
        "beneficiary_bic": SECRET,
        "currency": SECRET,
        "offence": {"provisions": [SECRET, 7]},
    }
    with pytest.raises(BodyInvalid) as refused:
        bodies.validate("stop-payment", body)
    assert refused.value.problems == (
        Problem("offence.categories", "missing"),
        Problem("offence.provisions.1", "wrong-type"),
        Problem("offence.description", "missing"),
        Problem("beneficiary_bic", "bad-form"),
        Problem("currency", "bad-form"),
    )
    assert str(refused.value) == "The body of stop-payment: offence.categories is missing (5 in all)."
    assert SECRET not in repr(refused.value.as_json())


@pytest.mark.parametrize(
    ("member", "value", "path", "code"),
    [
        ("text", "", "text", "bad-form"),
        ("text", " \n\t", "text", "bad-form"),
        ("text", "bell\x07", "text", "bad-form"),
        ("text", "lone \ud800", "text", "bad-form"),
        ("text", "x" * 20_001, "text", "too-long"),
        ("text", 5, "text", "wrong-type"),
        ("reference", "two\nlines", "reference", "bad-form"),
        ("reference", "an end\n", "reference", "bad-form"),
        ("towards", ["ES/Policia"], "towards.0", "bad-form"),
        ("towards", ["CN/mps", "CN/mps"], "towards", "repeated"),
        ("attachments", [attachment(b"x")] * 51, "attachments", "too-long"),
        ("attachments", [attachment(b"a", size=True)], "attachments.0.size", "wrong-type"),
        ("attachments", [attachment(b"a", size=-1)], "attachments.0.size", "out-of-range"),
        ("attachments", [attachment(b"a", size=2)], "attachments.0", "size-differs"),
        ("attachments", [attachment(b"a", sha256="sha256:" + "0" * 64)], "attachments.0", "digest-differs"),
        ("attachments", [attachment(b"a", data="YQ=")], "attachments.0", "not-base64"),
        ("attachments", [attachment(b"a", data="Y Q=")], "attachments.0.data", "bad-form"),
        ("attachments", [attachment(b"a", name="../a")], "attachments.0.name", "bad-form"),
        ("attachments", [attachment(b"a", media_type="text")], "attachments.0.media_type", "bad-form"),
    ],
)
def test_a_wrong_value_of_a_note_is_named(member: str, value: object, path: str, code: str) -> None:
    assert problems("note", note(**{member: value})) == {(path, code)}


def test_attachments_are_small_together() -> None:
    half = attachment(b"x" * (ATTACHMENTS_LIMIT // 2))
    assert bodies.validate("note", note(attachments=[half, half]))
    crowded = note(attachments=[half, half, attachment(b"y")])
    assert problems("note", crowded) == {("attachments", "attachments-too-large")}


@pytest.mark.parametrize(
    ("name", "change", "path", "code"),
    [
        ("preservation", {"urgency": "urgent"}, "body", "reason-missing"),
        ("preservation", {"urgency": "soon"}, "urgency", "unknown-code"),
        ("preservation", {"data_categories": []}, "data_categories", "too-short"),
        ("preservation", {"data_categories": ["traffic", "traffic"]}, "data_categories", "repeated"),
        ("preservation", {"period": {"start": "2016-02-30T00:00:00.000Z"}}, "period.start", "no-such-date"),
        ("preservation", {"period": {"start": "2016-02-01"}}, "period.start", "bad-form"),
        (
            "preservation",
            {"period": {"start": "2016-02-02T00:00:00.000Z", "end": "2016-02-01T00:00:00.000Z"}},
            "period",
            "ends-first",
        ),
        ("preserved", {"until": "2016-12-12T08:00:00.000Z"}, "body", "ends-first"),
        ("freezing", {"order_date": "2015-02-29"}, "order_date", "no-such-date"),
        (
            "freezing",
            {"assets": [{"type": "cash", "description": "Notes", "location": "Madrid", "amount": "5"}]},
            "assets.0",
            "amount-without-currency",
        ),
        ("stop-payment", {"amount": "1,250.00"}, "amount", "bad-form"),
        ("stop-payment", {"amount": 1250}, "amount", "wrong-type"),
        ("stop-payment", {"amount": "01"}, "amount", "bad-form"),
    ],
)
def test_a_rule_of_a_kind_is_named(name: str, change: dict[str, Any], path: str, code: str) -> None:
    assert problems(name, {**EXAMPLES[name], **change}) == {(path, code)}


def test_preserved_data_must_be_findable() -> None:
    body = {name: value for name, value in EXAMPLES["preservation"].items() if name != "custodian"}
    assert problems("preservation", body) == {("body", "one-needed")}
    assert bodies.validate("preservation", {**body, "location": "A server in Madrid"})


def test_every_problem_has_words() -> None:
    assert {code_of(code) for code in PROBLEMS.codes} == set(PROBLEMS.codes)
    assert code_of("something new in pydantic") == "wrong-type"
