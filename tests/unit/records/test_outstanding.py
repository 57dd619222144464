# SPDX-License-Identifier: Apache-2.0
"""A due time counts while the thing that it is due for is outstanding, and says whose duty it is."""

from datetime import UTC, datetime

import pytest
from tests.fixtures.threads import CHINA, MYANMAR, SPAIN, Talk

from comity.protocol.thread.moves import stoppages
from comity.records.threads.outstanding import PRESERVED_UNTIL, Duty, next_duty

SOON, LATER, LAST = (datetime(2016, 12, day, 12, tzinfo=UTC) for day in (14, 20, 31))
WIRE = {SOON: "2016-12-14T12:00:00.000Z", LATER: "2016-12-20T12:00:00.000Z", LAST: "2016-12-31T12:00:00.000Z"}
ANSWER = "Give the answer"


def asked(kind: str, *due: tuple[str, object], to: tuple[object, ...] = (SPAIN,)) -> Talk:
    """A request of China's that names these due times."""
    talk = Talk(kind, CHINA, *to)  # type: ignore[arg-type]
    talk.messages.clear()
    talk.root = talk.say(kind, CHINA, after=(), id=talk.thread, due=[{"what": what, "at": at} for what, at in due])
    return talk


def duty(talk: Talk, me: str = SPAIN) -> Duty | None:
    return next_duty(me, talk.messages[talk.root], talk.state(), talk.messages.get)  # type: ignore[arg-type]


@pytest.mark.parametrize(("me", "ours"), [(SPAIN, True), (CHINA, False), ("FR/relay", False)])
def test_an_answer_is_the_duty_of_whom_is_asked(me: str, ours: bool) -> None:
    talk = asked("police-information", (ANSWER, WIRE[LATER]), ("Before the hearing", WIRE[SOON]))
    assert duty(talk, me) == Duty(SOON, "Before the hearing", ours)


@pytest.mark.parametrize("end", ["produced", "impossible", "refused"])
def test_an_answer_that_came_is_due_no_more(end: str) -> None:
    talk = asked("police-information", (ANSWER, WIRE[SOON]))
    talk.say("accepted", SPAIN)
    assert duty(talk) == Duty(SOON, ANSWER, ours=True)
    talk.say(end, SPAIN, complete=True)
    assert duty(talk) is duty(talk, CHINA) is None


def test_what_was_withdrawn_is_due_no_more() -> None:
    talk = asked("police-information", (ANSWER, WIRE[SOON]))
    talk.say("withdrawn", CHINA)
    assert duty(talk) is duty(talk, CHINA) is None


def test_a_part_of_an_answer_leaves_the_rest_due() -> None:
    talk = asked("police-information", (ANSWER, WIRE[SOON]))
    talk.say("accepted", SPAIN)
    talk.say("produced", SPAIN, complete=False)
    assert duty(talk) == Duty(SOON, ANSWER, ours=True)


def test_an_acknowledgement_is_due_until_anything_was_said_and_a_decision_until_there_is_one() -> None:
    talk = asked("police-information", ("Acknowledge", WIRE[SOON]), ("Decide on the request", WIRE[LATER]))
    assert duty(talk) == Duty(SOON, "Acknowledge", ours=True)
    talk.say("acknowledged", SPAIN)
    assert duty(talk) == Duty(LATER, "Decide on the request", ours=True)
    talk.say("accepted", SPAIN)
    assert duty(talk) is None


def test_of_a_joint_request_our_own_part_counts_where_we_are_asked_and_every_part_where_we_ask() -> None:
    talk = asked("police-information", (ANSWER, WIRE[SOON]), to=(SPAIN, MYANMAR))
    talk.say("impossible", SPAIN)
    assert duty(talk, SPAIN) is None
    assert duty(talk, MYANMAR) == Duty(SOON, ANSWER, ours=True)
    assert duty(talk, CHINA) == Duty(SOON, ANSWER, ours=False)


def test_an_offer_is_decided_by_its_addressee_and_nothing_more_is_due() -> None:
    talk = asked("spontaneous-information", ("Answer wished", WIRE[SOON]))
    assert duty(talk) == Duty(SOON, "Answer wished", ours=True)
    talk.say("conditions-accepted", SPAIN)
    assert duty(talk) is None


def test_the_end_of_a_preservation_comes_after_its_answer() -> None:
    talk = asked("preservation", (ANSWER, WIRE[SOON]))
    talk.say("preserved", SPAIN, until=WIRE[LAST])
    assert duty(talk, CHINA) == Duty(LAST, PRESERVED_UNTIL, ours=True)
    assert duty(talk, SPAIN) == Duty(LAST, PRESERVED_UNTIL, ours=False)
    talk.say("produced", SPAIN, complete=True)
    assert duty(talk, CHINA) is None


@pytest.mark.parametrize("until", [None, "soon", 5])
def test_an_end_that_nobody_can_read_is_as_good_as_none(until: object) -> None:
    talk = asked("preservation", (ANSWER, "yesterday"), (ANSWER, 5))
    talk.say("preserved", SPAIN, until=until)
    assert duty(talk) is None


def test_what_an_instrument_sets_comes_later_by_as_long_as_a_clarification_was_awaited() -> None:
    talk = Talk("police-information", CHINA, SPAIN)
    talk.messages.clear()
    set_by = {"what": ANSWER, "at": WIRE[LATER], "instrument": "EU-2023-977"}
    by_hand = {"what": "Before the hearing", "at": WIRE[LAST]}
    talk.root = talk.say("police-information", CHINA, after=(), id=talk.thread, due=[set_by, by_hand])
    talk.say("clarification", SPAIN)
    talk.say("clarified", CHINA)
    graph = talk.state().graph
    assert graph is not None
    (stood,) = stoppages(talk.state().lanes[SPAIN], graph)
    assert stood[1] is not None
    assert duty(talk) == Duty(LATER + (stood[1] - stood[0]), ANSWER, ours=True)
    assert stood[1] > stood[0]
    talk.say("produced", SPAIN, complete=True)
    assert duty(talk) is None


def test_a_day_that_the_author_set_is_that_day() -> None:
    talk = asked("police-information", ("Before the hearing", WIRE[LATER]))
    talk.say("clarification", SPAIN)
    talk.say("clarified", CHINA)
    assert duty(talk) == Duty(LATER, "Before the hearing", ours=True)


@pytest.mark.parametrize(
    ("opening", "answer"), [("dispute", "dispute-answered"), ("jurisdiction-consultation", "criteria-stated")]
)
def test_what_both_sides_must_agree_on_is_due_until_the_other_side_answered(opening: str, answer: str) -> None:
    talk = asked(opening, ("Acknowledge", WIRE[SOON]), (ANSWER, WIRE[LATER]))
    assert duty(talk) == Duty(SOON, "Acknowledge", ours=True)
    talk.say("acknowledged", SPAIN)
    assert duty(talk) == Duty(LATER, ANSWER, ours=True)
    talk.say(answer, SPAIN)
    assert duty(talk) is duty(talk, CHINA) is None


def test_a_step_of_a_dispute_is_due_while_the_thread_stands_on_it() -> None:
    talk = asked("dispute", (ANSWER, WIRE[SOON]))
    talk.say("dispute-answered", SPAIN)
    talk.say("dispute-consultation", CHINA, due=[{"what": "Conclude", "at": WIRE[LATER]}])
    assert duty(talk) == duty(talk, CHINA) == Duty(LATER, "Conclude", ours=True)
    talk.say("dispute-conciliation", SPAIN, due=[{"what": "End", "at": WIRE[LAST]}])
    assert duty(talk) == Duty(LAST, "End", ours=True)
    talk.say("settlement-proposed", SPAIN)
    assert duty(talk) is None


def test_a_move_of_a_request_names_no_time_of_its_own() -> None:
    talk = asked("police-information")
    talk.say("accepted", SPAIN, due=[{"what": "Conclude", "at": WIRE[LATER]}])
    assert duty(talk) is None


def test_a_time_at_the_end_of_time_stays_there() -> None:
    """What a peer wrote may never keep its message from being filed."""
    talk = Talk("police-information", CHINA, SPAIN)
    talk.messages.clear()
    due = [{"what": ANSWER, "at": "9999-12-31T23:59:59.999Z", "instrument": "X"}]
    talk.root = talk.say("police-information", CHINA, after=(), id=talk.thread, due=due)
    talk.say("clarification", SPAIN)
    talk.say("clarified", CHINA)
    found = duty(talk)
    assert found is not None
    assert found.at.year == 9999
