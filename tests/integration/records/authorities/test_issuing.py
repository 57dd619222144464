# SPDX-License-Identifier: Apache-2.0
"""Our own cards: each names the one before, nothing is replaced, and a rotation that was cut short is finished."""

import os
from dataclasses import replace

import pytest
from tests.fixtures.copies import SPAIN
from tests.fixtures.nodes import Network, SimulatedNode
from tests.fixtures.pairs import a

from comity.protocol.wire import card as cards
from comity.protocol.wire import trust
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.errors import BadMember
from comity.records.accounts.roster import card_officers
from comity.records.action import acting
from comity.records.actors import CONSOLE, Role
from comity.records.authorities import issuing, keyring
from comity.records.authorities.issuing import our_card, our_signed_card
from comity.records.authorities.keyring import KeyRing
from comity.records.authorities.lineages import lineage
from comity.records.authorities.models import Authority, CardRecord, Standing
from comity.records.errors import NotInSeason, NotPermitted
from comity.records.home import Home
from comity.records.register.models import Leaf


@pytest.fixture
def node(fresh: Network) -> SimulatedNode:
    """Spain's node."""
    return fresh.nodes[SPAIN]


def reissued(home: Home) -> Signed:
    with acting(home, CONSOLE) as act:
        issuing.reissue(act, card_officers(home, act.now))
    with home.active():
        return our_signed_card()


def test_a_successor_names_its_predecessor_and_both_stay(node: SimulatedNode) -> None:
    with node.home.active():
        before, held = our_card(), CardRecord.objects.filter(authority=node.authority).count()
    signed = reissued(node.home)
    card = cards.parse(signed.payload)
    assert (card.serial, card.previous) == (before.serial + 1, before.digest)
    with node.home.active():
        assert CardRecord.objects.filter(authority=node.authority).count() == held + 1
        assert lineage(node.authority).latest.digest == signed.digest


def test_a_card_says_what_the_settings_say(node: SimulatedNode) -> None:
    changes = {
        "hours": "08:00-20:00",
        "calendar": "ES-MD",
        "endpoint": "",
        "mailbox": "http://127.0.0.1:1/mailbox/ES/x",
    }
    card = cards.parse(reissued(replace(node.home, config=replace(node.home.config, **changes))).payload)
    assert (card.hours, card.calendar.country, card.calendar.subdivision) == ("08:00-20:00", "ES", "MD")
    assert (card.endpoints, card.mailbox) == ((), "http://127.0.0.1:1/mailbox/ES/x")
    assert {each.pseudonym for each in card.officers} >= {officer.pseudonym for officer, _ in node.approvers}


def test_a_card_that_no_peer_could_read_is_not_issued(node: SimulatedNode) -> None:
    with node.home.active():
        before = our_signed_card().digest
    with pytest.raises(BadMember):
        reissued(replace(node.home, config=replace(node.home.config, name="two\nlines")))
    with node.home.active():
        assert our_signed_card().digest == before


def test_a_rotation_is_signed_by_old_and_new_and_registered(node: SimulatedNode) -> None:
    with node.home.active():
        before = lineage(node.authority)
    after = issuing.rotate_keys(node.home, CONSOLE, ())
    with after.active():
        signed = our_signed_card()
        assert Leaf.objects.filter(event="key-rotated").count() == 1
    assert len(signed.signatures) == 4
    assert (
        trust.accept_successor(before, signed, at=after.now()).latest.card.keys.signing
        != before.latest.card.keys.signing
    )
    assert after.keys.current.signing.public == cards.parse(signed.payload).keys.signing
    assert len({each.signing.public.keyids for each in after.keys.generations}) == len(after.keys.generations) == 2


def test_a_rotation_that_was_cut_short_is_finished_by_the_next_card(node: SimulatedNode) -> None:
    with node.home.active():
        before = lineage(node.authority)
    generation = keyring.add_generation(node.home.config, os.urandom)  # and then the power went
    revived = replace(node.home, keys=KeyRing.of((*node.home.keys.generations, generation)))
    signed = reissued(revived)
    followed = trust.accept_successor(before, signed, at=revived.now())
    assert followed.latest.card.keys.signing == generation.signing.public
    with node.home.active():
        assert Leaf.objects.filter(event="key-rotated").count() == 1


def test_new_keys_after_a_loss_begin_a_new_line(node: SimulatedNode) -> None:
    after = issuing.refound(node.home, CONSOLE, ())
    with after.active():
        card = our_card()
        assert (card.serial, card.previous) == (1, None)
        assert card.keys.signing == after.keys.current.signing.public


@pytest.mark.parametrize("rotate", [issuing.rotate_keys, issuing.refound])
def test_only_who_manages_keys_makes_any(node: SimulatedNode, rotate: object) -> None:
    with pytest.raises(NotPermitted):
        rotate(node.home, a(*(each for each in Role if each is not Role.ADMINISTRATOR)), ())  # type: ignore[operator]
    assert not list(keyring.keys_folder(node.home.config).glob("*.json"))


def test_a_node_that_was_not_founded_has_no_card(node: SimulatedNode) -> None:
    with node.home.active():
        Authority.objects.filter(standing=Standing.OURSELVES).update(standing=Standing.INVITED)
        with pytest.raises(NotInSeason):
            our_card()
