# SPDX-License-Identifier: Apache-2.0
"""Letters at the desk: an address, a letter read into its form, compared by another officer, answered on paper; and
their answer to a letter of ours."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.fixtures.by_letter import LAOS, SCAN, answered, came, entered, known
from tests.fixtures.copies import SPAIN
from tests.fixtures.nodes import SimulatedNode
from tests.fixtures.pairs import a, example, size

from comity.cooperation.dispatch import posting
from comity.cooperation.drafting import actions as drafting
from comity.protocol.terms import kinds
from comity.protocol.terms.handling import DEFAULT
from comity.protocol.wire.names import digest_of
from comity.records.actors import CONSOLE, Role
from comity.records.authorities import correspondents
from comity.records.threads import reading, scans
from comity.records.threads.models import Scan

ADDRESS = {
    "id": LAOS,
    "name": "Sample Ministry of Justice",
    "address": "1 Sample Road\r\nVientiane",
    "source": "Invented",
    "timezone": "Asia/Vientiane",
    "roles": ["central-authority"],
    "languages": ["lo", "en"],
}


def page(answer: Any, status: int = 200) -> str:
    text: str = answer.content.decode()
    assert answer.status_code == status, text
    return text


def told(node: SimulatedNode, **more: Any) -> dict[str, Any]:
    """The fields of a letter."""
    return {"came": f"{node.home.now():%Y-%m-%dT%H:%M}", "dated": "2016-11-02", **more}


def scanned(data: bytes = SCAN.content) -> SimpleUploadedFile:
    return SimpleUploadedFile("letter.pdf", data, "application/pdf")


def test_an_address_is_kept_and_corrected(served: SimulatedNode, desk: Client) -> None:
    assert "Asia/Vientiane" in page(desk.get("/letters/addresses/new"))
    wrong = page(desk.post("/letters/addresses/new", {**ADDRESS, "timezone": "Moon/Base", "name": "<b>"}), 422)
    assert "is no time zone" in wrong
    assert "&lt;b&gt;" in wrong
    assert desk.post("/letters/addresses/new", ADDRESS).url == "/letters"
    shown = page(desk.get("/letters"))
    assert "1 Sample Road<br>Vientiane" in shown
    assert f'href="/letters/addresses/{LAOS}"' in shown
    again = page(desk.get(f"/letters/addresses/{LAOS}"))
    assert 'value="Invented"' in again
    desk.post(f"/letters/addresses/{LAOS}", {**ADDRESS, "telephone": "+856 20 0000 0000"})
    with served.home.active():
        kept = correspondents.known(LAOS)
    assert kept is not None
    assert (kept.telephone, kept.languages) == ("+856 20 0000 0000", ["lo", "en"])
    assert page(desk.post("/letters/addresses/new", {**ADDRESS, "id": served.authority}), 422)
    assert "change it there" in page(desk.post("/letters/addresses/new", ADDRESS), 422)
    assert "names no state" in page(desk.post("/letters/addresses/new", {**ADDRESS, "id": "XX/ministry"}), 422)
    assert "is no e-mail" in page(desk.post(f"/letters/addresses/{LAOS}", {**ADDRESS, "email": "nobody"}), 422)


def test_a_letter_is_read_into_its_form_and_handed_over(served: SimulatedNode, desk: Client) -> None:
    known(served)
    assert "Sample Ministry of Justice" in page(desk.get("/letters/enter"))
    assert "Choose whose letter" in page(desk.post("/letters/enter", told(served)), 422)
    given = told(served, sender=LAOS, kind="preservation", scan=scanned())
    where = desk.post("/letters/enter", given).url
    id = where.rpartition("/")[2]
    form = page(desk.get(where))
    assert 'value="2016-11-02"' in form
    assert f'href="/letters/scans/{id}/{SCAN.digest}"' in form
    assert desk.get(f"/letters/scans/{id}/{SCAN.digest}").content == SCAN.content
    body = {"revision": "1", "reference": "SAMPLE LA 9", "purpose": "A sample", "language": "en", **told(served)}
    answer = desk.post(where, {**body, "do": "preview"})
    assert answer.url == f"{where}/preview"
    shown = page(desk.get(answer.url))
    assert "The letter does not say" in shown
    assert "SAMPLE LA 9" in shown
    draft = drafting.draft(served.home, CONSOLE, id)
    assert draft.entered["letter"] == SCAN.digest
    statement = desk.post(answer.url, {"revision": "2"}).url
    read = page(desk.get(statement))
    assert "Compare the two, word by word" in read
    assert "The letter does not say" in read
    assert "Letter from" in page(desk.get("/statements"))
    assert "Sample Ministry of Justice" in read
    assert re.search(rf"/letters/scans/[0-9a-f-]+/{SCAN.digest}", read)


def test_what_is_no_letter_is_said_in_the_form(served: SimulatedNode, desk: Client) -> None:
    known(served)
    asked = {"sender": LAOS, "kind": "preservation"}
    before = size(served)
    assert "is no PDF" in page(desk.post("/letters/enter", {**told(served, scan=scanned(b"<html>")), **asked}), 422)
    assert page(desk.post("/letters/enter", {**asked, "came": "yesterday"}), 422)
    assert page(desk.post("/letters/enter", {**told(served), **asked, "dated": "soon"}), 422)
    large = scanned(b"%PDF-" + bytes(scans.LIMIT))
    assert "the scan" in page(desk.post("/letters/enter", {**told(served, scan=large), **asked}), 422).lower()
    assert size(served) == before


def test_a_draft_of_a_letter_says_what_was_not_kept(served: SimulatedNode, desk: Client) -> None:
    known(served)
    where = desk.post("/letters/enter", told(served, sender=LAOS, kind="preservation")).url
    late = {"revision": "1", "reference": "SAMPLE 10", **told(served), "came": "2999-01-01T00:00"}
    wrong = page(desk.post(where, late), 422)
    assert "is still to come" in wrong
    assert "SAMPLE 10" in wrong


def test_the_thread_of_a_letter_shows_it_and_its_answer_is_posted(served: SimulatedNode, desk: Client) -> None:
    known(served)
    thread = came(served)
    shown = page(desk.get(f"/threads/{thread}"))
    assert f"/letters/scans/{thread}/{SCAN.digest}" in shown
    assert f'action="/threads/{thread}/letter"' not in shown
    desk.post(f"/threads/{thread}/moves/acknowledged", {"at_once": "1"})
    waits = page(desk.get(f"/threads/{thread}"))
    assert "It waits to be posted." in waits
    assert '<span class="tag tag-wait">' in page(desk.get("/"))
    (sheet,) = posting.on_paper(served.home, CONSOLE, thread)
    assert thread in page(desk.get("/letters"))
    made = desk.post(f"/threads/{thread}/letter", {"language": "fr", "message": sheet.message})
    assert made.content.startswith(b"%PDF-")
    today = f"{served.home.now():%Y-%m-%d}"
    given = {"on": today, "road": "diplomatic", "language": "fr", "reference": "BAG 1"}
    assert desk.post(f"/threads/{thread}/messages/{sheet.message}/posted", given).status_code == 302
    after = page(desk.get(f"/threads/{thread}"))
    assert "Noted: it was posted." in after
    assert f'name="message" value="{sheet.message}"' in after
    assert "BAG 1" in after
    assert "diplomatic bag" in after
    assert _letters(served, sheet.message) == [digest_of(made.content)]
    arrived = f"/threads/{thread}/messages/{sheet.message}/arrived"
    assert desk.post(arrived, {"on": "x", "road": "fax"}).status_code == 400
    assert desk.post(arrived, {"on": today, "road": "fax"}).status_code == 302
    assert "Arrived" in page(desk.get(f"/threads/{thread}"))
    again = desk.post(f"/threads/{thread}/messages/{sheet.message}/posted", given)
    assert again.status_code == 409


def _letters(node: SimulatedNode, message: str) -> list[str]:
    with node.home.active():
        return [each.letter for each in posting.postings([message]).values()]


def test_their_answer_is_entered_in_the_thread(served: SimulatedNode, desk: Client) -> None:
    known(served)
    draft = drafting.start(
        served.home, CONSOLE, kind="preservation", to=[LAOS], body=example("preservation"), handling=DEFAULT
    )
    asked = drafting.submit(served.home, CONSOLE, draft.id)
    served.approve(asked)
    thread = asked.thread
    shown = page(desk.get(f"/threads/{thread}"))
    assert f'href="/threads/{thread}/letters/refused"' in shown
    assert page(desk.get(f"/threads/{thread}/letters/refused"))
    empty = page(desk.post(f"/threads/{thread}/letters/refused", told(served)), 422)
    assert "The letter does not say" in empty
    assert 'name="sure"' in empty
    given = told(served, scan=scanned(), reasons="Sample reasons", sure="1", grounds="dual-criminality")
    answer = desk.post(f"/threads/{thread}/letters/refused", given)
    statement = answer.url if answer.status_code == 302 else ""
    assert statement.startswith("/statements/"), page(answer)
    assert "Compare the two" in page(desk.get(statement))
    back = desk.post(f"{statement}/back").url
    assert back.startswith(f"/threads/{thread}/letters/refused?again=")
    assert "Sample reasons" in page(desk.get(back))
    again = desk.post(back, {**given, "scan": "", "again": back.rpartition("=")[2]})
    assert again.status_code == 302
    with served.home.active():
        assert Scan.objects.filter(thread=thread).count() == 1
    assert desk.get(f"/threads/{thread}/letters/withdrawn").status_code == 409


def test_every_kind_can_lack_each_member_and_its_thread_is_shown(served: SimulatedNode, desk: Client) -> None:
    """What a letter does not say stands nowhere, and breaks no page."""
    known(served)
    for kind in kinds.request_kinds():
        required = kinds.kind(kind).body.model_json_schema()["required"]
        thread = came(served, kind, **dict.fromkeys(required))
        assert desk.get(f"/threads/{thread}").status_code == 200, kind
        for member in required:
            prepared = entered(served, kind, **{member: None})
            assert desk.get(f"/statements/{prepared.id}").status_code == 200, (kind, member)
    assert desk.get("/").status_code == 200


def test_who_may_not_see_letters(served: SimulatedNode, desk: Client, stranger: Client) -> None:
    known(served)
    thread = came(served)
    their = answered(served, _asked(served), "acknowledged")
    assert their.awaiting == 1
    assert desk.get(f"/letters/scans/{thread}/sha256:{'0' * 64}").status_code == 404
    assert desk.get(f"/letters/scans/other/{SCAN.digest}").status_code == 404
    assert desk.get(f"/threads/{thread}/letters/nonsense").status_code in (404, 409)
    stranger.post("/sign-out")
    for address in ("/letters", "/letters/enter", "/letters/addresses/new", f"/letters/scans/{thread}/{SCAN.digest}"):
        assert stranger.get(address).status_code == 302
    with served.home.active():
        assert reading.thread(a(Role.ANALYST), thread)


def _asked(node: SimulatedNode) -> str:
    draft = drafting.start(
        node.home, CONSOLE, kind="preservation", to=[LAOS], body=example("preservation"), handling=DEFAULT
    )
    prepared = drafting.submit(node.home, CONSOLE, draft.id)
    node.approve(prepared)
    return prepared.thread


@pytest.mark.parametrize("address", ["/letters", "/compose", "/peers"])
def test_lists_show_who_is_written_to(served: SimulatedNode, desk: Client, address: str) -> None:
    known(served)
    shown = page(desk.get(address))
    assert (LAOS in shown) is (address != "/peers")


def test_who_has_no_node_is_chosen_alone(served: SimulatedNode, desk: Client) -> None:
    known(served)
    asked = {"kind": "preservation", "to": [LAOS, SPAIN]}
    assert "by letter, and alone" in page(desk.post("/compose", asked), 422)
    assert desk.post("/compose", {**asked, "to": [LAOS]}).status_code == 302


@pytest.mark.parametrize("address", ["/letters/scans/a%00/b", "/letters/addresses/LA/a%00b", "/threads/a%00"])
def test_no_address_with_nul_is_a_fault_of_ours(served: SimulatedNode, desk: Client, address: str) -> None:
    assert desk.get(address).status_code in (400, 404)
    known(served)
    given = {**told(served), "sender": f"{LAOS}\0", "kind": "preservation"}
    assert desk.post("/letters/enter", given).status_code in (400, 404, 422)


def test_what_is_wrong_is_said_by_the_field(served: SimulatedNode, desk: Client) -> None:
    known(served)
    desk.post("/language", {"language": "es", "next": "/"})
    late = {**told(served, sender=LAOS, kind="preservation"), "came": "2999-01-01T00:00"}
    assert "Cuándo llegó: está todavía por venir." in page(desk.post("/letters/enter", late), 422)
