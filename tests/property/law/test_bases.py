# SPDX-License-Identifier: Apache-2.0
"""Bases of any facts: both are bound, a reservation takes and never gives, and what is learnt later changes nothing."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from comity.law.bases.answer import Answer
from comity.law.bases.asking import bases
from comity.law.bases.question import Circumstances, Question
from comity.law.facts.book import Book
from comity.law.facts.fact import Fact
from comity.law.facts.measures import MEASURES, TreatyKind
from comity.law.facts.national import Statement
from comity.law.facts.terms import Ground
from comity.law.facts.treaties import (
    Instrument,
    Participation,
    Provision,
    Relation,
    Scope,
    Treaty,
)
from comity.law.view import Index, View, shipped_index

LATE = date(2030, 1, 1)
SOURCED = {"source": "invented", "verification": "secondary", "seen_at": date(1990, 1, 1)}
ASKED = st.sampled_from(["extradition", "mutual-legal-assistance", "evidence", "preservation", "production"])
days = st.dates(date(1990, 1, 1), date(2029, 1, 1))
states = st.sampled_from(["CN", "ES", "MM"])
names = st.sampled_from(["ONE", "TWO"])


def instrument(name: str, scope: Scope | None) -> Instrument:
    return Instrument(
        id=name,
        title=f"{name} (invented)",
        type="multilateral",
        in_force=date(1990, 1, 1),
        scope=scope,
        **SOURCED,  # type: ignore[arg-type]
    )


@st.composite
def provisions(draw: st.DrawFn) -> Provision:
    return Provision(
        instrument=draw(names),
        article=draw(st.sampled_from(["1", "2"])),
        heading="invented",
        measures=(draw(ASKED),),  # type: ignore[arg-type]
        modality=draw(st.sampled_from(["shall", "may", None])),
        only_where=draw(st.sampled_from([None, "no-extradition-treaty"])),
        grounds=tuple(draw(st.lists(st.builds(Ground, ground=st.just("nationality"), force=forces), max_size=1))),
        **SOURCED,  # type: ignore[arg-type]
    )


forces = st.sampled_from(["mandatory", "discretionary", "never"])


@st.composite
def participations(draw: st.DrawFn) -> Participation:
    return Participation(
        instrument=draw(names),
        state=draw(states),
        in_force=draw(st.none() | days),
        until=draw(st.none() | days),
        source="invented",
        verification=draw(st.sampled_from(["official-or-copy-of-official", "memory"])),
        seen_at=draw(days),
    )


@st.composite
def treaties(draw: st.DrawFn) -> Treaty:
    one, other = sorted(draw(st.lists(states, min_size=2, max_size=2, unique=True)))
    kind: TreatyKind = draw(st.sampled_from(["extradition", "mla"]))
    return Treaty(
        id=f"{one}-{other}-{kind}",
        kind=kind,
        parties=(one, other),
        in_force=draw(st.none() | days),
        until=draw(st.none() | days),
        **SOURCED,  # type: ignore[arg-type]
    )


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    return Statement(
        state=draw(states),
        instrument=draw(names),
        kind="reservation",
        text="invented",
        measures=draw(st.sampled_from([(), ("extradition",), ("mutual-legal-assistance",), ("evidence",)])),
        effect=draw(st.sampled_from(["excludes", "no-basis", "limits", "ground", None])),
        grounds=(Ground(ground="dual-criminality", force="discretionary"),),
        **SOURCED,  # type: ignore[arg-type]
    )


relations = st.builds(
    Relation,
    instrument=names,
    kind=st.sampled_from(["yields-to", "widens", "supplements", "replaces"]),
    to=st.sampled_from(["ONE", "TWO", "extradition", "mla"]),
    source=st.just("invented"),
    verification=st.just("memory"),
    seen_at=st.just(date(1990, 1, 1)),
)
scopes = st.sampled_from([None, Scope(), Scope(offences=("fraud",)), Scope(serious=48, group=True)])
books = st.tuples(
    scopes, scopes, st.lists(provisions() | participations() | treaties() | statements() | relations, max_size=12)
)


def asked(found: tuple[Scope | None, Scope | None, list[Fact]], on: date, known: date = LATE, **told: str) -> Answer:
    one, two, facts = found
    index = Index(Book.of([instrument("ONE", one), instrument("TWO", two), *facts]))
    question = Question(
        requesting=told.get("requesting", "CN"), requested=told.get("requested", "ES"), measure=told["measure"]
    )
    return bases(View(index, on, known), question)


@given(books, days, ASKED)
def test_every_basis_is_bound_by_both_and_names_a_source(
    found: tuple[Scope | None, Scope | None, list[Fact]], on: date, measure: str
) -> None:
    answer = asked(found, on, measure=measure)
    for basis in answer.bases:
        assert basis.facts
        assert all(fact.source for fact in basis.facts)
        assert all(day is None or day <= on for day in basis.since)
        bound = [fact for fact in basis.facts if isinstance(fact, Participation | Treaty)]
        assert all(fact.until is None or on < fact.until for fact in bound)
    assert answer.first


@given(books, days, ASKED, statements())
def test_a_reservation_never_adds_a_basis(
    found: tuple[Scope | None, Scope | None, list[Fact]], on: date, measure: str, reservation: Statement
) -> None:
    one, two, facts = found
    before = {each.instrument for each in asked(found, on, measure=measure).bases}
    after = {each.instrument for each in asked((one, two, [*facts, reservation]), on, measure=measure).bases}
    assert after <= before


@given(books, days, days, ASKED, participations() | treaties() | statements() | provisions())
def test_what_is_learnt_later_changes_no_earlier_answer(
    found: tuple[Scope | None, Scope | None, list[Fact]], on: date, known: date, measure: str, later: Fact
) -> None:
    one, two, facts = found
    learnt = replace(later, seen_at=LATE)
    first = asked(found, on, known, measure=measure)
    again = asked((one, two, [*facts, learnt]), on, known, measure=measure)
    assert again == first


@given(books, days)
def test_an_instrument_of_many_binds_in_both_directions(
    found: tuple[Scope | None, Scope | None, list[Fact]], on: date
) -> None:
    measure = "mutual-legal-assistance"
    one = asked(found, on, measure=measure)
    other = asked(found, on, measure=measure, requesting="ES", requested="CN")
    assert {each.instrument for each in one.bases} == {each.instrument for each in other.bases}


iso = st.sampled_from(["AD", "BR", "CN", "DE", "ES", "GB", "JP", "MM", "TH", "TV", "US", "VN", "ZW"])
circumstances = st.builds(
    Circumstances,
    nationalities=st.none() | st.lists(iso, max_size=2).map(tuple),
    death=st.none() | st.booleans(),
    political=st.none() | st.booleans(),
    organized_group=st.none() | st.booleans(),
    penalty_max_months=st.none() | st.integers(1, 400),
)


@given(iso, iso, st.sampled_from(MEASURES), st.sampled_from(["", "fraud", "fraud-telecom", "CN:266"]), circumstances)
def test_the_shipped_facts_answer_anything(
    one: str, other: str, measure: str, offence: str, told: Circumstances
) -> None:
    if one == other:
        return
    view = View(shipped_index(), date(2026, 11, 22), date(2026, 11, 22))
    question = Question(requesting=one, requested=other, measure=measure, offence=offence, circumstances=told)
    answer = bases(view, question)
    assert answer.finding in ("basis", "none", "cannot-tell")
    assert "granted" not in answer.first
    named = {id(each) for each in answer.unverified}
    for basis in answer.bases[:1]:
        deciding = [each for each in basis.deciding if not each.verified]
        assert not deciding or answer.first.startswith("Not verified")
        assert all(id(each) not in named for each in deciding)
    yesterday = View(shipped_index(), date(2026, 11, 22), date(2026, 11, 22) - timedelta(days=1))
    assert bases(yesterday, question).bases == ()
