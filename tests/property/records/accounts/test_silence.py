# SPDX-License-Identifier: Apache-2.0
"""Whatever people are called and whatever they type, the register, the errors and the card say none of it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.fixtures.authenticators import Authenticator
from tests.fixtures.homes import Clock, Tables, entries, opened_home

from comity.protocol.errors import ComityError
from comity.protocol.wire.names import digest_of
from comity.records.accounts import approvals, sealing
from comity.records.accounts.enrolling import (
    begin_enrolment,
    confirm_totp,
    enrol_password,
    enrolment_link,
    finish_enrolment,
)
from comity.records.accounts.models import Means
from comity.records.accounts.people import change_roles, create_officer, remove_passkey, suspend_officer
from comity.records.accounts.signing_in import begin_sign_in, finish_sign_in, sign_in_with_password
from comity.records.actors import CONSOLE, Role
from comity.records.authorities.issuing import our_card
from comity.records.home import Home

marked = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(lambda text: "Ñandú" + text + "quux")


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory, tables: dict[str, Tables]) -> Iterator[Home]:
    """One node for all examples: what is silent after a thousand of them is silent."""
    patch = pytest.MonkeyPatch()
    for name, cheap in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
        patch.setattr(Argon2PasswordHasher, name, cheap)
    patch.setattr(sealing, "COST", {"n": 4, "r": 1, "p": 1})
    folder: Path = tmp_path_factory.mktemp("quiet")
    with opened_home(folder, tables["sqlite"], Clock()) as home:
        yield home
    patch.undo()


class Witness:
    """Everything that was said aloud."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def attempt(self, do: Callable[[], Any]) -> Any:
        """Do it, and note what it is refused with."""
        try:
            return do()
        except ComityError as error:
            self.said += [str(error), repr(error), json.dumps(error.as_json())]
            return None


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(name=marked, password=marked, code=marked, label=marked, typed=marked)
def test_neither_names_nor_secrets_are_said(
    quiet: Home, name: str, password: str, code: str, label: str, typed: str
) -> None:
    assume(len({name, password, code, label, typed}) == 5)
    home, witness = quiet, Witness()
    officer = create_officer(home, CONSOLE, name=name, roles=[Role.APPROVER, Role.DRAFTER])
    link = enrolment_link(home, CONSOLE, officer.pseudonym)
    key = Authenticator()
    asked = begin_enrolment(home, link.token)
    finish_enrolment(home, link.token, asked.ceremony, key.create(asked.options), label)
    by_password = enrolment_link(home, CONSOLE, officer.pseudonym, Means.PASSWORD)
    strong = password + " and fourteen more"
    secret = enrol_password(home, by_password.token, strong).secret

    witness.attempt(lambda: enrol_password(home, by_password.token, name))
    witness.attempt(lambda: confirm_totp(home, by_password.token, code))
    confirm_totp(home, by_password.token, pyotp.TOTP(secret).at(int(home.now().timestamp())))
    witness.attempt(lambda: begin_enrolment(home, link.token))
    witness.attempt(lambda: begin_enrolment(home, typed))
    for typing in (officer.pseudonym, name, typed):
        witness.attempt(lambda who=typing: sign_in_with_password(home, who, password, code, address=typed))
    for nonsense in (typed, {"id": typed}, key.get(asked.options, origin=typed)):
        witness.attempt(lambda what=nonsense: finish_sign_in(home, begin_sign_in(home).ceremony, what, address=typed))
    witness.attempt(lambda: approvals.take(home, officer, b"not a statement " + typed.encode(), {"id": typed}))
    for wrong in (name, typed):
        witness.attempt(lambda who=wrong: suspend_officer(home, CONSOLE, who))
        witness.attempt(lambda who=wrong: change_roles(home, CONSOLE, who, [Role.AUDITOR]))
        witness.attempt(lambda who=wrong: remove_passkey(home, CONSOLE, who))
        witness.attempt(lambda who=wrong: enrolment_link(home, CONSOLE, who))
    suspend_officer(home, CONSOLE, officer.pseudonym)

    with home.active():
        card = our_card().to_bytes().decode()
    aloud = [*witness.said, *map(str, entries(home)[-40:]), card, repr(officer), str(officer), repr(link)]
    secrets = [*(link.token, by_password.token, secret), *(digest_of(each.encode()) for each in (name, password))]
    assert len(witness.said) > 3 * 9
    assert not [each for each in aloud if "Ñandú" in each or "\\u00d1and" in each]
    assert not [each for each in aloud if any(secret in each for secret in secrets)]
