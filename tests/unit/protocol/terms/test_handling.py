# SPDX-License-Identifier: Apache-2.0
"""Handling codes: read strictly, silent ones as the strictest, and the stricter of two kept."""

from typing import Any

import pytest

from comity.protocol.terms.errors import HandlingInvalid
from comity.protocol.terms.handling import Evaluation, Handling, parse, strictest


def test_every_member_is_read() -> None:
    assert parse(
        {
            "tlp": "AMBER+STRICT",
            "pap": "GREEN",
            "europol": ["H2", "H1", "H2"],
            "evaluation": {"source": "B", "information": "2"},
            "conditions": "Not before the arrests.",
            "later": ["unknown members are left alone"],
        }
    ) == Handling("AMBER+STRICT", "GREEN", ("H1", "H2"), Evaluation("B", "2"), "Not before the arrests.")


def test_silence_is_the_strictest() -> None:
    assert parse({}) == Handling(tlp="RED", pap="RED")


def test_the_admiralty_scale_is_named() -> None:
    found = parse({"evaluation": {"scale": "admiralty", "source": "F", "information": "6"}})
    assert found.evaluation == Evaluation("F", "6", "admiralty")


@pytest.mark.parametrize(
    ("value", "member"),
    [
        ({"tlp": "WHITE"}, "tlp"),
        ({"tlp": None}, "tlp"),
        ({"tlp": ["RED"]}, "tlp"),
        ({"pap": "amber"}, "pap"),
        ({"europol": "H1"}, "europol"),
        ({"europol": ["H4"]}, "europol"),
        ({"europol": [1]}, "europol"),
        ({"evaluation": "B2"}, "evaluation"),
        ({"evaluation": {"scale": "5x5", "source": "B", "information": "2"}}, "evaluation"),
        ({"evaluation": {"scale": [], "source": "B", "information": "2"}}, "evaluation"),
        ({"evaluation": {"source": "F", "information": "2"}}, "source"),
        ({"evaluation": {"source": "B"}}, "information"),
        ({"conditions": 3}, "conditions"),
        ({"conditions": "x" * 2001}, "conditions"),
    ],
)
def test_anything_else_is_refused_by_its_member(value: dict[str, Any], member: str) -> None:
    with pytest.raises(HandlingInvalid) as refused:
        parse(value)
    assert refused.value.data["member"] == member


def test_what_is_derived_inherits_the_stricter() -> None:
    first = Handling("GREEN", "RED", ("H1",), Evaluation("A", "1"), "Ask first.")
    second = Handling("AMBER", "CLEAR", ("H0", "H1"), None, "Ask first.")
    assert strictest(first, second) == Handling("AMBER", "RED", ("H0", "H1"), None, "Ask first.")
    assert strictest(first, Handling(conditions="Then tell.")).conditions == "Ask first.\nThen tell."
