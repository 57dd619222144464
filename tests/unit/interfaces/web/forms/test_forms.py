# SPDX-License-Identifier: Apache-2.0
"""Every kind's example goes into its form, is posted, and comes out as the same body; and the corners of that road."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

import pytest
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from comity.interfaces.web.forms import build, moments, read
from comity.interfaces.web.forms.fields import Field, Section, Widget
from comity.protocol.terms import bodies, kinds
from comity.protocol.terms.errors import BodyInvalid, Problem
from comity.protocol.terms.vocabularies import VOCABULARIES

MADRID = ZoneInfo("Europe/Madrid")
KINDS = (*kinds.names(), *kinds.move_names())


def same(text: str) -> str:
    return text


def post_of(query: str) -> MultiValueDict[str, str]:
    return MultiValueDict(parse_qs(query, keep_blank_values=True))


def fields(sections: tuple[Section, ...]) -> Iterator[Field]:
    def inside(field: Field) -> Iterator[Field]:
        yield field
        for each in field.fields:
            yield from inside(each)

    for section in sections:
        for field in section.fields:
            yield from inside(field)


def posted(sections: tuple[Section, ...]) -> MultiValueDict[str, str]:
    """What a browser sends when nobody changes anything."""
    post = MultiValueDict()
    for field in fields(sections):
        if field.widget in (Widget.GROUP, Widget.ROWS):
            continue
        if field.widget is Widget.FILES:
            post.setlist(field.name + ".keep", [each.digest for each in field.files])
        elif field.widget is Widget.TICKS:
            post.setlist(field.name, [each.value for each in field.options if each.chosen])
        elif field.widget is Widget.CHOICE:
            post[field.name] = next((each.value for each in field.options if each.chosen), "")
        elif field.widget is not Widget.TICK or field.value == "yes":
            post[field.name] = field.value.replace("\n", "\r\n")
    return post


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_survives_its_form(kind: str) -> None:
    example = dict(kinds.kind(kind).example)
    once = read.body(kind, posted(build.form(kind, example, same)), example)
    twice = read.body(kind, posted(build.form(kind, once, same)), once)
    bodies.validate(kind, once)
    assert in_order(once) == in_order({**preset(once, example), **example})
    assert twice == once


def in_order(value: Any) -> Any:
    """Ticks come back in the list's order: of codes, the order says nothing."""
    if isinstance(value, dict):
        return {name: in_order(each) for name, each in value.items()}
    if isinstance(value, list):
        return sorted(map(in_order, value)) if all(isinstance(each, str) for each in value) else [*map(in_order, value)]
    return value


def preset(found: dict[str, Any], example: dict[str, Any]) -> dict[str, Any]:
    """What the form says although the example leaves it to the default: the urgency and its like."""
    return {name: value for name, value in found.items() if name not in example}


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_a_label_and_every_list_its_options(kind: str) -> None:
    for field in fields(build.form(kind, kinds.kind(kind).example, same)):
        assert field.label or field.name[-1].isdigit(), field.name
        assert bool(field.options) == (field.widget in (Widget.CHOICE, Widget.TICKS)), field.name
        assert all(option.label for option in field.options)


def test_an_empty_form_says_nothing_but_what_is_preset() -> None:
    found = read.body("preservation", posted(build.form("preservation", {}, same)), {})
    assert found == {"urgency": "normal", "offence": {}}


def test_a_problem_stands_at_its_field_even_deep_inside() -> None:
    body = {"offence": {"categories": ["fraud"]}, "identifiers": [{"type": "phone"}]}
    with pytest.raises(BodyInvalid) as caught:
        bodies.validate("preservation", body)
    found = {
        each.name: each.problem
        for each in fields(build.form("preservation", body, same, problems=caught.value.problems))
        if each.problem
    }
    assert found["identifiers.0.value"] == "is missing"
    assert found["offence.provisions"] == "is missing"
    assert found["facts"] == "is missing"
    assert "offence" not in found


def test_a_problem_inside_a_list_of_lines_stands_at_the_list() -> None:
    problems = [Problem("offence.provisions.1", "too-long"), Problem("attachments.0.size", "out-of-range")]
    found = {
        each.name: each.problem
        for each in fields(build.form("preservation", {}, same, problems=problems))
        if each.problem
    }
    assert found == {"offence.provisions": "is too long or has too many entries", "attachments": "is out of range"}


def test_what_was_typed_and_cannot_be_is_shown_again_and_named() -> None:
    post = post_of(
        "identifiers.0.port=many&identifiers.0.at=yesterday&identifiers.0.type=ip-address&identifiers.0.value=192.0.2.1"
    )
    body = read.body("preservation", post, {})
    assert body["identifiers"] == [{"port": "many", "at": "yesterday", "type": "ip-address", "value": "192.0.2.1"}]
    shown = {each.name: each.value for each in fields(build.form("preservation", body, same))}
    assert (shown["identifiers.0.port"], shown["identifiers.0.at"]) == ("many", "yesterday")
    with pytest.raises(BodyInvalid) as caught:
        bodies.validate("preservation", body)
    assert {"identifiers.0.port", "identifiers.0.at"} <= {each.path for each in caught.value.problems}


def test_rows_that_were_removed_or_left_empty_are_gone() -> None:
    post = post_of(
        "identifiers.0.value=&identifiers.3.type=phone&identifiers.3.value=1&identifiers.11.type=email&"
        "identifiers.11.value=a"
    )
    assert [each["value"] for each in read.body("preservation", post, {})["identifiers"]] == ["1", "a"]


def test_more_rows_are_empty_and_come_last() -> None:
    one = {"identifiers": [{"type": "phone", "value": "1"}]}
    found = next(
        each
        for each in fields(build.form("preservation", one, same, more={"identifiers": 1}))
        if each.name == "identifiers"
    )
    assert [row.name for row in found.fields] == ["identifiers.0", "identifiers.1"]
    assert not any(each.value for each in found.fields[1].fields)


def test_files_are_kept_by_digest_and_added_whole() -> None:
    first = read.attachment(read.Upload("a/b\n.txt", "text/plain", b"one"))
    assert first["name"] == "a_b_.txt"
    added = [read.Upload("two.bin", "Not A Type", b"two")]
    kept = read.body("note", post_of("attachments.keep=" + first["sha256"]), {"attachments": [first]}, added)
    assert [each["name"] for each in kept["attachments"]] == ["a_b_.txt", "two.bin"]
    assert kept["attachments"][1]["media_type"] == "application/octet-stream"
    assert read.body("note", post_of(""), {"attachments": [first]}).get("attachments") is None


def test_members_unknown_to_the_schema_are_carried_along() -> None:
    before = {"x-newer": {"deep": 1}, "basis": {"instrument": "ETS185", "x-too": "kept"}}
    found = read.body("preservation", posted(build.form("preservation", before, same)), before)
    assert found["x-newer"] == {"deep": 1}
    assert found["basis"] == {"instrument": "ETS185", "x-too": "kept"}


def test_choices_close_a_list_and_an_empty_one_hides_it() -> None:
    digest = "sha256:" + "0" * 64
    found = list(fields(build.form("recall", {}, same, choices={"of": [(digest, "the answer")], "towards": ()})))
    offered = next(each for each in found if each.name == "of")
    assert (offered.widget, [each.label for each in offered.options]) == (Widget.TICKS, ["the answer"])
    assert "towards" not in {each.name for each in found}


@pytest.mark.parametrize(
    ("wire", "typed"),
    [
        ("2016-12-13T06:00:00.000Z", "2016-12-13T06:00"),
        ("2016-12-13T06:00:05.000Z", "2016-12-13T06:00:05"),
        ("2016-12-13T06:00:05.250Z", "2016-12-13T06:00:05.250"),
        ("tomorrow", "tomorrow"),
    ],
)
def test_moments_go_both_ways(wire: str, typed: str) -> None:
    assert moments.to_input(wire) == typed
    assert moments.from_input(typed) == wire


@pytest.mark.parametrize(
    ("wire", "typed"),
    [
        ("2016-12-13T06:00:00.000Z", "2016-12-13T07:00"),
        ("2016-07-13T23:30:05.250Z", "2016-07-14T01:30:05.250"),
        ("2016-10-30T00:30:00.000Z", "2016-10-30T02:30"),
    ],
)
def test_moments_are_typed_by_the_clocks_of_a_zone(wire: str, typed: str) -> None:
    assert moments.to_input(wire, MADRID) == typed
    assert moments.from_input(typed, MADRID) == wire


@given(st.integers(-631_152_000_000, 4_102_444_800_000), st.sampled_from(["Europe/Madrid", "Asia/Yangon"]))
def test_a_moment_that_stood_in_a_form_comes_back_the_same(milliseconds: int, zone: str) -> None:
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    wire, here = f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z", ZoneInfo(zone)
    body = {"due": [{"at": wire}]}
    assert moments.from_input(moments.to_input(wire, here), here, moments.second_times(body, here)) == wire


def test_an_hour_that_comes_twice_is_the_first_unless_the_other_stood_there() -> None:
    second = "2016-10-30T01:30:00.000Z"
    assert moments.to_input(second, MADRID) == "2016-10-30T02:30"
    known = moments.second_times({"due": [{"at": second}]}, MADRID)
    assert moments.from_input("2016-10-30T02:30", MADRID, known) == second


@pytest.mark.parametrize("typed", ["2016-03-27T02:30", "tomorrow", "0001-01-01T00:00", "2016-02-30T10:00"])
def test_what_is_no_moment_in_a_zone_is_no_moment_in_a_body(typed: str) -> None:
    found = moments.from_input(typed, ZoneInfo("Asia/Shanghai") if typed.startswith("0001") else MADRID)
    with pytest.raises(BodyInvalid):
        bodies.validate("postponed", {**kinds.kind("postponed").example, "until": found})


def test_a_form_says_in_which_zone_its_times_are() -> None:
    found = {each.name: each for each in fields(build.form("preservation", {"due": [{}]}, same, zone=MADRID))}
    assert (found["due.0.at"].zone, found["due.0.at"].help) == ("Europe/Madrid", "")
    assert found["period.start"].help == "The first moment, in Madrid time."


def test_every_vocabulary_that_a_schema_names_is_known() -> None:
    assert {"urgencies", "offence-categories", "refusal-grounds", "identifier-types"} <= VOCABULARIES.keys()
