# SPDX-License-Identifier: Apache-2.0
"""What a peer learns from an answer it may not have got, and what it is told until it has: cards, sizes, receipts."""

from dataclasses import replace

import pytest
from tests.fixtures import copies
from tests.fixtures.copies import CHINA, SPAIN
from tests.fixtures.nodes import Network, SimulatedNode, enrol, one_round, work

from comity.cooperation.exchange.errors import LineDown, RefusedByPeer
from comity.protocol.wire.names import AuthorityId
from comity.records.accounts.roster import card_officers
from comity.records.actors import CONSOLE, Role
from comity.records.authorities import issuing, keyring
from comity.records.authorities.keyring import KeyRing


def lost(network: Network) -> None:
    """Spain takes in what China posts, and China never reads the answer."""

    def post(peer: AuthorityId, data: bytes) -> bytes:
        network.post(peer, data)
        raise LineDown(authority=peer, why="the answer was lost")

    one_round(network.nodes[CHINA].home, SPAIN, post)


def counted(network: Network, node: SimulatedNode, to: AuthorityId) -> tuple[int, list[str]]:
    """How many envelopes the line of `node` posts until it is empty, and why any was sent back."""
    posts, refused = 0, []

    def post(peer: AuthorityId, data: bytes) -> bytes:
        nonlocal posts
        posts += 1
        try:
            return network.post(peer, data)
        except RefusedByPeer as error:
            refused.append(str(error.data["reason"]))
            raise

    work(node.home, to, post, limit=1)
    return posts, refused


def test_traffic_both_ways_posts_each_parcel_once(network: Network) -> None:
    china, spain = network.nodes[CHINA], network.nodes[SPAIN]
    thread = copies.ask(china, SPAIN)
    copies.settle(network)
    for _ in range(3):
        for here, there in ((china, SPAIN), (spain, CHINA)):
            copies.move(here, thread, "note")
            copies.move(here, thread, "note")
            assert counted(network, here, there) == (2, [])


@pytest.mark.parametrize("rotate", [False, True])
def test_a_card_in_an_answer_that_was_lost_comes_again(network: Network, rotate: bool) -> None:
    """Spain answers with its new card; the answer is lost; what Spain sends then must be believed all the same."""
    china, spain = network.nodes[CHINA], network.nodes[SPAIN]
    thread = copies.ask(china, SPAIN)
    copies.settle(network)
    if rotate:
        spain.home = issuing.rotate_keys(spain.home, CONSOLE, card_officers(spain.home, spain.home.now()))
    else:
        spain.approvers = [enrol(spain.home, [Role.APPROVER]), *spain.approvers]
    copies.move(china, thread, "note")
    lost(network)
    asked = copies.ask(spain, CHINA)
    copies.clock_of(network).forward(minutes=5)
    copies.settle(network)
    assert set(spain.outbox()) == {"delivered"}, spain.faults()
    assert china.state(asked).digest() == spain.state(asked).digest()


def test_two_parcels_with_the_same_new_card_are_both_taken(network: Network) -> None:
    china = network.nodes[CHINA]
    thread = copies.ask(china, SPAIN)
    copies.settle(network)
    china.home = issuing.rotate_keys(china.home, CONSOLE, card_officers(china.home, china.home.now()))
    for _ in range(3):
        copies.move(china, thread, "note")
    assert counted(network, china, SPAIN) == (3, [])
    assert china.outbox() == {"delivered": 4}


def test_keys_that_no_card_names_yet_sign_nothing(network: Network) -> None:
    """A rotation that was cut short after the key file was written, and before the card."""
    china = network.nodes[CHINA]
    thread = copies.ask(china, SPAIN)
    copies.settle(network)
    newer = keyring.add_generation(china.home.config, china.home.random)
    china.home = replace(china.home, keys=KeyRing.of((*china.home.keys.generations, newer)))
    copies.move(china, thread, "note")
    copies.settle(network)
    assert set(china.outbox()) == {"delivered"}
