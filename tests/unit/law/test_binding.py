# SPDX-License-Identifier: Apache-2.0
"""What binds whom, by the shipped facts: each row of the table was read in the source that the fact names."""

from datetime import date

import pytest

from comity.law import binding
from comity.law.errors import InstrumentUnknown
from comity.law.view import View, shipped_index

KNOWN = date(2026, 11, 22)


def view(on: str) -> View:
    return View(shipped_index(), date.fromisoformat(on), KNOWN)


@pytest.mark.parametrize(
    ("instrument", "state", "on", "finding", "why"),
    [
        ("ETS185", "ES", "2010-09-30", "not-bound", "not-yet"),
        ("ETS185", "ES", "2010-10-01", "bound", "in-force"),
        ("ETS185", "CN", "2026-11-22", "cannot-tell", "no-fact"),
        ("UNTOC", "CN", "2003-10-22", "not-bound", "not-yet"),
        ("UNTOC", "CN", "2003-10-23", "bound", "in-force"),
        ("UNTOC", "MM", "2026-11-22", "bound", "in-force"),
        ("UNCC", "CN", "2026-11-22", "not-bound", "instrument-not-in-force"),
        ("UNCC", "MM", "2026-11-22", "cannot-tell", "no-fact"),
        ("ETS24", "ES", "2026-11-22", "bound", "in-force-by"),
        ("ETS24", "ES", "2000-01-01", "cannot-tell", "since-unknown"),
        ("ASEAN-AET", "MM", "2026-11-22", "not-bound", "instrument-not-in-force"),
        ("ASEAN-AET", "CN", "2026-11-22", "not-bound", "not-listed"),
        ("UNTOC", "QQ", "2026-11-22", "cannot-tell", "no-fact"),
    ],
)
def test_an_instrument_and_a_state(instrument: str, state: str, on: str, finding: str, why: str) -> None:
    found = binding.binding(view(on), instrument, state)
    assert (found.finding, found.why) == (finding, why)


def test_the_treaty_of_china_and_spain_is_in_force_since_its_day() -> None:
    for on, finding in (("2007-04-03", "not-bound"), ("2007-04-04", "bound")):
        (found,) = binding.treaties(view(on), "ES", "CN", "extradition")
        assert (found.id, found.finding) == ("CN-ES-extradition", finding)


def test_between_china_and_myanmar_none_is_known_and_that_is_told_as_a_fact() -> None:
    assert binding.treaties(view("2026-11-22"), "CN", "MM", "extradition") == []
    (told,) = binding.absences(view("2026-11-22"), "MM", "CN", "extradition")
    assert not told.verified


def test_a_treaty_that_was_only_listed_binds_from_the_day_of_the_list() -> None:
    (found,) = binding.treaties(view("2026-11-22"), "US", "GB", "mla")
    assert (found.finding, found.why, len(found.facts)) == ("bound", "in-force-by", 2)
    (found,) = binding.treaties(view("2000-01-01"), "US", "GB", "mla")
    assert (found.finding, found.why) == ("cannot-tell", "since-unknown")


def test_nothing_was_known_before_it_was_read() -> None:
    asked = View(shipped_index(), KNOWN, date(2026, 11, 21))
    with pytest.raises(InstrumentUnknown):
        binding.parties(asked, "ETS185")


def test_an_instrument_that_nobody_described_is_named() -> None:
    with pytest.raises(InstrumentUnknown, match="NONE"):
        binding.parties(view("2026-11-22"), "NONE")
    found = binding.binding(view("2026-11-22"), "NONE", "ES")
    assert (found.finding, found.why) == ("cannot-tell", "no-fact")
