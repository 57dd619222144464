# SPDX-License-Identifier: Apache-2.0
"""Whatever is wrong with what comes in has one name, leaves one trace in the register, and changes nothing else.

Each case is posted to the real endpoint. Before and after it every table is compared, but for the register and the
list of rejections.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from django.db import connections
from tests.fixtures import copies
from tests.fixtures.copies import CHINA, MYANMAR, SPAIN
from tests.fixtures.homes import entries
from tests.fixtures.nodes import Network, SimulatedNode

from comity.cooperation.dispatch import lines
from comity.cooperation.exchange.compose import Load, compose
from comity.interfaces.federation.endpoint import Endpoint
from comity.protocol.terms import kinds
from comity.protocol.terms.handling import DEFAULT
from comity.protocol.wire import dsse, envelope, statement
from comity.protocol.wire import message as messages
from comity.protocol.wire.keys import OpeningKey, SigningKeys
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, MessageId
from comity.protocol.wire.parcel import Parcel, pack, unpack
from comity.protocol.wire.statement import Statement
from comity.records.actors import CONSOLE
from comity.records.authorities import peers
from comity.records.home import Home
from comity.records.threads import store


@pytest.fixture
def network() -> Iterator[Network]:
    with copies.copied() as made:
        yield made


@pytest.fixture
def thread(network: Network) -> str:
    """A request from China to Spain that has arrived."""
    made = copies.ask(network.nodes[CHINA], SPAIN)
    copies.settle(network)
    return made


def post(node: SimulatedNode, data: bytes) -> httpx.Response:
    """By the node's own endpoint, as a server would call it."""
    with httpx.Client(transport=httpx.WSGITransport(app=Endpoint(node.home, nobody))) as client:
        return client.post("http://127.0.0.1/comity/v1", content=data, headers={"Content-Type": envelope.MEDIA_TYPE})


def nobody(*_: object) -> Iterator[bytes]:
    raise AssertionError("only peers come here")


@contextmanager
def nothing_changes(node: SimulatedNode, *spared: str) -> Iterator[None]:
    """All tables are afterwards as they were, but those named."""
    before = copies.tables(node)
    yield
    after = copies.tables(node)
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= set(spared)


def refused(node: SimulatedNode, data: bytes, code: str, *spared: str) -> None:
    """The envelope is refused whole with this code, in the register too."""
    size = len(entries(node.home))
    with nothing_changes(node, *spared):
        response = post(node, data)
    assert response.status_code >= 400
    assert f'"code": "{code}"' in response.content.decode()
    assert [each["code"] for each in entries(node.home)[size:] if each["event"] == "rejected"] == [code]


def declined(network: Network, data: bytes, code: str, sender: AuthorityId = CHINA, *spared: str) -> None:
    """The envelope is taken, and its one message is refused with this code, in the register and in the answer."""
    node = network.nodes[SPAIN]
    size = len(entries(node.home))
    with nothing_changes(node, "authorities.Watch", "authorities.CardRecord", *spared):
        response = post(node, data)
    assert response.status_code == 200, response.content
    home = network.nodes[sender].home
    answer = unpack(envelope.open_envelope(response.content, home.keys.opening, home.authority)).claimed
    assert [each.code for each in answer.refusals] == [code]
    assert not answer.receipts
    assert [each["code"] for each in entries(node.home)[size:] if each["event"] == "rejected"] == [code]


def parcel_with(home: Home, *held: Message, to: AuthorityId = SPAIN) -> bytes:
    return compose(home, to, Load(messages=held)).envelope


def changed(home: Home, data: bytes, recipient: SimulatedNode, change: Callable[[Parcel], Parcel]) -> bytes:
    """The envelope with another parcel in it, signed by the same sender."""
    there = recipient.home
    parcel = unpack(envelope.open_envelope(data, there.keys.opening, there.authority)).claimed
    packed = pack(change(parcel), home.keys.current.signing)
    return envelope.seal(packed, there.authority, there.keys.current.opening.public)


def said(home: Home, thread: str, kind: str = "note", **members: object) -> Statement:
    """A statement of `home` in a thread, after everything that is there."""
    with home.active():
        state = store.state_of(MessageId(thread))
    made = Statement(
        id=home.new_id(),
        thread=MessageId(thread),
        kind=kind,
        sender=home.authority,
        to=tuple(sorted(state.parties - {home.authority})),
        sent=home.now(),
        after=state.heads,
        handling=dict(DEFAULT),
        body=dict(kinds.kind(kind).example),
    )
    return replace(made, **members)  # type: ignore[arg-type]


def signed(home: Home, spoken: Statement) -> Message:
    return messages.write(spoken, home.keys.current.signing)


def stored(home: Home, thread: str) -> Message:
    with home.active():
        return store.messages_of(MessageId(thread))[0]


@pytest.mark.parametrize("place", [0, 9, 40, 80, 85, 90, 500, 1190, 1300, 3000, -17, -1])
def test_a_changed_byte_of_the_envelope(network: Network, thread: str, place: int) -> None:
    china, spain = network.nodes[CHINA], network.nodes[SPAIN]
    good = parcel_with(china.home, signed(china.home, said(china.home, thread)))
    bad = bytearray(good)
    bad[place] ^= 1
    with nothing_changes(spain):
        response = post(spain, bytes(bad))
    assert response.status_code >= 400
    assert entries(spain.home)[-1]["event"] == "rejected"
    assert post(spain, good).status_code == 200


@pytest.mark.parametrize("place", [1, 50, 200, 400, -30, -2])
def test_a_changed_byte_of_a_message_in_a_parcel_signed_anew(network: Network, thread: str, place: int) -> None:
    china = network.nodes[CHINA].home
    good = signed(china, said(china, thread))
    payload = bytearray(good.signed.payload)
    payload[place] ^= 1
    bad = replace(good, signed=replace(good.signed, payload=bytes(payload)))
    node = network.nodes[SPAIN]
    with nothing_changes(node, "authorities.Watch"):
        response = post(node, parcel_with(china, bad))
    answer = unpack(envelope.open_envelope(response.content, china.keys.opening, CHINA)).claimed
    assert len(answer.refusals) == 1
    assert not answer.receipts
    assert entries(node.home)[-1]["code"] == answer.refusals[0].code


@pytest.mark.parametrize("algorithm", [0, 1])
def test_one_of_two_signatures_changed(network: Network, thread: str, algorithm: int) -> None:
    china = network.nodes[CHINA].home
    good = signed(china, said(china, thread))
    both = list(good.signed.signatures)
    both[algorithm] = replace(both[algorithm], sig=bytes([both[algorithm].sig[0] ^ 1]) + both[algorithm].sig[1:])
    bad = replace(good, signed=replace(good.signed, signatures=tuple(both)))
    declined(network, parcel_with(china, bad), "signature-invalid")


def test_another_recipient(network: Network, thread: str) -> None:
    china = network.nodes[CHINA].home
    refused(network.nodes[SPAIN], parcel_with(china, to=MYANMAR), "not-for-us")


def test_sealed_to_us_and_written_to_another(network: Network, thread: str) -> None:
    china, spain = network.nodes[CHINA].home, network.nodes[SPAIN]
    data = changed(china, parcel_with(china), spain, lambda parcel: replace(parcel, to=MYANMAR))
    refused(spain, data, "bad-member")


def test_a_key_that_is_not_ours(network: Network, thread: str) -> None:
    spain = network.nodes[SPAIN]
    stranger = OpeningKey.from_seed(bytes(range(32)))
    refused(spain, envelope.seal(b"anything", SPAIN, stranger.public), "not-for-us")


def test_an_unknown_signing_key(network: Network, thread: str) -> None:
    china, spain = network.nodes[CHINA].home, network.nodes[SPAIN]
    keys = SigningKeys.from_seeds(bytes(32), bytes(range(32)))
    parcel = unpack(envelope.open_envelope(parcel_with(china), spain.home.keys.opening, spain.authority)).claimed
    sealed = envelope.seal(pack(parcel, keys), SPAIN, spain.home.keys.current.opening.public)
    refused(spain, sealed, "key-unknown")


def test_a_message_under_an_unknown_key(network: Network, thread: str) -> None:
    china = network.nodes[CHINA].home
    keys = SigningKeys.from_seeds(bytes(32), bytes(range(32)))
    declined(network, parcel_with(china, messages.write(said(china, thread), keys)), "key-unknown")


def test_an_expired_card(network: Network, thread: str) -> None:
    china, spain = network.nodes[CHINA].home, network.nodes[SPAIN]
    data = parcel_with(china)
    copies.clock_of(network).forward(days=400)
    refused(spain, data, "key-expired")


def test_a_revoked_key(network: Network, thread: str) -> None:
    from comity.protocol.wire.revocation import Reason
    from comity.records.authorities import revoking

    china, spain = network.nodes[CHINA].home, network.nodes[SPAIN]
    keyids = list(china.keys.current.signing.public.keyids)
    since = spain.home.now()
    revoking.revoke_by_hand(spain.home, CONSOLE, CHINA, keyids, since, Reason.COMPROMISE)
    copies.clock_of(network).forward(seconds=1)
    refused(spain, parcel_with(china), "key-revoked")


def test_an_old_parcel_again(network: Network, thread: str) -> None:
    """It is answered with the same receipts, leaves one leaf, and changes nothing."""
    china, spain = network.nodes[CHINA], network.nodes[SPAIN]
    data = parcel_with(china.home, signed(china.home, said(china.home, thread)))
    assert post(spain, data).status_code == 200
    copies.move(spain, thread, "acknowledged")
    copies.settle(network)
    size = len(entries(spain.home))
    with nothing_changes(spain, "authorities.Watch"):
        assert post(spain, data).status_code == 200
    assert [each["event"] for each in entries(spain.home)[size:]] == ["duplicate"]
    assert lines.examine(spain.home, CONSOLE)[0].good


def test_an_oversized_envelope(network: Network, thread: str) -> None:
    refused(network.nodes[SPAIN], bytes(envelope.MAX_BYTES + 1), "too-large")


def test_an_oversized_parcel_bomb(network: Network, thread: str) -> None:
    spain = network.nodes[SPAIN]
    deep = b'{"keyid":"x","payloadType":"application/vnd.comity.parcel+json","sig":""}\n' + b"[" * 1_000_000
    sealed = envelope.seal(deep, SPAIN, spain.home.keys.current.opening.public)
    with nothing_changes(spain):
        response = post(spain, sealed)
    assert response.status_code >= 400


def test_a_deeply_nested_statement(network: Network, thread: str) -> None:
    china = network.nodes[CHINA].home
    data = said(china, thread).to_bytes().replace(b'"body":{', b'"body":{"a":' + b"[" * 200 + b"]" * 200 + b",")
    bad = Message(dsse.sign(statement.PAYLOAD_TYPE, data, china.keys.current.signing))
    declined(network, parcel_with(china, bad), "too-deep")


def test_a_clock_ahead(network: Network, thread: str) -> None:
    china, spain = network.nodes[CHINA].home, network.nodes[SPAIN]
    fast = replace(china, clock=lambda: spain.home.clock() + timedelta(minutes=20))
    refused(spain, parcel_with(fast), "clock-ahead")


def test_a_message_ahead_of_the_clock(network: Network, thread: str) -> None:
    china = network.nodes[CHINA].home
    ahead = said(china, thread, sent=china.now() + timedelta(minutes=20))
    declined(network, parcel_with(china, signed(china, ahead)), "clock-ahead")


def test_an_unknown_sender(network: Network, thread: str) -> None:
    china, spain = network.nodes[CHINA].home, network.nodes[SPAIN]
    data = changed(china, parcel_with(china), spain, lambda parcel: replace(parcel, sender=AuthorityId("FR/unknown")))
    refused(spain, data, "not-a-peer")


def test_a_suspended_sender_and_author(network: Network, thread: str) -> None:
    china, spain, myanmar = (network.nodes[each] for each in (CHINA, SPAIN, MYANMAR))
    mine = signed(china.home, said(china.home, thread))
    peers.suspend(spain.home, CONSOLE, CHINA, "compromised")
    refused(spain, parcel_with(china.home), "not-a-peer")
    declined(network, parcel_with(myanmar.home, mine), "not-a-peer", MYANMAR)
    told = {each.authority: each for each in lines.examine(spain.home, CONSOLE)}
    assert (told[CHINA].rule, told[CHINA].line) == ("not-a-peer", "stopped")


def test_a_third_authority_in_a_thread(network: Network, thread: str) -> None:
    myanmar = network.nodes[MYANMAR].home
    stranger = Statement(
        myanmar.new_id(), MessageId(thread), "note", MYANMAR, (CHINA, SPAIN), myanmar.now(), (), DEFAULT, {"text": "x"}
    )
    stranger = replace(stranger, body=dict(kinds.kind("note").example))
    declined(network, parcel_with(myanmar, signed(myanmar, stranger)), "not-a-party", MYANMAR)


def test_a_third_authority_with_a_forged_opening_of_its_own(network: Network, thread: str) -> None:
    """The forged opening does not hold, so what comes with it has no part in the thread either."""
    myanmar, spain = network.nodes[MYANMAR], network.nodes[SPAIN]
    root = stored(network.nodes[CHINA].home, thread).statement
    forged = replace(root, sender=MYANMAR, to=(SPAIN,), sent=myanmar.home.now())
    move = replace(forged, id=myanmar.home.new_id(), kind="note", body=dict(kinds.kind("note").example))
    data = parcel_with(myanmar.home, signed(myanmar.home, forged), signed(myanmar.home, move))
    with nothing_changes(spain, "authorities.Watch", "authorities.CardRecord"):
        response = post(spain, data)
    answer = unpack(envelope.open_envelope(response.content, myanmar.home.keys.opening, MYANMAR)).claimed
    assert {each.code for each in answer.refusals} == {"approval-missing", "not-a-party"}


def test_a_third_authority_brings_the_message_of_a_party(network: Network, thread: str) -> None:
    china, myanmar = network.nodes[CHINA].home, network.nodes[MYANMAR].home
    mine = signed(china, said(china, thread))
    declined(network, parcel_with(myanmar, mine), "not-a-party", MYANMAR)
    known = stored(china, thread)
    declined(network, parcel_with(myanmar, known), "not-a-party", MYANMAR)


def test_approvals_taken_off(network: Network, thread: str) -> None:
    china = network.nodes[CHINA]
    other = copies.ask(china, SPAIN)
    bad = replace(stored(china.home, other), approvals=())
    declined(network, parcel_with(china.home, bad), "approval-missing")


def test_an_approval_of_another_statement(network: Network, thread: str) -> None:
    china = network.nodes[CHINA]
    other = copies.ask(china, SPAIN)
    bad = replace(stored(china.home, other), approvals=stored(china.home, thread).approvals)
    declined(network, parcel_with(china.home, bad), "approval-invalid")


def test_an_endorsement_missing(network: Network, thread: str) -> None:
    china = network.nodes[CHINA]
    other = copies.ask(china, SPAIN, via=(MYANMAR,))
    declined(network, parcel_with(china.home, stored(china.home, other)), "endorsement-missing")


def test_a_request_of_an_unknown_kind(network: Network, thread: str) -> None:
    china = network.nodes[CHINA].home
    id = china.new_id()
    odd = replace(said(china, thread), id=id, thread=id, kind="telepathy", after=())
    declined(network, parcel_with(china, signed(china, odd)), "unknown-kind")


def test_a_body_that_its_kind_does_not_know(network: Network, thread: str) -> None:
    china = network.nodes[CHINA].home
    declined(network, parcel_with(china, signed(china, said(china, thread, body={"text": 7}))), "body-invalid")


def test_another_audience(network: Network, thread: str) -> None:
    china = network.nodes[CHINA].home
    wide = said(china, thread, to=(MYANMAR, SPAIN))
    declined(network, parcel_with(china, signed(china, wide)), "wrong-audience")


def test_an_opening_that_is_a_move(network: Network, thread: str) -> None:
    china = network.nodes[CHINA].home
    id = china.new_id()
    odd = replace(said(china, thread), id=id, thread=id, after=())
    declined(network, parcel_with(china, signed(china, odd)), "not-an-opening")


def test_a_second_opening_by_a_party_is_a_named_conflict(network: Network, thread: str) -> None:
    """It is kept: both sides must see that there are two, and who wrote them."""
    china, spain = network.nodes[CHINA], network.nodes[SPAIN]
    other = replace(stored(china.home, thread).statement, sent=china.home.now(), kind="legal-advice")
    other = replace(other, body=dict(kinds.kind("legal-advice").example))
    message = _approved(china, other)
    assert post(spain, parcel_with(china.home, message)).status_code == 200
    state = spain.state(thread)
    assert state.condition == "conflicting-root"
    assert len(state.roots) == 2


def test_two_statements_under_one_id_are_both_void(network: Network, thread: str) -> None:
    china, spain = network.nodes[CHINA], network.nodes[SPAIN]
    first = said(china.home, thread)
    second = replace(first, sent=china.home.now())
    both = [signed(china.home, each) for each in (first, second)]
    assert post(spain, parcel_with(china.home, *both)).status_code == 200
    assert {spain.state(thread).outcomes[each.digest] for each in both} == {"same-id"}


def test_a_register_that_went_back(network: Network, thread: str) -> None:
    """The peer's store was restored from an old copy, while its clock went on."""
    china, spain = network.nodes[CHINA], network.nodes[SPAIN]
    with rolled_back(china):
        copies.move(china, thread, "note")
        copies.settle(network)
    copies.clock_of(network).forward(minutes=5)
    refused(spain, parcel_with(china.home), "rollback", "authorities.Watch")
    _stopped(network, "rollback")


def test_a_register_that_went_back_and_grew_again_is_a_fork(network: Network, thread: str) -> None:
    china, spain = network.nodes[CHINA], network.nodes[SPAIN]
    with rolled_back(china):
        copies.move(china, thread, "note")
        copies.settle(network)
    for _ in range(6):
        copies.move(china, thread, "note")
    with spain.home.active():
        seen = next(each.watch.seen_size for each in peers.overview(spain.home, CONSOLE) if each.authority.id == CHINA)
    refused(spain, compose(china.home, SPAIN, Load(), seen=seen).envelope, "fork", "authorities.Watch")
    _stopped(network, "fork")


def test_two_successors_of_one_card(network: Network, thread: str) -> None:
    from comity.records.action import acting
    from comity.records.authorities import issuing

    china, spain = network.nodes[CHINA], network.nodes[SPAIN]
    with rolled_back(china):
        with acting(china.home, CONSOLE) as act:
            issuing.reissue(act, [])
        assert post(spain, parcel_with(china.home)).status_code == 200
    copies.clock_of(network).forward(seconds=5)
    with acting(china.home, CONSOLE) as act:
        issuing.reissue(act, [])
    refused(spain, parcel_with(china.home), "card-forked", "authorities.Watch")
    _stopped(network, "card-forked")


def _stopped(network: Network, code: str) -> None:
    """The alarm names its code in the register, stops the line both ways, and the line's report says so."""
    spain = network.nodes[SPAIN]
    assert [each["code"] for each in entries(spain.home) if each["event"] == "alarm"] == [code]
    told = {each.authority: each for each in lines.examine(spain.home, CONSOLE)}
    assert (told[CHINA].rule, told[CHINA].line) == ("alarm-standing", "stopped")
    with nothing_changes(spain):
        assert post(spain, parcel_with(network.nodes[CHINA].home)).status_code == 403
    assert told[MYANMAR].good


@contextmanager
def rolled_back(node: SimulatedNode) -> Iterator[None]:
    """What is done in the block is forgotten by the node: its store is restored from before."""
    connection = connections[node.home.alias]
    place = node.home.config.home / "node.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    before = place.read_bytes()
    yield
    connection.close()
    for each in place.parent.glob("node.sqlite3*"):
        each.unlink()
    place.write_bytes(before)


def _approved(node: SimulatedNode, spoken: Statement) -> Message:
    message = signed(node.home, spoken)
    officer, key = node.approvers[0]
    config = node.home.config
    approval = key.approve(message.signed.payload, officer.pseudonym, config.rp_id, config.origin)
    return replace(message, approvals=(approval,))
