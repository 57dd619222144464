# SPDX-License-Identifier: Apache-2.0
"""Whatever cards and revocations a peer offers, in whatever order: what a node accepted, a stranger can read."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fixtures.cards import SPAIN, START, Ring, card, ring, signed, successor

from comity.protocol.proof.lines import read_cards, read_revocations
from comity.protocol.proof.steps import Here
from comity.protocol.wire import dsse, trust
from comity.protocol.wire.dsse import PayloadType, Signed
from comity.protocol.wire.errors import WireError
from comity.protocol.wire.lineage import Lineage
from comity.protocol.wire.revocation import Reason, Revocation

RINGS = [ring(name) for name in "abcd"]
UNKNOWN = ring("nobody's")
days = st.integers(0, 400).map(lambda count: timedelta(days=count))
keyids = st.sampled_from([key for each in (*RINGS, UNKNOWN) for key in each.public.keyids])


@st.composite
def cards_(draw: st.DrawFn, held: Lineage) -> Signed:
    """A card that may follow one of those held, or none."""
    before = draw(st.sampled_from(held.held)).card
    by, old = draw(st.sampled_from(RINGS)), draw(st.sampled_from([None, *RINGS]))
    start = START + draw(days)
    if draw(st.booleans()):
        new = replace(successor(before, by, start), until=start + draw(days) + timedelta(days=1), officers=())
    else:
        new = card(by, start=start, officers=(), until=start + timedelta(days=40))
    return signed(new, by, old)


@st.composite
def revocations(draw: st.DrawFn) -> Signed:
    """A revocation by one of the rings, of any keys."""
    names = draw(st.lists(keyids, min_size=1, max_size=4, unique=True))
    since = START + draw(st.one_of(days, st.just(timedelta(days=365 * 7000))))
    told = Revocation(SPAIN, tuple(names), since, draw(st.sampled_from(Reason)))
    by: Ring = draw(st.sampled_from(RINGS))
    return dsse.sign(PayloadType.REVOCATION, told.to_bytes(), by.signing)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_a_node_accepted_a_stranger_can_read(data: st.DataObject) -> None:
    held = trust.begin(signed(card(RINGS[0], until=START + timedelta(days=60), officers=()), RINGS[0]), at=START)
    now = START
    for _ in range(data.draw(st.integers(1, 8))):
        now += data.draw(st.integers(0, 60).map(lambda count: timedelta(days=count)))
        held = offered(held, data, now)
    lines = read_cards([each.signed for each in held.held], Here("the file"))
    words = sorted((each.signed for each in held.revoked if each.signed), key=lambda each: each.digest)
    read = read_revocations(lines, words, Here("the file"))(SPAIN)
    for each in held.revoked:
        assert any(each.signed == other.signed and each.keyids & other.keyids for other in read.revoked)


def offered(held: Lineage, data: st.DataObject, now: object) -> Lineage:
    """The lineage after one offer, or as it was where that was refused."""
    how = data.draw(st.sampled_from(["succeed", "succeed", "compare", "revoke"]))
    try:
        if how == "revoke":
            return trust.accept_revocation(held, data.draw(revocations()), at=now)  # type: ignore[arg-type]
        take = trust.accept_successor if how == "succeed" else trust.restart
        return take(held, data.draw(cards_(held)), at=now)  # type: ignore[arg-type]
    except WireError:
        return held
