# SPDX-License-Identifier: Apache-2.0
"""Approving: exactly these bytes, by enrolled officers, each once, two people at least behind what leaves."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.fixtures.copies import CHINA, SPAIN, ask, clock_of, copied
from tests.fixtures.nodes import Network, SimulatedNode, enrol
from tests.fixtures.pairs import NOBODY, a, example, officer, size

from comity.cooperation.assessment import actions as assessment
from comity.cooperation.dispatch import approving
from comity.cooperation.dispatch.approving import TICKET_LIFE
from comity.cooperation.dispatch.errors import OwnStatement, TicketInvalid
from comity.cooperation.dispatch.models import Outbox, Outgoing
from comity.cooperation.drafting import actions as drafting
from comity.cooperation.journey import Prepared
from comity.protocol.errors import ComityError
from comity.protocol.terms.handling import DEFAULT
from comity.protocol.thread.errors import MoveNotAllowed
from comity.protocol.wire.approval import challenge
from comity.records.accounts import people
from comity.records.accounts.errors import ApprovalRefused
from comity.records.accounts.models import Passkey
from comity.records.actors import CONSOLE, Actor, Role
from comity.records.errors import NotFound, NotInSeason, NotPermitted
from comity.records.register.entry import parse
from comity.records.register.models import Leaf
from comity.records.threads import store

ONE, TWO = "preservation", "interception"


def frozen(node: SimulatedNode, actor: Actor = CONSOLE, kind: str = ONE) -> Prepared:
    """A statement that waits for approval, submitted by somebody."""
    draft = drafting.start(node.home, actor, kind=kind, to=[SPAIN], body=example(kind), handling=DEFAULT)
    return drafting.submit(node.home, actor, draft.id)


def approve(node: SimulatedNode, id: str, place: int = 0, by: int | None = None) -> Outgoing:
    """The officer at `place` approves, with the passkey of the one at `by`."""
    person, key = node.approvers[place][0], node.approvers[place if by is None else by][1]
    with node.home.active():
        data = bytes(Outgoing.objects.get(id=id).statement)
    approving.options(node.home, person, id)
    answer = key.get(challenge(data), node.home.config.rp_id, node.home.config.origin)
    return approving.approve(node.home, person, id, answer)


def status(node: SimulatedNode, id: str) -> tuple[str, int]:
    found = approving.outgoing(node.home, CONSOLE, id)
    return found.status, len(found.approvals)


def test_one_approval_sends_what_needs_one(china: SimulatedNode) -> None:
    prepared = frozen(china)
    assert prepared.awaiting == 1
    assert prepared.id in {each.id for each in approving.waiting(china.home, CONSOLE)}
    done = approve(china, prepared.id)
    assert (done.status, len(done.approvals)) == ("sent", 1)
    assert prepared.id not in {each.id for each in approving.waiting(china.home, CONSOLE)}
    with china.home.active():
        message = store.message(prepared.digest)
        told = [parse(bytes(each)) for each in Leaf.objects.order_by("index").values_list("entry", flat=True)]
        assert Outbox.objects.filter(message=prepared.digest, peer=SPAIN).count() == 1
    assert message is not None
    assert [each.officer for each in message.approvals] == [china.approvers[0][0].pseudonym]
    of_it = [each["event"] for each in told if each.get("message") == prepared.digest]
    assert of_it == ["frozen", "approved", "sent"]


def test_four_eyes_are_those_of_two_officers(china: SimulatedNode) -> None:
    prepared = frozen(china, kind=TWO)
    assert prepared.awaiting == 2
    assert approve(china, prepared.id).status == "awaiting"
    with pytest.raises(NotInSeason, match="approved by you"):
        approve(china, prepared.id)
    assert status(china, prepared.id) == ("awaiting", 1)
    assert approve(china, prepared.id, 1).status == "sent"
    with pytest.raises(NotInSeason, match="sent"):
        approve(china, prepared.id, 1)


def test_who_submitted_it_is_not_its_one_approver(china: SimulatedNode) -> None:
    _, actor = officer(china)
    prepared = frozen(china, actor)
    before = size(china)
    for do in (
        lambda: approving.options(china.home, china.approvers[0][0], prepared.id),
        lambda: approving.approve(china.home, china.approvers[0][0], prepared.id, {}),
    ):
        with pytest.raises(OwnStatement):
            do()
    assert (status(china, prepared.id), size(china)) == (("awaiting", 0), before)
    assert approve(china, prepared.id, 1).status == "sent"


def test_who_submitted_it_may_be_one_of_two(china: SimulatedNode) -> None:
    prepared = frozen(china, officer(china)[1], TWO)
    assert approve(china, prepared.id).status == "awaiting"
    assert approve(china, prepared.id, 1).status == "sent"


def test_who_began_the_draft_may_approve_what_another_submitted(china: SimulatedNode) -> None:
    _, writer = officer(china)
    draft = drafting.start(china.home, writer, kind=ONE, to=[SPAIN], body=example(ONE), handling=DEFAULT)
    prepared = drafting.submit(china.home, china.duty, draft.id)
    assert approve(china, prepared.id).status == "sent"


def test_an_answer_too_is_approved_by_another(network: Network, china: SimulatedNode, spain: SimulatedNode) -> None:
    thread = ask(china, SPAIN)
    network.deliver()
    _, actor = officer(spain)
    prepared = assessment.decide(spain.home, actor, thread, "accepted", example("accepted"))
    with pytest.raises(OwnStatement):
        approve(spain, prepared.id)
    assert approve(spain, prepared.id, 1).status == "sent"


def test_anothers_passkey_approves_nothing(china: SimulatedNode) -> None:
    prepared = frozen(china)
    with pytest.raises(ApprovalRefused):
        approve(china, prepared.id, 0, by=1)
    assert status(china, prepared.id) == ("awaiting", 0)


def test_an_approval_of_other_bytes_approves_nothing(china: SimulatedNode) -> None:
    one, other = frozen(china), frozen(china)
    person, key = china.approvers[0]
    with china.home.active():
        data = bytes(Outgoing.objects.get(id=other.id).statement)
    approving.options(china.home, person, one.id)
    answer = key.get(challenge(data), china.home.config.rp_id, china.home.config.origin)
    with pytest.raises(ApprovalRefused):
        approving.approve(china.home, person, one.id, answer)
    assert (status(china, one.id), status(china, other.id)) == (("awaiting", 0), ("awaiting", 0))


def test_only_approvers_approve(china: SimulatedNode) -> None:
    from comity.records.accounts.models import Officer

    with china.home.active():
        drafter = next(each for each in Officer.objects.all() if Role.APPROVER not in each.held)
    prepared = frozen(china)
    for do in (
        lambda: approving.options(china.home, drafter, prepared.id),
        lambda: approving.approve(china.home, drafter, prepared.id, {}),
    ):
        with pytest.raises(NotPermitted):
            do()


def test_what_was_given_up_is_never_sent(china: SimulatedNode) -> None:
    prepared = frozen(china)
    approving.discard(china.home, CONSOLE, prepared.id)
    assert status(china, prepared.id)[0] == "discarded"
    for do in (
        lambda: approve(china, prepared.id),
        lambda: approving.discard(china.home, CONSOLE, prepared.id),
        lambda: approving.ticket(china.home, CONSOLE, prepared.id),
    ):
        with pytest.raises(NotInSeason, match="discarded"):
            do()
    with china.home.active():
        assert not Outbox.objects.filter(message=prepared.digest).exists()


def test_what_was_sent_is_not_given_up(china: SimulatedNode) -> None:
    prepared = frozen(china)
    approve(china, prepared.id)
    with pytest.raises(NotInSeason, match="sent"):
        approving.discard(china.home, CONSOLE, prepared.id)
    assert status(china, prepared.id) == ("sent", 1)


def test_a_thread_that_moved_on_keeps_the_statement_at_home(
    network: Network, china: SimulatedNode, spain: SimulatedNode
) -> None:
    thread = ask(china, SPAIN)
    network.deliver()
    first = assessment.decide(spain.home, CONSOLE, thread, "accepted", example("accepted"))
    second = assessment.decide(spain.home, CONSOLE, thread, "refused", example("refused"))
    approve(spain, first.id)
    before = size(spain)
    with pytest.raises(MoveNotAllowed):
        approve(spain, second.id)
    assert (status(spain, second.id), size(spain)) == (("awaiting", 0), before)
    network.deliver()
    assert china.state(thread).digest() == spain.state(thread).digest()
    approving.discard(spain.home, CONSOLE, second.id)


def test_a_ticket_opens_its_statement_until_it_is_used(china: SimulatedNode) -> None:
    prepared = frozen(china, kind=TWO)
    token = approving.ticket(china.home, CONSOLE, prepared.id)
    assert approving.by_ticket(china.home, token).id == prepared.id
    approve(china, prepared.id)
    _spent(china, token)
    again = approving.ticket(china.home, CONSOLE, prepared.id)
    assert again != token
    newest = approving.ticket(china.home, CONSOLE, prepared.id)
    _spent(china, again)
    approve(china, prepared.id, 1)
    _spent(china, newest)


def test_a_ticket_ends_with_its_time(network: Network, china: SimulatedNode) -> None:
    token = approving.ticket(china.home, CONSOLE, frozen(china).id)
    clock_of(network).forward(seconds=TICKET_LIFE.total_seconds() - 10)
    assert approving.by_ticket(china.home, token)
    clock_of(network).forward(seconds=20)
    _spent(china, token)


@pytest.mark.parametrize("token", ["", "nonsense", "é"])
def test_no_other_token_opens_anything(china: SimulatedNode, token: str) -> None:
    frozen(china)
    _spent(china, token)


def _spent(node: SimulatedNode, token: str) -> None:
    with pytest.raises(TicketInvalid):
        approving.by_ticket(node.home, token)


def test_the_store_never_holds_the_token(china: SimulatedNode) -> None:
    prepared = frozen(china)
    token = approving.ticket(china.home, CONSOLE, prepared.id)
    with china.home.active():
        assert token not in str(Outgoing.objects.filter(id=prepared.id).values().get())


@pytest.mark.parametrize("actor", [NOBODY, a(Role.ADMINISTRATOR)])
def test_who_may_not_read_sees_no_statement(china: SimulatedNode, actor: Actor) -> None:
    prepared = frozen(china)
    assert approving.waiting(china.home, actor) == []
    with pytest.raises(NotFound):
        approving.outgoing(china.home, actor, prepared.id)


@pytest.mark.parametrize("do", [approving.ticket, approving.discard])
def test_who_does_not_draft_changes_no_statement(china: SimulatedNode, do: Any) -> None:
    prepared = frozen(china)
    with pytest.raises(NotPermitted):
        do(china.home, a(Role.AUDITOR), prepared.id)
    with pytest.raises(NotFound):
        do(china.home, CONSOLE, "01a20000-0000-7000-8000-000000000000")
    assert status(china, prepared.id) == ("awaiting", 0)


def test_two_officers_at_one_moment_send_once(china: SimulatedNode) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connections

    prepared = frozen(china)

    def one(place: int) -> str:
        try:
            return approve(china, prepared.id, place).status
        except ComityError as error:
            return error.code
        finally:
            connections[china.home.alias].close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(one, range(2))) == ["not-in-season", "sent"]
    with china.home.active():
        assert Outbox.objects.filter(message=prepared.digest).count() == 1


@pytest.fixture
def own() -> Iterator[SimulatedNode]:
    """A node for one test alone: its officers will not be what they were."""
    with copied(None) as network:
        yield network.nodes[CHINA]


def test_an_approval_of_somebody_suspended_meanwhile_is_missing_again(own: SimulatedNode) -> None:
    own.approvers.append(enrol(own.home, [Role.APPROVER]))
    prepared = frozen(own, kind=TWO)
    assert approve(own, prepared.id).status == "awaiting"
    people.suspend_officer(own.home, CONSOLE, own.approvers[0][0].pseudonym)
    assert approve(own, prepared.id, 1).status == "awaiting"
    assert status(own, prepared.id) == ("awaiting", 1)
    assert approve(own, prepared.id, 2).status == "sent"


def test_an_approval_by_a_passkey_taken_away_meanwhile_is_missing_again(own: SimulatedNode) -> None:
    prepared = frozen(own, kind=TWO)
    assert approve(own, prepared.id).status == "awaiting"
    with own.home.active():
        passkey = Passkey.objects.get(officer=own.approvers[0][0])
    people.remove_passkey(own.home, CONSOLE, passkey.credential)
    assert approve(own, prepared.id, 1).status == "awaiting"
    assert status(own, prepared.id) == ("awaiting", 1)
