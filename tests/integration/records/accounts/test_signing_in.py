# SPDX-License-Identifier: Apache-2.0
"""Signing in with a passkey, and how it is refused."""

from typing import Any

import pytest
from tests.fixtures.authenticators import Authenticator
from tests.fixtures.homes import Clock, entries
from tests.integration.records.accounts.conftest import ADDRESS, Staff

from comity.records.accounts import policy
from comity.records.accounts.enrolling import begin_enrolment, enrolment_link
from comity.records.accounts.errors import PasskeyCloned, SignInRefused
from comity.records.accounts.models import Ceremony, Means, Passkey
from comity.records.accounts.people import create_officer, remove_passkey, suspend_officer
from comity.records.accounts.signing_in import begin_sign_in, finish_sign_in, sign_out
from comity.records.actors import CONSOLE, Actor, Role
from comity.records.home import Home


@pytest.fixture
def key(staff: Staff) -> Authenticator:
    """A drafter's passkey."""
    return staff.hire(CONSOLE, Role.DRAFTER)[1]


def refused_for(home: Home, how_many: int = 1) -> list[str]:
    """The causes of the last entries, which must all be refusals."""
    last = entries(home)[-how_many:]
    assert {each["event"] for each in last} == {"sign-in-refused"}
    return [each["code"] for each in last]


def test_a_passkey_signs_its_officer_in_and_the_register_says_so(home: Home, staff: Staff) -> None:
    officer, key = staff.hire(CONSOLE, Role.DRAFTER)
    signed_in = staff.sign_in(key)

    assert (signed_in.officer, signed_in.means) == (officer, Means.PASSKEY)
    entry = entries(home)[-1]
    assert (entry["event"], entry["by"], entry["method"]) == ("signed-in", officer.pseudonym, "passkey")


def test_no_name_is_asked_and_the_user_must_be_verified(home: Home) -> None:
    options = begin_sign_in(home).options
    assert options["allowCredentials"] == []
    assert options["userVerification"] == "required"
    assert options["rpId"] == "es.localhost"


def test_signing_out_is_registered(home: Home, staff: Staff, key: Authenticator) -> None:
    sign_out(home, staff.sign_in(key).officer)
    assert (entries(home)[-1]["event"], entries(home)[-1]["reason"]) == ("session-ended", "signed-out")


def test_an_answer_counts_once(home: Home, key: Authenticator) -> None:
    asked = begin_sign_in(home)
    answer = key.get(asked.options)
    finish_sign_in(home, asked.ceremony, answer, address=ADDRESS)
    with pytest.raises(SignInRefused):
        finish_sign_in(home, asked.ceremony, answer, address=ADDRESS)
    assert refused_for(home) == ["late"]


def test_an_answer_to_another_challenge_is_refused(home: Home, key: Authenticator) -> None:
    stolen = key.get(begin_sign_in(home).options)
    with pytest.raises(SignInRefused):
        finish_sign_in(home, begin_sign_in(home).ceremony, stolen, address=ADDRESS)
    assert refused_for(home) == ["other-challenge"]


def test_a_challenge_for_enrolling_does_not_sign_in(home: Home, key: Authenticator) -> None:
    officer = create_officer(home, CONSOLE, name="", roles=[Role.DRAFTER])
    asked = begin_enrolment(home, enrolment_link(home, CONSOLE, officer.pseudonym).token)
    with pytest.raises(SignInRefused):
        finish_sign_in(home, asked.ceremony, key.get(asked.options), address=ADDRESS)
    assert refused_for(home) == ["late"]


@pytest.mark.parametrize("minutes", [5, 60, -10])
def test_a_challenge_is_good_for_five_minutes_of_a_clock_that_goes_on(
    home: Home, clock: Clock, key: Authenticator, minutes: int
) -> None:
    clock.move(hours=1)
    asked = begin_sign_in(home)
    clock.move(minutes=minutes)
    with pytest.raises(SignInRefused):
        finish_sign_in(home, asked.ceremony, key.get(asked.options), address=ADDRESS)
    assert refused_for(home) == ["late"]


def test_a_small_step_back_of_the_clock_does_no_harm(home: Home, clock: Clock, key: Authenticator) -> None:
    clock.move(hours=1)
    asked = begin_sign_in(home)
    clock.move(seconds=-30)
    finish_sign_in(home, asked.ceremony, key.get(asked.options), address=ADDRESS)


def test_challenges_past_their_time_are_swept(home: Home, clock: Clock) -> None:
    for _ in range(3):
        begin_sign_in(home)
    clock.move(minutes=6)
    begin_sign_in(home)
    with home.active():
        assert Ceremony.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"origin": "https://es.localhost.evil.example"}, "other-origin"),
        ({"rp_id": "localhost"}, "other-rp"),
        ({"flags": 0x01}, "unverified-user"),
        ({"flags": 0x00}, "unverified-user"),
        ({"type": "webauthn.create"}, "other-ceremony"),
        ({"client": {"crossOrigin": True}}, "framed"),
        ({"client": {"origin": None}}, "other-origin"),
        ({"handle": b"somebody else"}, "unknown-passkey"),
        ({"handle": b""}, "unknown-passkey"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(
    home: Home, staff: Staff, key: Authenticator, changes: dict[str, Any], fault: str
) -> None:
    with pytest.raises(SignInRefused):
        staff.sign_in(key, **changes)
    assert refused_for(home) == [fault]


def test_another_key_under_the_same_credential_is_refused(home: Home, staff: Staff, key: Authenticator) -> None:
    forged = Authenticator(credential=key.credential, handle=key.handle)
    with pytest.raises(SignInRefused):
        staff.sign_in(forged)
    assert refused_for(home) == ["signature"]


def test_a_passkey_that_nobody_enrolled_is_refused_without_naming_anybody(home: Home, staff: Staff) -> None:
    with pytest.raises(SignInRefused):
        staff.sign_in(Authenticator(handle=b"nobody"))
    assert "officer" not in entries(home)[-1]


def test_a_counter_that_goes_back_is_refused_and_registered(home: Home, staff: Staff, key: Authenticator) -> None:
    staff.sign_in(key, count=7)
    for count in (7, 3, 0):
        with pytest.raises(PasskeyCloned):
            staff.sign_in(key, count=count)
        entry = entries(home)[-1]
        assert (entry["event"], entry["code"]) == ("sign-in-refused", "passkey-cloned")
        assert "officer" in entry
    with home.active():
        assert Passkey.objects.get().sign_count == 7
    staff.sign_in(key, count=8)


def test_a_stranger_cannot_raise_the_alarm_of_a_clone(home: Home, staff: Staff, key: Authenticator) -> None:
    staff.sign_in(key, count=7)
    with pytest.raises(SignInRefused):
        staff.sign_in(Authenticator(credential=key.credential, handle=key.handle), count=3)
    assert refused_for(home) == ["signature"]


def test_a_suspended_officer_stays_out(home: Home, staff: Staff) -> None:
    officer, key = staff.hire(CONSOLE, Role.DRAFTER)
    suspend_officer(home, CONSOLE, officer.pseudonym)
    with pytest.raises(SignInRefused):
        staff.sign_in(key)
    assert refused_for(home) == ["officer-inactive"]


def test_a_removed_passkey_opens_nothing(home: Home, staff: Staff) -> None:
    officer, key = staff.hire(CONSOLE, Role.DRAFTER)
    with home.active():
        credential = Passkey.objects.get(officer=officer).credential
    remove_passkey(home, CONSOLE, credential)
    with pytest.raises(SignInRefused):
        staff.sign_in(key)
    assert refused_for(home) == ["unknown-passkey"]


def test_an_officer_serves_from_and_until(home: Home, staff: Staff, clock: Clock) -> None:
    officer, key = staff.hire(CONSOLE, Role.DRAFTER)
    with home.active():
        officer.active_until = clock.instant.replace(hour=13)
        officer.save()
    staff.sign_in(key)
    clock.move(hours=1)
    with pytest.raises(SignInRefused):
        staff.sign_in(key)
    assert refused_for(home) == ["officer-inactive"]


NONSENSE = ["", "[]", "{}", '{"response":1}', "[" * 20_000, "é" * 40_000]
NONSENSE += [{"id": "\ud800"}, {"id": "AA", "response": {}}, {"id": float("nan")}]


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_is_refused_by_name(home: Home, nonsense: Any) -> None:
    with pytest.raises(SignInRefused):
        finish_sign_in(home, begin_sign_in(home).ceremony, nonsense, address="")
    assert refused_for(home)[0] in {"malformed", "too-large"}


@pytest.mark.parametrize("ceremony", ["", "\0", "\ud800", "x" * 10_000])
def test_a_ceremony_of_no_form_is_none(home: Home, key: Authenticator, ceremony: str) -> None:
    with pytest.raises(SignInRefused):
        finish_sign_in(home, ceremony, key.get(begin_sign_in(home).options), address="")


def test_a_flood_of_nonsense_does_not_fill_the_register_and_locks_nobody_out(
    home: Home, staff: Staff, key: Authenticator
) -> None:
    before = len(entries(home))
    for _ in range(30):
        with pytest.raises(SignInRefused):
            finish_sign_in(home, begin_sign_in(home).ceremony, "{}", address=ADDRESS)
    assert len(entries(home)) - before < 10
    staff.sign_in(key)


def test_a_soft_key_is_useless_once_the_node_is_no_sample(home: Home, staff: Staff, key: Authenticator) -> None:
    from dataclasses import replace

    with home.active():
        Passkey.objects.update(soft=True)
    staff.sign_in(key)
    real = replace(home, config=replace(home.config, sample=False))
    asked = begin_sign_in(real)
    with pytest.raises(SignInRefused):
        finish_sign_in(real, asked.ceremony, key.get(asked.options), address=ADDRESS)
    assert refused_for(home) == ["software"]


def test_an_actor_is_an_officer_with_the_roles_of_the_session(staff: Staff) -> None:
    officer, _ = staff.hire(CONSOLE, Role.APPROVER, Role.DRAFTER)
    assert policy.actor_of(officer) == Actor(officer.pseudonym, frozenset({Role.APPROVER, Role.DRAFTER}))
    officer.means = Means.PASSWORD
    assert policy.actor_of(officer) == Actor(officer.pseudonym, frozenset({Role.DRAFTER}))
