# SPDX-License-Identifier: Apache-2.0
"""Whose move it is, which moves there are, and how long the clock stood still."""

from datetime import timedelta

import pytest
from tests.fixtures.threads import BEGIN, CHINA, MYANMAR, SPAIN, STRANGER, Talk

from comity.protocol.thread.errors import MoveNotAllowed
from comity.protocol.thread.graphs import REQUEST
from comity.protocol.thread.moves import allowed_moves, require_move, stoppages, whose_move


@pytest.fixture
def talk() -> Talk:
    return Talk("traffic-data", CHINA, SPAIN)


def test_the_move_passes_between_the_sides(talk: Talk) -> None:
    assert whose_move(talk.state()) == {SPAIN}
    talk.say("clarification", SPAIN)
    assert whose_move(talk.state()) == {CHINA}
    talk.say("clarified", CHINA)
    talk.say("produced", SPAIN)
    assert whose_move(talk.state()) == {CHINA}
    talk.say("closed", CHINA)
    assert whose_move(talk.state()) == frozenset()


def test_a_conflict_waits_for_whoever_can_settle_it(talk: Talk) -> None:
    talk.say("accepted", SPAIN)
    talk.say("withdrawn", CHINA, after=(talk.root,))
    assert whose_move(talk.state()) == {CHINA, SPAIN}


def test_lanes_wait_each_for_its_own() -> None:
    talk = Talk("traffic-data", CHINA, SPAIN, MYANMAR)
    talk.say("refused", SPAIN)
    assert whose_move(talk.state()) == {CHINA, MYANMAR}
    assert "closed" in allowed_moves(talk.state(), CHINA)
    assert "closed" not in allowed_moves(talk.state(), CHINA, MYANMAR)
    assert "withdrawn" in allowed_moves(talk.state(), CHINA, MYANMAR)
    assert "accepted" in allowed_moves(talk.state(), MYANMAR)
    assert "postponed" not in allowed_moves(talk.state(), SPAIN)


def test_the_moves_of_each_side(talk: Talk) -> None:
    assert allowed_moves(talk.state(), CHINA) == ("withdrawn", "note", "recall")
    assert allowed_moves(talk.state(), SPAIN)[:3] == ("acknowledged", "clarification", "accepted")
    assert allowed_moves(talk.state(), SPAIN)[-1] == "note"
    assert allowed_moves(talk.state(), STRANGER) == ()
    talk.say("note", SPAIN)
    assert allowed_moves(talk.state(), SPAIN)[-2:] == ("note", "recall")


def test_nobody_moves_without_a_root(talk: Talk) -> None:
    talk.say("note", CHINA)
    state = talk.state(talk.root)
    assert (whose_move(state), allowed_moves(state, CHINA)) == (frozenset(), ())


def test_a_recall_waits_for_its_holders(talk: Talk) -> None:
    talk.say("refused", SPAIN)
    talk.say("closed", CHINA)
    recall = talk.say("recall", CHINA, of=[talk.root])
    assert whose_move(talk.state()) == {SPAIN}
    assert allowed_moves(talk.state(), SPAIN)[-3:] == ("recall-sealed", "recall-destroyed", "recall-refused")
    assert allowed_moves(talk.state(), CHINA) == ("note", "recall")
    talk.say("recall-destroyed", SPAIN, recall=recall)
    assert whose_move(talk.state()) == frozenset()
    assert allowed_moves(talk.state(), SPAIN) == ("note", "recall")


def test_a_move_can_be_required_before_it_is_signed(talk: Talk) -> None:
    require_move(talk.state(), SPAIN, "accepted")
    with pytest.raises(MoveNotAllowed, match="CN/mps cannot answer this thread with confirmed now") as caught:
        require_move(talk.state(), CHINA, "confirmed")
    assert caught.value.code == "move-not-allowed"


def test_a_clarification_stops_the_clock_until_it_is_answered(talk: Talk) -> None:
    assert stoppages(talk.state().lanes[SPAIN], REQUEST) == ()
    talk.say("clarification", SPAIN)
    lane = talk.state().lanes[SPAIN]
    assert lane.clock_stopped
    assert stoppages(lane, REQUEST) == ((BEGIN + timedelta(minutes=1), None),)
    talk.say("clarified", CHINA)
    talk.say("clarification", SPAIN)
    talk.say("accepted", SPAIN)
    lane = talk.state().lanes[SPAIN]
    minutes = [BEGIN + timedelta(minutes=each) for each in range(5)]
    assert not lane.clock_stopped
    assert stoppages(lane, REQUEST) == ((minutes[1], minutes[2]), (minutes[3], minutes[4]))


def test_two_that_ask_at_the_same_time_stop_the_clock_once(talk: Talk) -> None:
    talk.say("clarification", SPAIN, after=(talk.root,))
    talk.say("clarification", SPAIN, after=(talk.root,), words="Invented example.")
    assert stoppages(talk.state().lanes[SPAIN], REQUEST) == ((BEGIN + timedelta(minutes=1), None),)


def test_a_slow_clock_never_makes_a_stoppage_negative(talk: Talk) -> None:
    talk.say("clarification", SPAIN)
    talk.say("clarified", CHINA, sent=BEGIN - timedelta(hours=1))
    stop = BEGIN + timedelta(minutes=1)
    assert stoppages(talk.state().lanes[SPAIN], REQUEST) == ((stop, stop),)
