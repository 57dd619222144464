# SPDX-License-Identifier: Apache-2.0
"""Several parcels of a line on their way at once: as if each had waited for the answer to the one before."""

import threading
import time
from collections.abc import Iterator

import pytest
from django.db import connections
from tests.fixtures import copies
from tests.fixtures.copies import CHINA, MYANMAR, SPAIN
from tests.fixtures.nodes import Network, Posts, work

from comity.cooperation.dispatch import delivering, outbox
from comity.cooperation.dispatch.models import Line, Reply
from comity.cooperation.exchange.compose import Load
from comity.cooperation.exchange.errors import LineDown, RefusedByPeer
from comity.protocol.wire import envelope
from comity.protocol.wire.names import AuthorityId, digest_of
from comity.protocol.wire.parcel import Parcel, Refusal, unpack
from comity.records.authorities.models import Watch
from comity.records.register.checkpoints import head

NOTES = 6


@pytest.fixture
def network() -> Iterator[Network]:
    with copies.copied(None) as made:
        thread = copies.ask(made.nodes[CHINA], SPAIN)
        copies.settle(made)
        for _ in range(NOTES):
            copies.move(made.nodes[CHINA], thread, "note")
        yield made


class Wire:
    """Looks into what passes, and may stop an answer."""

    def __init__(self, network: Network, *, lose: int = -1) -> None:
        self.network, self.lose = network, lose
        self.asked: list[Parcel] = []
        self.answered: list[Parcel] = []
        self.refused: list[str] = []

    def __call__(self, peer: AuthorityId, data: bytes) -> bytes:
        self.asked.append(self._read(peer, data))
        try:
            answer = self.network.post(peer, data)
        except RefusedByPeer as error:
            self.refused.append(str(error.data["reason"]))
            raise
        if len(self.asked) - 1 == self.lose:
            raise LineDown(authority=peer, why="the answer was lost")
        self.answered.append(self._read(CHINA, answer))
        return answer

    def _read(self, to: AuthorityId, data: bytes) -> Parcel:
        return unpack(envelope.open_envelope(data, self.network.nodes[to].home.keys.opening, to)).claimed


def both_know_all(network: Network) -> None:
    """Each side has seen the other's register to its end, but for what the last exchange added."""
    china, spain = network.nodes[CHINA].home, network.nodes[SPAIN].home
    with china.active():
        assert Watch.objects.get(authority=SPAIN).seen_size == head(spain.alias).size
        assert not Line.objects.exclude(fault="").exists()


def test_each_parcel_proves_from_where_the_one_before_it_ended(network: Network) -> None:
    wire = Wire(network)
    assert work(network.nodes[CHINA].home, SPAIN, wire, limit=1) == NOTES
    assert wire.refused == []
    assert [each.pending for each in wire.asked] == [None, *(each.id for each in wire.asked[:-1])]
    for way in (wire.asked, wire.answered):
        sizes = [int(each.checkpoint.note.split("\n")[1]) for each in way if each.checkpoint]
        assert [each.checkpoint.from_size for each in way[1:] if each.checkpoint] == sizes[:-1]
    assert network.nodes[CHINA].outbox() == {"delivered": NOTES + 1}
    both_know_all(network)


def test_arriving_in_the_other_order_they_are_proven_anew(network: Network) -> None:
    wire = Wire(network)
    assert work(network.nodes[CHINA].home, SPAIN, wire, limit=1, backwards=True) == NOTES
    assert set(wire.refused) == {"consistency-wanted"}
    copies.clock_of(network).forward(minutes=1)  # a receipt whose checkpoint could not be held is asked for again
    copies.settle(network)
    assert network.nodes[CHINA].outbox() == {"delivered": NOTES + 1}
    both_know_all(network)


@pytest.mark.parametrize("lose", [0, 1, 2])
def test_a_lost_answer_rests_the_line_and_loses_nothing(network: Network, lose: int) -> None:
    china = network.nodes[CHINA]
    assert work(china.home, SPAIN, Wire(network, lose=lose), limit=1) < NOTES
    with china.home.active():
        line = Line.objects.get(peer=SPAIN)
        assert (line.attempts, line.fault) == (1, "line-down")
    copies.settle(network)
    assert china.outbox() == {"delivered": NOTES + 1}
    both_know_all(network)


def test_what_is_on_its_way_does_not_leave_twice(network: Network) -> None:
    wire = Wire(network)
    work(network.nodes[CHINA].home, SPAIN, wire, limit=2)
    carried = [each.digest for parcel in wire.asked for each in parcel.messages]
    assert len(carried) == len(set(carried)) == NOTES


def test_a_busy_line_gives_what_it_owes_once_and_does_not_wait_until_it_is_empty(network: Network) -> None:
    china = network.nodes[CHINA]
    wire = Wire(network)
    owed = Load(refusals=[Refusal(digest_of(b"something that Spain sent"), "not-a-party", "Invented for the test.")])

    def post(peer: AuthorityId, data: bytes) -> bytes:
        if not wire.asked:
            delivering.owe(china.home, SPAIN, owed)
        return wire(peer, data)

    work(china.home, SPAIN, post, limit=1)
    assert [len(each.refusals) for each in wire.asked] == [0, 1, 0, 0, 0, 0]
    with china.home.active():
        assert not Reply.objects.exists()


def test_the_next_one_leaves_before_the_answer_is_taken_in(network: Network) -> None:
    """All three are posted before the first answer is read."""
    china = network.nodes[CHINA]
    waiting = []

    def post(peer: AuthorityId, data: bytes) -> bytes:
        waiting.append(china.outbox().get("waiting", 0))
        return network.post(peer, data)

    work(china.home, SPAIN, post, limit=2)
    assert waiting == [NOTES, NOTES, NOTES]


def test_the_worker_delivers_to_each_peer_until_it_is_told_to_stop(network: Network) -> None:
    """The real worker, with its own threads; one peer never answers."""
    china = network.nodes[CHINA]
    copies.ask(china, MYANMAR)
    stop, silent = threading.Event(), threading.Event()

    def answer(peer: AuthorityId, data: bytes) -> bytes:
        if peer == MYANMAR:
            silent.wait(20)
            raise LineDown(authority=MYANMAR, why="the test kept it waiting")
        try:
            return network.post(peer, data)
        finally:
            connections[network.nodes[SPAIN].home.alias].close()

    worker = threading.Thread(target=outbox.work, args=(china.home, Posts(answer), stop))
    worker.start()
    try:
        until = time.monotonic() + 20
        while china.outbox().get("delivered", 0) < NOTES + 1:
            assert time.monotonic() < until, "Spain waits for Myanmar"
            time.sleep(0.05)
    finally:
        stop.set()
        silent.set()
        worker.join(20)
    assert not worker.is_alive()
    assert china.faults().keys() <= {MYANMAR}
