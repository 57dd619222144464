# SPDX-License-Identifier: Apache-2.0
"""Revocations: ours, a peer's, and by hand; and the lineage, which is made anew when rows changed and only then."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from tests.fixtures.nodes import Network, SimulatedNode
from tests.fixtures.pairs import a, size

from comity.protocol.errors import ComityError
from comity.protocol.wire import dsse
from comity.protocol.wire.dsse import PayloadType
from comity.protocol.wire.errors import KeyUnknown
from comity.protocol.wire.names import AuthorityId
from comity.protocol.wire.revocation import Reason, Revocation
from comity.records.action import acting
from comity.records.actors import CONSOLE, SYSTEM, Role
from comity.records.authorities import issuing, peers, revoking
from comity.records.authorities.errors import OurOwn
from comity.records.authorities.issuing import our_card, our_signed_card
from comity.records.authorities.lineages import lineage
from comity.records.authorities.models import RevocationRecord, Watch
from comity.records.errors import NotPermitted, StandingError
from comity.records.home import Home


@pytest.fixture
def pair(fresh: Network) -> tuple[SimulatedNode, SimulatedNode]:
    first, second = fresh.nodes.values()
    return first, second


def revoked(home: Home, authority: AuthorityId) -> set[str]:
    with home.active():
        return {key for each in lineage(authority).revoked for key in each.keyids}


def test_ours_is_signed_kept_and_sent_again_to_everybody(pair: tuple[SimulatedNode, SimulatedNode]) -> None:
    node, _ = pair
    with node.home.active():
        old = our_card().keys.keyids  # the one that opens too
    with node.home.active():
        Watch.objects.update(card_sent="sha256:" + "0" * 64)
    home = issuing.rotate_keys(node.home, CONSOLE, ())
    at = home.now()
    signed = revoking.revoke_ours(home, CONSOLE, old, at, Reason.SUPERSEDED)
    assert set(node.home.keys.current.signing.public.keyids) <= revoked(home, node.authority)
    with home.active():
        assert set(Watch.objects.values_list("card_sent", flat=True)) == {signed.digest}
        assert [each.digest for each in revoking.ours_since(at)] == [signed.digest]
        assert revoking.ours_since(home.now()) == []


def test_a_peers_own_is_heard_once(pair: tuple[SimulatedNode, SimulatedNode]) -> None:
    node, other = pair
    old = other.home.keys.current.signing.public.keyids
    home = issuing.rotate_keys(other.home, CONSOLE, ())
    signed = revoking.revoke_ours(home, CONSOLE, old, home.now(), Reason.COMPROMISE)
    with home.active():
        card = our_signed_card()
    with acting(node.home, SYSTEM) as act:
        peers.follow(act, other.authority, [card, card])
    for _ in range(2):
        with acting(node.home, SYSTEM) as act:
            revoking.hear(act, other.authority, signed)
    assert set(old) <= revoked(node.home, other.authority)
    with node.home.active():
        assert RevocationRecord.objects.filter(authority=other.authority).count() == 1


def test_a_peers_word_about_keys_that_nothing_stands_on_is_passed_over(
    pair: tuple[SimulatedNode, SimulatedNode],
) -> None:
    node, other = pair
    said = Revocation(other.authority, ("ed25519:0123456789abcdef",), node.home.now(), Reason.SUPERSEDED)
    with other.home.active():
        signed = dsse.sign(PayloadType.REVOCATION, said.to_bytes(), other.home.keys.signing_as(our_card().keys.signing))
    before = size(node)
    with acting(node.home, SYSTEM) as act:
        revoking.hear(act, other.authority, signed)
    assert size(node) == before
    assert not revoked(node.home, other.authority)


def test_a_strangers_revocation_of_a_peers_keys_is_not_heard(pair: tuple[SimulatedNode, SimulatedNode]) -> None:
    node, other = pair
    home = issuing.rotate_keys(node.home, CONSOLE, ())
    signed = revoking.revoke_ours(home, CONSOLE, node.home.keys.current.signing.public.keyids, home.now(), Reason.LOSS)
    before = size(node)
    with pytest.raises(ComityError), acting(node.home, SYSTEM) as act:
        revoking.hear(act, other.authority, signed)
    assert size(node) == before
    assert not revoked(node.home, other.authority)


def test_by_hand_reaches_the_named_keys(pair: tuple[SimulatedNode, SimulatedNode]) -> None:
    node, other = pair
    keys = other.home.keys.current.signing.public.keyids
    at = node.home.now()
    revoking.revoke_by_hand(node.home, CONSOLE, other.authority, keys[:1], at, Reason.LOSS)
    assert revoked(node.home, other.authority) == set(keys[:1])
    with node.home.active():
        row = RevocationRecord.objects.get(authority=other.authority)
        assert row.signed is None, "nobody signed it: it proves nothing to others"
        assert revoking.ours_since(at) == []


def test_what_nobody_may_revoke(pair: tuple[SimulatedNode, SimulatedNode]) -> None:
    node, other = pair
    ours, theirs = (each.home.keys.current.signing.public.keyids for each in pair)
    at, before = node.home.now(), size(node)
    with pytest.raises(OurOwn):
        revoking.revoke_by_hand(node.home, CONSOLE, node.authority, ours, at, Reason.LOSS)
    with pytest.raises(KeyUnknown):
        revoking.revoke_by_hand(node.home, CONSOLE, other.authority, ours, at, Reason.LOSS)
    with pytest.raises(ComityError):
        revoking.revoke_ours(node.home, CONSOLE, theirs, at, Reason.LOSS)
    with pytest.raises(NotPermitted):
        revoking.revoke_ours(node.home, a(Role.APPROVER), ours, at, Reason.LOSS)
    with pytest.raises(NotPermitted):
        revoking.revoke_by_hand(node.home, a(Role.APPROVER), other.authority, theirs, at, Reason.LOSS)
    assert size(node) == before
    assert not revoked(node.home, node.authority)


def test_a_lineage_is_remembered_until_its_rows_change(pair: tuple[SimulatedNode, SimulatedNode]) -> None:
    node, other = pair
    with node.home.active():
        first = lineage(other.authority)
        with CaptureQueriesContext(connections[node.home.alias]) as asked:
            assert lineage(other.authority) is first
        assert len(asked) == 1, "the names of the rows, and no more"
    revoking.revoke_by_hand(
        node.home, CONSOLE, other.authority, other.home.keys.current.signing.public.keyids, node.home.now(), Reason.LOSS
    )
    with node.home.active():
        assert lineage(other.authority) is not first


def test_what_an_undone_transaction_read_is_not_remembered(pair: tuple[SimulatedNode, SimulatedNode]) -> None:
    node, other = pair
    home = issuing.rotate_keys(other.home, CONSOLE, ())
    with home.active():
        card = our_signed_card()

    with suppress(KeyUnknown), acting(node.home, SYSTEM) as act:
        peers.follow(act, other.authority, [card])
        undone = lineage(other.authority).latest.accepted
        raise KeyUnknown(authority=other.authority, key="any")
    later = replace(node.home, clock=lambda: undone + timedelta(hours=1))
    with acting(later, SYSTEM) as act:
        peers.follow(act, other.authority, [card])
    with node.home.active():
        assert lineage(other.authority).latest.accepted == undone + timedelta(hours=1)


def test_two_nodes_of_one_process_remember_apart(pair: tuple[SimulatedNode, SimulatedNode]) -> None:
    node, other = pair
    with node.home.active():
        here = lineage(node.authority)
    with other.home.active():
        assert lineage(node.authority) is not here


def test_whoever_has_no_accepted_card_has_no_lineage(pair: tuple[SimulatedNode, SimulatedNode]) -> None:
    with pair[0].home.active(), pytest.raises(StandingError):
        lineage(AuthorityId("XX/nobody"))
