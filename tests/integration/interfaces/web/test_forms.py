# SPDX-License-Identifier: Apache-2.0
"""What an officer typed is never lost, and what is wrong with it is always said."""

from typing import Any

from django.test import Client
from tests.fixtures.copies import SPAIN
from tests.fixtures.nodes import SimulatedNode
from tests.fixtures.pairs import example

from comity.cooperation.drafting import actions as drafting
from comity.protocol.terms.handling import DEFAULT
from comity.records.actors import CONSOLE

KIND = "preservation"


def draft(node: SimulatedNode, kind: str = KIND, **changes: Any) -> str:
    body = example(kind, **changes)
    return drafting.start(node.home, CONSOLE, kind=kind, to=[SPAIN], body=body, handling=DEFAULT).id


def test_an_emergency_without_a_reason_is_told_at_the_reason(served: SimulatedNode, desk: Client) -> None:
    answer = desk.get(f"/drafts/{draft(served, urgency='emergency')}/preview")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#f-urgency_reason">' in page
    assert 'id="f-urgency_reason-problem"' in page
    assert 'id="faults" tabindex="-1" data-focus' in page
