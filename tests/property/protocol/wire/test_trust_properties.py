# SPDX-License-Identifier: Apache-2.0
"""Whatever an authority's history, one card is valid at a time, and old or stolen keys gain nothing by a false time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fixtures.cards import DAY, START, Ring, card, revoked, ring, signed, successor

from comity.protocol.wire import trust
from comity.protocol.wire.card import Card
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.errors import KeyExpired, KeyRevoked, WireError
from comity.protocol.wire.lineage import GRACE, Lineage
from comity.protocol.wire.names import AuthorityId
from comity.protocol.wire.trust_errors import CardForked

RINGS = [ring(name) for name in "abcd"]
THIEF = ring("thief")

spans = st.integers(0, 500).map(lambda hours: timedelta(hours=hours))
instants = st.integers(-10 * 24, 200 * 24).map(lambda hours: START + timedelta(hours=hours))


@dataclass(frozen=True)
class History:
    """An authority's cards, the keys of each, and when each reached us."""

    cards: tuple[Card, ...]
    rings: tuple[Ring, ...]
    offers: tuple[Signed, ...]

    def lineage(self) -> Lineage:
        """What we hold when each card came on the day on which it begins."""
        found = trust.begin(self.offers[0], at=START)
        for each, offered in zip(self.cards[1:], self.offers[1:], strict=True):
            found = trust.accept_successor(found, offered, at=each.start)
        return found


@cache
def made(turns: tuple[int, ...], keys: tuple[int, ...]) -> History:
    """The history with a new card after each of `turns` hours, by the key rings of these numbers."""
    rings = tuple(RINGS[each] for each in keys)
    found, offers = [card(rings[0])], [signed(card(rings[0]), rings[0])]
    for turn, before, after in zip(turns, rings, rings[1:], strict=False):
        found.append(successor(found[-1], after, found[-1].start + timedelta(hours=turn)))
        offers.append(signed(found[-1], after, before))
    return History(tuple(found), rings, tuple(offers))


@st.composite
def histories(draw: st.DrawFn, least: int = 0) -> History:
    """Up to three rotations or renewals, days apart; keys go forward only."""
    turns = draw(st.lists(st.sampled_from([1, 24, 24 * 20]), min_size=least, max_size=3))
    keys = [0]
    for _ in turns:
        keys.append(keys[-1] + draw(st.integers(0, 1)))
    return made(tuple(turns), tuple(keys))


@given(histories(), instants)
def test_a_signature_of_the_time_is_judged_by_the_card_of_the_time(history: History, sent: datetime) -> None:
    lineage = history.lineage()
    valid = [each.card for each in lineage.held if each.card.start <= sent < lineage.end(each)]
    assert len(valid) <= 1
    if not valid:
        with pytest.raises(KeyExpired):
            lineage.card_at(sent)
        return
    assert lineage.card_at(sent) == valid[0]
    assert lineage.judge(valid[0].keys.signing.keyids, sent, arrived=sent) == valid[0]


@given(histories(least=1), instants, st.integers(0, 3))
def test_keys_that_were_given_up_gain_nothing_by_a_false_time(history: History, sent: datetime, which: int) -> None:
    lineage = history.lineage()
    stolen = lineage.held[which % len(lineage.held)]
    with pytest.raises(KeyExpired):
        lineage.judge(stolen.keyids, sent, arrived=lineage.given_up(stolen) + GRACE + timedelta(milliseconds=1))


@given(histories(), instants, spans, spans)
def test_stolen_keys_gain_nothing_by_a_false_time(
    history: History, sent: datetime, before: timedelta, after: timedelta
) -> None:
    lineage, last = history.lineage(), history.rings[-1]
    known = lineage.latest.card.start + timedelta(hours=500)
    told = trust.accept_revocation(lineage, revoked(last, last, known - before), at=known)
    with pytest.raises((KeyRevoked, KeyExpired)):
        told.judge(last.signing.public.keyids, sent, arrived=known + after)


@given(histories(), st.permutations(range(4)))
def test_the_order_in_which_cards_come_does_not_matter(history: History, order: Sequence[int]) -> None:
    found = trust.begin(history.offers[0], at=START)
    offers = [history.offers[each] for each in order if each < len(history.offers)]
    for _ in offers:
        for each in offers:
            try:
                found = trust.accept_successor(found, each, at=START)
            except WireError as error:
                assert error.code == "card-skipped"  # noqa: PT017  # retried, as a node does
    assert [each.card for each in found.held] == list(history.cards)


@given(histories(least=1), st.integers(0, 2))
def test_a_second_successor_is_always_a_fork(history: History, which: int) -> None:
    lineage = history.lineage()
    at = which % (len(history.cards) - 1)
    rival = successor(history.cards[at], THIEF, history.cards[at].start)
    with pytest.raises(CardForked):
        trust.accept_successor(lineage, signed(rival, THIEF, history.rings[at]), at=START)


@given(histories(least=1), st.integers(0, 3), instants)
def test_cards_and_revocations_are_only_added(history: History, which: int, since: datetime) -> None:
    lineage = history.lineage()
    by = history.rings[-1]
    word = revoked(by, history.rings[which % len(history.rings)], since)
    told = trust.accept_revocation(lineage, word, at=max(START, since))
    assert told.held == lineage.held
    assert len(told.revoked) == 1
    for each in told.held:
        try:
            judged = told.judge(each.keyids, each.card.start, arrived=each.card.start)
        except WireError:
            continue
        assert judged.keys == each.card.keys


@given(st.data())
def test_a_changed_byte_joins_nothing(data: st.DataObject) -> None:
    history = made((24,), (0, 1))
    lineage = trust.begin(history.offers[0], at=START)
    offered = history.offers[1]
    place = data.draw(st.integers(0, 4), label="the payload, or which signature")
    target = bytearray(offered.payload if place == 4 else offered.signatures[place].sig)
    target[data.draw(st.integers(0, len(target) - 1))] ^= data.draw(st.integers(1, 255))
    if place == 4:
        changed = replace(offered, payload=bytes(target))
    else:
        lines = list(offered.signatures)
        lines[place] = replace(lines[place], sig=bytes(target))
        changed = replace(offered, signatures=tuple(lines))
    with pytest.raises(WireError):
        trust.accept_successor(lineage, changed, at=START + DAY)


@given(st.sampled_from(["CN", "ES", "MM"]), st.sampled_from("ab"))
def test_words_agree_for_both_and_for_nobody_else(country: str, name: str) -> None:
    other = card(ring(name), authority=AuthorityId(f"{country}/sample"), country=country)
    ours = card(THIEF)
    assert trust.comparison(ours, other) == trust.comparison(other, ours)
    assert trust.comparison(ours, other) != trust.comparison(ours, replace(other, hours="other"))
