# SPDX-License-Identifier: Apache-2.0
"""People for the tests of accounts. All of them are invented."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from tests.fixtures.authenticators import Authenticator

from comity.records.accounts import policy, sealing
from comity.records.accounts.enrolling import EnrolmentLink, begin_enrolment, enrolment_link, finish_enrolment
from comity.records.accounts.founding import found_administrator
from comity.records.accounts.models import Officer
from comity.records.accounts.people import create_officer
from comity.records.accounts.signing_in import SignedIn, begin_sign_in, finish_sign_in
from comity.records.actors import Actor, Role
from comity.records.home import Home

ADDRESS = "192.0.2.7"


@dataclass(slots=True)
class Staff:
    """The people of a home, each with a passkey."""

    home: Home

    def enrol(self, link: EnrolmentLink, authenticator: Authenticator | None = None, **changes: Any) -> Authenticator:
        """Follow a link with a passkey."""
        authenticator = authenticator or Authenticator()
        asked = begin_enrolment(self.home, link.token)
        finish_enrolment(self.home, link.token, asked.ceremony, authenticator.create(asked.options, **changes))
        return authenticator

    def administrator(self) -> tuple[Officer, Authenticator]:
        """The node's first administrator."""
        link = found_administrator(self.home)
        authenticator = self.enrol(link)
        return self.reload(link.officer), authenticator

    def hire(self, by: Actor, *roles: Role, name: str = "Inventada Persona") -> tuple[Officer, Authenticator]:
        """A new officer with a passkey."""
        officer = create_officer(self.home, by, name=name, roles=roles)
        authenticator = self.enrol(enrolment_link(self.home, by, officer.pseudonym))
        return self.reload(officer.pseudonym), authenticator

    def sign_in(self, authenticator: Authenticator, **changes: Any) -> SignedIn:
        """Sign in with a passkey."""
        asked = begin_sign_in(self.home)
        return finish_sign_in(self.home, asked.ceremony, authenticator.get(asked.options, **changes), address=ADDRESS)

    def reload(self, pseudonym: str) -> Officer:
        """The officer as stored now."""
        with self.home.active():
            return Officer.objects.get(pseudonym=pseudonym)


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let hashing cost little; the unit test of `sealing` asks for the real price."""
    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 1)
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 64)
    monkeypatch.setattr(Argon2PasswordHasher, "parallelism", 1)
    monkeypatch.setattr(sealing, "COST", {"n": 4, "r": 1, "p": 1})


@pytest.fixture
def staff(home: Home) -> Staff:
    """The people of `home`; nobody yet."""
    return Staff(home)


@pytest.fixture
def administrator(staff: Staff) -> Actor:
    """The first administrator, enrolled."""
    return policy.actor_of(staff.administrator()[0])
