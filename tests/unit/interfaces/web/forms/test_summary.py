# SPDX-License-Identifier: Apache-2.0
"""No problem of a body goes unsaid: it stands at a field of the form, or in the summary above it."""

import pytest

from comity.interfaces.web.forms import build, summary
from comity.protocol.terms import bodies, kinds
from comity.protocol.terms.errors import BodyInvalid, Problem
from comity.protocol.terms.problems import PROBLEMS

KINDS = (*kinds.names(), *kinds.move_names())


def same(text: str) -> str:
    return text


def problems(kind: str, **changes: object) -> tuple[Problem, ...]:
    with pytest.raises(BodyInvalid) as caught:
        bodies.validate(kind, {**kinds.kind(kind).example, **changes})
    return caught.value.problems


def told(kind: str, found: tuple[Problem, ...], body: dict[str, object] | None = None) -> list[tuple[str, str, str]]:
    sections = build.form(kind, kinds.kind(kind).example if body is None else body, same, problems=found)
    return [(each.target, each.label, each.words) for each in summary.faults(sections, found, same)]


def test_a_missing_reason_stands_at_the_reason() -> None:
    found = problems("preservation", urgency="emergency")
    assert [each.path for each in found] == ["body"]
    words = PROBLEMS["reason-missing"].label
    assert told("preservation", found) == [("f-urgency_reason", "Reason for urgency", words)]


def test_a_period_that_ends_first_is_mended_at_its_end() -> None:
    period = {"start": "2016-12-13T06:00:00.000Z", "end": "2016-12-12T06:00:00.000Z"}
    found = problems("preservation", period=period)
    ((target, _, _),) = told("preservation", found, {"period": period})
    assert target == "f-period-end"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("code", PROBLEMS.codes)
@pytest.mark.parametrize("path", ["body", "x-newer.0.deep", "offence", "attachments.0.sha256", "due.7.at"])
def test_whatever_the_path_the_problem_is_told_once(kind: str, code: str, path: str) -> None:
    words = [each for _, _, each in told(kind, (Problem(path, code),), {})]
    assert words == [PROBLEMS[code].label]


def test_two_problems_of_one_place_are_both_told() -> None:
    found = (Problem("facts", "missing"), Problem("facts", "too-short"))
    assert [words for _, _, words in told("preservation", found, {})] == ["is missing; " + PROBLEMS["too-short"].label]
