# SPDX-License-Identifier: Apache-2.0
"""What was entered from letters in a thread: it counts as somebody's reading, and never against a signed word."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.fixtures.wire import CHINA, NOON, SPAIN, sample_statement

from comity.protocol.thread.fold import fold
from comity.protocol.thread.state import Condition, Outcome, ThreadState
from comity.protocol.wire.entered import Entered
from comity.protocol.wire.names import Digest, digest_of, new_id
from comity.protocol.wire.statement import Statement

ROOT = sample_statement()
LETTER = Entered(CHINA, NOON)


def digest(said: Statement) -> Digest:
    return digest_of(said.to_bytes())


def folded(*said: Statement) -> ThreadState:
    return fold((digest(each), each) for each in said)


def of_spain(kind: str, number: int, **changes: Any) -> Statement:
    """What Spain says in the thread, or China says that it read in a letter of Spain."""
    id = new_id(NOON + timedelta(minutes=number), bytes([number]) * 10)
    return replace(
        ROOT,
        id=id,
        kind=kind,
        sender=SPAIN,
        to=(CHINA,),
        sent=NOON + timedelta(minutes=number),
        after=(digest(ROOT),),
        body={"reasons": "sample", "grounds": ["other"]},
        **changes,
    )


def test_a_letter_counts_and_is_said_to_be_one() -> None:
    read = of_spain("acknowledged", 1, entered=LETTER)
    state = folded(ROOT, read)
    assert state.outcomes[digest(read)] is Outcome.APPLIED
    assert state.read_by == {SPAIN: CHINA}
    assert state.as_json()["read_by"] == {SPAIN: CHINA}
    assert "read_by" not in folded(ROOT).as_json()


def test_nobodys_reading_stands_beside_the_word_of_one_who_signs() -> None:
    signed = of_spain("acknowledged", 1)
    same_id = replace(of_spain("note", 2, entered=LETTER), id=signed.id)
    invented = of_spain("acknowledged", 3, entered=LETTER)
    state = folded(ROOT, signed, same_id, invented)
    assert state.outcomes[digest(signed)] is Outcome.APPLIED
    assert state.outcomes[digest(same_id)] is Outcome.UNAUTHORISED
    assert state.outcomes[digest(invented)] is Outcome.UNAUTHORISED
    assert state.lanes == folded(ROOT, signed).lanes
    assert state.read_by == {}


def test_a_letter_opens_no_thread_that_its_author_opened() -> None:
    framed = replace(ROOT, body={"reference": "another"}, entered=Entered(SPAIN, NOON))
    state = folded(ROOT, framed)
    assert (state.condition, state.root) == (Condition.ROOTED, digest(ROOT))
    assert state.outcomes[digest(framed)] is Outcome.UNAUTHORISED
    assert folded(framed).root == digest(framed)
