# SPDX-License-Identifier: Apache-2.0
"""A body read back: everything that was signed is shown, known or not."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from comity.interfaces.web.facts import Chapter, Fact, chapters
from comity.interfaces.web.times import Moment
from comity.protocol.terms import kinds


def at(instant: datetime) -> Moment:
    return Moment(instant, instant.astimezone(UTC).isoformat(), "UTC")


def same(text: str) -> str:
    return text


def shown(found: list[Chapter]) -> str:
    """All that the page would say."""

    def inside(fact: Fact) -> Iterator[str]:
        yield from (fact.text, fact.words, fact.code, fact.raw, *fact.items)
        yield from (fact.moment.here,) if fact.moment else ()
        yield from (each.name for each in fact.files)
        for row in (fact.facts, *fact.rows):
            for each in row:
                yield from inside(each)

    return "\n".join(text for chapter in found for fact in chapter.facts for text in inside(fact))


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for each in value.values():
            yield from leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each)
    else:
        yield value


@pytest.mark.parametrize("kind", kinds.names())
def test_every_text_of_every_example_is_shown(kind: str) -> None:
    body = kinds.kind(kind).example
    said = shown(chapters(kind, body, same, at))
    free = [each for each in leaves(body) if isinstance(each, str) and " " in each]
    assert free
    assert not [each for each in free if each not in said]


def test_members_of_a_newer_version_are_shown_at_the_end() -> None:
    found = chapters("note", {"words": "known", "x-newer": {"deep": [1]}}, same, at)
    assert found[-1].name == "other"
    assert json.loads(found[-1].facts[0].raw) == {"deep": [1]}


def test_an_unknown_kind_is_shown_as_it_is() -> None:
    assert "something" in shown(chapters("kind-of-tomorrow", {"words": "something"}, same, at))


def test_a_member_of_another_type_than_its_schema_says_is_shown_as_it_is() -> None:
    said = shown(
        chapters("preservation", {"facts": 7, "identifiers": "one", "period": ["x"], "offence": None}, same, at)
    )
    assert {"7", "one", "x", "null"} <= set(said.replace('"', "").split())


def test_empty_lists_are_not_worth_a_line() -> None:
    assert chapters("note", {"attachments": []}, same, at) == []
