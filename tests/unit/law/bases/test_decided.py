# SPDX-License-Identifier: Apache-2.0
"""Published decisions are replayed: no confident answer may be one that a decision contradicts."""

from collections.abc import Mapping
from typing import Any

import pytest
from tests.unit.law.bases.decided import answer, cases, compare


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_no_answer_is_contradicted_by_what_was_decided(case: Mapping[str, Any]) -> None:
    assert compare(case, answer(case)).wrong == []


def test_the_decisions_are_many_and_each_is_cited() -> None:
    assert len(cases()) >= 30
    assert all(case["citation"] and case["source"] for case in cases())
    assert len({case["id"] for case in cases()}) == len(cases())


def test_the_replay_is_no_silence() -> None:
    """An engine that could never tell would pass: a part of the decisions is told, and borne out."""
    borne_out = [case["id"] for case in cases() if compare(case, answer(case)).agrees]
    assert len(borne_out) >= 30
