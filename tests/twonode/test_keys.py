# SPDX-License-Identifier: Apache-2.0
"""Keys over time, between two nodes: rotation is followed by itself, revocation is heard, loss needs a telephone."""

from dataclasses import replace

import pytest
from tests.fixtures.nodes import Network, SimulatedNode, befriend, enrol, one_round

from comity.cooperation.dispatch import delivering
from comity.cooperation.drafting import actions as drafting
from comity.cooperation.exchange.compose import Load, compose, forget_cards
from comity.protocol.terms import kinds
from comity.protocol.terms.handling import DEFAULT
from comity.protocol.wire.names import AuthorityId
from comity.protocol.wire.revocation import Reason
from comity.records.accounts.roster import card_officers
from comity.records.actors import CONSOLE, Role
from comity.records.authorities import issuing, peers, revoking
from comity.records.authorities.lineages import lineage


def _ask(network: Network, asking: SimulatedNode, asked: SimulatedNode) -> str:
    body = dict(kinds.request_kinds()["preservation"].example)
    draft = drafting.start(
        asking.home, asking.duty, kind="preservation", to=[asked.authority], body=body, handling=DEFAULT
    )
    prepared = drafting.submit(asking.home, asking.duty, draft.id)
    asking.approve(prepared)
    network.deliver()
    return prepared.thread


def _rotate(node: SimulatedNode) -> None:
    node.home = issuing.rotate_keys(node.home, CONSOLE, card_officers(node.home, node.home.now()))


def _revoked(at: SimulatedNode, of: SimulatedNode) -> set[str]:
    with at.home.active():
        return {key for each in lineage(of.authority).revoked for key in each.keyids}


def test_a_peer_follows_new_keys_and_still_believes_old_messages(network: Network) -> None:
    china, spain = network.nodes.values()
    before = _ask(network, china, spain)
    _rotate(china)
    after = _ask(network, china, spain)
    assert china.outbox() == {"delivered": 2}, china.faults()
    with spain.home.active():
        assert lineage(china.authority).latest.card.keys.signing == china.home.keys.current.signing.public
    for thread in (before, after):
        assert china.state(thread).digest() == spain.state(thread).digest()


@pytest.mark.parametrize("shown", [False, True])
def test_a_revocation_reaches_the_peer_with_the_announcement(network: Network, *, shown: bool) -> None:
    """Also a peer that has `shown` to hold our newest card."""
    china, spain = network.nodes.values()
    old = china.home.keys.current.signing.public.keyids
    _rotate(china)
    for asking, asked in ((china, spain), (spain, china), (china, spain)) if shown else ():
        _ask(network, asking, asked)
    revoking.revoke_ours(china.home, CONSOLE, old, china.home.now(), Reason.COMPROMISE)
    delivering.announce(china.home)
    network.deliver()
    assert set(old) <= _revoked(spain, china)


def test_a_revocation_made_while_our_cards_are_on_their_way_goes_along_next(network: Network) -> None:
    china, spain = network.nodes.values()
    old = china.home.keys.current.signing.public.keyids
    _rotate(china)

    def meanwhile(peer: AuthorityId, envelope: bytes) -> bytes:
        answer = network.post(peer, envelope)
        revoking.revoke_ours(china.home, CONSOLE, old, china.home.now(), Reason.COMPROMISE)
        return answer

    one_round(china.home, spain.authority, meanwhile)
    delivering.announce(china.home)
    network.deliver()
    assert set(old) <= _revoked(spain, china)


def test_a_peer_that_lacks_our_cards_gets_them_again(network: Network) -> None:
    china, spain = network.nodes.values()
    for asking, asked in ((china, spain), (spain, china), (china, spain)):
        _ask(network, asking, asked)
    with china.home.active():
        forget_cards(spain.authority)
        assert compose(china.home, spain.authority, Load()).news
        assert compose(china.home, spain.authority, Load()).news


def test_a_new_approver_is_known_to_the_peers_before_anything_is_said(network: Network) -> None:
    china, spain = network.nodes.values()
    network.deliver()
    officer, _ = enrol(china.home, [Role.APPROVER])
    network.deliver()
    with spain.home.active():
        assert officer.pseudonym in {each.pseudonym for each in peers.card_of(china.authority).officers}


def test_after_loss_nothing_is_believed_until_words_are_compared(network: Network) -> None:
    china, spain = network.nodes.values()
    china.home = issuing.refound(china.home, CONSOLE, card_officers(china.home, china.home.now()))
    _ask(network, china, spain)
    assert china.outbox() == {"waiting": 1}
    assert "card-not-compared" in china.faults()[spain.authority]
    befriend(china, spain)
    china.home.clock.forward(hours=1)  # type: ignore[attr-defined]  # the test's own clock
    network.deliver()
    assert china.outbox() == {"delivered": 1}, china.faults()


def test_a_suspended_peer_is_neither_sent_to_nor_heard(network: Network) -> None:
    china, spain = network.nodes.values()
    peers.suspend(spain.home, CONSOLE, china.authority, "other")
    _ask(network, china, spain)
    assert china.outbox() == {"waiting": 1}
    assert "not-a-peer" in china.faults()[spain.authority]


def test_a_new_home_reads_the_keys_that_another_process_added(network: Network) -> None:
    from comity.records.authorities import keyring

    china = next(iter(network.nodes.values()))
    running = replace(china.home, keys=keyring.live(china.home.config))
    count = len(running.keys.generations)
    _rotate(china)
    assert len(running.keys.generations) == count + 1
