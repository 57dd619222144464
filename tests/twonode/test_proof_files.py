# SPDX-License-Identifier: Apache-2.0
"""Each node writes the proof of a thread, and a stranger verifies it; following a thread from the command line's side."""

import json

import pytest
from tests.fixtures.nodes import Network, SimulatedNode

from comity.cooperation.assessment import actions as assessment
from comity.cooperation.dispatch import journeys
from comity.cooperation.drafting import actions as drafting
from comity.protocol.proof.verifier import verify
from comity.protocol.terms import kinds
from comity.protocol.terms.handling import DEFAULT
from comity.records.actors import Actor, Role
from comity.records.authorities.issuing import our_card
from comity.records.errors import NotFound, NotInSeason
from comity.records.register.models import Leaf

ADMINISTRATOR = Actor("admin", frozenset({Role.ADMINISTRATOR}))


def ask(asking: SimulatedNode, asked: SimulatedNode) -> str:
    """A request of one node to another, approved and queued."""
    body = dict(kinds.request_kinds()["preservation"].example)
    draft = drafting.start(
        asking.home, asking.duty, kind="preservation", to=[asked.authority], body=body, handling=DEFAULT
    )
    prepared = drafting.submit(asking.home, asking.duty, draft.id)
    with pytest.raises(NotInSeason):
        journeys.require_sent(asking.home, asking.duty, prepared.id)
    asking.approve(prepared)
    return journeys.require_sent(asking.home, asking.duty, prepared.id)


def answer(by: SimulatedNode, thread: str, kind: str) -> None:
    by.approve(assessment.decide(by.home, by.duty, thread, kind, dict(kinds.move_kinds()[kind].example)))


def leaves(node: SimulatedNode, event: str) -> int:
    with node.home.active():
        return Leaf.objects.filter(event=event).count()


@pytest.fixture
def thread(network: Network) -> str:
    """A request that was accepted, and everything delivered; and another thread beside it."""
    china, spain = network.nodes.values()
    made = ask(china, spain)
    ask(china, spain)
    network.deliver()
    for kind in ("acknowledged", "accepted"):
        answer(spain, made, kind)
        network.deliver()
    return made


def test_both_nodes_prove_the_same_thread_to_a_stranger(network: Network, thread: str) -> None:
    trusted = []
    for node in network.nodes.values():
        with node.home.active():
            trusted.append(our_card().digest)
    states = set()
    for node in network.nodes.values():
        data = journeys.proof(node.home, node.duty, thread)
        report = verify(data, trusted)
        told = report.as_json()
        assert told["holds"]
        assert report.facts["exported_by"] == node.authority
        assert report.facts["sample"]
        assert len(report.steps) == 9
        states.add(report.facts["thread"]["state_digest"])
        assert {each["outcome"] for each in report.facts["messages"]} == {"applied"}
        assert all(each["receipts"] for each in report.facts["messages"] if each["from"] == node.authority)
        assert leaves(node, "exported") == 1
        json.dumps(told)
        assert "Ask ES/policia-nacional whether it revoked" in report.as_text()
    assert states == {network.nodes["CN/mps"].state(thread).digest()}  # type: ignore[index]


def test_cosignatures_say_by_when_leaves_were_there(network: Network, thread: str) -> None:
    china, spain = network.nodes.values()
    ask(china, spain)
    network.deliver()
    report = verify(journeys.proof(china.home, china.duty, thread))
    opened = [leaf for each in report.facts["messages"] for leaf in each["leaves"]]
    assert any(leaf["cosigned"] for leaf in opened)
    assert {one["by"] for leaf in opened for one in leaf["cosigned"]} == {"ES/policia-nacional"}


def test_an_account_tells_the_thread_and_leaves_one_leaf(network: Network, thread: str) -> None:
    china, spain = network.nodes.values()
    before = leaves(china, "read")
    told = journeys.account(china.home, china.duty, thread)
    assert leaves(china, "read") == before + 1
    assert told["kind"] == "preservation"
    assert told["lanes"]["ES/policia-nacional"]["state"] == "accepted"
    assert [each["kind"] for each in told["history"]] == ["preservation", "acknowledged", "accepted"]
    assert told["history"][0]["receipts"][0]["by"] == spain.authority
    assert told["state_digest"] == journeys.account(spain.home, spain.duty, thread)["state_digest"]
    assert {each["status"] for each in told["deliveries"]} == {"delivered"}
    json.dumps(told)
    text = journeys.as_text(told)
    assert "received by ES/policia-nacional" in text
    assert "We may now: " in text


def test_who_may_not_read_gets_neither(network: Network, thread: str) -> None:
    china, _ = network.nodes.values()
    with pytest.raises(NotFound):
        journeys.account(china.home, ADMINISTRATOR, thread)
    with pytest.raises(NotFound):
        journeys.proof(china.home, ADMINISTRATOR, thread)
    with pytest.raises(NotFound):
        journeys.deliveries(china.home, ADMINISTRATOR, thread)
    assert leaves(china, "exported") == 0
