# SPDX-License-Identifier: Apache-2.0
"""Cards join a lineage by comparison or by their predecessor's word; forks, skips, old and stolen keys are named."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from string import Formatter

import pytest
from tests.fixtures.cards import DAY, SPAIN, START, YEAR, Ring, card, revoked, ring, signed, successor

from comity.protocol.wire import card as cards
from comity.protocol.wire import dsse, trust, trust_errors
from comity.protocol.wire.dsse import PayloadType, Signed
from comity.protocol.wire.errors import (
    BadMember,
    KeyExpired,
    KeyRevoked,
    KeyUnknown,
    SignatureInvalid,
    SignatureMissing,
    WireError,
)
from comity.protocol.wire.names import AuthorityId
from comity.protocol.wire.revocation import Reason, Revocation
from comity.protocol.wire.trust import GRACE, Held, Lineage
from comity.protocol.wire.trust_errors import (
    CardEnded,
    CardForked,
    CardNotCompared,
    CardOutOfOrder,
    CardSkipped,
    CardUnconnected,
    KeyReused,
    LineClosed,
    NotTheirsToRevoke,
    OtherAuthority,
    RevokedAhead,
    RevokesNothing,
)

A, B, C, THIEF = ring("a"), ring("b"), ring("c"), ring("thief")
FIRST = card(A)
SECOND = successor(FIRST, B, START + 100 * DAY)
THIRD = successor(SECOND, C, START + 200 * DAY)
CHINA = AuthorityId("CN/mps")
TICK = timedelta(milliseconds=1)


@cache
def first() -> Lineage:
    """Spain's first card, compared on its first day."""
    return trust.begin(signed(FIRST, A), at=START)


@cache
def second() -> Lineage:
    """And its successor, accepted ten days before it begins."""
    return trust.accept_successor(first(), signed(SECOND, B, A), at=START + 90 * DAY)


def offer(lineage: Lineage, found: Signed, at: datetime = START + 90 * DAY) -> Lineage:
    return trust.accept_successor(lineage, found, at=at)


def reached(lineage: Lineage) -> set[str]:
    """Every key that a revocation reaches."""
    return {key for each in lineage.revoked for key in each.keyids}


# Beginning


def test_it_begins_with_a_compared_card() -> None:
    assert first().authority == SPAIN
    assert first().latest.compared
    assert first().latest.card == FIRST


def test_it_may_begin_in_the_middle_of_a_line() -> None:
    assert trust.begin(signed(THIRD, C, B), at=START + 200 * DAY).latest.card.serial == 3


def test_it_does_not_begin_with_an_ended_or_forged_card() -> None:
    with pytest.raises(CardEnded):
        trust.begin(signed(FIRST, A), at=START + YEAR)
    with pytest.raises(SignatureMissing):
        trust.begin(dsse.sign(PayloadType.CARD, FIRST.to_bytes(), THIEF.signing), at=START)


def test_both_people_see_the_same_words() -> None:
    words = trust.comparison(FIRST, card(THIEF, authority=CHINA, country="CN"))
    assert words == trust.comparison(card(THIEF, authority=CHINA, country="CN"), FIRST)
    assert len(words) == trust.COMPARISON_BYTES
    assert words != trust.comparison(FIRST, card(B, authority=CHINA, country="CN"))


# Succession


def test_a_successor_signed_by_both_joins() -> None:
    assert [each.card.serial for each in second().held] == [1, 2]
    assert [each.place for each in second().held] == [0, 1]
    assert not second().latest.compared


def test_a_renewal_with_the_same_keys_joins() -> None:
    same = successor(FIRST, A, START + 10 * DAY)
    assert offer(first(), signed(same, A, A)).latest.card == same


def test_the_same_card_again_changes_nothing() -> None:
    assert offer(second(), signed(SECOND, B, A)) is second()
    assert offer(second(), signed(FIRST, A)) is second()


def test_a_card_that_the_old_keys_did_not_sign_is_refused() -> None:
    with pytest.raises(SignatureMissing):
        offer(first(), signed(SECOND, B))
    with pytest.raises(SignatureMissing):
        offer(first(), signed(SECOND, B, THIEF))
    both = signed(SECOND, B, A)
    bad = replace(both.signatures[2], sig=bytes(64))
    with pytest.raises(SignatureInvalid):
        offer(first(), replace(both, signatures=(*both.signatures[:2], bad, both.signatures[3])))


def test_old_keys_alone_make_no_successor() -> None:
    with pytest.raises(SignatureMissing):
        offer(first(), dsse.sign(PayloadType.CARD, SECOND.to_bytes(), A.signing))


def test_a_card_for_another_authority_is_refused() -> None:
    other = successor(FIRST, B, START + 100 * DAY, authority=CHINA, country="CN")
    with pytest.raises(OtherAuthority) as caught:
        offer(first(), signed(other, B, A))
    assert caught.value.data == {"authority": SPAIN, "found": CHINA}


def test_a_fork_is_named_with_both_cards() -> None:
    rival = successor(FIRST, THIEF, START + 95 * DAY)
    with pytest.raises(CardForked) as caught:
        offer(second(), signed(rival, THIEF, A))
    assert caught.value.data == {"authority": SPAIN, "held": SECOND.digest, "offered": rival.digest}


def test_a_fork_is_seen_however_late_and_whoever_was_first() -> None:
    third = offer(second(), signed(THIRD, C, B), START + 190 * DAY)
    with pytest.raises(CardForked):
        offer(third, signed(successor(FIRST, THIEF, START + 95 * DAY), THIEF, A), START + 5 * YEAR)
    thiefs = offer(first(), signed(successor(FIRST, THIEF, START + 95 * DAY), THIEF, A))
    with pytest.raises(CardForked):
        offer(thiefs, signed(SECOND, B, A))


def test_nobody_raises_the_alarm_without_the_old_keys() -> None:
    with pytest.raises(SignatureMissing):
        offer(second(), signed(successor(FIRST, THIEF, START + 95 * DAY), THIEF))


def test_a_skip_is_named() -> None:
    with pytest.raises(CardSkipped) as caught:
        offer(first(), signed(THIRD, C, B))
    assert caught.value.data == {"authority": SPAIN, "serial": 3, "held": 1}
    jumping = successor(FIRST, B, START + 100 * DAY, serial=3)
    with pytest.raises(CardSkipped):
        offer(first(), signed(jumping, B, A))


def test_a_card_that_follows_none_of_ours_is_named() -> None:
    with pytest.raises(CardUnconnected):
        offer(second(), signed(successor(card(THIEF), THIEF, START + DAY), THIEF))


def test_a_new_first_card_is_for_people() -> None:
    with pytest.raises(CardNotCompared):
        offer(first(), signed(card(THIEF), THIEF))


def test_an_ended_card_vouches_for_fourteen_days_and_no_longer() -> None:
    end = START + YEAR
    late = signed(successor(FIRST, B, end), B, A)
    assert offer(first(), late, end + GRACE).latest.card.serial == 2
    with pytest.raises(CardEnded) as caught:
        offer(first(), late, end + GRACE + TICK)
    assert caught.value.data["serial"] == 1


def test_an_ended_card_vouches_for_none_that_begins_later_however_early_it_comes() -> None:
    end = START + YEAR
    assert offer(first(), signed(successor(FIRST, B, end + GRACE), B, A), START).latest.card.serial == 2
    with pytest.raises(CardEnded):
        offer(first(), signed(successor(FIRST, B, end + GRACE + TICK), B, A), START)


def test_a_successor_does_not_undo_the_past() -> None:
    with pytest.raises(CardOutOfOrder):
        offer(first(), signed(successor(FIRST, B, START - TICK), B, A))


def test_nobody_goes_back_to_old_keys() -> None:
    with pytest.raises(KeyReused):
        offer(second(), signed(successor(SECOND, A, START + 200 * DAY), A, B))


def test_revoked_keys_vouch_for_nothing() -> None:
    lineage = trust.accept_revocation(first(), revoked(A, A, START + 80 * DAY), at=START + 81 * DAY)
    with pytest.raises(KeyRevoked):
        offer(lineage, signed(SECOND, B, A))
    early = trust.accept_revocation(second(), revoked(A, A, START + 95 * DAY), at=START + 95 * DAY)
    with pytest.raises(KeyRevoked):  # not a fork: whoever stole what was revoked cannot sound that alarm
        offer(early, signed(successor(FIRST, THIEF, START + 96 * DAY), THIEF, A), START + 96 * DAY)


def test_revoked_keys_do_not_come_back() -> None:
    by_hand = Revocation(SPAIN, (A.public.sealing.keyid,), START, Reason.LOSS)
    lineage = trust.revoke_by_hand(first(), by_hand, at=START)
    assert trust.accept_successor(lineage, signed(SECOND, B, A), at=START + DAY).latest.card == SECOND
    with pytest.raises(KeyRevoked):
        offer(lineage, signed(successor(FIRST, A, START + DAY), A, A))


# Beginning anew


def test_people_can_begin_anew_and_old_cards_stay() -> None:
    anew = card(C, start=START + 120 * DAY, officers=())
    lineage = trust.restart(second(), signed(anew, C), at=START + 121 * DAY)
    assert [each.card for each in lineage.held] == [FIRST, SECOND, anew]
    assert lineage.latest.compared
    assert lineage.judge(A.signing.public.keyids, START, arrived=START) == FIRST
    assert trust.restart(lineage, signed(anew, C), at=START + 122 * DAY) is lineage


def test_after_a_long_silence_people_compare_the_newest_card() -> None:
    later = successor(THIRD, C, START + 300 * DAY, serial=9)
    lineage = trust.restart(first(), signed(later, C), at=START + 301 * DAY)
    assert lineage.latest.card.serial == 9
    with pytest.raises(LineClosed) as caught:
        offer(lineage, signed(SECOND, B, A), START + 302 * DAY)
    assert caught.value.data["held"] == later.digest


def test_what_people_cannot_begin_anew_with() -> None:
    lineage = trust.accept_revocation(second(), revoked(B, B, START + 110 * DAY), at=START + 111 * DAY)
    at = START + 112 * DAY
    for found, by, error in (
        (card(THIEF, authority=CHINA, country="CN"), THIEF, OtherAuthority),
        (card(C, start=START, until=START + YEAR), C, CardOutOfOrder),
        (card(C, start=START - YEAR, until=START, officers=()), C, CardEnded),
        (card(B, start=START + 105 * DAY, officers=()), B, KeyRevoked),
    ):
        with pytest.raises(error):
            trust.restart(lineage, signed(found, by), at=at)


def test_people_cannot_begin_anew_with_a_card_that_claims_keys_which_did_not_sign_it() -> None:
    claiming = successor(FIRST, C, START + 300 * DAY, serial=9)
    with pytest.raises(SignatureMissing):
        trust.restart(second(), signed(claiming, C), at=START + 301 * DAY)
    assert trust.restart(second(), signed(claiming, C, A), at=START + 301 * DAY).latest.compared


# Revocation


def test_the_old_key_revokes_itself() -> None:
    lineage = trust.accept_revocation(first(), revoked(A, A, START + DAY), at=START + 2 * DAY)
    assert reached(lineage) == set(A.public.keyids)
    assert trust.accept_revocation(lineage, revoked(A, A, START + DAY), at=START + 3 * DAY) is lineage


def test_the_new_key_revokes_the_old_one_and_itself_stands() -> None:
    lineage = trust.accept_revocation(second(), revoked(B, A, START + DAY), at=START + 101 * DAY)
    assert reached(lineage) == set(A.public.keyids)
    assert lineage.current(START + 101 * DAY) == SECOND


def test_the_old_key_cannot_revoke_the_new_one() -> None:
    with pytest.raises(NotTheirsToRevoke):
        trust.accept_revocation(second(), revoked(A, B, START + 100 * DAY), at=START + 100 * DAY)


def test_a_stolen_key_takes_the_card_with_it_that_it_vouched_for_since() -> None:
    by_thief = offer(first(), signed(successor(FIRST, THIEF, START + 91 * DAY), THIEF, A))
    stolen = trust.accept_revocation(by_thief, revoked(A, A, START + 89 * DAY), at=START + 92 * DAY)
    assert reached(stolen) == {*A.public.keyids, *THIEF.public.keyids}
    with pytest.raises(KeyRevoked):
        stolen.current(START + 92 * DAY)
    later = trust.accept_revocation(second(), revoked(A, A, START + 91 * DAY), at=START + 92 * DAY)
    assert reached(later) == set(A.public.keyids)
    ordinary = trust.accept_revocation(second(), revoked(A, A, START, Reason.SUPERSEDED), at=START + 92 * DAY)
    assert reached(ordinary) == set(A.public.keyids)


def test_what_people_compared_stands_when_older_keys_fall() -> None:
    anew = card(C, start=START + 101 * DAY, officers=())
    lineage = trust.restart(second(), signed(anew, C), at=START + 102 * DAY)
    stolen = trust.accept_revocation(lineage, revoked(A, A, START + DAY), at=START + 103 * DAY)
    assert reached(stolen) == {*A.public.keyids, *B.public.keyids}
    assert stolen.current(START + 104 * DAY) == anew


def test_keys_given_up_revoke_for_fourteen_days_and_no_longer() -> None:
    found, end = revoked(A, A, START), START + 100 * DAY
    assert trust.accept_revocation(second(), found, at=end + GRACE).revoked
    with pytest.raises(KeyExpired):
        trust.accept_revocation(second(), found, at=end + GRACE + TICK)


def test_revoked_keys_revoke_no_further() -> None:
    lineage = trust.accept_revocation(first(), revoked(A, A, START + 50 * DAY), at=START + 51 * DAY)
    with pytest.raises(KeyRevoked):
        trust.accept_revocation(lineage, revoked(A, A, START), at=START + 52 * DAY)


def test_keys_that_nobody_knows_are_passed_over() -> None:
    found = Revocation(SPAIN, (*A.public.keyids, *C.public.keyids), START, Reason.LOSS)
    by_a = dsse.sign(PayloadType.REVOCATION, found.to_bytes(), A.signing)
    lineage = trust.accept_revocation(first(), by_a, at=START + DAY)
    assert reached(lineage) == set(A.public.keyids)


def test_a_revocation_that_reaches_no_held_key_is_named() -> None:
    with pytest.raises(RevokesNothing):
        trust.accept_revocation(first(), revoked(A, C, START, Reason.SUPERSEDED), at=START + DAY)


def test_a_revocation_ahead_of_its_time_is_named() -> None:
    at = START + DAY
    assert trust.accept_revocation(first(), revoked(A, A, at + trust.SKEW), at=at).revoked
    for since in (at + trust.SKEW + TICK, datetime(9998, 1, 1, tzinfo=UTC)):
        with pytest.raises(RevokedAhead):
            trust.accept_revocation(first(), revoked(A, A, since), at=at)


def test_a_later_card_that_goes_on_with_half_a_key_takes_no_revocation_away() -> None:
    half = replace(B.public, signing=replace(B.signing.public, ed25519=A.signing.public.ed25519))
    lineage = trust.accept_revocation(first(), revoked(A, A, START + DAY, Reason.SUPERSEDED), at=START + DAY)
    mixed = successor(FIRST, B, START + 100 * DAY)
    mixed = replace(mixed, keys=half)
    held = Held(mixed, signed(SECOND, B, A), START + 100 * DAY, compared=False)
    longer = replace(first(), held=(*first().held, held))
    word = lineage.revoked[0].signed
    assert word is not None
    assert reached(trust.with_revocation(longer, word, known=START)) == set(A.public.keyids)


def test_bytes_alone_show_what_was_accepted_whichever_cards_came_later() -> None:
    both = Revocation(SPAIN, (*A.public.keyids, *B.public.keyids), START, Reason.SUPERSEDED)
    word = dsse.sign(PayloadType.REVOCATION, both.to_bytes(), A.signing)
    early = trust.accept_revocation(first(), word, at=START + DAY)
    assert reached(trust.with_revocation(second(), word, known=START)) == reached(early) == set(A.public.keyids)
    with pytest.raises(OtherAuthority):
        trust.with_revocation(second(), revoked(A, A, START, authority=CHINA), known=START)


def test_others_revoke_nothing() -> None:
    with pytest.raises(KeyUnknown):
        trust.accept_revocation(first(), revoked(THIEF, A, START), at=START)
    with pytest.raises(OtherAuthority):
        trust.accept_revocation(first(), revoked(A, A, START, authority=CHINA), at=START)
    unsigned = replace(revoked(A, A, START), signatures=())
    with pytest.raises(KeyUnknown) as caught:
        trust.accept_revocation(first(), unsigned, at=START)
    assert caught.value.data["key"] == "(none)"
    other = replace(unsigned, payload=Revocation(SPAIN, A.public.keyids, START + DAY, Reason.LOSS).to_bytes())
    with pytest.raises(SignatureInvalid):
        trust.accept_revocation(first(), replace(other, signatures=revoked(A, A, START).signatures), at=START)


def test_our_administrator_revokes_by_hand() -> None:
    found = Revocation(SPAIN, B.public.keyids, START + 100 * DAY, Reason.LOSS)
    lineage = trust.revoke_by_hand(second(), found, at=START + 101 * DAY)
    assert reached(lineage) == set(B.public.keyids)
    assert lineage.revoked[0].signed is None
    assert trust.revoke_by_hand(lineage, found, at=START + 101 * DAY) is lineage
    with pytest.raises(KeyUnknown):
        trust.revoke_by_hand(first(), found, at=START)
    with pytest.raises(OtherAuthority):
        trust.revoke_by_hand(first(), replace(found, authority=CHINA), at=START)


def test_a_signed_one_still_counts_after_one_by_hand() -> None:
    by_hand = Revocation(SPAIN, A.public.keyids, START + 50 * DAY, Reason.LOSS)
    lineage = trust.revoke_by_hand(second(), by_hand, at=START + 51 * DAY)
    both = trust.accept_revocation(lineage, revoked(B, A, START + 40 * DAY), at=START + 101 * DAY)
    assert len(both.revoked) == 2


@pytest.mark.parametrize("kind", [PayloadType.CARD, PayloadType.STATEMENT])
def test_a_type_is_not_taken_for_another(kind: PayloadType) -> None:
    found = dsse.sign(kind, revoked(A, A, START).payload, A.signing)
    with pytest.raises(BadMember, match="payloadType"):
        trust.accept_revocation(first(), found, at=START)


def test_cards_of_the_same_instant_leave_the_older_one_no_time() -> None:
    same = successor(FIRST, B, START)
    lineage = offer(first(), signed(same, B, A), START)
    assert lineage.end(lineage.held[0]) == START
    assert lineage.card_at(START) == same


def test_every_refusal_is_whole() -> None:
    named = [each for each in vars(trust_errors).values() if isinstance(each, type) and issubclass(each, WireError)]
    codes = {each.code for each in (*named, *WireError.__subclasses__())}
    assert len(named) > 10
    assert len(codes) == len({*named, *WireError.__subclasses__()})
    for each in named:
        data = {name: "x" for _, name, _, _ in Formatter().parse(each.text) if name}
        assert str(each(**data)).endswith(".")
        assert each.__name__ in (trust_errors.__doc__ or "") or each is WireError


def test_the_rings_differ() -> None:
    def keyids(of: Ring) -> set[str]:
        return set(of.public.keyids)

    assert not keyids(A) & keyids(B)
    assert cards.verify(signed(FIRST, A)) == FIRST
