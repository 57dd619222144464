# SPDX-License-Identifier: Apache-2.0
"""Any interleaving of what three authorities say and what the lines between them do to it.

Sends, losses (of the question, or of the answer), duplicates, delays, reorderings, restarts, and moves of both sides
at once, as hypothesis chooses. Once delivery resumes every party of a thread holds the same state, named conflicts
included, every message is receipted, no alarm stands, and every register checks.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import cycle

import pytest
from django.db import connections
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from tests.fixtures import copies
from tests.fixtures.copies import CHINA, MYANMAR, SPAIN
from tests.fixtures.nodes import Network, one_round, work
from tests.fixtures.postgres import PostgresServer

from comity.cooperation.exchange.errors import LineDown, RefusedByPeer
from comity.protocol.thread.moves import allowed_moves
from comity.protocol.thread.state import Outcome
from comity.protocol.wire.names import AuthorityId
from comity.records.authorities.models import Watch
from comity.records.register.check import check
from comity.records.threads.models import Thread

PEOPLE = (CHINA, SPAIN, MYANMAR)
MOST_THREADS = 3
who = st.sampled_from(PEOPLE)
fates = st.sampled_from(["arrives", "arrives", "arrives", "question lost", "answer lost", "twice", "late"])


class AnyOrder(RuleBasedStateMachine):
    """The three nodes and what is under way between them."""

    server: PostgresServer | None = None

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.threads: list[str] = []
        self.late: list[tuple[AuthorityId, bytes]] = []

    @initialize()
    def found(self) -> None:
        self.network = self.stack.enter_context(copies.copied(self.server))

    @precondition(lambda self: len(self.threads) < MOST_THREADS)
    @rule(sender=who, others=st.permutations(PEOPLE), count=st.integers(1, 2))
    def opens(self, sender: AuthorityId, others: list[AuthorityId], count: int) -> None:
        to = [each for each in others if each != sender][:count]
        self.threads.append(copies.ask(self.network.nodes[sender], *to))

    @precondition(lambda self: self.threads)
    @rule(mover=who, data=st.data())
    def moves(self, mover: AuthorityId, data: st.DataObject) -> None:
        node = self.network.nodes[mover]
        thread = data.draw(st.sampled_from(self.threads))
        if not knows(self.network, mover, thread):
            return
        state = node.state(thread)
        kind = data.draw(st.sampled_from(sorted(allowed_moves(state, mover)) or ["none"]))
        if kind == "none":
            return
        named: dict[str, object] = {}
        if kind == "recall":
            named["of"] = [state.recallable[mover][-1]]
        elif kind.startswith("recall-"):
            open_ones = [each for each, found in state.recalls.items() if mover in found.still_holding]
            if not open_ones:
                return
            named["recall"] = open_ones[0]
        elif kind == "confirmed":
            named["of"] = [each for each in state.order if state.outcomes[each] is Outcome.APPLIED][-1:]
        copies.move(node, thread, kind, **named)

    @rule(sender=who, fate=fates, recipient=who)
    def line_works(self, sender: AuthorityId, recipient: AuthorityId, fate: str) -> None:
        if sender == recipient:
            return
        one_round(self.network.nodes[sender].home, recipient, lambda peer, data: self.carry(fate, peer, data))

    @rule(sender=who, recipient=who, together=st.lists(fates, min_size=2, max_size=4), backwards=st.booleans())
    def line_flows(self, sender: AuthorityId, recipient: AuthorityId, together: list[str], backwards: bool) -> None:
        """Several parcels on their way at once, which may arrive in the other order."""
        if sender == recipient:
            return
        come = cycle(together)
        home = self.network.nodes[sender].home
        work(home, recipient, lambda peer, data: self.carry(next(come), peer, data), limit=1, backwards=backwards)

    def carry(self, fate: str, peer: AuthorityId, envelope: bytes) -> bytes:
        if fate == "late":
            self.late.append((peer, envelope))
        if fate in ("late", "question lost"):
            raise LineDown(authority=peer, why=fate)
        answer = self.network.post(peer, envelope)
        if fate == "twice":
            answer = self.network.post(peer, envelope)
        if fate == "answer lost":
            raise LineDown(authority=peer, why=fate)
        return answer

    @precondition(lambda self: self.late)
    @rule(data=st.data())
    def late_one_arrives(self, data: st.DataObject) -> None:
        place = data.draw(st.integers(0, len(self.late) - 1))
        with refused_maybe():
            self.network.post(*self.late.pop(place))

    @rule(seconds=st.sampled_from([1, 30, 400]))
    def time_passes(self, seconds: int) -> None:
        copies.clock_of(self.network).forward(seconds=seconds)

    @rule(authority=who)
    def restarts(self, authority: AuthorityId) -> None:
        node = self.network.nodes[authority]
        connections[node.home.alias].close()
        self.network.nodes[authority] = replace(node, home=replace(node.home))

    def teardown(self) -> None:
        try:
            if hasattr(self, "network"):
                copies.clock_of(self.network).forward(minutes=20)
                copies.settle(self.network)
                self.hold()
        finally:
            self.stack.close()

    def hold(self) -> None:
        for each in self.network.nodes.values():
            assert set(each.outbox()) <= {"delivered"}, each.faults()
            assert not copies.unreceipted(each)
            with each.home.active():
                assert not Watch.objects.exclude(alarm="").exists()
            check(using=each.home.alias)
        for thread in self.threads:
            opener = next(each for each in PEOPLE if knows(self.network, each, thread))
            parties = self.network.nodes[opener].state(thread).parties
            states = {each: self.network.nodes[each].state(thread) for each in parties}
            assert len({each.digest() for each in states.values()}) == 1
            assert not any(each.missing for each in states.values())


def knows(network: Network, authority: AuthorityId, thread: str) -> bool:
    """Whether the thread is open at this node."""
    with network.nodes[authority].home.active():
        return Thread.objects.filter(id=thread).exists()


@contextmanager
def refused_maybe() -> Iterator[None]:
    """A late envelope may be refused whole, for a proof that nobody can make of it any more."""
    try:
        yield
    except RefusedByPeer as refusal:
        if refusal.data["reason"] != "consistency-wanted":
            raise


def run(machine: type[AnyOrder], examples: int, steps: int) -> None:
    thorough = settings.get_current_profile_name() == "thorough"
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples * 20 if thorough else examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
            phases=tuple(Phase) if thorough else (Phase.reuse, Phase.generate),
        ),
    )


def test_any_order_ends_in_one_state() -> None:
    run(AnyOrder, 12, 25)


def test_any_order_ends_in_one_state_on_postgres(postgres: PostgresServer) -> None:
    class OnPostgres(AnyOrder):
        server = postgres

    run(OnPostgres, 3, 20)


@pytest.mark.slow
def test_any_long_order_ends_in_one_state() -> None:
    run(AnyOrder, 40, 80)
