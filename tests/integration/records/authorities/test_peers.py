# SPDX-License-Identifier: Apache-2.0
"""How a card becomes trusted, and how trust stops: by words that agree, never for our own name, at once."""

import os
from dataclasses import replace

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from tests.fixtures.nodes import Network, SimulatedNode
from tests.fixtures.pairs import ADMINISTRATOR, NOBODY, a, size

from comity.protocol.errors import ComityError
from comity.protocol.wire import card as cards
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.keys import SigningKeys
from comity.protocol.wire.names import AuthorityId
from comity.records.actors import CONSOLE, Role
from comity.records.authorities import peers
from comity.records.authorities.errors import AlarmStanding, OurOwn, WordsDiffer
from comity.records.authorities.issuing import our_card, our_signed_card
from comity.records.authorities.lineages import lineage
from comity.records.authorities.models import Authority, CardRecord, Standing, Watch
from comity.records.errors import NotFound, NotPermitted, StandingError


@pytest.fixture
def pair(fresh: Network) -> tuple[SimulatedNode, SimulatedNode]:
    first, second = fresh.nodes.values()
    return first, second


def posing(node: SimulatedNode, authority: str = "") -> Signed:
    """A first card like the node's with a stranger's keys, under any name."""
    keys = SigningKeys.from_seeds(os.urandom(32), os.urandom(32))
    with node.home.active():
        card = our_card()
    named = AuthorityId(authority or card.authority)
    made = replace(
        card,
        authority=named,
        country=named[:2],
        serial=1,
        previous=None,
        keys=replace(card.keys, signing=keys.public),
    )
    return cards.sign(made, keys)


def words_of(node: SimulatedNode, authority: AuthorityId) -> str:
    with node.home.active():
        return " ".join(peers.comparison(peers.newest(authority)).words)


def test_an_invited_card_is_not_trusted(pair: tuple[SimulatedNode, SimulatedNode]) -> None:
    node, other = pair
    signed = posing(other, "XX/sample")
    told = peers.invite(node.home, CONSOLE, signed)
    with node.home.active():
        assert peers.standing(AuthorityId("XX/sample")) == Standing.INVITED
        with pytest.raises(StandingError):
            peers.card_of(AuthorityId("XX/sample"))
        with pytest.raises(StandingError, match="invited"):
            peers.require_accepted([AuthorityId("XX/sample")])
        assert peers.newest(AuthorityId("XX/sample")).digest == signed.digest
    card = peers.accept(node.home, CONSOLE, AuthorityId("XX/sample"), " ".join(told.digits))
    with node.home.active():
        peers.require_accepted([card.authority])
        assert peers.card_of(card.authority).digest == signed.digest
        assert Authority.objects.get(id=card.authority).compared_by == "console"


def test_both_sides_read_the_same_words(pair: tuple[SimulatedNode, SimulatedNode]) -> None:
    one, other = pair
    assert words_of(one, other.authority) == words_of(other, one.authority)


def test_wrong_words_change_nothing(pair: tuple[SimulatedNode, SimulatedNode]) -> None:
    node, other = pair
    told = peers.invite(node.home, CONSOLE, posing(other, "XX/sample"))
    before = size(node)
    for typed in ("", " ".join(told.words[:11]), " ".join(reversed(told.words)), words_of(node, other.authority)):
        with pytest.raises(WordsDiffer):
            peers.accept(node.home, CONSOLE, AuthorityId("XX/sample"), typed)
    assert size(node) == before
    with node.home.active():
        assert peers.standing(AuthorityId("XX/sample")) == Standing.INVITED


def test_a_stranger_with_our_peers_name_gets_nothing(pair: tuple[SimulatedNode, SimulatedNode]) -> None:
    node, other = pair
    peers.invite(node.home, CONSOLE, posing(other))
    with node.home.active():
        assert peers.card_of(other.authority).keys.signing == other.home.keys.current.signing.public
    with pytest.raises(WordsDiffer):  # what the true peer reads out is not what the stranger's card says
        peers.accept(node.home, CONSOLE, other.authority, words_of(other, node.authority))


def test_the_card_at_hand_is_the_one_compared(pair: tuple[SimulatedNode, SimulatedNode]) -> None:
    """A wrong card taken in by mistake does not stand in the way of the right one for ever."""
    node, other = pair
    right, wrong = posing(other, "XX/sample"), posing(other, "XX/sample")
    told = peers.invite(node.home, CONSOLE, right)
    peers.invite(node.home, CONSOLE, wrong)
    with pytest.raises(WordsDiffer):
        peers.accept(node.home, CONSOLE, AuthorityId("XX/sample"), " ".join(told.words))
    assert peers.invite(node.home, CONSOLE, right) == told
    assert peers.accept(node.home, CONSOLE, AuthorityId("XX/sample"), " ".join(told.words)).digest == right.digest


@pytest.mark.parametrize("ours", [True, False])
def test_no_card_of_our_own_name_is_taken_in(pair: tuple[SimulatedNode, SimulatedNode], ours: bool) -> None:
    node, _ = pair
    with node.home.active():
        before = our_signed_card()
    with pytest.raises(OurOwn):
        peers.invite(node.home, CONSOLE, before if ours else posing(node))
    with pytest.raises(OurOwn):
        peers.accept(node.home, CONSOLE, node.authority, "words")
    with node.home.active():
        assert our_signed_card().digest == before.digest
        assert peers.standing(node.authority) == Standing.OURSELVES


def test_even_a_strangers_card_in_the_table_is_not_ours(pair: tuple[SimulatedNode, SimulatedNode]) -> None:
    node, _ = pair
    signed = posing(node)
    with node.home.active():
        before = our_signed_card()
        CardRecord.objects.create(
            digest=signed.digest, authority_id=node.authority, serial=9, signed=signed.to_json(), came=node.home.now()
        )
        assert our_signed_card().digest == before.digest


def test_a_card_whose_signature_does_not_hold_leaves_no_row(pair: tuple[SimulatedNode, SimulatedNode]) -> None:
    node, other = pair
    signed = posing(other, "XX/sample")
    forged = replace(signed, signatures=tuple(reversed(posing(other, "XX/sample").signatures)))
    before = size(node)
    with pytest.raises(ComityError):
        peers.invite(node.home, CONSOLE, forged)
    assert size(node) == before
    with node.home.active():
        assert peers.standing(AuthorityId("XX/sample")) == "unknown"
        with pytest.raises(NotFound):
            peers.newest(AuthorityId("XX/sample"))
    with pytest.raises(NotFound):
        peers.accept(node.home, CONSOLE, AuthorityId("XX/sample"), "words")


def test_a_suspended_peer_comes_back_by_comparing_again(pair: tuple[SimulatedNode, SimulatedNode]) -> None:
    node, other = pair
    peers.suspend(node.home, CONSOLE, other.authority, "compromised")
    with node.home.active():
        assert peers.standing(other.authority) == Standing.SUSPENDED
        with pytest.raises(StandingError, match="suspended"):
            peers.require_accepted([other.authority])
        assert lineage(other.authority).latest.card.authority == other.authority, "old messages are still judged"
    peers.accept(node.home, CONSOLE, other.authority, words_of(other, node.authority))
    with node.home.active():
        peers.require_accepted([other.authority])


def test_nobody_suspends_the_node_itself_or_whom_it_does_not_know(pair: tuple[SimulatedNode, SimulatedNode]) -> None:
    node, _ = pair
    with pytest.raises(OurOwn):
        peers.suspend(node.home, CONSOLE, node.authority, "other")
    with pytest.raises(NotFound):
        peers.suspend(node.home, CONSOLE, AuthorityId("XX/nobody"), "other")
    with node.home.active():
        assert our_card().authority == node.authority


def test_an_alarm_stands_until_somebody_clears_it(pair: tuple[SimulatedNode, SimulatedNode]) -> None:
    node, other = pair
    with pytest.raises(NotFound):
        peers.clear_alarm(node.home, CONSOLE, other.authority)
    with node.home.active():
        Watch.objects.filter(authority=other.authority).update(alarm="A fork.", seen_size=7, seen_root=b"r" * 32)
        with pytest.raises(AlarmStanding):
            peers.require_accepted([other.authority])
    peers.clear_alarm(node.home, CONSOLE, other.authority)
    with node.home.active():
        peers.require_accepted([other.authority])
        watch = Watch.objects.get(authority=other.authority)
        assert (watch.alarm, watch.seen_size, bytes(watch.seen_root), watch.seen_at) == ("", 0, b"", None)


def test_only_administrators_change_peers(pair: tuple[SimulatedNode, SimulatedNode]) -> None:
    node, other = pair
    before = size(node)
    working = a(*(each for each in Role if each is not Role.ADMINISTRATOR))
    for do in (
        lambda: peers.invite(node.home, working, posing(other, "XX/sample")),
        lambda: peers.accept(node.home, working, other.authority, "words"),
        lambda: peers.suspend(node.home, working, other.authority, "other"),
        lambda: peers.clear_alarm(node.home, working, other.authority),
    ):
        with pytest.raises(NotPermitted):
            do()
    assert size(node) == before


def test_the_overview_shows_everybody_but_ourselves(pair: tuple[SimulatedNode, SimulatedNode]) -> None:
    node, other = pair
    peers.invite(node.home, CONSOLE, posing(other, "XX/sample"))
    for actor in (ADMINISTRATOR, a(Role.ANALYST), a(Role.AUDITOR)):
        found = peers.overview(node.home, actor)
        assert [each.authority.id for each in found] == sorted(each.authority.id for each in found)
        assert {other.authority, "XX/sample"} <= {each.authority.id for each in found}
        assert node.authority not in {each.authority.id for each in found}
        assert all(each.card is not None for each in found)
    assert peers.overview(node.home, NOBODY) == []


def test_everybody_is_seen_in_two_queries_however_many_they_are(pair: tuple[SimulatedNode, SimulatedNode]) -> None:
    node, other = pair
    for name in ("XX/one", "XX/two", "XX/three"):
        peers.invite(node.home, CONSOLE, posing(other, name))
        peers.invite(node.home, CONSOLE, newest := posing(other, name))
    with node.home.active():
        Authority.objects.create(
            id="XX/bare", name="Bare", country="XX", standing=Standing.INVITED, since=node.home.now()
        )
        with CaptureQueriesContext(connections[node.home.alias]) as asked:
            found = {each.authority.id: each for each in peers.overview(node.home, CONSOLE)}
    assert len(asked) == 2
    assert found["XX/three"].card == cards.verify(newest)
    assert (found["XX/bare"].card, found["XX/bare"].watch) == (None, None)
    assert found[other.authority].watch is not None
