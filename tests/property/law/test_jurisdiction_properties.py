# SPDX-License-Identifier: Apache-2.0
"""Criteria side by side, on random sides: the order changes nothing, and every word goes back to what somebody said."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from comity.law.jurisdiction import Stated, Victims, side_by_side
from comity.protocol.terms.jurisdiction import JURISDICTION_GROUNDS, NATIONALS, PROCEEDING_STAGES, VICTIM_LINKS

COUNTRIES = st.sampled_from(("CN", "ES", "MM", "TH"))
SOME = st.lists(COUNTRIES, max_size=3).map(tuple)
VICTIMS = st.builds(
    Victims, COUNTRIES, st.sampled_from(VICTIM_LINKS.codes), st.none() | st.integers(min_value=0, max_value=99)
)


@st.composite
def sides(draw: st.DrawFn) -> list[Stated]:
    """Two to four sides, each of which states some of the criteria."""
    names = draw(st.lists(st.tuples(COUNTRIES, st.sampled_from("ab")), min_size=2, max_size=4, unique=True))
    return [
        Stated(
            side=f"{country}/{name}",
            country=country,
            act=draw(SOME),
            damage=draw(SOME),
            suspects=draw(SOME),
            evidence=draw(SOME),
            nationality=draw(SOME),
            victims=tuple(draw(st.lists(VICTIMS, max_size=2))),
            stage=draw(st.sampled_from(("", *PROCEEDING_STAGES.codes))),
            grounds=tuple(draw(st.lists(st.sampled_from(JURISDICTION_GROUNDS.codes), max_size=2))),
            nationals=draw(st.sampled_from(("", *NATIONALS.codes))),
            lapses_on=draw(st.sampled_from(("", "2030-01-01"))),
        )
        for country, name in names
    ]


@given(sides(), st.randoms())
def test_the_order_of_the_sides_changes_nothing(stated: list[Stated], chance: Random) -> None:
    other = list(stated)
    chance.shuffle(other)
    assert side_by_side(other) == side_by_side(stated)


@given(sides())
def test_a_side_that_is_missing_says_nothing(stated: list[Stated]) -> None:
    found = side_by_side(stated)
    for row in found.rows:
        assert set(row.missing) <= set(found.sides)
        assert {who for voice in row.speaks_for for who in voice.said_by} <= set(found.sides) - set(row.missing)
        assert all(voice.said_by for voice in row.speaks_for)
        assert [voice.side for voice in row.speaks_for] == sorted(voice.side for voice in row.speaks_for)


@given(sides(), st.integers(0, 3))
def test_what_a_side_leaves_out_takes_its_voice_and_no_others(stated: list[Stated], at: int) -> None:
    silent = stated[at % len(stated)]
    before = side_by_side(stated)
    after = side_by_side([Stated(each.side, each.country) if each is silent else each for each in stated])
    for one, other in zip(before.rows, after.rows, strict=True):
        assert silent.side in other.missing
        kept = {(v.side, who) for v in one.speaks_for for who in v.said_by if who != silent.side}
        assert {(v.side, who) for v in other.speaks_for for who in v.said_by} == kept
