# SPDX-License-Identifier: Apache-2.0
"""The main road: a request leaves one node, is answered at the other, and both hold proof."""

from tests.fixtures.nodes import Network

from comity.cooperation.assessment import actions as assessment
from comity.cooperation.drafting import actions as drafting
from comity.protocol.terms import kinds
from comity.protocol.terms.handling import DEFAULT


def test_a_request_is_sent_answered_and_receipted(network: Network) -> None:
    china, spain = network.nodes.values()
    body = dict(kinds.request_kinds()["preservation"].example)
    draft = drafting.start(
        china.home, china.duty, kind="preservation", to=[spain.authority], body=body, handling=DEFAULT
    )
    prepared = drafting.submit(china.home, china.duty, draft.id)
    assert prepared.awaiting == 1
    china.approve(prepared)
    network.deliver()
    assert china.outbox() == {"delivered": 1}, china.faults()
    assert china.state(prepared.thread).digest() == spain.state(prepared.thread).digest()

    for decision in ("acknowledged", "accepted"):
        example = dict(kinds.move_kinds()[decision].example)
        spain.approve(assessment.decide(spain.home, spain.duty, prepared.thread, decision, example))
        network.deliver()
    assert china.state(prepared.thread).digest() == spain.state(prepared.thread).digest()
    assert china.state(prepared.thread).lanes[spain.authority].state == "accepted"
    assert spain.outbox() == {"delivered": 2}
