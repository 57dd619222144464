# SPDX-License-Identifier: Apache-2.0
"""What waits for approval shows the way on: who may approve, how to give it up, how to take its text back."""

import pytest
from django.test import Client
from tests.fixtures.copies import SPAIN, ask
from tests.fixtures.nodes import SimulatedNode
from tests.fixtures.pairs import example, officer

from comity.cooperation.dispatch import approving
from comity.cooperation.dispatch.models import Outgoing
from comity.cooperation.drafting import actions as drafting
from comity.cooperation.journey import Prepared, Utterance, say
from comity.protocol.errors import ComityError
from comity.protocol.terms.handling import DEFAULT
from comity.protocol.wire.names import MessageId
from comity.records.actors import CONSOLE, Actor
from comity.records.errors import NotFound, NotInSeason


def submitted(node: SimulatedNode, actor: Actor) -> tuple[str, Prepared]:
    """A draft of the actor's and its statement."""
    body = example("preservation", reference="SAMPLE-BACK")
    draft = drafting.start(node.home, actor, kind="preservation", to=[SPAIN], body=body, handling=DEFAULT)
    return draft.id, drafting.submit(node.home, actor, draft.id)


def test_who_submitted_it_is_told_how_many_others_may_approve(served: SimulatedNode, desk: Client) -> None:
    _, prepared = submitted(served, officer(served)[1])
    page = desk.get(f"/statements/{prepared.id}").content.decode()
    others = len(served.approvers) - 1
    assert (f"{others} officer" if others else "Nobody besides you may approve it now") in page
    assert '<details class="confirm">' in page


def test_a_request_taken_back_is_its_draft_again(served: SimulatedNode, desk: Client) -> None:
    draft, prepared = submitted(served, CONSOLE)
    answer = desk.post(f"/statements/{prepared.id}/back")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/drafts/{draft}")
    found = drafting.draft(served.home, CONSOLE, draft)
    assert (found.outgoing, found.revision) == ("", 2)
    assert found.body == example("preservation", reference="SAMPLE-BACK")
    assert approving.outgoing(served.home, CONSOLE, prepared.id).status == Outgoing.Status.DISCARDED
    assert "It is a draft again" in desk.get(f"/drafts/{draft}").content.decode()
    assert drafting.submit(served.home, CONSOLE, draft).id != prepared.id


def test_what_was_sent_is_not_taken_back(served: SimulatedNode, desk: Client) -> None:
    thread = ask(served, SPAIN)
    assert desk.post(f"/statements/{thread}/back").status_code == 409
    with pytest.raises((NotFound, NotInSeason)):
        approving.discard(served.home, CONSOLE, thread)


@pytest.mark.parametrize("id", ["", "01a20000-0000-7000-8000-000000000000"])
def test_only_a_statement_has_a_draft_to_reopen(served: SimulatedNode, id: str) -> None:
    drafting.start(served.home, CONSOLE, kind="preservation", to=[SPAIN], body={}, handling=DEFAULT)
    with pytest.raises(ComityError) as refused:
        drafting.reopen(served.home, CONSOLE, id)
    assert refused.value.code == "not-found"


def test_a_move_taken_back_is_in_its_form_again(served: SimulatedNode, desk: Client) -> None:
    thread = ask(served, SPAIN)
    body = example("withdrawn", reasons="SAMPLE-BACK")
    said = Utterance("withdrawn", (), body, DEFAULT, thread=MessageId(thread))
    prepared = say(served.home, CONSOLE, said)
    assert prepared.awaiting
    answer = desk.post(f"/statements/{prepared.id}/back")
    form = f"/threads/{thread}/moves/withdrawn?again={prepared.id}"
    assert (answer.status_code, answer.headers["Location"]) == (302, form)
    page = desk.get(form).content.decode()
    assert "SAMPLE-BACK" in page
    assert f'name="again" value="{prepared.id}"' in page
    assert desk.get(f"/threads/{thread}/moves/note?again={prepared.id}").status_code == 404
