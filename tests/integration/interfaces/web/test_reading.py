# SPDX-License-Identifier: Apache-2.0
"""Whatever page shows what a thread says, or will say, leaves a leaf; and what was sent is read in its thread only."""

from typing import Any

import pytest
from django.test import Client
from tests.fixtures.copies import SPAIN, ask
from tests.fixtures.nodes import SimulatedNode
from tests.fixtures.pairs import example, officer, size

from comity.cooperation.dispatch import approving
from comity.cooperation.drafting import actions as drafting
from comity.cooperation.journey import Prepared
from comity.protocol.terms.handling import DEFAULT
from comity.records.actors import CONSOLE, Role
from comity.records.casefiles import cases
from comity.records.register.entry import parse
from comity.records.register.models import Leaf

KIND = "preservation"


def told(node: SimulatedNode, since: int) -> list[dict[str, Any]]:
    """What the register tells from leaf `since` on."""
    with node.home.active():
        rows = Leaf.objects.filter(index__gte=since).order_by("index").values_list("entry", flat=True)
        return [parse(bytes(each)) for each in rows]


def draft(node: SimulatedNode) -> str:
    return drafting.start(node.home, CONSOLE, kind=KIND, to=[SPAIN], body=example(KIND), handling=DEFAULT).id


def waiting(node: SimulatedNode) -> Prepared:
    """A statement that waits for approval."""
    return drafting.submit(node.home, CONSOLE, draft(node))


def reads(node: SimulatedNode, browser: Client, path: str) -> list[dict[str, Any]]:
    """The leaves that looking at a page leaves; who and when are checked here."""
    before = size(node)
    assert browser.get(path).status_code == 200
    return [{name: value for name, value in each.items() if name != "at"} for each in told(node, before)]


def test_a_statement_that_waits_is_read_with_a_trace(served: SimulatedNode, desk: Client) -> None:
    prepared = waiting(served)
    leaf = {"event": "read", "thread": prepared.thread, "by": officer(served)[0].pseudonym}
    assert reads(served, desk, f"/statements/{prepared.id}") == [leaf]


def test_a_statement_that_was_given_up_is_read_with_a_trace(served: SimulatedNode, desk: Client) -> None:
    prepared = waiting(served)
    approving.discard(served.home, CONSOLE, prepared.id)
    assert [each["event"] for each in reads(served, desk, f"/statements/{prepared.id}")] == ["read"]


def test_what_was_sent_is_read_in_its_thread_only(served: SimulatedNode, desk: Client) -> None:
    """An opening statement has the id of its thread."""
    thread, before = ask(served, SPAIN), size(served)
    answer = desk.get(f"/statements/{thread}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/threads/{thread}")
    assert size(served) == before, "nothing was shown"
    assert [each["event"] for each in reads(served, desk, f"/threads/{thread}")] == ["read"]


def test_the_one_time_address_shows_its_statement_with_a_trace(served: SimulatedNode, stranger: Client) -> None:
    prepared = waiting(served)
    token = approving.ticket(served.home, CONSOLE, prepared.id)
    leaf = {"event": "read", "thread": prepared.thread, "by": "system"}
    assert reads(served, stranger, f"/approve/{token}") == [leaf]
    assert token not in str(told(served, 0))


def test_the_form_of_a_move_is_read_with_a_trace(served: SimulatedNode, desk: Client) -> None:
    """It tells the messages of its thread, and the words of a statement that was taken back."""
    thread = ask(served, SPAIN)
    leaf = {"event": "read", "thread": thread, "by": officer(served)[0].pseudonym}
    assert reads(served, desk, f"/threads/{thread}/moves/note") == [leaf]


@pytest.mark.parametrize("page", ["", "/preview"])
def test_a_draft_is_read_with_a_trace(served: SimulatedNode, desk: Client, page: str) -> None:
    id = draft(served)
    leaf = {"event": "read", "thread": id, "by": officer(served)[0].pseudonym}
    assert reads(served, desk, f"/drafts/{id}{page}") == [leaf]


def test_the_threads_of_a_case_are_listed_with_a_trace(served: SimulatedNode, desk: Client) -> None:
    case = cases.new(served.home, CONSOLE, "Muestra inventada")
    leaf = {"event": "listed", "what": "case", "count": 0, "by": officer(served)[0].pseudonym}
    assert reads(served, desk, f"/cases/{case.id}") == [leaf]


def test_a_leaf_is_shown_with_a_trace(served: SimulatedNode, desk: Client) -> None:
    with served.home.active():
        auditor = officer(served)[0]
        auditor.roles = [*auditor.roles, Role.AUDITOR]
        auditor.save()
    leaf = {"event": "listed", "what": "register", "count": 1, "by": auditor.pseudonym}
    assert reads(served, desk, "/register/1") == [leaf]
