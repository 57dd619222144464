# SPDX-License-Identifier: Apache-2.0
"""Each outcome, each kind of trouble, by an example that a person can follow. All of it is invented."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.fixtures.threads import BEGIN, CHINA, FRANCE, MYANMAR, SPAIN, STRANGER, UNSEEN, Talk

from comity.protocol.thread.errors import DigestReused, NotOneThread
from comity.protocol.thread.fold import fold
from comity.protocol.thread.state import Condition, Conflict
from comity.protocol.wire.names import digest_of


@pytest.fixture
def talk() -> Talk:
    return Talk("traffic-data", CHINA, SPAIN)


@pytest.fixture
def three() -> Talk:
    return Talk("traffic-data", CHINA, SPAIN, MYANMAR)


def test_a_thread_begins_with_its_request(talk: Talk) -> None:
    state = talk.state()
    assert (state.condition, state.root, state.roots) == (Condition.ROOTED, talk.root, (talk.root,))
    assert (state.kind, state.requester, state.parties) == ("traffic-data", CHINA, {CHINA, SPAIN})
    assert state.graph is not None
    assert state.graph.name == "request"
    lane = state.lanes[SPAIN]
    assert (lane.state, lane.since, lane.by, lane.conflict) == ("sent", BEGIN, (talk.root,), None)
    assert (state.heads, state.missing, state.order) == ((talk.root,), (), (talk.root,))


def test_moves_lead_from_state_to_state(talk: Talk) -> None:
    acknowledged = talk.say("acknowledged", SPAIN)
    accepted = talk.say("accepted", SPAIN)
    lane = talk.state().lanes[SPAIN]
    assert [(step.message, step.state) for step in lane.steps] == [
        (talk.root, "sent"),
        (acknowledged, "received"),
        (accepted, "accepted"),
    ]
    assert lane.since == BEGIN + timedelta(minutes=2)
    assert set(talk.state().outcomes.values()) == {"applied"}


def test_a_note_changes_nothing_at_any_time(talk: Talk) -> None:
    notes = [talk.say("note", CHINA)]
    talk.say("refused", SPAIN)
    talk.say("closed", CHINA)
    notes.append(talk.say("note", SPAIN))
    assert [talk.outcome(each) for each in notes] == ["note", "note"]
    assert talk.stands() == "closed"
    assert talk.state().heads == (notes[1],)


def test_a_move_that_the_graph_does_not_allow_is_kept_and_changes_nothing(talk: Talk) -> None:
    confirmed = talk.say("confirmed", CHINA)
    assert talk.outcome(confirmed) == "not-allowed"
    assert talk.stands() == "sent"
    assert talk.state().heads == (confirmed,)


def test_a_move_is_judged_by_what_its_author_had_seen(talk: Talk) -> None:
    talk.say("produced", SPAIN)
    early = talk.say("confirmed", CHINA, after=(talk.root,))
    assert talk.outcome(early) == "not-allowed"
    assert talk.stands() == "produced"


def test_the_other_sides_move_is_unauthorised(talk: Talk) -> None:
    assert talk.outcome(talk.say("accepted", CHINA)) == "unauthorised"
    assert talk.outcome(talk.say("withdrawn", SPAIN)) == "unauthorised"
    assert talk.stands() == "sent"


def test_a_stranger_is_unauthorised_and_asks_nothing_of_us(talk: Talk) -> None:
    said = talk.say("accepted", STRANGER, after=(UNSEEN,), to=(CHINA, SPAIN))
    assert talk.outcome(said) == "unauthorised"
    assert talk.state().missing == ()
    assert talk.state().heads == (talk.root,)


def test_a_message_that_builds_on_a_strangers_waits_for_it(talk: Talk) -> None:
    said = talk.say("accepted", STRANGER, after=(UNSEEN,), to=(CHINA, SPAIN))
    accepted = talk.say("accepted", SPAIN, after=(talk.root, said))
    assert talk.outcome(accepted) == "pending"
    assert talk.state().missing == (UNSEEN,)


@pytest.mark.parametrize("to", [(CHINA,), (CHINA, MYANMAR, FRANCE)])
def test_an_audience_must_be_whole(three: Talk, to: tuple[Any, ...]) -> None:
    said = three.say("accepted", SPAIN, to=to)
    assert three.outcome(said) == "wrong-audience"
    assert three.stands() == "sent"
    assert three.state().heads == (three.root,)


def test_a_kind_that_is_not_known_is_kept(talk: Talk) -> None:
    assert talk.outcome(talk.say("telepathy", SPAIN)) == "unknown-kind"
    assert talk.outcome(talk.say("traffic-data", CHINA)) == "unknown-kind"


def test_a_message_waits_for_its_causes(talk: Talk) -> None:
    acknowledged = talk.say("acknowledged", SPAIN)
    accepted = talk.say("accepted", SPAIN)
    state = talk.state(acknowledged)
    assert state.outcomes[accepted] == "pending"
    assert (state.missing, state.lanes[SPAIN].state, state.heads) == ((acknowledged,), "sent", (talk.root,))


def test_a_message_waits_for_the_causes_of_its_causes(talk: Talk) -> None:
    first, second, third = (talk.say("note", CHINA) for _ in range(3))
    state = talk.state(first)
    assert state.outcomes[second] == state.outcomes[third] == "pending"
    assert state.missing == (first,)


def test_nothing_is_judged_without_the_root(talk: Talk) -> None:
    acknowledged = talk.say("acknowledged", SPAIN)
    note = talk.say("note", STRANGER, after=())
    state = talk.state(talk.root)
    assert (state.condition, state.root, state.kind, state.graph, state.requester) == (
        "no-root",
        None,
        None,
        None,
        None,
    )
    assert (state.lanes, state.heads, state.parties) == ({}, (), frozenset())
    assert {state.outcomes[acknowledged], state.outcomes[note]} == {"pending"}
    assert state.missing == (talk.root,)


@pytest.mark.parametrize("by", [CHINA, SPAIN])
def test_two_roots_stop_a_thread(talk: Talk, by: Any) -> None:
    accepted = talk.say("accepted", SPAIN)
    waiting = talk.say("note", SPAIN, after=(UNSEEN,))
    other = talk.say("content-data", by, after=(), id=talk.thread)
    state = talk.state()
    assert (state.condition, state.root, state.lanes) == ("conflicting-root", None, {})
    assert state.roots == tuple(sorted((talk.root, other)))
    assert {state.outcomes[each] for each in (talk.root, other, accepted)} == {"conflicting-root"}
    assert state.outcomes[waiting] == "pending"
    assert state.missing == (UNSEEN,)


@pytest.mark.parametrize(("kind", "late"), [("accepted", False), ("note", False), ("traffic-data", True)])
def test_what_cannot_open_a_thread_does_not(talk: Talk, kind: str, late: bool) -> None:
    false = talk.say(kind, CHINA, id=talk.thread, after=(talk.root,) if late else (), words="Invented example.")
    assert talk.outcome(false) == "not-allowed"
    assert talk.state().root == talk.root
    assert talk.state(talk.root).outcomes[false] == "not-allowed"


def test_moves_at_the_same_time_that_lead_to_different_states_are_a_conflict(talk: Talk) -> None:
    acknowledged = talk.say("acknowledged", SPAIN)
    accepted = talk.say("accepted", SPAIN)
    withdrawn = talk.say("withdrawn", CHINA, after=(acknowledged,))
    state = talk.state()
    lane = state.lanes[SPAIN]
    assert lane.conflict == Conflict(tuple(sorted((accepted, withdrawn))), ("accepted", "received", "withdrawn"))
    assert (lane.state, lane.by, len(lane.steps)) == ("received", (acknowledged,), 2)
    assert state.outcomes[accepted] == state.outcomes[withdrawn] == "conflicting"


@pytest.mark.parametrize(
    ("kind", "by", "leads"),
    [("withdrawn", CHINA, "withdrawn"), ("produced", SPAIN, "produced"), ("refused", SPAIN, "refused")],
)
def test_a_move_that_had_seen_both_settles_a_conflict(talk: Talk, kind: str, by: Any, leads: str) -> None:
    accepted = talk.say("accepted", SPAIN)
    withdrawn = talk.say("withdrawn", CHINA, after=(talk.root,))
    settled = talk.say(kind, by)
    assert (talk.stands(), talk.outcome(settled)) == (leads, "applied")
    assert talk.outcome(accepted) == talk.outcome(withdrawn) == "superseded"
    assert talk.state().lanes[SPAIN].conflict is None


def test_a_move_that_had_seen_one_side_settles_nothing(talk: Talk) -> None:
    accepted = talk.say("accepted", SPAIN)
    withdrawn = talk.say("withdrawn", CHINA, after=(talk.root,))
    produced = talk.say("produced", SPAIN, after=(accepted,))
    conflict = talk.state().lanes[SPAIN].conflict
    assert conflict == Conflict(tuple(sorted((withdrawn, produced))), ("produced", "sent", "withdrawn"))
    assert {talk.outcome(each) for each in (accepted, withdrawn, produced)} == {"conflicting"}


def test_two_settlements_at_the_same_time_are_a_conflict_again(talk: Talk) -> None:
    accepted = talk.say("accepted", SPAIN)
    withdrawn = talk.say("withdrawn", CHINA, after=(talk.root,))
    both = (accepted, withdrawn)
    again, produced = talk.say("withdrawn", CHINA, after=both), talk.say("produced", SPAIN, after=both)
    conflict = talk.state().lanes[SPAIN].conflict
    assert conflict == Conflict(tuple(sorted((again, produced))), ("produced", "sent", "withdrawn"))
    assert talk.outcome(accepted) == talk.outcome(withdrawn) == "superseded"
    talk.say("confirmed", CHINA)
    assert talk.stands() == "confirmed"


def test_a_long_quarrel_is_folded_without_recursion(talk: Talk) -> None:
    heads = (talk.root,)
    for _ in range(1_500):
        # Each side also writes a note that the other has not seen, so no two of them ever had the same past.
        notes = talk.say("note", SPAIN, after=heads), talk.say("note", CHINA, after=heads)
        heads = (
            talk.say("accepted", SPAIN, after=(*heads, notes[0])),
            talk.say("withdrawn", CHINA, after=(*heads, notes[1])),
        )
    assert talk.stands() == "sent"
    conflict = talk.state().lanes[SPAIN].conflict
    assert conflict is not None
    assert set(conflict.moves) == set(heads)


def test_moves_at_the_same_time_that_agree_are_no_conflict(talk: Talk) -> None:
    talk.say("refused", SPAIN)
    refused = talk.state().heads
    first, second = talk.say("closed", CHINA, after=refused), talk.say("closed", SPAIN, after=refused)
    lane = talk.state().lanes[SPAIN]
    assert (lane.state, lane.conflict, lane.by) == ("closed", None, tuple(sorted((first, second))))
    assert lane.since == BEGIN + timedelta(minutes=2)


def test_each_addressee_has_a_lane_of_its_own(three: Talk) -> None:
    three.say("accepted", SPAIN)
    three.say("refused", MYANMAR)
    assert (three.stands(SPAIN), three.stands(MYANMAR)) == ("accepted", "refused")
    three.say("produced", SPAIN)
    three.say("confirmed", CHINA)
    assert (three.stands(SPAIN), three.stands(MYANMAR)) == ("confirmed", "refused")


def test_the_opener_may_name_the_lanes_that_it_means(three: Talk) -> None:
    withdrawn = three.say("withdrawn", CHINA, towards=[MYANMAR])
    assert (three.stands(SPAIN), three.stands(MYANMAR)) == ("sent", "withdrawn")
    assert three.outcome(withdrawn) == "applied"
    three.say("closed", CHINA, towards=[SPAIN, MYANMAR])
    assert (three.stands(SPAIN), three.stands(MYANMAR)) == ("sent", "closed")
    three.say("withdrawn", CHINA, towards=[])
    assert (three.stands(SPAIN), three.stands(MYANMAR)) == ("withdrawn", "closed")


def test_a_move_in_conflict_in_one_lane_is_in_conflict(three: Talk) -> None:
    three.say("accepted", SPAIN)
    withdrawn = three.say("withdrawn", CHINA, after=(three.root,))
    assert (three.stands(SPAIN), three.stands(MYANMAR)) == ("sent", "withdrawn")
    assert three.outcome(withdrawn) == "conflicting"
    three.say("produced", SPAIN)
    assert three.outcome(withdrawn) == "applied"


@pytest.mark.parametrize(
    ("kind", "by", "body"),
    [
        ("withdrawn", CHINA, {"towards": "ES/policia-nacional"}),
        ("withdrawn", CHINA, {"towards": [STRANGER]}),
        ("withdrawn", CHINA, {"towards": [CHINA]}),
        ("withdrawn", CHINA, {"towards": [["ES/policia-nacional"]]}),
        ("produced", SPAIN, {"complete": "yes"}),
        ("produced", SPAIN, {"complete": 1}),
        ("recall", CHINA, {}),
        ("recall", CHINA, {"of": []}),
        ("recall", CHINA, {"of": ["sha256:0"]}),
        ("recall-sealed", SPAIN, {"recall": 7}),
    ],
)
def test_a_body_that_cannot_be_read_is_named(talk: Talk, kind: str, by: Any, body: dict[str, Any]) -> None:
    assert talk.outcome(talk.say(kind, by, **body)) == "bad-body"
    assert talk.stands() == "sent"


def test_two_statements_under_one_id_do_not_apply(talk: Talk) -> None:
    accepted = talk.say("accepted", SPAIN)
    refused = talk.say("refused", SPAIN, after=(talk.root,), id=talk.messages[accepted].id)
    assert talk.outcome(accepted) == talk.outcome(refused) == "same-id"
    assert talk.stands() == "sent"
    talk.say("refused", SPAIN)
    assert talk.stands() == "refused"


def test_a_second_statement_takes_back_nothing_that_was_built_on(talk: Talk) -> None:
    accepted = talk.say("accepted", SPAIN)
    talk.say("produced", SPAIN)
    confirmed = talk.say("confirmed", CHINA)
    talk.say("refused", SPAIN, after=(talk.root,), id=talk.messages[accepted].id)
    assert talk.outcome(accepted) == "same-id"
    assert (talk.stands(), talk.outcome(confirmed)) == ("confirmed", "applied")


def test_the_same_id_of_two_authors_is_no_fault(talk: Talk) -> None:
    accepted = talk.say("accepted", SPAIN)
    note = talk.say("note", CHINA, id=talk.messages[accepted].id)
    assert (talk.outcome(accepted), talk.outcome(note)) == ("applied", "note")


def test_a_second_statement_to_a_smaller_audience_changes_nothing_for_the_others(three: Talk) -> None:
    accepted = three.say("accepted", SPAIN)
    three.say("refused", SPAIN, after=(three.root,), id=three.messages[accepted].id, to=(CHINA,))
    assert three.outcome(accepted) == "applied"


def test_every_holder_answers_a_recall(three: Talk) -> None:
    produced = three.say("produced", SPAIN)
    recall = three.say("recall", SPAIN, of=[produced])
    found = three.state().recalls[recall]
    assert (found.author, found.of, found.still_holding) == (SPAIN, (produced,), (CHINA, MYANMAR))
    three.say("recall-destroyed", CHINA, recall=recall)
    refused = three.say("recall-refused", MYANMAR, recall=recall)
    found = three.state().recalls[recall]
    assert {who: lane.state for who, lane in found.holders.items()} == {CHINA: "destroyed", MYANMAR: "refused"}
    assert (found.still_holding, three.outcome(refused)) == ((MYANMAR,), "applied")
    three.say("recall-sealed", MYANMAR, recall=recall)
    assert three.state().recalls[recall].still_holding == ()
    assert three.stands(SPAIN) == "produced"
    assert three.outcome(three.say("recall-sealed", CHINA, recall=recall)) == "not-allowed"


def test_answers_of_one_holder_that_did_not_know_of_each_other_are_a_conflict(talk: Talk) -> None:
    recall = talk.say("recall", CHINA, of=[talk.root])
    sealed = talk.say("recall-sealed", SPAIN, after=(recall,), recall=recall)
    refused = talk.say("recall-refused", SPAIN, after=(recall,), recall=recall)
    lane = talk.state().recalls[recall].holders[SPAIN]
    assert (lane.state, lane.conflict) == (
        "asked",
        Conflict(tuple(sorted((sealed, refused))), ("asked", "refused", "sealed")),
    )
    assert talk.outcome(sealed) == "conflicting"


@pytest.mark.parametrize(
    ("of", "outcome"),
    [("own", "applied"), ("other", "unauthorised"), ("unseen", "not-allowed"), ("recall", "not-allowed")],
)
def test_only_ones_own_earlier_messages_are_recalled(talk: Talk, of: str, outcome: str) -> None:
    named = {"own": talk.say("produced", SPAIN), "other": talk.root, "unseen": UNSEEN}
    named["recall"] = talk.say("recall", SPAIN, of=[named["own"]])
    assert talk.outcome(talk.say("recall", SPAIN, of=[named[of]])) == outcome


def test_an_answer_must_name_a_recall_of_another_that_it_had_seen(talk: Talk) -> None:
    recall = talk.say("recall", CHINA, of=[talk.root])
    assert talk.outcome(talk.say("recall-sealed", CHINA, recall=recall)) == "unauthorised"
    assert talk.outcome(talk.say("recall-sealed", SPAIN, recall=talk.root)) == "not-allowed"
    assert talk.outcome(talk.say("recall-sealed", SPAIN, recall=UNSEEN)) == "not-allowed"
    assert talk.outcome(talk.say("recall-sealed", SPAIN, recall=recall, after=(talk.root,))) == "not-allowed"
    assert talk.outcome(talk.say("recall-sealed", CHINA, recall=recall, after=(talk.root,))) == "not-allowed"


def test_a_recall_sent_twice_under_one_id_asks_nothing(talk: Talk) -> None:
    recall = talk.say("recall", CHINA, of=[talk.root])
    early = talk.say("recall-sealed", SPAIN, recall=recall)
    twin = talk.say("recall", CHINA, of=[talk.root], after=(talk.root,), id=talk.messages[recall].id)
    late = talk.say("recall-destroyed", SPAIN, recall=recall)
    assert talk.state().recalls == {}
    assert talk.outcome(twin) == "same-id"
    assert (talk.outcome(early), talk.outcome(late)) == ("applied", "not-allowed")


def test_a_message_that_claims_to_follow_itself_is_refused(talk: Talk) -> None:
    forged = digest_of(b"not the digest of anything")
    talk.say("accepted", SPAIN, after=(talk.root, forged))
    talk.messages[forged] = talk.messages.popitem()[1]
    after_it = talk.say("produced", SPAIN, after=(forged,))
    state = talk.state()
    assert state.outcomes[forged] == state.outcomes[after_it] == "cyclic"
    assert (state.lanes[SPAIN].state, state.order) == ("sent", (talk.root,))
    assert talk.state(talk.root).condition == "no-root"


def test_messages_of_one_thread_are_folded_at_a_time(talk: Talk, three: Talk) -> None:
    with pytest.raises(NotOneThread, match="0 threads"):
        fold([])
    other = Talk("traffic-data", CHINA, SPAIN)
    other.thread = talk.next_id()
    other.say("note", CHINA, after=())
    with pytest.raises(NotOneThread, match="2 threads"):
        fold([*talk.messages.items(), *other.messages.items()])


def test_one_digest_is_one_statement(talk: Talk) -> None:
    statement = talk.messages[talk.root]
    with pytest.raises(DigestReused) as caught:
        fold([(talk.root, statement), (talk.root, replace(statement, kind="content-data"))])
    assert caught.value.data == {"digest": talk.root}


def test_the_order_puts_causes_first_whatever_their_clocks_say(talk: Talk) -> None:
    fast = talk.say("acknowledged", SPAIN, sent=BEGIN + timedelta(days=1))
    slow = talk.say("note", CHINA, sent=BEGIN - timedelta(days=1))
    beside = talk.say("note", CHINA, after=(talk.root,), sent=BEGIN)
    assert talk.state().order == (talk.root, beside, fast, slow)
