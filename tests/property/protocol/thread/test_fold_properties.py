# SPDX-License-Identifier: Apache-2.0
"""The fold holds its promises on random threads, and agrees with the slow reference on all of them."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fixtures.threads import CHINA, MYANMAR, SPAIN, Talk
from tests.property.protocol.thread.conversations import conversations
from tests.property.protocol.thread.reference import Reference

from comity.protocol.thread.fold import fold
from comity.protocol.thread.graph import PROPOSALS
from comity.protocol.thread.moves import allowed_moves, standing, whose_move
from comity.protocol.thread.state import Condition, Lane, Outcome, ThreadState
from comity.protocol.wire.names import AuthorityId, Digest, MessageId, digest_of


def shape(state: ThreadState) -> dict[str, Any]:
    """A state as the reference tells it."""
    return {
        "outcomes": {digest: outcome.value for digest, outcome in state.outcomes.items()},
        "missing": set(state.missing),
        "heads": set(state.heads),
        "lanes": {who: _where(lane) for who, lane in state.lanes.items()},
        "recalls": {
            digest: {who: _where(lane) for who, lane in recall.holders.items()}
            for digest, recall in state.recalls.items()
        },
    }


def _where(lane: Lane) -> tuple[str, frozenset[str], frozenset[str]]:
    conflict = lane.conflict
    return lane.state, frozenset(conflict.moves if conflict else ()), frozenset(conflict.candidates if conflict else ())


def shuffled(talk: Talk) -> st.SearchStrategy[list[Digest]]:
    """The digests of a thread in some order, some of them several times."""
    every = list(talk.messages)
    return st.tuples(st.permutations(every), st.lists(st.sampled_from(every))).map(lambda two: [*two[0], *two[1]])


@settings(max_examples=3 * settings().max_examples)
@given(conversations(), st.data())
def test_the_fold_agrees_with_its_definition(talk: Talk, data: st.DataObject) -> None:
    held = data.draw(st.sets(st.sampled_from(list(talk.messages)))) if data.draw(st.booleans()) else set()
    messages = {each: talk.messages[each] for each in talk.messages if each not in held}
    if messages:
        assert shape(fold(messages.items())) == Reference(messages).found()


@given(conversations(), st.data())
def test_order_and_copies_do_not_matter(talk: Talk, data: st.DataObject) -> None:
    order = data.draw(shuffled(talk))
    state = fold((each, talk.messages[each]) for each in order)
    assert state == talk.state()
    assert state.digest() == talk.state().digest()


@given(conversations())
def test_folding_the_order_that_a_state_tells_changes_nothing(talk: Talk) -> None:
    state = talk.state()
    assert fold((each, talk.messages[each]) for each in state.order) == state
    places = {each: place for place, each in enumerate(state.order)}
    for each in state.order:
        assert all(places[cause] < places[each] for cause in talk.messages[each].after if cause in places)


@given(conversations(), st.data())
def test_a_missing_message_stays_missing_until_it_comes(talk: Talk, data: st.DataObject) -> None:
    some = data.draw(st.sets(st.sampled_from(list(talk.messages)))) | {talk.root}
    before, after = fold((each, talk.messages[each]) for each in some), talk.state()
    if after.condition is Condition.ROOTED:
        assert set(before.missing) - talk.messages.keys() <= set(after.missing)
        assert not set(after.missing) & talk.messages.keys()


@given(conversations(honest=True), st.data())
def test_what_was_allowed_stays_allowed(talk: Talk, data: st.DataObject) -> None:
    """Later messages settle or supersede a move; they never allow one that was not, or the other way round."""
    moved = {Outcome.APPLIED, Outcome.CONFLICTING, Outcome.SUPERSEDED}
    until = data.draw(st.integers(1, len(talk.messages)))
    before, after = fold(list(talk.messages.items())[:until]), talk.state()
    for digest, outcome in before.outcomes.items():
        assert (outcome in moved) == (after.outcomes[digest] in moved)
    assert Outcome.PENDING not in after.outcomes.values()


@given(conversations(honest=True))
def test_whoever_may_move_can_move_and_settle_every_conflict(talk: Talk) -> None:
    """Every offered move applies when its author has seen everything, and a conflict in its lane is over."""
    before = talk.state()
    for who in sorted(whose_move(before)):
        for kind in allowed_moves(before, who):
            if kind not in {"note", "recall"} and not kind.startswith("recall-"):
                talk.say(kind, who, **_accepting(talk, before, kind, who))
                after = talk.state()
                assert after.outcomes[after.order[-1]] is Outcome.APPLIED
                settled = [lane for lane in after.lanes.values() if after.order[-1] in lane.by]
                assert settled
                assert not any(lane.conflict for lane in settled)
                talk.messages.popitem()


def _accepting(talk: Talk, state: ThreadState, kind: str, who: AuthorityId) -> dict[str, Any]:
    """The body of a move that accepts: some proposal of another party that stands."""
    if kind not in PROPOSALS:
        return {}
    made = [each for each in standing(state, who) if talk.messages[each].kind == PROPOSALS[kind]]
    return {"accepts": next(each for each in made if talk.messages[each].sender != who)}


@given(st.sampled_from(("jurisdiction-consultation", "dispute")).flatmap(lambda kind: conversations(opening=kind)))
def test_an_agreement_has_a_move_of_both_sides(talk: Talk) -> None:
    """A lane that stands agreed stands on one proposal of one side, named by an acceptance of the other."""
    for who, lane in talk.state().lanes.items():
        accepted = [talk.messages[each] for each in lane.by if talk.messages[each].kind in PROPOSALS]
        assert (lane.state in ("agreed", "settled")) is (bool(accepted) and len(accepted) == len(lane.by))
        assert len({each.body["accepts"] for each in accepted}) <= 1
        for each in accepted:
            proposal = talk.messages[each.body["accepts"]]
            assert proposal.kind == PROPOSALS[each.kind]
            assert {proposal.sender, each.sender} == {CHINA, who}


@given(conversations(honest=True), conversations(honest=True))
def test_equal_digests_mean_equal_states(one: Talk, other: Talk) -> None:
    assert (one.state().digest() == other.state().digest()) == (one.state() == other.state())


@given(st.data())
def test_lanes_are_independent(data: st.DataObject) -> None:
    """What one addressee says of its own part leaves the other lanes as they would be without it."""
    talk = Talk("traffic-data", CHINA, SPAIN, MYANMAR)
    for _ in range(data.draw(st.integers(1, 8))):
        by = data.draw(st.sampled_from((SPAIN, MYANMAR)))
        talk.say(data.draw(st.sampled_from(allowed_moves(talk.state(), by)[:-2] or ("note",))), by)
    spain = [each for each in talk.messages if talk.messages[each].sender != MYANMAR]
    alone = Talk("traffic-data", CHINA, SPAIN, MYANMAR)
    for each in spain[1:]:
        alone.say(talk.messages[each].kind, SPAIN)
    assert alone.stands(SPAIN) == talk.stands(SPAIN)
    assert alone.stands(MYANMAR) == "sent"


@given(conversations(), st.integers(0, 2**64))
def test_a_forged_circle_is_refused_and_harms_nothing(talk: Talk, seed: int) -> None:
    """Digests that form a circle cannot be true; were they given, the rest of the thread would not change."""
    before = talk.state()
    one, two = digest_of(b"one%d" % seed), digest_of(b"two%d" % seed)
    for digest, after in ((one, two), (two, one)):
        talk.say("note", SPAIN, after=(after,))
        talk.messages[digest] = talk.messages.popitem()[1]
    after = talk.state()
    assert after.outcomes[one] is after.outcomes[two] is Outcome.CYCLIC
    assert (after.lanes, after.heads, after.missing) == (before.lanes, before.heads, before.missing)
    assert MessageId(after.thread) == before.thread
