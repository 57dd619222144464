# SPDX-License-Identifier: Apache-2.0
"""What waits for approval is seen from every page and on the desk; what can be recalled is told in words."""

from django.test import Client
from tests.fixtures.copies import SPAIN, ask
from tests.fixtures.nodes import SimulatedNode
from tests.fixtures.pairs import example

from comity.cooperation.dispatch import approving
from comity.cooperation.drafting import actions as drafting
from comity.protocol.terms.handling import DEFAULT
from comity.records.actors import CONSOLE


def submitted(node: SimulatedNode, reference: str) -> str:
    body = example("preservation", reference=reference)
    draft = drafting.start(node.home, CONSOLE, kind="preservation", to=[SPAIN], body=body, handling=DEFAULT)
    return drafting.submit(node.home, CONSOLE, draft.id).id


def test_what_waits_for_approval_is_counted_in_the_menu_and_listed_on_the_desk(
    served: SimulatedNode, desk: Client
) -> None:
    for each in approving.waiting(served.home, CONSOLE):
        approving.discard(served.home, CONSOLE, each.id)
    assert "Waits for approval" not in desk.get("/").content.decode()
    made = [submitted(served, f"SAMPLE-WAITS-{number}") for number in range(6)]
    page = desk.get("/").content.decode()
    assert "Waits for approval" in page
    assert [each in page for each in made] == [True] * 5 + [False]
    assert "All 6" in page
    assert '<span class="tag tag-wait">6</span></a>' in desk.get("/account").content.decode()


def test_what_can_be_recalled_is_told_by_kind_date_and_recipient(served: SimulatedNode, desk: Client) -> None:
    page = desk.get(f"/threads/{ask(served, SPAIN)}/moves/recall").content.decode()
    offered = page[page.index('name="of"') :]
    assert (
        offered.index("Preservation of stored data · 2026-") < offered.index(f"({SPAIN})") < offered.index("</label>")
    )
