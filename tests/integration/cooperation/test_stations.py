# SPDX-License-Identifier: Apache-2.0
"""Assessment, execution, answering and closing: who may do what, on what, and what reaches the other side."""

import base64
import hashlib
from pathlib import Path
from typing import Any

import pytest
from tests.fixtures.copies import SPAIN, ask
from tests.fixtures.nodes import Network, SimulatedNode
from tests.fixtures.pairs import a, example, size

from comity import node as root
from comity.cooperation.answering import actions as answering
from comity.cooperation.answering.actions import enclosed
from comity.cooperation.assessment import actions as assessment
from comity.cooperation.closing import actions as closing
from comity.cooperation.execution import actions as execution
from comity.protocol.proof.enclosed import Enclosed
from comity.protocol.terms.attachments import ATTACHMENTS_LIMIT
from comity.protocol.terms.errors import BodyInvalid
from comity.protocol.thread.errors import MoveNotAllowed
from comity.protocol.wire.errors import TooLarge
from comity.protocol.wire.names import MessageId, digest_of
from comity.records.actors import CONSOLE, Actor, Permission, Role
from comity.records.errors import NotFound, NotInSeason, NotPermitted
from comity.records.threads import store

MISSING = "01a20000-0000-7000-8000-000000000000"
EVERYBODY = [Actor("ES-0001", frozenset({role})) for role in Role]


@pytest.fixture
def thread(network: Network, china: SimulatedNode) -> str:
    """A request that came in."""
    return asked(network, china)


def asked(network: Network, node: SimulatedNode, kind: str = "subscriber-information") -> str:
    thread = ask(node, SPAIN, kind=kind)
    network.deliver()
    return thread


def say(network: Network, node: SimulatedNode, prepared: Any) -> None:
    if prepared.awaiting:
        node.approve(prepared)
    network.deliver()


@pytest.mark.parametrize("decision", assessment.DECISIONS)
def test_each_decision_is_made_by_who_assesses_and_no_other(
    network: Network, china: SimulatedNode, spain: SimulatedNode, thread: str, decision: str
) -> None:
    if decision == "dispute-answered":
        thread = asked(network, china, "dispute")
    before = size(spain)
    for actor in EVERYBODY:
        if not actor.may(Permission.ASSESS):
            with pytest.raises(NotPermitted):
                assessment.decide(spain.home, actor, thread, decision, example(decision))
    assert size(spain) == before
    kind = china.state(thread).kind or ""
    for role, request in ((Role.DUTY_OFFICER, thread), (Role.APPROVER, asked(network, china, kind))):
        say(network, spain, assessment.decide(spain.home, a(role), request, decision, example(decision)))
        assert {each.value for each in china.state(request).outcomes.values()} == {"applied"}


def test_every_decision_reaches_the_other_side(network: Network, china: SimulatedNode, spain: SimulatedNode) -> None:
    thread = asked(network, china)
    for decision in ("acknowledged", "accepted-with-conditions"):
        say(network, spain, assessment.decide(spain.home, CONSOLE, thread, decision, example(decision)))
    assert china.state(thread).digest() == spain.state(thread).digest()
    assert china.state(thread).lanes[SPAIN].state == spain.state(thread).lanes[SPAIN].state != "received"


def test_what_is_no_decision_is_not_decided(spain: SimulatedNode, thread: str) -> None:
    for kind in ("produced", "withdrawn", "note", "nonsense", ""):
        with pytest.raises(NotInSeason):
            assessment.decide(spain.home, CONSOLE, thread, kind, {})
    with pytest.raises(BodyInvalid):
        assessment.decide(spain.home, CONSOLE, thread, "refused", {})
    with pytest.raises(NotFound):
        assessment.decide(spain.home, CONSOLE, MISSING, "accepted", {})


def test_who_asked_does_not_decide(china: SimulatedNode, thread: str) -> None:
    with pytest.raises(MoveNotAllowed):
        assessment.decide(china.home, CONSOLE, thread, "accepted", example("accepted"))


def test_lesser_grants_are_considered_before_refusing(
    network: Network, china: SimulatedNode, spain: SimulatedNode, thread: str
) -> None:
    assert assessment.considered(spain.state(thread), SPAIN) == assessment.BEFORE_REFUSING
    assert assessment.considered(china.state(thread), china.authority) == ()
    say(network, china, closing.move(china.home, CONSOLE, thread, "withdrawn", example("withdrawn")))
    assert assessment.considered(spain.state(thread), SPAIN) == ()


def test_a_task_is_set_worked_on_and_finished(spain: SimulatedNode, thread: str) -> None:
    officer = spain.approvers[0][0].pseudonym
    task = execution.set_task(spain.home, CONSOLE, thread, "Ask the provider", officer)
    content = b"Sample, invented\n"
    finding = execution.attach(spain.home, a(Role.CUSTODIAN), task.id, "holder.txt", "text/plain", content)
    assert finding.digest == digest_of(content)
    (found,) = execution.tasks(spain.home, a(Role.AUDITOR), thread)
    assert [(each.name, bytes(each.content)) for each in found.findings.all()] == [("holder.txt", content)]
    assert execution.finish(spain.home, a(Role.ANALYST), task.id).done_by == "ES-0001"
    for do in (
        lambda: execution.finish(spain.home, CONSOLE, task.id),
        lambda: execution.attach(spain.home, CONSOLE, task.id, "x", "text/plain", b"x"),
    ):
        with pytest.raises(NotInSeason, match="done"):
            do()


def test_who_may_not_sets_attaches_and_finishes_nothing(spain: SimulatedNode, thread: str) -> None:
    officer = spain.approvers[0][0].pseudonym
    task = execution.set_task(spain.home, CONSOLE, thread, "Ask the provider", officer)
    before = size(spain)
    for actor in EVERYBODY:
        if not actor.may(Permission.ASSESS):
            with pytest.raises(NotPermitted):
                execution.set_task(spain.home, actor, thread, "x", officer)
        if not actor.may(Permission.EXECUTE):
            for id in (task.id, MISSING):
                with pytest.raises(NotPermitted):
                    execution.attach(spain.home, actor, id, "x", "text/plain", b"x" * (ATTACHMENTS_LIMIT + 1))
                with pytest.raises(NotPermitted):
                    execution.finish(spain.home, actor, id)
    assert size(spain) == before


def test_what_is_not_there_and_what_is_too_large(spain: SimulatedNode, thread: str) -> None:
    officer = spain.approvers[0][0].pseudonym
    task = execution.set_task(spain.home, CONSOLE, thread, "Ask the provider", officer)
    before = size(spain)
    execution.attach(spain.home, CONSOLE, task.id, "whole", "application/octet-stream", bytes(ATTACHMENTS_LIMIT))
    assert size(spain) == before + 1
    with pytest.raises(TooLarge):
        execution.attach(spain.home, CONSOLE, task.id, "x", "text/plain", bytes(ATTACHMENTS_LIMIT + 1))
    for do in (
        lambda: execution.set_task(spain.home, CONSOLE, MISSING, "x", officer),
        lambda: execution.set_task(spain.home, CONSOLE, thread, "x", "ES-FFFF"),
        lambda: execution.set_task(spain.home, CONSOLE, thread, "x", ""),
        lambda: execution.attach(spain.home, CONSOLE, MISSING, "x", "text/plain", b"x"),
        lambda: execution.finish(spain.home, CONSOLE, MISSING),
        lambda: execution.tasks(spain.home, CONSOLE, MISSING),
    ):
        with pytest.raises(NotFound):
            do()
    assert size(spain) == before + 1


def test_a_custodian_hands_over_files_whose_digests_match(
    network: Network, china: SimulatedNode, spain: SimulatedNode, thread: str, tmp_path: Path
) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(b"at,from\n2016-09-01,+00 000 (invented)\n")
    say(network, spain, assessment.decide(spain.home, CONSOLE, thread, "accepted", example("accepted")))
    body = {name: value for name, value in example("produced").items() if name != "attachments"}
    files = [enclosed(path), enclosed(path)]
    prepared = answering.answer(spain.home, a(Role.CUSTODIAN), thread, "produced", body, files)
    say(network, spain, prepared)
    with china.home.active():
        message = store.message(prepared.digest)
    assert message is not None
    for each in message.statement.body["attachments"]:
        content = base64.b64decode(each["data"])
        assert (content, each["size"], each["name"]) == (path.read_bytes(), len(content), "calls.csv")
        assert each["sha256"] == "sha256:" + hashlib.sha256(content).hexdigest()
        assert each["media_type"] == "text/csv"
    assert china.state(thread).digest() == spain.state(thread).digest()


def test_an_answer_is_an_answer_and_given_by_who_may(spain: SimulatedNode, thread: str, tmp_path: Path) -> None:
    before = size(spain)
    for kind in ("accepted", "refused", "withdrawn", "nonsense"):
        with pytest.raises(NotInSeason):
            answering.answer(spain.home, a(Role.CUSTODIAN), thread, kind, {})
    for actor in EVERYBODY:
        if not actor.may(Permission.ASSESS) and not actor.may(Permission.EXECUTE):
            with pytest.raises(NotPermitted):
                answering.answer(spain.home, actor, thread, "produced", {})
    with pytest.raises(NotFound):
        answering.answer(spain.home, CONSOLE, MISSING, "produced", {})
    (tmp_path / "large").write_bytes(bytes(ATTACHMENTS_LIMIT + 1))
    with pytest.raises(TooLarge):
        enclosed(tmp_path / "large")
    file = {**Enclosed("x", "text/plain", b"what it is").as_attachment(), "sha256": digest_of(b"other")}
    with pytest.raises(BodyInvalid):
        answering.answer(spain.home, CONSOLE, thread, "produced", {**example("produced"), "attachments": [file]})
    assert size(spain) == before


def test_the_asking_side_withdraws(network: Network, china: SimulatedNode, spain: SimulatedNode, thread: str) -> None:
    say(network, china, closing.move(china.home, CONSOLE, thread, "withdrawn", example("withdrawn")))
    assert china.state(thread).lanes[SPAIN].state == spain.state(thread).lanes[SPAIN].state == "withdrawn"
    with pytest.raises(MoveNotAllowed):
        closing.move(china.home, CONSOLE, thread, "withdrawn", example("withdrawn"))


def test_only_who_drafts_closes_and_only_with_its_moves(china: SimulatedNode, thread: str) -> None:
    before = size(china)
    for kind in ("accepted", "recall", "recall-sealed", "nonsense"):
        with pytest.raises(NotInSeason):
            closing.move(china.home, CONSOLE, thread, kind, {})
    for actor in EVERYBODY:
        if not actor.may(Permission.DRAFT):
            with pytest.raises(NotPermitted):
                closing.move(china.home, actor, thread, "note", example("note"))
    with pytest.raises(NotFound):
        closing.move(china.home, CONSOLE, MISSING, "note", example("note"))
    assert size(china) == before


@pytest.mark.parametrize("answer", closing.RECALL_ANSWERS)
def test_a_recall_reaches_its_holder_who_answers(
    network: Network, china: SimulatedNode, spain: SimulatedNode, thread: str, answer: str
) -> None:
    say(network, spain, assessment.decide(spain.home, CONSOLE, thread, "accepted", example("accepted")))
    say(network, spain, answering.answer(spain.home, CONSOLE, thread, "produced", example("produced")))
    of = spain.state(thread).recallable[SPAIN]
    reasons = {name: value for name, value in example("recall").items() if name != "of"}
    recall = closing.recall(spain.home, CONSOLE, thread, of, reasons)
    say(network, spain, recall)
    assert china.state(thread).recalls[recall.digest].holders[china.authority].state == "asked"
    with pytest.raises(NotInSeason):
        closing.answer_recall(china.home, CONSOLE, thread, "note", recall.digest, {})
    body = {name: value for name, value in example(answer).items() if name != "recall"}
    say(network, china, closing.answer_recall(china.home, CONSOLE, thread, answer, recall.digest, body))
    held = spain.state(thread).recalls[recall.digest].holders[china.authority].state
    assert held == answer.removeprefix("recall-")
    assert china.state(thread).digest() == spain.state(thread).digest()


def test_a_recall_of_nothing_or_of_anothers_words_stays_at_home(
    network: Network, china: SimulatedNode, spain: SimulatedNode, thread: str
) -> None:
    reasons = {name: value for name, value in example("recall").items() if name != "of"}
    with pytest.raises((BodyInvalid, MoveNotAllowed)):
        closing.recall(china.home, CONSOLE, thread, [], reasons)
    with pytest.raises(MoveNotAllowed):
        closing.recall(spain.home, CONSOLE, thread, list(spain.state(thread).order), reasons)


def test_each_move_finds_its_station(network: Network, china: SimulatedNode, spain: SimulatedNode) -> None:
    thread = asked(network, china)
    for side, kind in ((spain, "accepted"), (spain, "produced"), (china, "confirmed")):
        body = example(kind)
        if kind == "confirmed":
            with china.home.active():
                held = store.messages_of(MessageId(thread))
            body["of"] = [each.digest for each in held if each.statement.kind == "produced"]
        say(network, side, root.make_move(side.home, CONSOLE, thread, kind, body))
    body = {**example("recall"), "of": list(spain.state(thread).recallable[SPAIN])}
    kept = dict(body)
    say(network, spain, root.make_move(spain.home, CONSOLE, thread, "recall", body))
    assert body == kept, "the caller's body is left as it was"
    recall = next(iter(china.state(thread).recalls))
    body = {**example("recall-sealed"), "recall": recall}
    say(network, china, root.make_move(china.home, CONSOLE, thread, "recall-sealed", body))
    assert {each.value for each in china.state(thread).outcomes.values()} <= {"applied", "note"}
