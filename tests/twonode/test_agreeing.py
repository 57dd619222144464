# SPDX-License-Identifier: Apache-2.0
"""Two nodes agree: a consultation on jurisdiction to an agreed transfer, and a dispute to its settlement.

Every move goes through its station, is approved and delivered; both registers tell of both threads.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.fixtures.copies import CHINA, SPAIN, ask, copied, settle
from tests.fixtures.nodes import Network, SimulatedNode

from comity import node as composition
from comity.cooperation.drafting import actions as drafting
from comity.protocol.terms import kinds
from comity.protocol.terms.handling import DEFAULT
from comity.protocol.thread.errors import MoveNotAllowed
from comity.protocol.wire.names import MessageId
from comity.records.register.models import Leaf
from comity.records.threads import store
from comity.records.threads.models import Thread


@pytest.fixture
def network() -> Iterator[Network]:
    with copied(nodes=2) as made:
        yield made


@pytest.fixture
def china(network: Network) -> SimulatedNode:
    return network.nodes[CHINA]


@pytest.fixture
def spain(network: Network) -> SimulatedNode:
    return network.nodes[SPAIN]


def opened(network: Network, node: SimulatedNode, to: SimulatedNode, kind: str, **body: Any) -> str:
    """Open a thread with the kind's example and this; its id."""
    whole = {**kinds.request_kinds()[kind].example, **body}
    draft = drafting.start(node.home, node.duty, kind=kind, to=[to.authority], body=whole, handling=DEFAULT)
    prepared = drafting.submit(node.home, node.duty, draft.id)
    node.approve(prepared)
    settle(network)
    return prepared.thread


def say(network: Network, node: SimulatedNode, thread: str, kind: str, **body: Any) -> str:
    """Make a move with the kind's example and this, approve and deliver it; its digest."""
    whole = {**kinds.move_kinds()[kind].example, **body}
    prepared = composition.make_move(node.home, node.duty, thread, kind, whole)
    if prepared.awaiting:
        node.approve(prepared)
    settle(network)
    return prepared.digest


def stand(thread: str, *nodes: SimulatedNode) -> set[str]:
    """Where the addressee's part stands on each node; the nodes must hold equal states."""
    states = [each.state(thread) for each in nodes]
    assert len({each.digest() for each in states}) == 1
    return {lane.state for state in states for lane in state.lanes.values()}


def told(node: SimulatedNode, thread: str) -> list[str]:
    """The messages of a thread that a node's register tells of."""
    with node.home.active():
        leaves = Leaf.objects.filter(thread=thread, event__in=("sent", "received")).order_by("index")
        return [str(each.message) for each in leaves if each.message]


def test_a_consultation_ends_in_an_agreed_transfer(
    network: Network, china: SimulatedNode, spain: SimulatedNode
) -> None:
    thread = opened(network, china, spain, "jurisdiction-consultation")
    say(network, spain, thread, "acknowledged")
    say(network, spain, thread, "criteria-stated")
    first = say(network, china, thread, "allocation-proposed")
    other = say(network, spain, thread, "allocation-proposed", reasons="Each its own victims. Invented example.")
    assert stand(thread, china, spain) == {"proposed-by-addressee"}
    with pytest.raises(MoveNotAllowed):
        say(network, spain, thread, "allocation-agreed", accepts=first)
    last = say(network, china, thread, "allocation-proposed", reasons="With all evidence. Invented example.")
    say(network, spain, thread, "allocation-agreed", accepts=last)
    assert stand(thread, china, spain) == {"agreed"}
    assert len({first, other, last}) == 3

    previous = [{"reference": "SAMPLE-2016-0117", "thread": thread}]
    transfer = opened(network, spain, china, "transfer-of-proceedings", previous=previous)
    say(network, china, transfer, "accepted")
    say(network, spain, thread, "allocation-carried-out", transfer=transfer)
    say(network, china, thread, "closed", outcome="agreed")
    assert stand(thread, china, spain) == {"closed"}
    assert stand(transfer, china, spain) == {"accepted"}
    for each in (china, spain):
        with each.home.active():
            carried = [
                m.statement.body
                for m in store.messages_of(MessageId(thread))
                if m.statement.kind.endswith("carried-out")
            ]
        assert [body["transfer"] for body in carried] == [transfer]
        assert len(set(told(each, thread))) == 9


def test_a_dispute_is_settled_and_stops_nothing(network: Network, china: SimulatedNode, spain: SimulatedNode) -> None:
    request = ask(china, SPAIN, kind="subscriber-information")
    settle(network)
    refusal = say(network, spain, request, "refused")
    dispute = opened(network, china, spain, "dispute", thread=request, message=refusal)
    with spain.home.active():
        row = Thread.objects.get(id=dispute)
        assert (row.due_what, row.due_ours) == ("Answer the dispute", True)
        (due,) = store.messages_of(MessageId(dispute))[0].statement.body["due"]
    assert due["instrument"] == "COMITY-PRACTICE"

    say(network, spain, request, "accepted")
    assert stand(dispute, china, spain) == {"raised"}
    assert stand(request, china, spain) == {"accepted"}

    say(network, spain, dispute, "dispute-answered")
    assert stand(request, china, spain) == {"accepted"}
    say(network, china, dispute, "dispute-consultation")
    with china.home.active():
        assert Thread.objects.get(id=dispute).due_what == "Conclude the consultation"
    say(network, spain, dispute, "dispute-conciliation")
    proposal = say(network, spain, dispute, "settlement-proposed")
    assert stand(dispute, china, spain) == {"settlement-by-addressee"}
    say(network, china, dispute, "settled", accepts=proposal)
    say(network, spain, request, "produced")
    assert stand(request, china, spain) == {"produced"}
    say(network, spain, dispute, "closed", outcome="settled")
    assert stand(dispute, china, spain) == {"closed"}
    for each in (china, spain):
        assert set(told(each, dispute)) >= {proposal}
        assert len(set(told(each, dispute))) == 7


def test_what_is_not_settled_is_referred(network: Network, china: SimulatedNode, spain: SimulatedNode) -> None:
    dispute = opened(network, china, spain, "dispute")
    say(network, spain, dispute, "dispute-answered", position="contested", times_accepted=False)
    say(network, china, dispute, "dispute-conciliation")
    say(network, china, dispute, "referred")
    assert stand(dispute, china, spain) == {"referred"}
    proposal = say(network, china, dispute, "settlement-proposed")
    with pytest.raises(MoveNotAllowed):
        say(network, china, dispute, "settled", accepts=proposal)
    say(network, spain, dispute, "settled", accepts=proposal)
    assert stand(dispute, china, spain) == {"settled"}
