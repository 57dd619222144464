# SPDX-License-Identifier: Apache-2.0
"""Messages are kept byte for byte, and a thread's row is the fold of what is here, in whatever order it came."""

import os
from collections.abc import Sequence

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fixtures.copies import CHINA, SPAIN
from tests.fixtures.nodes import Network, SimulatedNode
from tests.fixtures.threads import Talk
from tests.property.protocol.thread.conversations import conversations

from comity.protocol.thread.fold import fold
from comity.protocol.thread.state import Condition
from comity.protocol.wire import dsse, statement
from comity.protocol.wire.keys import SigningKeys
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest
from comity.protocol.wire.statement import Statement
from comity.records.recent import Recent
from comity.records.threads import store
from comity.records.threads.models import StoredMessage, Thread
from comity.records.threads.rows import columns

KEYS = SigningKeys.from_seeds(bytes(32), bytes(32))
SOME = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def message(said: Statement) -> Message:
    return Message(dsse.sign(statement.PAYLOAD_TYPE, said.to_bytes(), KEYS), (), ())


def take(node: SimulatedNode, said: Sequence[Statement], me: AuthorityId = SPAIN) -> None:
    """Keep messages as an arrival does: those of a thread without an opening are strays."""
    roots = {each.thread for each in said if each.opens} | set(store.roots_of(said[0].thread) and [said[0].thread])
    kept = [message(each) for each in said]
    strays = [each.digest for each in kept if each.statement.thread not in roots]
    store.keep(kept, node.home.now(), strays)
    store.project(me, said[0].thread, node.home.now())


@SOME
@given(data=st.data(), talk=conversations())
def test_the_row_is_the_fold_however_it_came(spain: SimulatedNode, data: st.DataObject, talk: Talk) -> None:
    said = data.draw(st.permutations(list(talk.messages.values())))
    with spain.home.active(), transaction.atomic(using=spain.home.alias):
        came: list[Statement] = []
        while said:
            part, said = said[: (size := data.draw(st.integers(1, 5)))], said[size:]
            for each in part:
                take(spain, [each])
            came += part
            _agrees(came)
        transaction.set_rollback(True, using=spain.home.alias)


def _agrees(came: list[Statement]) -> None:
    """Every thread's row says what the fold of its messages says, and without an opening there is no row."""
    for thread in {each.thread for each in came}:
        of = {message(each).digest: each for each in came if each.thread == thread}
        state = fold(of.items())
        assert store.state_of(thread).digest() == state.digest()
        row = Thread.objects.filter(id=thread).first()
        if state.root is not None:
            assert row is not None
            assert {name: getattr(row, name) for name in columns(SPAIN, of[state.root], state)} == columns(
                SPAIN, of[state.root], state
            )
            assert not StoredMessage.objects.filter(thread=thread, stray=True).exists()
        elif state.condition is Condition.CONFLICTING_ROOT and row is not None:
            assert (row.state, row.ours, row.state_digest) == ("conflicting-root", True, state.digest())
        elif row is None:
            assert state.root is None


def test_bytes_stay_as_they_came(spain: SimulatedNode) -> None:
    talk = Talk("preservation", CHINA, SPAIN)
    talk.say("acknowledged", SPAIN, reference="SAMPLE")
    kept = [message(each) for each in talk.messages.values()]
    with spain.home.active(), transaction.atomic(using=spain.home.alias):
        assert store.held(each.digest for each in kept) == set()
        store.keep(kept, spain.home.now())
        digests = [each.digest for each in kept]
        assert store.held([*digests, Digest("sha256:" + "0" * 64)]) == set(digests)
        assert store.messages_of(talk.thread) == kept
        assert store.messages(digests) == dict(zip(digests, kept, strict=True))
        assert store.digests_of(talk.thread) == sorted(digests)
        assert (store.length(talk.thread), list(store.roots_of(talk.thread))) == (2, [talk.root])
        assert store.message(digests[1]) == kept[1]
        assert store.message(Digest("sha256:" + "0" * 64)) is None
        transaction.set_rollback(True, using=spain.home.alias)


def test_an_endorsement_is_laid_beside_the_same_statement(spain: SimulatedNode) -> None:
    talk = Talk("preservation", CHINA, SPAIN)
    kept = message(talk.messages[talk.root])
    word = dsse.sign("application/vnd.comity.endorsement+json", b"{}", KEYS)
    with spain.home.active(), transaction.atomic(using=spain.home.alias):
        store.keep([kept], spain.home.now())
        store.replace(Message(kept.signed, (), (word,)))
        found = store.message(kept.digest)
        assert found is not None
        assert (found.signed, found.endorsements) == (kept.signed, (word,))
        transaction.set_rollback(True, using=spain.home.alias)


def test_a_row_that_was_lost_is_made_again(spain: SimulatedNode) -> None:
    talk = Talk("preservation", CHINA, SPAIN)
    talk.say("acknowledged", SPAIN, reference="SAMPLE")
    with spain.home.active(), transaction.atomic(using=spain.home.alias):
        take(spain, list(talk.messages.values()))
        before = Thread.objects.filter(id=talk.thread).values().get()
        Thread.objects.filter(id=talk.thread).delete()
        store.project(SPAIN, talk.thread, before["updated"])
        assert Thread.objects.filter(id=talk.thread).values().get() == before
        transaction.set_rollback(True, using=spain.home.alias)


def test_what_would_become_of_a_message_is_told_before_it_comes(spain: SimulatedNode) -> None:
    talk = Talk("preservation", CHINA, SPAIN)
    with spain.home.active(), transaction.atomic(using=spain.home.alias):
        take(spain, list(talk.messages.values()))
        digest = talk.say("acknowledged", SPAIN, reference="SAMPLE")
        assert store.outcome(digest, talk.messages[digest]).value == "applied"
        assert store.length(talk.thread) == 1, "asking keeps nothing"
        transaction.set_rollback(True, using=spain.home.alias)


def test_what_memory_let_go_is_read_again(spain: SimulatedNode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_statements", Recent(16 << 10))  # room for a few of them
    talks = [Talk("preservation", CHINA, SPAIN) for _ in range(6)]
    with spain.home.active(), transaction.atomic(using=spain.home.alias):
        for talk in talks:
            talk.thread = spain.home.new_id()
            talk.messages.clear()
            talk.root = talk.say("preservation", CHINA, after=(), id=talk.thread, reference=os.urandom(4).hex())
            take(spain, list(talk.messages.values()))
        for talk in talks:
            assert store.statements_of(talk.thread) == talk.messages
        transaction.set_rollback(True, using=spain.home.alias)


@pytest.mark.parametrize("due", [5, "soon", [{"at": "soon"}], [{}], [None], ["2026"]])
def test_a_due_time_that_is_none_is_as_good_as_none(due: object) -> None:
    talk = Talk("a-kind-to-come", CHINA, SPAIN)
    talk.messages.clear()
    talk.root = talk.say("a-kind-to-come", CHINA, after=(), id=talk.thread, due=due, reference=5, urgency=["x"])
    row = columns(SPAIN, talk.messages[talk.root], talk.state())
    assert (row["due"], row["reference"], row["urgency"]) == (None, "", "")


def test_the_row_tells_our_side(network: Network) -> None:
    talk = Talk("preservation", CHINA, SPAIN)
    root, state = talk.messages[talk.root], talk.state()
    sides = {who: columns(who, root, state)["side"] for who in (CHINA, SPAIN, AuthorityId("ES/central-authority"))}
    assert list(sides.values()) == ["asking", "asked", "relaying"]
    assert columns(CHINA, root, state)["counterpart"] == SPAIN
    assert columns(SPAIN, root, state)["counterpart"] == CHINA
    assert columns(SPAIN, root, state)["holders"] == sorted([CHINA, SPAIN])
