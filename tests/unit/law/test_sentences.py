# SPDX-License-Identifier: Apache-2.0
"""A sentence is its English text, and remembers what it was made of."""

import copy
import json
import re
from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path

import orjson
import pytest
from tests.fixtures.sentences import said

from comity.law import coverage
from comity.law.admissibility import Material, admissibility
from comity.law.bases.conduct import words
from comity.law.facts.conduct import ELEMENTS
from comity.law.sentences import Sentence, Term, join, listed, listed_apart, quoted, say, term
from comity.law.view import View, shipped_index

DAY = date(2026, 11, 22)
NEEDS = "The law of {state} needs a treaty."


def sample() -> Sentence:
    return say("{state}: {words}", state=term("state", "CN"), words=quoted("as {written}"))


def test_a_sentence_is_its_english_text() -> None:
    made = say(NEEDS, state="CN")
    assert made == "The law of CN needs a treaty."
    assert hash(made) == hash("The law of CN needs a treaty.")
    assert (made.template, dict(made.values)) == (NEEDS, {"state": "CN"})
    assert json.loads(json.dumps([made])) == orjson.loads(orjson.dumps([made])) == [str(made)]
    assert type(str(made)) is str


def test_a_sentence_without_values_is_made_once() -> None:
    assert say("It is no offence.") is say("It is no offence.")
    assert not say("It is no offence.").values


def test_values_are_filled_in_and_never_read_as_templates() -> None:
    assert sample() == "CN: as {written}"
    assert say("{law} is in force from {day}.", law="X", day=date(2020, 1, 2)) == "X is in force from 2020-01-02."
    with pytest.raises(KeyError):
        say(NEEDS, other="CN")


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy])
def test_a_copy_remembers_as_much(again: Callable[[Sentence], Sentence]) -> None:
    made = sample()
    other = again(made)
    assert (other, other.template) == (made, made.template)
    found = other.values["words"]
    assert isinstance(found, Term)
    assert (found, found.kind, found.code) == ("as {written}", "words", "as {written}")


def test_it_does_not_change() -> None:
    made = sample()
    with pytest.raises(AttributeError):
        made.template = "another"
    with pytest.raises(TypeError):
        made.values["state"] = "ES"
    with pytest.raises(AttributeError):
        term("state", "CN").code = "ES"


def test_a_term_is_what_english_says_for_it() -> None:
    measure = term("measure", "police-cooperation", "police cooperation")
    assert (measure, measure.kind, measure.code) == ("police cooperation", "measure", "police-cooperation")
    assert term("ground", "nationality") == "nationality"


def test_what_is_joined_is_kept_apart() -> None:
    one, other = say("It is no offence."), say("See the threshold.")
    both = join(one, other)
    assert both == "It is no offence. See the threshold."
    assert isinstance(both, Sentence)
    assert list(both.values.values()) == [one, other]
    assert join(one) is one
    assert (listed("a", "b", "c"), listed_apart("a", "b"), listed("a")) == ("a, b, c", "a; b", "a")
    assert listed() == listed_apart() == ""


def test_the_elements_of_conduct_are_told_in_words() -> None:
    assert words(["child", "threat"]) == "a child is concerned; a threat was made"
    assert all(isinstance(words([each]), Sentence) for each in ELEMENTS)


def test_each_template_is_written_out_where_it_is_said_with_all_that_it_names() -> None:
    found = list(said())
    assert len(found) > 150
    for each in found:
        assert each.template is not None, f"{each.place}: write the template out, so that it can be translated"
        assert each.names == set(re.findall(r"{(\w+)}", each.template)), each.place


def test_a_template_that_is_not_written_out_is_found(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text('say(f"{state} is told", state=1)\nsay(name)\nsentences.say("{a} " "b", a=1)\n')
    assert [each.template for each in said(tmp_path)] == [None, None, "{a} b"]


def test_every_point_on_evidence_is_a_sentence() -> None:
    view = View(shipped_index(), DAY, DAY)
    told = product(["multilateral", "police", "direct", None], ["ES", "CN", "US"], [None, True, False], [True, False])
    for road, using, known, consent in told:
        material = Material(
            giving="CN" if using != "CN" else "US",
            using=using,
            road=road,
            custody=known,
            statement=known,
            certificate=known,
            consent=consent,
            conditions=frozenset({"named-case-only"}),
            other_case=known,
        )
        assert all(isinstance(each.why, Sentence) for each in admissibility(view, material))


def test_whom_to_ask_is_a_sentence_or_a_name() -> None:
    found = coverage.coverage(View(shipped_index(), DAY, DAY), "CN", "MM").to_verify
    assert found
    assert all(isinstance(each.whom, Sentence | Term) for each in found)
