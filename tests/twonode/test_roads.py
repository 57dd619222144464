# SPDX-License-Identifier: Apache-2.0
"""What rests, what is left somewhere, what was lost, and what cannot be read: none of it stops what is behind it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.fixtures import copies
from tests.fixtures.copies import CHINA, MYANMAR, SPAIN
from tests.fixtures.nodes import Network, one_round

from comity.cooperation.dispatch import delivering, exporting, journeys, lines
from comity.cooperation.dispatch.models import Line, Outbox, Reply
from comity.cooperation.exchange.compose import Load, compose
from comity.cooperation.exchange.errors import LineDown, RefusedByPeer, ThreadFull
from comity.cooperation.reception.importing import take_in
from comity.protocol.wire import envelope
from comity.protocol.wire.names import AuthorityId, MessageId, format_time
from comity.protocol.wire.parcel import unpack
from comity.records.actors import CONSOLE, SYSTEM
from comity.records.authorities import peers
from comity.records.authorities.models import Watch
from comity.records.threads import store
from comity.records.threads.models import StoredMessage


@pytest.fixture
def network() -> Iterator[Network]:
    with copies.copied() as made:
        yield made


@pytest.fixture
def thread(network: Network) -> str:
    made = copies.ask(network.nodes[CHINA], SPAIN)
    copies.settle(network)
    return made


def down(peer: AuthorityId, _: bytes) -> bytes:
    raise LineDown(authority=peer, why="the test cut the line")


def test_a_line_that_is_down_rests_longer_and_longer_and_then_goes_on(network: Network, thread: str) -> None:
    china, clock = network.nodes[CHINA], copies.clock_of(network)
    copies.move(china, thread, "note")
    rests = []
    for _ in range(12):
        assert SPAIN in delivering.due_peers(china.home)
        one_round(china.home, SPAIN, down)
        assert SPAIN not in delivering.due_peers(china.home)
        with china.home.active():
            line = Line.objects.get(peer=SPAIN)
        assert line.next_try
        rests.append((line.next_try - clock.now).total_seconds())
        clock.now = line.next_try
    assert rests[:3] == sorted(rests[:3])
    assert max(rests) < 900 * 1.3
    assert {each.authority: each.line for each in lines.examine(china.home, CONSOLE)}[SPAIN] == "resting"
    copies.settle(network)
    assert china.outbox() == {"delivered": 2}
    assert all(each.good for each in lines.examine(china.home, CONSOLE))


def test_a_message_that_cannot_be_read_travels_alone_and_holds_up_nobody(network: Network, thread: str) -> None:
    china, spain = network.nodes[CHINA], network.nodes[SPAIN]
    poison = copies.move(china, thread, "note").digest
    for _ in range(4):
        copies.move(china, thread, "note")

    def post(peer: AuthorityId, data: bytes) -> bytes:
        parcel = unpack(envelope.open_envelope(data, spain.home.keys.opening, SPAIN)).claimed
        if any(each.digest == poison for each in parcel.messages):
            raise RefusedByPeer(authority=peer, reason="bad-member")
        return network.post(peer, data)

    for _ in range(9):
        one_round(china.home, SPAIN, post)
        copies.clock_of(network).forward(seconds=5)
    assert china.outbox() == {"delivered": 5, "waiting": 1}
    copies.settle(network)
    assert china.outbox() == {"delivered": 6}


def test_a_message_refused_for_good_leaves_the_line(network: Network, thread: str) -> None:
    china, spain = network.nodes[CHINA], network.nodes[SPAIN]
    bad = copies.move(china, thread, "note").digest
    with china.home.active():
        row = StoredMessage.objects.get(digest=bad)
        message = store.read(row.content)
        first = replace(message.signed.signatures[0], sig=bytes(64))
        store.replace(
            replace(message, signed=replace(message.signed, signatures=(first, *message.signed.signatures[1:])))
        )
    good = copies.move(china, thread, "note").digest
    copies.settle(network)
    assert china.outbox() == {"delivered": 2, "refused": 1}
    with spain.home.active():
        assert store.held([bad, good]) == {good}
    assert {each.authority: each.refused for each in lines.examine(china.home, CONSOLE)}[SPAIN] == 1


def test_what_is_left_at_a_mailbox_without_a_receipt_leaves_again_after_a_day(network: Network, thread: str) -> None:
    china = network.nodes[CHINA]
    copies.move(china, thread, "note")
    one_round(china.home, SPAIN, lambda *_: None)
    assert china.outbox() == {"delivered": 1, "left": 1}
    copies.clock_of(network).forward(hours=23)
    assert SPAIN not in delivering.due_peers(china.home) or china.outbox() == {"delivered": 1, "left": 1}
    copies.clock_of(network).forward(hours=2)
    copies.settle(network)
    assert china.outbox() == {"delivered": 2}


def test_the_last_message_that_a_restored_peer_lost_comes_again(network: Network, thread: str) -> None:
    """Nothing later names it. The peers' people clear the alarm that the older register raised."""
    china, spain = network.nodes[CHINA], network.nodes[SPAIN]
    lost = copies.move(china, thread, "note").digest
    copies.settle(network)
    with spain.home.active():  # as an older copy of its store would have it
        StoredMessage.objects.filter(digest=lost).delete()
        store.project(SPAIN, MessageId(thread), spain.home.now())
    with china.home.active():
        Watch.objects.filter(authority=SPAIN).update(alarm="rollback")
    assert SPAIN not in delivering.due_peers(china.home)
    peers.clear_alarm(china.home, CONSOLE, SPAIN)
    copies.clock_of(network).forward(minutes=30)
    one_round(spain.home, CHINA, network.post)
    for _ in range(4):
        network.deliver()
        copies.clock_of(network).forward(minutes=11)
    copies.settle(network)
    assert spain.state(thread).digest() == china.state(thread).digest()
    with spain.home.active():
        assert store.held([lost]) == {lost}


def test_threads_are_compared_only_when_they_were_touched(network: Network, thread: str) -> None:
    china, clock = network.nodes[CHINA], copies.clock_of(network)
    copies.settle(network)
    clock.forward(minutes=11)
    network.deliver()
    clock.forward(minutes=11)
    carried = network.carried
    network.deliver()
    clock.forward(hours=5)
    network.deliver()
    assert network.carried == carried
    assert china.outbox() == {"delivered": 1}


def test_a_third_authority_is_told_nothing_of_a_thread(network: Network, thread: str) -> None:
    from comity.protocol.wire.parcel import Digests

    spain, myanmar = network.nodes[SPAIN], network.nodes[MYANMAR]
    digests = spain.state(thread).order
    asked = Load(have=[Digests(MessageId(thread), ())], need=[Digests(MessageId(thread), digests)])
    data = network.post(SPAIN, compose(myanmar.home, SPAIN, asked).envelope)
    answer = unpack(envelope.open_envelope(data, myanmar.home.keys.opening, MYANMAR)).claimed
    assert [*answer.messages, *answer.have, *answer.need] == []


def test_a_thread_takes_only_so_many_messages(network: Network, thread: str, monkeypatch: pytest.MonkeyPatch) -> None:
    china, spain = network.nodes[CHINA], network.nodes[SPAIN]
    monkeypatch.setattr(store, "MAX_MESSAGES", 4)
    monkeypatch.setattr(store, "MAX_TAKEN", 6)
    for _ in range(3):
        copies.move(china, thread, "note")
    with pytest.raises(ThreadFull):
        copies.move(china, thread, "note")
    monkeypatch.setattr(store, "MAX_MESSAGES", 100)
    for _ in range(4):
        copies.move(china, thread, "note")
    copies.settle(network)
    assert china.outbox() == {"delivered": 6, "refused": 2}
    assert len(spain.state(thread).order) == 6


def test_more_heads_than_a_message_can_name(network: Network, thread: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from comity.cooperation.dispatch import prepare

    china, spain = network.nodes[CHINA], network.nodes[SPAIN]
    monkeypatch.setattr(prepare, "MAX_AFTER", 2)
    for _ in range(2):
        for node in (china, spain):
            copies.move(node, thread, "note")
        network.cut = set()
    copies.settle(network)
    copies.move(china, thread, "note")
    copies.settle(network)
    assert china.state(thread).digest() == spain.state(thread).digest()


def test_files_both_ways_with_receipts(network: Network, thread: str) -> None:
    """More files than the parcels of a line would ever hold receipts for; one is carried twice, one is lost."""
    china, spain = network.nodes[CHINA], network.nodes[SPAIN]
    for number in range(20):
        copies.move(china, thread, "note")
        there = exporting.export(china.home, CONSOLE, SPAIN).envelope
        if number == 3:
            continue
        take_in(spain.home, CONSOLE, there)
        if number == 5:
            assert take_in(spain.home, CONSOLE, there).fresh == 0
    take_in(spain.home, CONSOLE, exporting.export(china.home, CONSOLE, SPAIN).envelope)
    copies.move(spain, thread, "acknowledged")
    take_in(china.home, CONSOLE, exporting.export(spain.home, CONSOLE, CHINA).envelope)
    take_in(spain.home, CONSOLE, exporting.export(china.home, CONSOLE, SPAIN).envelope)
    assert china.outbox() == {"delivered": 21}
    assert spain.outbox() == {"delivered": 1}
    assert china.state(thread).digest() == spain.state(thread).digest()
    with china.home.active(), spain.home.active():
        assert not Watch.objects.exclude(alarm="").exists()


def test_a_receipt_that_comes_by_file_days_later_tells_when_the_message_came(network: Network) -> None:
    china, spain, clock = network.nodes[CHINA], network.nodes[SPAIN], copies.clock_of(network)
    thread = copies.ask(china, SPAIN)
    take_in(spain.home, CONSOLE, exporting.export(china.home, CONSOLE, SPAIN).envelope)
    came = clock.now
    clock.forward(days=3)
    take_in(china.home, CONSOLE, exporting.export(spain.home, CONSOLE, CHINA).envelope)
    (told,) = journeys.deliveries(china.home, CONSOLE, thread)
    assert (told.status, told.since[:16]) == ("delivered", format_time(came)[:16])


def test_one_file_with_more_messages_than_a_receipt_holds(network: Network, thread: str) -> None:
    china, spain = network.nodes[CHINA], network.nodes[SPAIN]
    for _ in range(270):
        copies.move(china, thread, "note")
    take_in(spain.home, SYSTEM, exporting.export(china.home, CONSOLE, SPAIN).envelope)
    take_in(china.home, SYSTEM, exporting.export(spain.home, CONSOLE, CHINA).envelope)
    assert china.outbox() == {"delivered": 271}
    with spain.home.active():
        assert not Reply.objects.exists()


def test_a_request_by_way_of_the_central_authority_and_back(network: Network) -> None:
    """Police in China, a central authority (here Myanmar's node plays it), police in Spain: and the answer back."""
    from comity.cooperation.dispatch import relaying

    china, spain, central = (network.nodes[each] for each in (CHINA, SPAIN, MYANMAR))
    made = copies.ask(china, SPAIN, via=(MYANMAR,))
    copies.settle(network)
    copies.clock_of(network).forward(minutes=30)
    copies.settle(network)
    with spain.home.active():
        assert not StoredMessage.objects.filter(thread=made).exists()
    for message in relaying.to_relay(central.home, central.duty, made):
        assert relaying.relay(central.home, central.duty, message.digest) == (SPAIN,)
    copies.settle(network)
    assert len({each.state(made).digest() for each in (china, spain, central)}) == 1
    copies.move(spain, made, "acknowledged")
    copies.settle(network)
    assert len(china.state(made).order) == 1
    (answer,) = relaying.to_relay(central.home, central.duty, made)
    assert relaying.relay(central.home, central.duty, answer.digest) == (CHINA,)
    copies.settle(network)
    assert len({each.state(made).digest() for each in (china, spain, central)}) == 1
    assert china.state(made).lanes[SPAIN].state == "received"
    for each in (china, spain, central):
        assert set(each.outbox()) == {"delivered"}
        with each.home.active():
            assert Outbox.objects.count() > 0


def test_comparing_threads_carries_nothing_around_the_relay(network: Network) -> None:
    """The relay has not decided on the answer: neither its author's node nor the relay's gives it to the asker."""
    from comity.cooperation.dispatch import relaying

    china, spain, central = (network.nodes[each] for each in (CHINA, SPAIN, MYANMAR))
    made = copies.ask(china, SPAIN, via=(MYANMAR,))
    copies.settle(network)
    (request,) = relaying.to_relay(central.home, central.duty, made)
    relaying.relay(central.home, central.duty, request.digest)
    copies.settle(network)
    answer = copies.move(spain, made, "acknowledged").digest
    copies.settle(network)
    for _ in range(4):  # the sweeps compare what each holds of the thread
        copies.clock_of(network).forward(minutes=11)
        network.deliver()
    with china.home.active():
        assert not store.held([answer])
    assert "refused" not in spain.outbox()
    (waiting,) = relaying.to_relay(central.home, central.duty, made)
    relaying.relay(central.home, central.duty, waiting.digest)
    copies.settle(network)
    with china.home.active():
        assert store.held([answer])
