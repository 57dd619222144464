# SPDX-License-Identifier: Apache-2.0
"""What an officer typed is never lost, and what is wrong with it is always said."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.fixtures.copies import CHINA, SPAIN, ask, settle
from tests.fixtures.nodes import Network, SimulatedNode
from tests.fixtures.pairs import example

from comity.cooperation.drafting import actions as drafting
from comity.protocol.terms.handling import DEFAULT
from comity.records.actors import CONSOLE

KIND = "preservation"
LARGE = 3 << 20


def draft(node: SimulatedNode, kind: str = KIND, **changes: Any) -> str:
    body = example(kind, **changes)
    return drafting.start(node.home, CONSOLE, kind=kind, to=[SPAIN], body=body, handling=DEFAULT).id


def a_file(size: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("sample.bin", b"x" * size, "application/octet-stream")


def test_an_emergency_without_a_reason_is_told_at_the_reason(served: SimulatedNode, desk: Client) -> None:
    answer = desk.get(f"/drafts/{draft(served, urgency='emergency')}/preview")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#f-urgency_reason">' in page
    assert 'id="f-urgency_reason-problem"' in page
    assert 'id="faults" tabindex="-1" data-focus' in page


def test_files_too_large_cost_nothing_that_was_typed(served: SimulatedNode, desk: Client) -> None:
    id = draft(served)
    typed = {"revision": "1", "do": "preview", "reference": "SAMPLE-TYPED", "attachments": a_file(LARGE)}
    answer = desk.post(f"/drafts/{id}", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "hold more than 700 KiB together" in page
    assert '<a href="#f-attachments">' in page
    assert 'value="SAMPLE-TYPED"' in page
    kept = drafting.draft(served.home, CONSOLE, id)
    assert (kept.body["reference"], kept.revision) == ("SAMPLE-TYPED", 2)
    assert "attachments" not in kept.body


def test_files_that_are_kept_count_too(served: SimulatedNode, desk: Client) -> None:
    id, half = draft(served), 400 * 1024
    desk.post(f"/drafts/{id}", {"revision": "1", "attachments": a_file(half)})
    (kept,) = drafting.draft(served.home, CONSOLE, id).body["attachments"]
    more = {"revision": "2", "attachments.keep": kept["sha256"], "attachments": a_file(half)}
    answer = desk.post(f"/drafts/{id}", more)
    assert answer.status_code == 422
    assert [each["size"] for each in drafting.draft(served.home, CONSOLE, id).body["attachments"]] == [half]


def test_a_text_too_large_is_shown_again_with_the_reason(served: SimulatedNode, desk: Client) -> None:
    id = draft(served)
    answer = desk.post(f"/drafts/{id}", {"revision": "1", "reference": "SAMPLE-TYPED", "facts": "x" * (1 << 20)})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="SAMPLE-TYPED"' in page
    assert 'id="faults"' in page
    assert 'data-unsaved="yes"' in page
    assert drafting.draft(served.home, CONSOLE, id).revision == 1


def test_two_windows_the_second_is_told_and_keeps_what_was_typed(served: SimulatedNode, desk: Client) -> None:
    id = draft(served)
    assert desk.post(f"/drafts/{id}", {"revision": "1", "reference": "SAMPLE-FIRST"}).status_code == 302
    answer = desk.post(f"/drafts/{id}", {"revision": "1", "reference": "SAMPLE-SECOND", "facts": "Sample"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="SAMPLE-SECOND"' in page
    assert 'name="revision" value="2"' in page
    assert f'href="/drafts/{id}" target="_blank"' in page
    assert drafting.draft(served.home, CONSOLE, id).body["reference"] == "SAMPLE-FIRST"
    assert desk.post(f"/drafts/{id}", {"revision": "2", "reference": "SAMPLE-SECOND"}).status_code == 302
    assert drafting.draft(served.home, CONSOLE, id).body["reference"] == "SAMPLE-SECOND"


def test_what_changed_since_the_preview_is_not_submitted_unseen(served: SimulatedNode, desk: Client) -> None:
    id = draft(served)
    drafting.revise(served.home, CONSOLE, id, 1, body=example(KIND, reference="SAMPLE-LATER"))
    answer = desk.post(f"/drafts/{id}/preview", {"revision": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/drafts/{id}/preview")
    assert drafting.draft(served.home, CONSOLE, id).outgoing == ""
    assert desk.post(f"/drafts/{id}/preview", {"revision": "2"}).status_code == 302
    statement = drafting.draft(served.home, CONSOLE, id).outgoing
    answer = desk.get(f"/drafts/{id}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/statements/{statement}")


def test_an_answer_with_files_too_large_is_shown_again(served: SimulatedNode, desk: Client) -> None:
    thread = ask(served, SPAIN)
    answer = desk.post(f"/threads/{thread}/moves/note", {"words": "SAMPLE-TYPED", "attachments": a_file(LARGE)})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "SAMPLE-TYPED" in page
    assert "hold more than 700 KiB together" in page
    assert "Choose the files once more" in page


@pytest.mark.parametrize(("path", "limit"), [("/people", 2 << 20), ("/drafts/x", 16 << 20), ("/threads/x/y", 16 << 20)])
def test_only_pages_with_files_take_more_than_a_message(stranger: Client, path: str, limit: int) -> None:
    for size, refused in ((limit, False), (limit + 1, True)):
        answer = stranger.generic("POST", path, b"", headers={"Content-Length": str(size)})
        assert (answer.status_code == 413) == refused


def test_times_already_past_and_unknown_members_are_pointed_out_and_not_refused(
    served: SimulatedNode, desk: Client
) -> None:
    past, ahead = ({"what": "Answer wished", "at": f"{year}-12-13T06:00:00.000Z"} for year in (2016, 2096))
    id = draft(served, due=[ahead, past], **{"x-newer": "Sample"})
    page = desk.get(f"/drafts/{id}/preview").content.decode()
    told = page[page.index('id="cautions"') : page.index("</ul>", page.index('id="cautions"'))]
    assert told.count("is already past") == 1
    assert "x-newer" in told
    answer = desk.post(f"/drafts/{id}/preview", {"revision": "1"})
    assert answer.status_code == 302
    assert 'id="cautions"' in desk.get(answer.headers["Location"]).content.decode()
    assert 'id="cautions"' not in desk.get(f"/drafts/{draft(served, due=[ahead])}/preview").content.decode()


def test_a_move_whose_time_is_past_leaves_only_when_it_is_meant(
    network: Network, served: SimulatedNode, spain: SimulatedNode, desk: Client
) -> None:
    thread = ask(spain, CHINA)
    settle(network)
    typed = {"expected": "2016-12-13T06:00", "at": ""}
    answer = desk.post(f"/threads/{thread}/moves/accepted", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "is already past" in page
    assert 'name="sure" value="1"' in page
    assert desk.post(f"/threads/{thread}/moves/accepted", {**typed, "sure": "1"}).status_code == 302
