# SPDX-License-Identifier: Apache-2.0
"""Many at once: eight threads at the endpoint, two workers on one line, two writers in one thread, on both engines.

Every message gets one leaf and one receipt, no row is stale, and nothing fails but by name.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.db import connections
from tests.fixtures import copies
from tests.fixtures.copies import CHINA, MYANMAR, SPAIN
from tests.fixtures.homes import entries
from tests.fixtures.nodes import Network, SimulatedNode, one_round
from tests.fixtures.postgres import PostgresServer

from comity.cooperation.exchange.compose import Load, compose
from comity.cooperation.exchange.errors import RefusedByPeer
from comity.cooperation.exchange.opening import open_parcel
from comity.cooperation.reception import receive
from comity.cooperation.reception.verify import Judged
from comity.protocol.wire.names import MessageId
from comity.protocol.wire.parcel import Parcel
from comity.records.home import Home
from comity.records.register.check import check
from comity.records.threads import store
from comity.records.threads.models import StoredMessage, Thread

THREADS = 8


@pytest.fixture(params=["sqlite", "postgres"])
def network(request: pytest.FixtureRequest) -> Iterator[Network]:
    server: PostgresServer | None = request.getfixturevalue("postgres") if request.param == "postgres" else None
    with copies.copied(server) as made:
        yield made


def together(jobs: list[Callable[[], object]]) -> list[Exception]:
    """Run all at once, each in a thread with connections of its own; what they raised."""
    raised: list[Exception] = []
    start = threading.Barrier(len(jobs))

    def run(job: Callable[[], object]) -> None:
        start.wait()
        try:
            job()
        except Exception as error:  # boundary: of a thread; the test tells what it raised
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return raised


def only_overtaken(raised: list[Exception]) -> None:
    """Parcels that overtook each other may be asked for another proof, and only a few may wait; nothing else may happen
    to them."""
    reasons = {str(each.data["reason"]) for each in raised if isinstance(each, RefusedByPeer)}
    assert reasons <= {"consistency-wanted", "too-many-at-once"}
    assert [each for each in raised if not isinstance(each, RefusedByPeer)] == []


def hold(node: SimulatedNode, count: int) -> None:
    check(using=node.home.alias)
    came = Counter(each["message"] for each in entries(node.home) if each["event"] == "received")
    assert set(came.values()) == {1}
    assert len(came) == count


def test_the_same_and_other_parcels_in_eight_threads(network: Network) -> None:
    china, spain = network.nodes[CHINA], network.nodes[SPAIN]
    thread = copies.ask(china, SPAIN)
    copies.settle(network)
    for _ in range(6):
        copies.move(china, thread, "note")
    with china.home.active():
        notes = store.messages_of(MessageId(thread))[1:]
    envelopes = [compose(china.home, SPAIN, Load(messages=[each])).envelope for each in (*notes, *notes[:2])]
    only_overtaken(together([lambda data=data: network.post(SPAIN, data) for data in envelopes]))  # type: ignore[misc]
    copies.settle(network)
    hold(spain, 7)
    assert set(china.outbox()) == {"delivered"}
    assert china.state(thread).digest() == spain.state(thread).digest()
    with spain.home.active():
        assert Thread.objects.get(id=thread).state_digest == spain.state(thread).digest()


def test_what_was_a_stray_when_it_was_judged_is_none_once_its_opening_is_here(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The opening is taken in, by another road, after the note was judged and before it is kept."""
    china, spain = network.nodes[CHINA], network.nodes[SPAIN]
    thread = copies.ask(china, SPAIN)
    copies.move(china, thread, "note")
    with china.home.active():
        opening, note = store.messages_of(MessageId(thread))
    first = open_parcel(spain.home, compose(china.home, SPAIN, Load(messages=[opening])).envelope)
    judge = receive.judge

    def late(home: Home, parcel: Parcel) -> Judged:
        found = judge(home, parcel)
        monkeypatch.undo()
        with home.active():
            receive.take(home, first, excused=first.parcel.checkpoint.from_size if first.parcel.checkpoint else None)
        return found

    monkeypatch.setattr(receive, "judge", late)
    network.post(SPAIN, compose(china.home, SPAIN, Load(messages=[note])).envelope)
    with spain.home.active():
        assert not StoredMessage.objects.filter(stray=True).exists()
        assert Thread.objects.get(id=thread).state_digest == spain.state(thread).digest()


def test_two_workers_on_one_line(network: Network) -> None:
    china, spain = network.nodes[CHINA], network.nodes[SPAIN]
    thread = copies.ask(china, SPAIN)
    for _ in range(5):
        copies.move(china, thread, "note")
    work = [lambda: one_round(china.home, SPAIN, network.post)] * 3
    assert together(work) == []
    copies.settle(network)
    hold(spain, 6)
    assert china.outbox() == {"delivered": 6}
    receipted = Counter(each["message"] for each in entries(china.home) if each["event"] == "receipted")
    assert set(receipted.values()) == {1}


def test_all_three_speak_at_once(network: Network) -> None:
    """Both directions of each line cross, and two peers bring messages of one thread at the same moment."""
    nodes = [network.nodes[each] for each in (CHINA, SPAIN, MYANMAR)]
    thread = copies.ask(nodes[0], SPAIN, MYANMAR)
    copies.settle(network)
    for _ in range(2):
        for each in nodes:
            copies.move(each, thread, "note")
    lines = [(one, other) for one in nodes for other in nodes if one is not other]
    work = [lambda one=one, other=other: one_round(one.home, other.authority, network.post) for one, other in lines]  # type: ignore[misc]
    assert together(work) == []
    copies.settle(network)
    assert len({each.state(thread).digest() for each in nodes}) == 1
    for each in nodes:
        hold(each, 4 if each.authority == CHINA else 5)
        with each.home.active():
            assert Thread.objects.get(id=thread).state_digest == each.state(thread).digest()


def test_two_officers_move_at_once(network: Network) -> None:
    """Of two moves that do not go together the second is refused before it is signed."""
    china, spain = network.nodes[CHINA], network.nodes[SPAIN]
    thread = copies.ask(china, SPAIN)
    copies.settle(network)
    raised = together([lambda: copies.move(spain, thread, "accepted"), lambda: copies.move(spain, thread, "refused")])
    copies.settle(network)
    lane = spain.state(thread).lanes[SPAIN]
    assert lane.conflict is None
    assert lane.state in ("accepted", "refused")
    assert {getattr(each, "code", repr(each)) for each in raised} <= {"move-not-allowed"}
    assert china.state(thread).digest() == spain.state(thread).digest()
