# SPDX-License-Identifier: Apache-2.0
"""Each node writes the proof of a thread, and a stranger verifies it; and a thread is followed from the shell."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.fixtures.nodes import Network, SimulatedNode, befriend, make_node, one_round

from comity.cooperation.assessment import actions as assessment
from comity.cooperation.dispatch import delivering, journeys, relaying
from comity.cooperation.drafting import actions as drafting
from comity.protocol.proof.verifier import verify
from comity.protocol.terms import kinds
from comity.protocol.terms.handling import DEFAULT
from comity.protocol.wire import endorsement
from comity.protocol.wire.dsse import Signature, Signed
from comity.protocol.wire.endorsement import Endorsement
from comity.protocol.wire.names import Digest, MessageId
from comity.protocol.wire.revocation import Reason
from comity.records.accounts.roster import card_officers
from comity.records.action import acting
from comity.records.actors import CONSOLE, SYSTEM, Actor, Role
from comity.records.authorities import issuing, revoking
from comity.records.authorities.issuing import our_card
from comity.records.errors import NotFound, NotInSeason
from comity.records.register.models import Leaf
from comity.records.threads import reading, store
from comity.records.threads.models import StoredReceipt

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


def test_old_threads_prove_after_keys_were_rotated_and_revoked(network: Network, thread: str) -> None:
    china, spain = network.nodes.values()
    old = china.home.keys.current.signing.public.keyids
    china.home.clock.forward(minutes=5)  # type: ignore[attr-defined]  # the clock of the tests
    china.home = issuing.rotate_keys(china.home, CONSOLE, card_officers(china.home, china.home.now()))
    revoking.revoke_ours(china.home, CONSOLE, old, china.home.now(), Reason.COMPROMISE)
    delivering.announce(china.home)
    later = ask(china, spain)
    network.deliver()
    for node in (china, spain):
        for each in (thread, later):
            report = verify(journeys.proof(node.home, node.duty, each))
            theirs = next(one for one in report.facts["authorities"] if one["authority"] == china.authority)
            assert theirs["revocations"] == 1
            assert len(theirs["compare"]) == 1
            assert report.facts["thread"]["state_digest"] == node.state(each).digest()


def lay_beside(node: SimulatedNode, digest: Digest, *words: Signed) -> None:
    """Have a node that lies send these beside the message."""
    with node.home.active():
        message = store.message(digest)
        assert message is not None
        store.replace(replace(message, endorsements=words))


def test_what_a_peer_lays_beside_its_message_spoils_no_proof(network: Network) -> None:
    china, spain = network.nodes.values()
    made = ask(china, spain)
    with china.home.active():
        (digest,) = store.digests_of(MessageId(made))
    junk = (Signed("text/x", b"junk", ()), Signed(endorsement.PAYLOAD_TYPE, b"junk", ()))
    lay_beside(china, digest, *junk)
    network.deliver()
    assert china.outbox() == {"delivered": 1}, china.faults()
    assert verify(journeys.proof(spain.home, spain.duty, made)).proven


def test_a_peer_cannot_disown_by_one_early_date_what_was_there_before(network: Network, thread: str) -> None:
    china, spain = network.nodes.values()
    ask(china, spain)
    network.deliver()  # Spain cosigns what China's register was after the thread
    china.home.clock.forward(days=30)  # type: ignore[attr-defined]  # the clock of the tests
    with spain.home.active():
        card = our_card()
    revoking.revoke_ours(spain.home, CONSOLE, card.keys.keyids, card.start, Reason.COMPROMISE)
    with spain.home.active():
        (word,) = revoking.ours_since(card.start)
    with acting(china.home, SYSTEM) as act:
        revoking.hear(act, spain.authority, word)
    report = verify(journeys.proof(china.home, china.duty, thread))
    assert report.verdict == "disputed", report.as_text()
    theirs = [each for each in report.facts["messages"] if each["from"] == spain.authority]
    assert {each["key"] for each in theirs} == {"revoked-later"}
    assert all(each["shown"]["by"] == spain.authority for each in report.facts["revoked"])


def test_what_a_stranger_would_not_believe_is_left_out_by_name(network: Network, thread: str) -> None:
    china, spain = network.nodes.values()
    with china.home.active():
        first = store.messages_of(MessageId(thread))[0]
        row = StoredReceipt.objects.get(message=first.digest).receipt
        kept = row.signed
        row.signed = {**kept, "signatures": kept["signatures"][:1]}
        row.save()
    report = verify(journeys.proof(china.home, china.duty, thread))
    (gap,) = report.facts["left_out"]
    assert (gap["receipt_of"], gap["code"]) == (spain.authority, "signature-missing")
    assert report.verdict == "indeterminate"
    with china.home.active():
        row.signed = kept
        row.save()
        last = store.messages_of(MessageId(thread))[-1]
        store.replace(replace(last, signed=replace(last.signed, signatures=last.signed.signatures[:1])))
    report = verify(journeys.proof(china.home, china.duty, thread))
    assert [each["code"] for each in report.facts["left_out"]] == ["signature-missing"]
    assert report.facts["left_out"][0]["message"] == last.digest
    assert len(report.facts["messages"]) == 2


def test_each_on_the_road_of_a_relayed_request_proves_its_own_copy(network: Network, tmp_path: Path) -> None:
    china, spain = network.nodes.values()
    ministry = make_node(tmp_path / "moj", "CN/moj", china.home.clock, 3)  # type: ignore[arg-type]
    network.nodes[ministry.authority] = ministry
    befriend(china, ministry)
    befriend(spain, ministry)
    body = dict(kinds.request_kinds()["preservation"].example)
    draft = drafting.start(
        *(china.home, china.duty),
        kind="preservation",
        to=[spain.authority],
        body=body,
        handling=DEFAULT,
        via=[ministry.authority],
    )
    prepared = drafting.submit(china.home, china.duty, draft.id)
    china.approve(prepared)
    word = Endorsement(ministry.authority, prepared.digest, china.home.now())
    forged = Signed(endorsement.PAYLOAD_TYPE, word.to_bytes(), (Signature("ed25519:0123456789abcdef", b"forged"),))
    lay_beside(china, prepared.digest, forged)
    one_round(china.home, ministry.authority, network.post)
    lay_beside(china, prepared.digest)

    def told(node: SimulatedNode) -> tuple[list[str], list[str]]:
        (found,) = verify(journeys.proof(node.home, node.duty, prepared.thread)).facts["messages"]
        return found["endorsed_by"], found["endorsements_elsewhere"]

    def moves(node: SimulatedNode) -> list[str]:
        with node.home.active():
            return [each.id for each in reading.our_move(node.duty).rows]

    assert told(china) == ([], [ministry.authority])
    assert told(ministry) == ([], [ministry.authority])
    assert moves(ministry) == [prepared.thread], "its desk says that it is waited for"
    relaying.relay(ministry.home, ministry.duty, prepared.digest)
    assert moves(ministry) == []
    one_round(ministry.home, spain.authority, network.post)
    assert told(china) == ([], [ministry.authority])
    assert told(ministry) == ([ministry.authority], [])
    assert told(spain) == ([ministry.authority], [])
