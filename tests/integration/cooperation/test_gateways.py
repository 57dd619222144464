# SPDX-License-Identifier: Apache-2.0
"""Every way to read: an actor without the permission learns nothing, not even that there is something.

Each public reading function is asked twice by somebody who may not: for what is there, and for what is not. The two
answers are the same, word for word but for the identifier that was asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from tests.fixtures.copies import SPAIN, ask
from tests.fixtures.nodes import Network, SimulatedNode
from tests.fixtures.pairs import ADMINISTRATOR, NOBODY, a, example, size

from comity.cooperation.dispatch import approving, exporting, journeys, lines, proving, relaying
from comity.cooperation.drafting import actions as drafting
from comity.cooperation.execution import actions as execution
from comity.protocol.errors import ComityError
from comity.protocol.terms.handling import DEFAULT
from comity.records.actors import CONSOLE, Actor, Role
from comity.records.authorities import peers
from comity.records.casefiles import cases
from comity.records.home import Home
from comity.records.register.entry import parse
from comity.records.register.models import Leaf
from comity.records.threads import reading

MISSING = "01a20000-0000-7000-8000-000000000000"


@dataclass(frozen=True)
class Held:
    """A node that holds one of everything."""

    node: SimulatedNode
    thread: str
    draft: str
    statement: str
    case: str


@pytest.fixture(scope="module")
def held(network: Network) -> Held:
    china, spain = network.nodes.values()
    thread = ask(china, SPAIN)
    network.deliver()
    case = cases.new(spain.home, CONSOLE, "Muestra").id
    more = {"kind": "preservation", "to": [china.authority], "body": example("preservation"), "handling": DEFAULT}
    draft = drafting.start(spain.home, CONSOLE, **more)
    waits = drafting.submit(spain.home, CONSOLE, drafting.start(spain.home, CONSOLE, **more).id)
    execution.set_task(spain.home, CONSOLE, thread, "Muestra", spain.approvers[0][0].pseudonym)
    return Held(spain, thread, draft.id, waits.id, case)


def within(read: Callable[..., Any]) -> Callable[..., Any]:
    """A gateway that works in the database at hand, with the home given like the others."""

    def entered(home: Home, actor: Actor, *rest: str) -> Any:
        with home.active():
            return read(actor, *rest)

    return entered


BY_ID: dict[str, tuple[Callable[..., Any], str]] = {
    "thread": (within(reading.thread), "thread"),
    "account": (journeys.account, "thread"),
    "deliveries": (journeys.deliveries, "thread"),
    "proof": (proving.proof_of, "thread"),
    "to relay": (relaying.to_relay, "thread"),
    "tasks": (execution.tasks, "thread"),
    "draft": (drafting.draft, "draft"),
    "statement": (approving.outgoing, "statement"),
    "sent": (journeys.require_sent, "statement"),
    "case": (cases.case, "case"),
}
LISTS: dict[str, Callable[..., Any]] = {
    "our move": lambda home, actor: list(within(reading.our_move)(home, actor).rows),
    "recent": lambda home, actor: list(within(reading.recent)(home, actor).rows),
    "drafts": drafting.drafts,
    "waiting": approving.waiting,
    "cases": cases.newest,
    "peers": peers.overview,
    "lines": lines.examine,
}


def answer(read: Callable[..., Any], home: Home, actor: Actor, id: str) -> tuple[str, str]:
    try:
        return "answered", str(read(home, actor, id))
    except ComityError as error:
        return error.code, str(error).replace(id, "…")


@pytest.mark.parametrize("name", BY_ID)
@pytest.mark.parametrize("actor", [NOBODY, ADMINISTRATOR], ids=["nobody", "administrator"])
def test_what_is_there_cannot_be_told_from_what_is_not(held: Held, name: str, actor: Actor) -> None:
    read, member = BY_ID[name]
    id, before = getattr(held, member), size(held.node)
    there, absent = (answer(read, held.node.home, actor, each) for each in (id, MISSING))
    assert there == absent
    assert there[0] == "not-found"
    assert size(held.node) == before, "a refusal by the gateway leaves no leaf"


@pytest.mark.parametrize("name", BY_ID)
def test_who_may_read_is_answered(held: Held, name: str) -> None:
    read, member = BY_ID[name]
    code, _ = answer(read, held.node.home, CONSOLE, getattr(held, member))
    assert code == ("not-in-season" if name == "sent" else "answered")
    assert answer(read, held.node.home, CONSOLE, MISSING)[0] == "not-found"


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_empty_for_who_may_not_read(held: Held, name: str) -> None:
    assert LISTS[name](held.node.home, NOBODY) == []
    assert LISTS[name](held.node.home, CONSOLE), "the same list holds something for who may"


def test_the_administrator_sees_peers_and_lines_and_no_content(held: Held) -> None:
    shown = {name for name, read in LISTS.items() if read(held.node.home, ADMINISTRATOR)}
    assert shown == {"peers", "lines"}


def test_what_waits_for_whom_is_for_those_who_draft(held: Held) -> None:
    for actor in (NOBODY, ADMINISTRATOR, a(Role.AUDITOR)):
        with pytest.raises(ComityError, match="role"):
            exporting.only_peer(held.node.home, actor)


def test_an_account_is_one_reading_and_one_leaf(held: Held) -> None:
    before = size(held.node)
    told = journeys.account(held.node.home, a(Role.ANALYST), held.thread)
    assert told["thread"] == held.thread
    assert [each["kind"] for each in told["history"]] == ["preservation"]
    with held.node.home.active():
        rows = Leaf.objects.filter(index__gte=before).values_list("entry", flat=True)
        entries = [parse(bytes(each)) for each in rows]
    assert [(each["event"], each["thread"], each["by"]) for each in entries] == [("read", held.thread, "ES-0001")]
    text = journeys.as_text(told)
    assert held.thread in text
    assert "We may now: " in text
