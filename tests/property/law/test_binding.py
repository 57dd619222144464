# SPDX-License-Identifier: Apache-2.0
"""What binds whom, for any facts: nothing binds before its day or after its end, and what is learnt later changes no
earlier answer."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from comity.law import binding
from comity.law.facts.book import Book
from comity.law.facts.fact import Fact
from comity.law.facts.treaties import Instrument, Participation, Treaty
from comity.law.view import Index, View

SOURCED = {"source": "invented", "verification": "secondary", "seen_at": date(1990, 1, 1)}
BEGUN, LAST = date(2000, 1, 1), date(2030, 1, 1)
INSTRUMENT = Instrument(id="SAMPLE", title="Sample (invented)", type="multilateral", in_force=BEGUN, **SOURCED)  # type: ignore[arg-type]

days = st.dates(date(1990, 1, 1), LAST)
maybe = st.none() | days
states = st.sampled_from(["AA", "BB", "CC"])


@st.composite
def participations(draw: st.DrawFn) -> Participation:
    return Participation(
        instrument="SAMPLE",
        state=draw(states),
        signed=draw(maybe),
        deposited=draw(maybe),
        in_force=draw(maybe),
        in_force_by=draw(maybe),
        until=draw(maybe),
        source="invented",
        verification=draw(st.sampled_from(["official-or-copy-of-official", "memory"])),
        seen_at=draw(days),
    )


@st.composite
def treaties(draw: st.DrawFn) -> Treaty:
    one, other = draw(st.lists(states, min_size=2, max_size=2, unique=True))
    return Treaty(
        id="-".join([*sorted((one, other)), "mla"]),
        kind="mla",
        parties=(one, other),
        signed=draw(maybe),
        in_force=draw(maybe),
        in_force_by=draw(maybe),
        until=draw(maybe),
        source="invented",
        verification="secondary",
        seen_at=draw(days),
    )


facts = st.lists(participations() | treaties(), max_size=6)


def view(given_facts: list[Fact], on: date, known: date = LAST) -> View:
    return View(Index(Book.of([INSTRUMENT, *given_facts])), on, known)


@given(facts, days)
def test_what_binds_rests_on_a_fact_that_says_so_on_that_day(given_facts: list[Fact], on: date) -> None:
    for each in binding.parties(view(given_facts, on), "SAMPLE"):
        assert each.facts
        if each.finding == "bound":
            assert on >= BEGUN
            assert each.since is None or each.since <= on
            for fact in each.facts:
                assert isinstance(fact, Participation)
                assert fact.until is None or on < fact.until
                assert (fact.in_force or fact.in_force_by or LAST) <= on


@given(facts, days)
def test_a_treaty_binds_both_or_neither(given_facts: list[Fact], on: date) -> None:
    asked = view(given_facts, on)
    for one, other in (("AA", "BB"), ("BB", "CC"), ("AA", "CC")):
        assert binding.treaties(asked, one, other) == binding.treaties(asked, other, one)


@given(facts, days, days, st.integers(1, 400))
def test_what_is_learnt_later_changes_no_earlier_answer(
    given_facts: list[Fact], on: date, known: date, later: int
) -> None:
    before = binding.parties(view(given_facts, on, known), "SAMPLE")
    learnt = [replace(each, seen_at=known + timedelta(days=later)) for each in given_facts]
    assert binding.parties(view([*given_facts, *learnt], on, known), "SAMPLE") == before


@given(facts, days)
def test_before_an_instrument_is_in_force_it_binds_nobody(given_facts: list[Fact], on: date) -> None:
    early = View(Index(Book.of([replace(INSTRUMENT, in_force=None), *given_facts])), on, LAST)
    assert all(each.finding == "not-bound" for each in binding.parties(early, "SAMPLE"))


@given(facts, days, participations())
def test_a_further_witness_never_turns_a_no_into_a_yes(given_facts: list[Fact], on: date, more: Participation) -> None:
    """Nor a yes into a no: when they differ nobody can tell."""
    before = binding.binding(view(given_facts, on), "SAMPLE", more.state)
    after = binding.binding(view([*given_facts, more], on), "SAMPLE", more.state)
    assert after.finding in (before.finding, "cannot-tell") or not before.facts
