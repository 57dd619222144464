# SPDX-License-Identifier: Apache-2.0
"""The letter of a request, at the desk and on the command line: who may have it, and what the register says of it."""

import argparse
import io
import json
from pathlib import Path

import pypdf
import pytest
from django.test import Client
from tests.fixtures.copies import CHINA, SPAIN, ask, move, settle
from tests.fixtures.nodes import Network, SimulatedNode
from tests.fixtures.pairs import ADMINISTRATOR, a, size

from comity.cooperation.dispatch import lettering
from comity.interfaces.cli import letters
from comity.protocol.terms.errors import UnknownTerm
from comity.protocol.terms.languages import LANGUAGES
from comity.protocol.wire import statement
from comity.protocol.wire.names import MessageId, digest_of
from comity.records.actors import CONSOLE, Role
from comity.records.errors import NotFound, NotInSeason
from comity.records.register.models import Leaf


def text(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages).replace("\u200b", "")


def last_entry(node: SimulatedNode) -> dict[str, object]:
    """What the newest leaf of the register says."""
    with node.home.active():
        found: dict[str, object] = json.loads(bytes(Leaf.objects.order_by("-index")[0].entry))
    return found


def test_the_desk_hands_out_a_letter_in_the_language_chosen(served: SimulatedNode, desk: Client) -> None:
    thread = ask(served, SPAIN, kind="mutual-legal-assistance")
    page = desk.get(f"/threads/{thread}").content.decode()
    assert f'action="/threads/{thread}/letter"' in page
    assert all(f'<option value="{each.code}"' in page for each in LANGUAGES)
    before = size(served)
    answer = desk.post(f"/threads/{thread}/letter", {"language": "es"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == f'attachment; filename="letter-{thread}-es.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"
    root = str(served.state(thread).root)
    chosen = desk.post(f"/threads/{thread}/letter", {"language": "es", "message": root})
    name = f"letter-{thread}-{root.removeprefix('sha256:')[:12]}-es.pdf"
    assert chosen["Content-Disposition"] == f'attachment; filename="{name}"'
    assert chosen.content == answer.content
    said = text(answer.content)
    assert "SAMPLE-2016-0117" in said
    assert "Sample mps" in said
    assert "Datos de muestra" in said
    assert size(served) == before + 2
    entry = last_entry(served)
    assert (entry["event"], entry["thread"]) == ("exported", thread)
    assert entry["content"] == digest_of(answer.content)


def test_both_sides_hand_out_the_same_request(network: Network, served: SimulatedNode, spain: SimulatedNode) -> None:
    thread = ask(served, SPAIN)
    settle(network)
    ours, theirs = (lettering.letter_of(each.home, CONSOLE, thread, "fr") for each in (served, spain))
    assert ours == theirs


def test_who_may_not_read_the_thread_gets_no_letter(served: SimulatedNode, desk: Client, stranger: Client) -> None:
    thread = ask(served, SPAIN)
    before = size(served)
    with pytest.raises(NotFound):
        lettering.letter_of(served.home, ADMINISTRATOR, thread, "en")
    with pytest.raises(UnknownTerm):
        lettering.letter_of(served.home, a(Role.ANALYST), thread, "tlh")
    assert desk.post(f"/threads/{thread}/letter", {"language": "../x"}).status_code == 422
    assert desk.post("/threads/nonsense/letter", {"language": "en"}).status_code == 404
    assert desk.get(f"/threads/{thread}/letter").status_code == 405
    assert size(served) == before
    stranger.post("/sign-out")
    before = size(served)
    assert stranger.post(f"/threads/{thread}/letter", {"language": "en"}).status_code == 302
    assert size(served) == before


def test_a_recalled_request_that_is_closed_here_is_no_letter(
    network: Network, served: SimulatedNode, spain: SimulatedNode
) -> None:
    thread = ask(spain, CHINA)
    settle(network)
    recall = move(spain, thread, "recall", of=[str(spain.state(thread).root)]).digest
    settle(network)
    assert lettering.letter_of(served.home, CONSOLE, thread, "en")
    move(served, thread, "recall-destroyed", recall=recall)
    settle(network)
    with pytest.raises(NotInSeason):
        lettering.letter_of(served.home, CONSOLE, thread, "en")
    assert lettering.letter_of(spain.home, CONSOLE, thread, "en")


def test_the_command_writes_it_over_nothing(
    served: SimulatedNode, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    thread = ask(served, SPAIN)
    out = tmp_path / "letter.pdf"
    asked = argparse.Namespace(thread=thread, message="", language="my", out=out, force=False, json=True)
    letters._letter(asked, served.home)
    told = json.loads(capsys.readouterr().out)
    assert told == {"thread": thread, "language": "my", "file": str(out), "digest": digest_of(out.read_bytes())}
    assert last_entry(served)["content"] == told["digest"]
    with pytest.raises(FileExistsError):
        letters._letter(asked, served.home)
    asked.force = True
    letters._letter(asked, served.home)
    assert digest_of(out.read_bytes()) == told["digest"]


def test_the_law_lists_what_the_named_instrument_asks(served: SimulatedNode) -> None:
    thread = ask(served, SPAIN, kind="mutual-legal-assistance")
    with served.home.active():
        request = lettering._said(served.home, MessageId(thread), "")
    said, home = request.said, served.home
    found = lettering.asked_by_law(home, said)
    assert found
    assert (found.instrument, found.article) == ("UNTOC", "18")
    assert {"authority", "offence", "facts", "purpose"} <= set(found.contents)
    assert "procedure" in found.if_wished

    def changed(**members: object) -> statement.Statement:
        return statement.read({**said.to_json(), **members})

    assert lettering.asked_by_law(home, changed(kind="legal-advice")) is None
    assert lettering.asked_by_law(home, changed(to=["ES/policia-nacional", "MM/police-force"])) is None
    assert lettering.asked_by_law(home, changed(to=["ZZ/nowhere"])) is None
    assert lettering.asked_by_law(home, changed(body={"basis": {"instrument": 7}})) is None
    assert lettering.asked_by_law(home, changed(body={"basis": {"instrument": "reciprocity"}})) is None
