# SPDX-License-Identifier: Apache-2.0
"""What an administrator typed wrong is said at the form, in words."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.fixtures.copies import SPAIN
from tests.fixtures.nodes import SimulatedNode
from tests.fixtures.pairs import officer

from comity.records.accounts.models import Officer
from comity.records.actors import Role
from comity.records.authorities.issuing import our_signed_card
from comity.records.authorities.models import Watch


@pytest.fixture
def administration(served: SimulatedNode, desk: Client) -> Client:
    """The browser of an officer who is an administrator too."""
    with served.home.active():
        account = officer(served)[0]
        account.roles = [*account.roles, Role.ADMINISTRATOR]
        account.save()
    return desk


def test_an_officer_without_a_role_is_asked_for_one_at_the_form(served: SimulatedNode, administration: Client) -> None:
    with served.home.active():
        before = Officer.objects.count()
    answer = administration.post("/people", {"name": "Sample Name", "language": "es"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="roles-problem"' in page
    assert "An officer needs at least one role." in page
    assert 'value="Sample Name"' in page
    assert '<option value="es" lang="es" selected>' in page
    with served.home.active():
        assert Officer.objects.count() == before


def test_taking_every_role_away_is_refused_at_the_form(served: SimulatedNode, administration: Client) -> None:
    answer = administration.post(f"/people/{officer(served)[0].pseudonym}", {"do": "roles"})
    assert answer.status_code == 422
    assert 'id="roles-problem"' in answer.content.decode()


@pytest.mark.parametrize("data", [b"", b"garbage", b"\xff\xfe", b"[]", b"5", b'{"payload": 5}', b"[" * 10_000])
def test_a_file_that_is_no_card_is_named_at_the_form(administration: Client, data: bytes) -> None:
    answer = administration.post("/peers", {"card": SimpleUploadedFile("card.json", data)})
    assert answer.status_code == 422
    assert "not a card that this node can read" in answer.content.decode()


def test_a_card_that_was_changed_is_named_as_such(spain: SimulatedNode, administration: Client) -> None:
    with spain.home.active():
        card = our_signed_card().to_json()
    card["signatures"][0]["sig"] = card["signatures"][1]["sig"]
    answer = administration.post("/peers", {"card": SimpleUploadedFile("card.json", json.dumps(card).encode())})
    assert answer.status_code == 422
    assert 'id="card-problem"' in answer.content.decode()


def test_a_register_with_an_alarm_is_not_called_proven(served: SimulatedNode, administration: Client) -> None:
    with served.home.active():
        watch = Watch.objects.filter(authority=SPAIN)
        watch.update(seen_note="Sample", seen_size=7)
        assert "proven to have only grown" in administration.get(f"/peers/{SPAIN}").content.decode()
        watch.update(alarm="A fork.")
    page = administration.get(f"/peers/{SPAIN}").content.decode()
    with served.home.active():
        watch.update(alarm="", seen_note="", seen_size=0)
    assert "proven to have only grown" not in page
    assert "Up to the alarm it had shown 7 leaves" in page


@pytest.mark.parametrize("before", ["x", "-1", "1.5", "９", "9" * 15, "9" * 16, "9" * 5_000])
def test_the_register_has_a_page_for_any_place_that_is_asked_for(administration: Client, before: str) -> None:
    assert administration.get("/register", {"before": before}).status_code == 200
