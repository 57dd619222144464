# SPDX-License-Identifier: Apache-2.0
"""A thread's page and its line on the desk: what is due and whose duty it is, what was recalled, what is closed."""

import argparse
import base64
import hashlib
import re
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.fixtures.copies import CHINA, SPAIN, ask, move, settle
from tests.fixtures.nodes import Network, SimulatedNode
from tests.fixtures.pairs import example

from comity.cooperation.drafting import actions as drafting
from comity.interfaces.cli import threads
from comity.protocol.terms.handling import DEFAULT
from comity.records.actors import CONSOLE
from comity.records.threads.models import Recalled, Thread

FILE = b"Sample"
DIGEST = "sha256:" + hashlib.sha256(FILE).hexdigest()
ATTACHED = {
    "name": "sample.txt",
    "media_type": "text/plain",
    "size": len(FILE),
    "sha256": DIGEST,
    "data": base64.b64encode(FILE).decode(),
}


def row(node: SimulatedNode, thread: str) -> Thread:
    with node.home.active():
        return Thread.objects.get(id=thread)


def line(page: str, thread: str) -> str:
    """The thread's line on the desk, without tags."""
    (found,) = [each for each in page.split('<li class="thread">') if f"/threads/{thread}" in each]
    return " ".join(re.sub(r"<[^>]*>", " ", found).split())


def asked(node: SimulatedNode, other: SimulatedNode) -> str:
    """A request that wishes an answer soon; the thread's id."""
    due = [{"what": "Answer wished", "at": "2026-12-24T12:00:00.000Z"}]
    body = example("legal-advice", due=due)
    draft = drafting.start(node.home, CONSOLE, kind="legal-advice", to=[other.authority], body=body, handling=DEFAULT)
    return drafting.submit(node.home, CONSOLE, draft.id).thread


def test_what_is_due_is_told_with_whose_duty_it_is_and_dropped_once_answered(
    network: Network, served: SimulatedNode, desk: Client, spain: SimulatedNode
) -> None:
    thread = asked(served, spain)
    assert "their answer · Answer wished" in line(desk.get("/").content.decode(), thread)
    settle(network)
    assert row(spain, thread).due_ours
    move(spain, thread, "produced", complete=True)
    settle(network)
    assert (row(served, thread).due, row(spain, thread).due) == (None, None)
    assert "No due time" in line(desk.get("/").content.decode(), thread)


def test_a_preservation_tells_when_it_ends(
    network: Network, served: SimulatedNode, desk: Client, spain: SimulatedNode
) -> None:
    thread = ask(served, SPAIN)
    settle(network)
    move(spain, thread, "preserved", until="2027-02-01T00:00:00.000Z")
    settle(network)
    assert (row(served, thread).due_ours, row(spain, thread).due_ours) == (True, False)
    assert "then the preservation ends" in line(desk.get("/").content.decode(), thread)
    page = desk.get(f"/threads/{thread}").content.decode()
    assert "Preserved until" in page
    assert "2027-02-01" in page


@pytest.mark.parametrize(("answer", "status"), [("recall-sealed", 200), ("recall-destroyed", 409)])
def test_what_we_said_is_destroyed_is_closed(
    network: Network,
    served: SimulatedNode,
    desk: Client,
    spain: SimulatedNode,
    tmp_path: Path,
    answer: str,
    status: int,
) -> None:
    thread = ask(spain, CHINA)
    settle(network)
    note = move(spain, thread, "note", attachments=[ATTACHED]).digest
    settle(network)
    file = f"/threads/{thread}/messages/{note}/files/{DIGEST}"
    assert desk.get(file).content == FILE
    recall = move(spain, thread, "recall", of=[note]).digest
    settle(network)
    assert (row(served, thread).recall, row(spain, thread).recall) == (Recalled.OURS, Recalled.THEIRS)
    assert "Recalled: our answer is awaited" in line(desk.get("/").content.decode(), thread)
    page = desk.get(f"/threads/{thread}").content.decode()
    assert '<a class="tag tag-bad" href="#recalls">Recalled</a>' in page
    assert DIGEST in page
    move(served, thread, answer, recall=recall)
    settle(network)
    assert row(served, thread).recall == row(spain, thread).recall == Recalled.NOT
    assert desk.get(file).status_code == status
    page = desk.get(f"/threads/{thread}").content.decode()
    assert ("They are not erased" in page, f'href="{file}"' in page) == (status == 409, status == 200)
    show = argparse.Namespace(id=thread, save=tmp_path, proof=None, json=True)
    threads._show(show, served.home)  # `comity request show --save`
    assert [each.name for each in tmp_path.iterdir()] == (["sample.txt"] if status == 200 else [])


def test_a_file_of_another_thread_is_not_here(served: SimulatedNode, desk: Client) -> None:
    one, other = ask(served, SPAIN), ask(served, SPAIN)
    note = move(served, one, "note", attachments=[ATTACHED]).digest
    assert desk.get(f"/threads/{one}/messages/{note}/files/{DIGEST}").status_code == 200
    assert desk.get(f"/threads/{other}/messages/{note}/files/{DIGEST}").status_code == 404
    assert desk.get(f"/threads/{one}/messages/nonsense/files/{DIGEST}").status_code == 404


def test_a_page_asks_for_no_statement_that_waits(served: SimulatedNode, desk: Client) -> None:
    thread = ask(served, SPAIN)
    with CaptureQueriesContext(connections[served.home.alias]) as asked:
        assert desk.get(f"/threads/{thread}").status_code == 200
    waiting = [
        each["sql"] for each in asked if 'FROM "dispatch_outgoing"' in each["sql"] and "COUNT" not in each["sql"]
    ]
    assert len(waiting) == 1
    assert '"statement"' not in waiting[0]
    assert thread in waiting[0]


def test_a_joint_request_names_how_many_more_were_asked(served: SimulatedNode, desk: Client) -> None:
    thread = ask(served, SPAIN)
    with served.home.active():
        assert row(served, thread).further == 0
        Thread.objects.filter(id=thread).update(further=1)
    assert "and 1 more" in line(desk.get("/").content.decode(), thread)
