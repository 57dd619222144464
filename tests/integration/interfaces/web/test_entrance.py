# SPDX-License-Identifier: Apache-2.0
"""Coming in: in which language, and for how many hours, which begin with the sign-in and which no work makes longer."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from tests.fixtures.copies import SPAIN
from tests.fixtures.homes import Clock
from tests.fixtures.nodes import SimulatedNode
from tests.fixtures.pairs import example
from tests.integration.interfaces.web.conftest import sign_in

from comity.cooperation.drafting import actions as drafting
from comity.protocol.terms.handling import DEFAULT
from comity.records.accounts.models import Officer
from comity.records.actors import CONSOLE


def test_work_makes_no_session_longer(served: SimulatedNode, desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    now = Clock(timezone.now())
    monkeypatch.setattr(timezone, "now", now)
    for _ in range(7):
        now.move(hours=1)
        answer = desk.post(f"/drafts/{_draft(served)}/discard")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/compose")
        assert 0 < int(answer.cookies[settings.SESSION_COOKIE_NAME]["max-age"]) < 8 * 3600
    now.move(hours=1)
    answer = desk.get("/account")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in?next=%2Faccount")
    assert desk.cookies[settings.SESSION_COOKIE_NAME].value == "", "the browser is told to forget it"


def test_an_officer_reads_their_own_language_unless_this_browser_chose_another(
    served: SimulatedNode, stranger: Client
) -> None:
    with served.home.active():
        Officer.objects.update(language="es")
    sign_in(served, stranger)
    assert stranger.cookies[settings.LANGUAGE_COOKIE_NAME].value == "es"
    stranger.post("/sign-out")
    stranger.post("/language", {"language": "my"})
    sign_in(served, stranger)
    assert stranger.cookies[settings.LANGUAGE_COOKIE_NAME].value == "my"


def _draft(node: SimulatedNode) -> str:
    given = {"kind": "preservation", "to": [SPAIN], "body": example("preservation"), "handling": DEFAULT}
    return drafting.start(node.home, CONSOLE, **given).id
