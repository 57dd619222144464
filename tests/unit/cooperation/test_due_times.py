# SPDX-License-Identifier: Apache-2.0
"""The due times that a request carries: its kind's clocks for its basis and urgency, in the days of whom it asks."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.fixtures.cards import card, ring

from comity.cooperation.drafting.clocks import due_times
from comity.law import clocks
from comity.law.facts.terms import Deadline
from comity.protocol.terms import kinds
from comity.protocol.terms.definitions import PRACTICE
from comity.protocol.wire.card import Card
from comity.protocol.wire.names import format_time
from comity.protocol.wire.particulars import Calendar

FRIDAY = datetime(2026, 12, 4, 22, 30, tzinfo=UTC)  # 23:30 in Madrid, Saturday 05:00 in Yangon
MADRID = card(ring("spain"))
YANGON = replace(MADRID, timezone="Asia/Yangon", calendar=Calendar("MM", ""))
CASES = sorted(
    {
        (kind.name, instrument, urgency)
        for kind in kinds.request_kinds().values()
        for instrument in {clock.source.instrument for clock in kind.clocks} | {"nothing"}
        for urgency in ("normal", "urgent", "emergency")
    }
)


def told(kind: str, instrument: str = "", urgency: str = "normal", requested: Card = MADRID, **body: Any) -> list[Any]:
    basis = {"basis": {"instrument": instrument, "article": "1"}} if instrument else {}
    return due_times(kind, {**basis, "urgency": urgency, **body}, requested, FRIDAY)


@pytest.mark.parametrize(("kind", "instrument", "urgency"), CASES)
@pytest.mark.parametrize("requested", [MADRID, YANGON], ids=["madrid", "yangon"])
def test_every_clock_of_the_basis_and_urgency_and_no_other(
    kind: str, instrument: str, urgency: str, requested: Card
) -> None:
    zone, calendar = requested.timezone, "ES-MD" if requested is MADRID else "MM"
    wanted = set()
    for clock in kinds.request_kinds()[kind].clocks:
        runs = clock.source.instrument in (instrument, PRACTICE) and clock.urgency in ("", urgency)
        if runs and clock.start in ("sent", "received") and clock.side == "requested":
            at = clocks.count(FRIDAY, clock.length, clock.unit, zone=zone, calendar=calendar).at
            wanted.add((format_time(at), clock.source.instrument, clock.source.article))
    found = told(kind, instrument, urgency, requested)
    assert {(each["at"], each["instrument"], each.get("article", "")) for each in found} == wanted


def test_a_time_that_the_author_proposes_takes_the_place_of_our_practice() -> None:
    (usual,) = told("dispute", "UNTOC")
    (proposed,) = told("dispute", "UNTOC", times={"answer_days": 10, "consultation_days": 3})
    assert (usual["instrument"], usual["what"]) == (PRACTICE, "Answer the dispute")
    assert (usual["at"], proposed["at"]) == ("2027-01-03T22:59:59.000Z", "2026-12-14T22:59:59.000Z")


def test_hours_run_through_the_night() -> None:
    hours = [each["at"] for each in told("police-information", "EU-2023-977", "urgent")]
    assert "2026-12-05T06:30:00.000Z" in hours


@pytest.mark.parametrize(
    ("requested", "last"), [(MADRID, "2026-12-11T22:59:59.000Z"), (YANGON, "2026-12-12T17:29:59.000Z")]
)
def test_days_end_at_the_requested_authoritys_midnight(requested: Card, last: str) -> None:
    (due,) = told("police-information", "EU-2023-977", requested=requested)
    assert due["at"] == last


def test_working_days_skip_its_weekends_and_holidays() -> None:
    """From Friday 4 December 2026 in Madrid: 7 and 8 December are holidays there."""
    (due,) = told("fiu-request", "EU-2024-1640")
    assert due["at"] == "2026-12-15T22:59:59.000Z"
    (plain,) = told("fiu-request", "EU-2024-1640", requested=replace(MADRID, calendar=Calendar("XX", "")))
    assert plain["at"] == "2026-12-11T22:59:59.000Z"
    assert plain["what"].endswith("(public holidays unknown)")
    assert not due["what"].endswith(")")


def test_what_was_set_by_hand_stays_and_stands_first() -> None:
    by_hand = {"what": "Before the hearing", "at": "2026-12-05T12:00:00.000Z"}
    found = told("police-information", "EU-2023-977", due=[by_hand])
    assert found[0] == by_hand
    assert len(found) == 2


def test_counting_twice_adds_nothing() -> None:
    once = told("police-information", "EU-2023-977")
    assert told("police-information", "EU-2023-977", due=once) == once


def test_without_a_basis_nothing_is_counted() -> None:
    assert told("police-information") == []
    assert told("police-information", basis=None) == []


ANSWER = Deadline(what="answer", after="received", length=20, unit="working-days", bound="max", article="7(2)")


def of_law(*law: Deadline, instrument: str = "AR-BO-mla", urgency: str = "normal") -> list[Any]:
    body = {"basis": {"instrument": instrument, "article": "7"}, "urgency": urgency}
    return due_times("mutual-legal-assistance", body, MADRID, FRIDAY, law)


def test_a_treaty_that_no_kind_knows_sets_its_clocks_by_the_facts() -> None:
    (due,) = of_law(ANSWER)
    assert (due["what"], due["instrument"], due["article"]) == ("Give the answer", "AR-BO-mla", "7(2)")
    at = clocks.count(FRIDAY, 20, "working-days", zone="Europe/Madrid", calendar="ES-MD").at
    assert due["at"] == format_time(at)
    (unknown,) = of_law(replace(ANSWER, what="ring-the-bell"))
    assert unknown["what"] == "Ring the bell"


def test_what_begins_later_is_ours_or_is_the_least_is_not_counted() -> None:
    later, ours, least = (
        replace(ANSWER, after="arrest"),
        replace(ANSWER, side="requesting"),
        replace(ANSWER, bound="min"),
    )
    assert of_law(later, ours, least) == []
    urgent = replace(ANSWER, after="received-urgent")
    assert of_law(urgent) == []
    assert len(of_law(urgent, urgency="urgent")) == 1


def test_an_instrument_whose_clocks_the_kind_has_is_counted_once() -> None:
    known = of_law(ANSWER, instrument="EU-2014-41")
    assert known == of_law(instrument="EU-2014-41")
    assert known
    assert due_times("mutual-legal-assistance", {}, MADRID, FRIDAY, (ANSWER,)) == []
