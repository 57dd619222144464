# SPDX-License-Identifier: Apache-2.0
"""From a session to its officer.

Django asks the backend that opened a session for its officer at every request. There are two, so that the session
itself, and no cookie value that code could forget to set, says by what means it was opened. Neither authenticates
anybody: `signing_in` does.

A session ends with its officer's service, and SESSION_COOKIE_AGE after the sign-in, whatever is done in it: its end is
written into it when it opens, and saving it moves nothing. Both are looked up by Django's own clock.
"""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.utils import timezone

from comity.records.accounts.models import Means, Officer


class OfficerBackend:
    """What both have in common."""

    opened_by: ClassVar[Means]

    def authenticate(self, request: HttpRequest | None) -> None:
        """Nobody, ever: a name and password alone open nothing here."""

    def get_user(self, user_id: int) -> Officer | None:
        """The officer of a session, unless suspended since, or no longer serving."""
        officer = Officer.objects.filter(pk=user_id, suspended=None).first()
        if officer is None or (officer.active_until and officer.active_until <= timezone.now()):
            return None
        officer.means = self.opened_by
        return officer


class PasskeyBackend(OfficerBackend):
    """Sessions that a passkey opened."""

    opened_by = Means.PASSKEY


class PasswordBackend(OfficerBackend):
    """Sessions that a password and a TOTP opened."""

    opened_by = Means.PASSWORD


BACKENDS = {means.opened_by: f"{means.__module__}.{means.__qualname__}" for means in (PasskeyBackend, PasswordBackend)}


def open_session(request: HttpRequest, officer: Officer, means: Means) -> None:
    """Make the session anew for an officer who has just signed in. Sessions that ended are thrown away."""
    login(request, officer, backend=BACKENDS[means])
    request.session.set_expiry(timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))
    request.session.clear_expired()
