# SPDX-License-Identifier: Apache-2.0
"""The bodies of consultations and disputes: rules across members, and how long a step may take."""

from typing import Any

import pytest

from comity.protocol.terms import bodies, kinds
from comity.protocol.terms.errors import BodyInvalid
from comity.protocol.terms.samples import ALLOCATION
from comity.protocol.terms.steps import agreed_days

SHARE = {"country": "CN", "conduct": "Invented."}


def wrong(kind: str, **changes: Any) -> set[tuple[str, str]]:
    """What is wrong with the kind's example after these changes."""
    body = {name: each for name, each in {**kinds.kind(kind).example, **changes}.items() if each is not None}
    try:
        bodies.validate(kind, body)
    except BodyInvalid as error:
        return {(each.path, each.code) for each in error.problems}
    return set()


@pytest.mark.parametrize(
    ("outcome", "shares", "fits"),
    [
        ("one-state", 1, True),
        ("one-state", 2, False),
        ("transfer", 1, True),
        ("transfer", 2, False),
        ("each-its-part", 1, False),
        ("each-its-part", 2, True),
    ],
)
def test_shares_fit_the_outcome(outcome: str, shares: int, fits: bool) -> None:
    allocation = {**ALLOCATION, "outcome": outcome, "shares": [SHARE] * shares}
    expected = set() if fits else {("allocation", "shares-differ")}
    assert wrong("allocation-proposed", allocation=allocation) == expected


def test_an_agreed_transfer_names_the_thread_in_which_it_is_asked_for() -> None:
    assert wrong("allocation-carried-out", transfer=None) == {("body", "transfer-missing")}
    assert wrong("allocation-carried-out", transfer=None, outcome="one-state") == set()


def test_a_referral_names_its_clause_but_for_the_diplomatic_channel() -> None:
    for way in ("negotiation", "arbitration", "icj", "treaty-clause"):
        assert wrong("referred", to=way, instrument=None) == {("body", "instrument-missing")}
    assert wrong("referred", to="diplomatic-channel", instrument=None, article=None) == set()


@pytest.mark.parametrize("claimants", [["CN"], ["CN", "CN"]])
def test_a_case_is_claimed_by_two_states_at_least(claimants: list[str]) -> None:
    assert {path for path, _ in wrong("jurisdiction-consultation", claimants=claimants)} == {"claimants"}


def test_free_words_accept_nothing() -> None:
    for kind in ("allocation-agreed", "settled"):
        assert wrong(kind, accepts=None) == {("accepts", "missing")}
        assert wrong(kind, accepts="the last one") == {("accepts", "bad-form")}


@pytest.mark.parametrize(
    ("begins", "answered", "days"),
    [
        ("dispute-consultation", {"times_accepted": True}, 12),
        ("dispute-consultation", {"times_accepted": False}, 30),
        ("dispute-consultation", None, 30),
        ("dispute-conciliation", {"times_accepted": True}, 30),
        ("settlement-proposed", {"times_accepted": True}, 0),
    ],
)
def test_times_bind_when_they_are_accepted(begins: str, answered: dict[str, Any] | None, days: int) -> None:
    assert agreed_days(begins, {"times": {"consultation_days": 12}}, answered) == days
