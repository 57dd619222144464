# SPDX-License-Identifier: Apache-2.0
"""The criteria side by side: for whom each speaks and who says so, what is missing, and nothing decided."""

from dataclasses import fields

import pytest

from comity.law.jurisdiction import Comparison, Row, Stated, Victims, Voice, side_by_side
from comity.protocol.terms.jurisdiction import CRITERIA

CN, ES = "CN/mps", "ES/policia-nacional"
CHINA = Stated(
    CN,
    "CN",
    act=("ES",),
    damage=("CN",),
    suspects=("ES",),
    evidence=("CN", "ES"),
    nationality=("CN",),
    victims=(Victims("CN", "nationality", 37),),
    stage="investigation",
    grounds=("active-personality",),
    nationals="not-extradited",
    lapses_on="2036-12-13",
)
SPAIN = Stated(ES, "ES", act=("ES", "MM"), stage="none", grounds=("territorial",), nationals="extradited")


def row(found: Comparison, criterion: str) -> Row:
    (one,) = (each for each in found.rows if each.criterion == criterion)
    return one


@pytest.mark.parametrize(
    ("criterion", "speaks_for", "missing"),
    [
        ("act", {ES: (CN, ES)}, ()),
        ("damage", {CN: (CN,)}, (ES,)),
        ("suspects", {ES: (CN,)}, (ES,)),
        ("evidence", {CN: (CN,), ES: (CN,)}, (ES,)),
        ("nationality", {CN: (CN,)}, (ES,)),
        ("victims", {CN: (CN,)}, (ES,)),
        ("stage", {CN: (CN,)}, ()),
        ("grounds", {CN: (CN,), ES: (ES,)}, ()),
        ("extradition", {}, ()),
        ("lapse", {}, (ES,)),
    ],
)
def test_for_whom_a_criterion_speaks(
    criterion: str, speaks_for: dict[str, tuple[str, ...]], missing: tuple[str, ...]
) -> None:
    found = row(side_by_side([CHINA, SPAIN]), criterion)
    assert found.speaks_for == tuple(Voice(side, said_by) for side, said_by in speaks_for.items())
    assert found.missing == missing


def test_a_country_of_no_side_is_named() -> None:
    assert row(side_by_side([CHINA, SPAIN]), "act").elsewhere == ("MM",)


def test_who_does_not_extradite_nationals_is_spoken_for_only_when_it_has_one() -> None:
    held = Stated(CN, "CN", suspects=("CN",), nationality=("CN",), nationals="not-extradited")
    assert row(side_by_side([held, SPAIN]), "extradition").speaks_for == (Voice(CN, (CN,)),)


def test_what_nobody_states_is_missing_on_every_side() -> None:
    found = side_by_side([Stated(ES, "ES"), Stated(CN, "CN"), Stated("MM/police-force", "MM")])
    assert found.sides == (CN, ES, "MM/police-force")
    for each in found.rows:
        assert (each.speaks_for, each.elsewhere, each.missing) == ((), (), found.sides)


def test_every_criterion_has_its_row_and_its_sources_are_marked() -> None:
    found = side_by_side([CHINA, SPAIN])
    assert tuple(each.criterion for each in found.rows) == CRITERIA.codes
    assert {each.criterion for each in found.rows if not each.sources} == {"lapse"}
    unread = {source.instrument for each in found.rows for source in each.sources if not source.verified}
    assert unread == {"EUROJUST-GUIDELINES", "EU-2009-948"}


def test_it_decides_and_counts_nothing() -> None:
    assert {each.name for each in fields(Comparison)} == {"sides", "rows"}
    assert {each.name for each in fields(Row)} == {"criterion", "speaks_for", "elsewhere", "missing", "sources"}


def test_one_side_is_given_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        side_by_side([CHINA, CHINA])


def test_two_authorities_of_one_country_are_two_sides() -> None:
    court = Stated("ES/audiencia-nacional", "ES", stage="charged")
    assert row(side_by_side([SPAIN, court]), "stage").speaks_for == (Voice("ES/audiencia-nacional", (court.side,)),)
