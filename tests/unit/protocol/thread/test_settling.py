# SPDX-License-Identifier: Apache-2.0
"""Agreements: one proposal by one side, accepted by the other by its digest, and nothing else."""

from typing import Any

import pytest
from tests.fixtures.threads import CHINA, MYANMAR, SPAIN, UNSEEN, Talk

from comity.protocol.thread.graph import Role
from comity.protocol.thread.graphs import GRAPHS
from comity.protocol.thread.moves import standing, whose_move


@pytest.fixture
def talk() -> Talk:
    """A consultation in which both sides have stated their criteria."""
    talk = Talk("jurisdiction-consultation", CHINA, SPAIN)
    talk.say("criteria-stated", SPAIN)
    return talk


def test_only_what_stands_is_accepted(talk: Talk) -> None:
    first = talk.say("allocation-proposed", CHINA)
    second = talk.say("allocation-proposed", CHINA)
    assert standing(talk.state(), SPAIN) == (second,)
    for wrong in (first, talk.root, UNSEEN):
        assert talk.outcome(talk.say("allocation-agreed", SPAIN, accepts=wrong)) == "not-allowed"
    malformed: dict[str, Any]
    for malformed in ({}, {"accepts": 7}, {"accepts": "no digest"}):
        assert talk.outcome(talk.say("allocation-agreed", SPAIN, **malformed)) == "bad-body"
    assert talk.stands() == "proposed-by-opener"
    assert talk.outcome(talk.say("allocation-agreed", SPAIN, accepts=second)) == "applied"
    assert talk.stands() == "agreed"


def test_nobody_accepts_their_own(talk: Talk) -> None:
    proposal = talk.say("allocation-proposed", CHINA)
    assert talk.outcome(talk.say("allocation-agreed", CHINA, accepts=proposal)) == "not-allowed"
    assert talk.stands() == "proposed-by-opener"


def test_two_proposals_at_once_are_a_conflict_that_either_acceptance_settles(talk: Talk) -> None:
    heads = talk.state().heads
    ours = talk.say("allocation-proposed", CHINA, after=heads)
    theirs = talk.say("allocation-proposed", SPAIN, after=heads)
    assert talk.state().lanes[SPAIN].conflict is not None
    assert whose_move(talk.state()) == {CHINA, SPAIN}
    assert set(standing(talk.state(), CHINA)) >= {ours, theirs}
    assert talk.outcome(talk.say("allocation-agreed", CHINA, accepts=ours)) == "not-allowed"
    assert talk.outcome(talk.say("allocation-agreed", CHINA, accepts=theirs)) == "applied"
    assert (talk.stands(), talk.outcome(ours)) == ("agreed", "superseded")


def test_each_accepting_the_others_proposal_is_no_agreement(talk: Talk) -> None:
    heads = talk.state().heads
    ours = talk.say("allocation-proposed", CHINA, after=heads)
    theirs = talk.say("allocation-proposed", SPAIN, after=heads)
    both = talk.state().heads
    talk.say("allocation-agreed", CHINA, after=both, accepts=theirs)
    talk.say("allocation-agreed", SPAIN, after=both, accepts=ours)
    lane = talk.state().lanes[SPAIN]
    assert lane.state == "criteria"
    assert lane.conflict is not None
    last = talk.say("allocation-proposed", CHINA)
    talk.say("allocation-agreed", SPAIN, accepts=last)
    assert talk.stands() == "agreed"


def test_the_same_acceptance_twice_agrees_with_itself(talk: Talk) -> None:
    proposal = talk.say("allocation-proposed", CHINA)
    heads = talk.state().heads
    for words in ("One.", "Two."):
        talk.say("allocation-agreed", SPAIN, after=heads, accepts=proposal, words=words)
    assert talk.stands() == "agreed"


def test_a_proposal_is_accepted_part_by_part() -> None:
    talk = Talk("jurisdiction-consultation", CHINA, SPAIN, MYANMAR)
    for who in (SPAIN, MYANMAR):
        talk.say("criteria-stated", who)
    theirs = talk.say("allocation-proposed", SPAIN)
    assert (talk.stands(SPAIN), talk.stands(MYANMAR)) == ("proposed-by-addressee", "criteria")
    talk.say("allocation-agreed", CHINA, accepts=theirs)
    assert (talk.stands(SPAIN), talk.stands(MYANMAR)) == ("agreed", "criteria")


def test_in_a_step_of_both_sides_both_are_waited_for() -> None:
    talk = Talk("dispute", CHINA, SPAIN)
    talk.say("dispute-answered", SPAIN)
    assert whose_move(talk.state()) == {CHINA}
    talk.say("dispute-consultation", CHINA)
    assert whose_move(talk.state()) == {CHINA, SPAIN}


@pytest.mark.parametrize("name", ["consultation", "dispute"])
def test_nothing_in_them_stops_a_clock_or_shuts_the_opener_in(name: str) -> None:
    graph = GRAPHS[name]
    assert not any(state.clock_stops for state in graph.states)
    ended = {"agreed", "carried-out", "settled", "refused", "withdrawn", "closed"}
    leave = {state.name for state in graph.states if "withdrawn" in graph.moves(state.name, Role.OPENER)}
    assert leave == {state.name for state in graph.states} - ended
