# SPDX-License-Identifier: Apache-2.0
"""The bulk path says what the single question says, and every code of ISO 3166 can be asked about."""

import random
from datetime import date

import pytest

from comity.law.bases.asking import bases
from comity.law.bases.question import Question
from comity.law.errors import QuestionUnsound, StateUnknown
from comity.law.facts.measures import MEASURES
from comity.law.matrix import matrix
from comity.law.states import ISO, UN_MEMBERS
from comity.law.view import View, shipped_index

DAY = date(2026, 11, 22)


def view(on: date = DAY) -> View:
    return View(shipped_index(), on, DAY)


@pytest.mark.parametrize("on", [DAY, date(2008, 1, 1)])
def test_the_bulk_path_equals_the_single_one_on_2000_cells(on: date) -> None:
    chosen = random.Random(on.toordinal())  # noqa: S311  a sample, and the same one every time
    states = sorted({*chosen.sample(UN_MEMBERS, 34), "CN", "ES", "MM", "US", "DE", "FR"})
    cells = list(matrix(view(on), states, chosen.sample(MEASURES, 6)))
    for each in chosen.sample(cells, 1000):
        question = Question(requesting=each.requesting, requested=each.requested, measure=each.measure)
        answer = bases(view(on), question)
        first = answer.bases[0].instrument if answer.bases else ""
        assert (each, answer.finding, first) == (each, each.finding, each.instrument)


def test_the_matrix_is_over_the_members_of_the_united_nations() -> None:
    assert len(UN_MEMBERS) == 193
    cells = list(matrix(view(), measures=["extradition"]))
    assert len(cells) == 193 * 192
    assert {each.finding for each in cells} >= {"basis", "cannot-tell"}


def test_every_code_can_be_asked_about_and_silence_is_not_no() -> None:
    assert len(ISO) == 249
    for state in sorted(ISO - {"FR"}):
        answer = bases(view(), Question(requesting=state, requested="FR", measure="evidence"))
        assert answer.finding != "none"
    assert bases(view(), Question(requesting="AQ", requested="FR", measure="evidence")).finding == "cannot-tell"


def test_what_is_no_state_or_measure_is_refused_by_name() -> None:
    with pytest.raises(StateUnknown):
        bases(view(), Question(requesting="QQ", requested="FR", measure="evidence"))
    with pytest.raises(QuestionUnsound):
        bases(view(), Question(requesting="ES", requested="FR", measure="magic"))
    with pytest.raises(QuestionUnsound):
        bases(view(), Question(requesting="FR", requested="FR", measure="evidence"))
