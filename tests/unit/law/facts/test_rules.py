# SPDX-License-Identifier: Apache-2.0
"""The facts that lie in rules/: they hold together, and what is made of them is what was committed."""

from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.fixtures.vectors import ROOT
from tools import publish_rules
from yaml import CBaseLoader, load

from comity.law.facts.book import Book, shipped
from comity.law.facts.checking import check, schemas
from comity.law.facts.families import FAMILIES

RULES = ROOT / "rules"


@pytest.fixture(scope="module")
def book() -> Book:
    checked = check(RULES)
    assert not checked.faults, "\n".join(map(str, checked.faults))
    return checked.book


def test_what_is_made_of_them_is_what_lies_here(book: Book) -> None:
    stale = [path.name for path, data in publish_rules.made(book).items() if path.read_bytes() != data]
    assert not stale, "make rules"


def test_the_compiled_form_is_the_same_book(book: Book) -> None:
    assert shipped() == book


def test_every_file_holds_to_the_published_schemas() -> None:
    judges = {name: Draft202012Validator(schema) for name, schema in schemas().items()}
    for path in sorted(each for each in RULES.rglob("*.yaml") if RULES / "tests" not in each.parents):
        facts = load(path.read_text(encoding="utf-8"), Loader=CBaseLoader)  # noqa: S506  it makes texts, and no objects
        for family, items in facts.items():
            for item in items:
                assert not [*judges[family].iter_errors(_told(item))], (path, item)


_NUMBERS = {"months", "left", "length", "extension", "min", "max", "serious"}


def _told(value: Any, name: str = "") -> Any:
    """What a YAML reader with types would give: these files are read as texts."""
    if isinstance(value, dict):
        return {member: _told(each, member) for member, each in value.items()}
    if isinstance(value, list):
        return [_told(each) for each in value]
    if name in _NUMBERS:
        return int(value)
    return value == "true" if value in ("true", "false") else value


def test_every_fact_has_a_source_and_nothing_remembered_counts_as_verified(book: Book) -> None:
    for each in book.facts():
        assert each.source
        assert not (each.verified and each.source == "memory")


def test_a_state_is_bound_once_by_an_instrument_and_not_before_it_was(book: Book) -> None:
    bound = [(each.instrument, each.state) for each in book.participations]
    assert len(bound) == len(set(bound))
    budapest = {each.state: each for each in book.participations if each.instrument == "ETS185"}
    assert budapest["ES"].in_force == date(2010, 10, 1)
    assert "CN" not in budapest
    assert "NO" in budapest, "Norway is no falsehood"


@pytest.mark.parametrize("family", FAMILIES)
def test_there_are_facts_of_every_family(book: Book, family: str) -> None:
    assert getattr(book, family)
