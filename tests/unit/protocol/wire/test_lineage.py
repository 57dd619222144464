# SPDX-License-Identifier: Apache-2.0
"""Which card a signature is judged by: at its time, by its keys, against revocations, and only if it came in time."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.fixtures.cards import DAY, START, YEAR, Ring, card, revoked, ring, signed, successor

from comity.protocol.wire import dsse, trust
from comity.protocol.wire.card import Card
from comity.protocol.wire.dsse import PayloadType, Signature
from comity.protocol.wire.errors import KeyExpired, KeyRevoked, KeyUnknown, SignatureInvalid, SignatureMissing
from comity.protocol.wire.lineage import GRACE, Held, Lineage
from comity.protocol.wire.revocation import Reason
from comity.protocol.wire.trust_errors import SentInDoubt

A, B, THIEF = ring("a"), ring("b"), ring("thief")
TURN = START + 100 * DAY
FIRST = card(A)
SECOND = successor(FIRST, B, TURN)
END = TURN + YEAR
TICK = timedelta(milliseconds=1)

ONE = trust.begin(signed(FIRST, A), at=START)
TWO = trust.accept_successor(ONE, signed(SECOND, B, A), at=TURN - DAY)


def judge(lineage: Lineage, by: Ring, sent: datetime, arrived: datetime | None = None) -> Card:
    return lineage.judge(by.signing.public.keyids, sent, arrived=arrived or sent)


def test_each_instant_has_its_card() -> None:
    assert judge(TWO, A, START) == FIRST
    assert judge(TWO, A, TURN - TICK) == FIRST
    assert judge(TWO, B, TURN) == SECOND
    assert judge(TWO, B, END - TICK) == SECOND


@pytest.mark.parametrize(
    ("by", "sent"), [(A, START - TICK), (A, TURN), (A, END + YEAR), (B, TURN - TICK), (B, END)], ids=range(5)
)
def test_keys_out_of_season(by: Ring, sent: datetime) -> None:
    with pytest.raises(KeyExpired):
        judge(TWO, by, sent)


def test_keys_that_we_do_not_know() -> None:
    with pytest.raises(KeyUnknown):
        judge(TWO, THIEF, START)
    with pytest.raises(KeyUnknown):
        TWO.judge([], START, arrived=START)


def test_what_was_sent_before_the_end_may_arrive_for_fourteen_days() -> None:
    assert judge(TWO, A, TURN - TICK, TURN + GRACE) == FIRST
    with pytest.raises(KeyExpired):
        judge(TWO, A, TURN - TICK, TURN + GRACE + TICK)
    assert judge(TWO, B, END - TICK, END + GRACE) == SECOND
    with pytest.raises(KeyExpired):
        judge(TWO, B, END - TICK, END + GRACE + TICK)


def test_who_has_an_old_key_cannot_date_back() -> None:
    with pytest.raises(KeyExpired):
        judge(TWO, A, START + DAY, TURN + 15 * DAY)


def test_keys_that_go_on_are_not_given_up_at_a_renewal() -> None:
    renewed = successor(FIRST, A, TURN)
    lineage = trust.accept_successor(ONE, signed(renewed, A), at=TURN)
    assert judge(lineage, A, TURN - TICK, TURN + 15 * DAY) == FIRST
    assert judge(lineage, A, TURN) == renewed
    assert lineage.given_up(lineage.held[0]) == TURN + YEAR
    gap = successor(FIRST, A, START + YEAR + DAY)
    apart = trust.accept_successor(ONE, signed(gap, A), at=START + YEAR)
    assert apart.given_up(apart.held[0]) == START + YEAR


def test_one_of_two_keys_finds_the_card_for_a_parcel() -> None:
    assert TWO.judge(A.signing.public.keyids[:1], START, arrived=START) == FIRST
    assert TWO.judge([*A.signing.public.keyids, "ed25519:0000000000000000"], START, arrived=START) == FIRST


@pytest.mark.parametrize("reason", list(Reason))
def test_a_revocation_counts_from_its_since(reason: Reason) -> None:
    since, known = TURN + 10 * DAY, TURN + 20 * DAY
    lineage = trust.accept_revocation(TWO, revoked(B, B, since, reason), at=known)
    assert judge(lineage, B, since - TICK, known - TICK) == SECOND
    for arrived in (since, known):
        with pytest.raises(KeyRevoked) as caught:
            judge(lineage, B, since, arrived)
        assert caught.value.code == "key-revoked"


def test_after_a_theft_is_known_no_message_is_believed_about_its_time() -> None:
    since, known = TURN + 10 * DAY, TURN + 20 * DAY
    stolen = trust.accept_revocation(TWO, revoked(B, B, since, Reason.COMPROMISE), at=known)
    with pytest.raises(SentInDoubt):
        judge(stolen, B, since - DAY, known)
    lost = trust.accept_revocation(TWO, revoked(B, B, since, Reason.LOSS), at=known)
    assert judge(lost, B, since - DAY, known) == SECOND


def test_a_revoked_key_is_called_so_even_out_of_season() -> None:
    lineage = trust.accept_revocation(TWO, revoked(B, A, TURN, Reason.COMPROMISE), at=TURN)
    with pytest.raises(KeyRevoked):
        judge(lineage, A, TURN + DAY)
    with pytest.raises(KeyExpired):
        judge(lineage, A, START - DAY)
    with pytest.raises(SentInDoubt):
        judge(lineage, A, START, TURN + DAY)


def test_an_honest_reader_of_old_papers_passes_the_time_that_they_prove() -> None:
    assert judge(TWO, A, START + DAY, START + 2 * DAY) == FIRST


def test_signatures_are_held_against_the_card_of_the_time() -> None:
    data = b'{"a":1}'
    found = dsse.sign(PayloadType.STATEMENT, data, A.signing)
    kind = PayloadType.STATEMENT
    assert TWO.verify(found, payload_type=kind, sent=START, arrived=START) == FIRST
    with pytest.raises(KeyExpired):
        TWO.verify(found, payload_type=kind, sent=TURN, arrived=TURN)
    with pytest.raises(SignatureInvalid):
        TWO.verify(replace(found, payload=b"{}"), payload_type=kind, sent=START, arrived=START)
    with pytest.raises(SignatureMissing):
        TWO.verify(replace(found, signatures=found.signatures[:1]), payload_type=kind, sent=START, arrived=START)
    more = replace(found, signatures=(Signature("ed25519:0000000000000000", b"x"), *found.signatures))
    assert TWO.verify(more, payload_type=kind, sent=START, arrived=START) == FIRST


def test_a_card_to_sign_by_and_to_seal_to() -> None:
    assert TWO.card_at(TURN - TICK) == FIRST
    assert TWO.current(TURN) == SECOND
    for instant in (START - TICK, END):
        with pytest.raises(KeyExpired):
            TWO.current(instant)
    lineage = trust.accept_revocation(TWO, revoked(B, B, TURN), at=TURN)
    with pytest.raises(KeyRevoked):
        lineage.current(TURN)
    assert lineage.card_at(TURN) == SECOND


def test_a_lineage_made_again_from_what_was_kept_is_the_same() -> None:
    lineage = trust.accept_revocation(TWO, revoked(B, B, TURN + DAY), at=TURN + 2 * DAY)
    kept = tuple(Held(each.card, each.signed, each.accepted, each.compared) for each in lineage.held)
    again = Lineage(kept, lineage.revoked)
    assert again == lineage
    assert judge(again, A, TURN - TICK) == FIRST
    assert again.end(again.latest) == END


def test_cards_are_found_by_their_digest() -> None:
    held = TWO.find(FIRST.digest)
    assert held is not None
    assert held.card == FIRST
    assert TWO.find(card(THIEF).digest) is None
    assert TWO.after(held) == TWO.latest
    assert TWO.after(TWO.latest) is None
    assert (TWO.end(held), TWO.end(TWO.latest)) == (TURN, END)
