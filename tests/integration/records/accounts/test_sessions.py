# SPDX-License-Identifier: Apache-2.0
"""Sessions, as Django keeps them: who they are of, by what means, and when they end."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.auth import authenticate, get_user
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone
from tests.fixtures.homes import Clock
from tests.integration.records.accounts.conftest import Staff

from comity.records.accounts import policy
from comity.records.accounts.backend import open_session
from comity.records.accounts.models import Means, Officer, Passkey
from comity.records.accounts.people import change_roles, remove_passkey, suspend_officer
from comity.records.actors import CONSOLE, Actor, Role
from comity.records.home import Home


@pytest.fixture
def officer(home: Home, staff: Staff) -> Iterator[Officer]:
    """An approver at the desk."""
    found = staff.hire(CONSOLE, Role.APPROVER, Role.DRAFTER)[0]
    with home.active():
        yield found


def signed_in(officer: Officer, means: Means = Means.PASSKEY) -> SessionStore:
    """The session that the sign-in page makes."""
    request = HttpRequest()
    request.session = SessionStore()
    open_session(request, officer, means)
    request.session.save()
    return request.session


def user_of(session: SessionStore) -> Officer | None:
    """Whom Django takes a later request of the session to be of."""
    request = HttpRequest()
    request.session = SessionStore(session.session_key)
    found = get_user(request)
    return found if isinstance(found, Officer) else None


@pytest.mark.parametrize("means", list(Means))
def test_a_session_says_by_what_means_it_was_opened(officer: Officer, means: Means) -> None:
    found = user_of(signed_in(officer, means))
    assert found == officer
    assert found.means is means
    assert policy.actor_of(found).roles >= {Role.DRAFTER}
    assert (Role.APPROVER in policy.actor_of(found).roles) == (means is Means.PASSKEY)


def test_suspending_ends_sessions_at_once(home: Home, officer: Officer) -> None:
    session = signed_in(officer)
    assert officer.is_active
    assert not suspend_officer(home, CONSOLE, officer.pseudonym).is_active
    assert user_of(session) is None


def test_changing_roles_ends_sessions_at_once(home: Home, officer: Officer) -> None:
    session = signed_in(officer)
    change_roles(home, CONSOLE, officer.pseudonym, [Role.APPROVER])
    assert user_of(session) is None


def test_removing_a_passkey_ends_sessions_at_once(home: Home, officer: Officer) -> None:
    session = signed_in(officer)
    remove_passkey(home, Actor(officer.pseudonym, officer.held), Passkey.objects.get(officer=officer).credential)
    assert user_of(session) is None


def test_a_session_ends_with_the_service(officer: Officer) -> None:
    session = signed_in(officer)
    officer.active_until = datetime.now(UTC) - timedelta(seconds=1)
    officer.save()
    assert user_of(session) is None


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Django's clock, which the test moves."""
    found = Clock()
    monkeypatch.setattr(timezone, "now", found)
    return found


def test_a_session_ends_however_much_is_done_in_it(officer: Officer, now: Clock) -> None:
    session = signed_in(officer)
    for _ in range(7):
        now.move(hours=1)
        assert user_of(session) == officer
        session["said"] = "It is done."
        session.save()
    now.move(seconds=settings.SESSION_COOKIE_AGE - 7 * 3600 - 1)
    assert user_of(session) == officer
    now.move(seconds=1)
    assert user_of(session) is None


def test_signing_in_again_begins_anew_and_throws_away_what_ended(officer: Officer, now: Clock) -> None:
    first = signed_in(officer)
    now.move(hours=8, seconds=1)
    second = signed_in(officer)
    assert not Session.objects.filter(pk=first.session_key).exists()
    now.move(hours=7)
    assert user_of(second) == officer


def test_a_session_made_under_a_former_secret_is_still_the_officers(
    officer: Officer, settings_with_former: str
) -> None:
    assert user_of(signed_in(officer)) == officer

    session = signed_in(officer)
    settings.SECRET_KEY = "a newer secret"
    settings.SECRET_KEY_FALLBACKS = [settings_with_former]
    assert user_of(session) == officer


@pytest.fixture
def settings_with_former(monkeypatch: pytest.MonkeyPatch) -> str:
    """The present session secret; both settings are put back afterwards."""

    monkeypatch.setattr(settings, "SECRET_KEY_FALLBACKS", [])
    monkeypatch.setattr(settings, "SECRET_KEY", "the present secret")
    return "the present secret"


def test_a_password_alone_authenticates_nobody(officer: Officer) -> None:
    officer.set_password("otter lantern gravel seven")
    officer.save()
    request = HttpRequest()
    assert authenticate(request, username=officer.pseudonym, password="otter lantern gravel seven") is None
    assert authenticate(request, pseudonym=officer.pseudonym, password="otter lantern gravel seven") is None
    assert authenticate(request) is None
