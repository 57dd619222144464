# SPDX-License-Identifier: Apache-2.0
"""One-time links and what comes of them."""

from dataclasses import replace

import pytest
from tests.fixtures.authenticators import Authenticator
from tests.fixtures.homes import Clock, entries
from tests.integration.records.accounts.conftest import Staff

from comity.protocol.wire.octets import from_base64url
from comity.records.accounts.enrolling import begin_enrolment, enrolment_link, finish_enrolment, opened
from comity.records.accounts.errors import LinkRefused, ResponseRefused
from comity.records.accounts.models import Enrolment, Means, Passkey
from comity.records.accounts.people import create_officer, suspend_officer
from comity.records.accounts.soft import SoftAuthenticator
from comity.records.actors import CONSOLE, Actor, Role
from comity.records.errors import NotPermitted
from comity.records.home import Home


@pytest.fixture
def token(home: Home) -> str:
    """The link of an approver who has not enrolled."""
    officer = create_officer(home, CONSOLE, name="Inventada", roles=[Role.APPROVER])
    return enrolment_link(home, CONSOLE, officer.pseudonym).token


def test_a_passkey_is_kept_and_the_link_is_spent(home: Home, staff: Staff, token: str) -> None:
    authenticator = Authenticator()
    asked = begin_enrolment(home, token)
    passkey = finish_enrolment(home, token, asked.ceremony, authenticator.create(asked.options), "blue key\n")

    assert (passkey.rp_id, passkey.origin, passkey.soft) == ("es.localhost", "http://es.localhost:8001", False)
    assert passkey.label == "blue key"
    with pytest.raises(LinkRefused):
        begin_enrolment(home, token)
    names = [each["event"] for each in entries(home)]
    assert names[-3:] == ["officer-enrolled", "card-issued", "enrolment-refused"]


def test_the_browser_is_asked_for_a_resident_verified_key_and_never_learns_a_name(home: Home, token: str) -> None:
    options = begin_enrolment(home, token).options

    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["attestation"] == "none"
    assert "Inventada" not in str(options)
    assert len(from_base64url(options["challenge"], "options", "challenge")) == 32


def test_only_the_hash_of_the_token_is_stored(home: Home, token: str) -> None:
    with home.active():
        stored = Enrolment.objects.values().get()
    assert token not in str(stored)
    assert len(from_base64url(token, "link", "token")) == 32


def test_the_link_shows_its_token_only_when_asked(home: Home, staff: Staff) -> None:
    officer = create_officer(home, CONSOLE, name="", roles=[Role.AUDITOR])
    link = enrolment_link(home, CONSOLE, officer.pseudonym)
    assert link.token not in repr(link)
    assert link.url == f"http://es.localhost:8001/enrol/{link.token}"


def test_a_link_ends_after_a_day(home: Home, clock: Clock, token: str) -> None:
    clock.move(hours=23, minutes=59)
    opened(home, token)
    clock.move(minutes=1)
    with pytest.raises(LinkRefused):
        opened(home, token)


def test_a_link_from_the_future_does_not_open_after_the_clock_went_back(home: Home, clock: Clock, token: str) -> None:
    clock.move(hours=2)
    token = enrolment_link(home, CONSOLE, opened(home, token).officer.pseudonym).token
    clock.move(minutes=-1)
    opened(home, token)
    clock.move(hours=-1)
    with pytest.raises(LinkRefused):
        opened(home, token)


def test_a_new_link_cancels_the_old(home: Home) -> None:
    officer = create_officer(home, CONSOLE, name="", roles=[Role.DRAFTER])
    old = enrolment_link(home, CONSOLE, officer.pseudonym)
    new = enrolment_link(home, CONSOLE, officer.pseudonym)
    opened(home, new.token)
    with pytest.raises(LinkRefused):
        opened(home, old.token)


def test_suspending_closes_the_link(home: Home, token: str) -> None:
    suspend_officer(home, CONSOLE, opened(home, token).officer.pseudonym)
    with pytest.raises(LinkRefused):
        begin_enrolment(home, token)


def test_a_link_lets_in_by_its_own_means_only(home: Home) -> None:
    officer = create_officer(home, CONSOLE, name="", roles=[Role.DRAFTER])
    link = enrolment_link(home, CONSOLE, officer.pseudonym, Means.PASSWORD)
    with pytest.raises(LinkRefused):
        begin_enrolment(home, link.token)


def test_only_an_administrator_makes_links(home: Home, token: str) -> None:
    drafter = Actor("ES-0000", frozenset(Role) - {Role.ADMINISTRATOR})
    with pytest.raises(NotPermitted):
        enrolment_link(home, drafter, "ES-0000")


@pytest.mark.parametrize("nonsense", ["", "x" * 100_000, "é\0\ud800", "0" * 43])
def test_nonsense_opens_nothing(home: Home, nonsense: str) -> None:
    with pytest.raises(LinkRefused):
        begin_enrolment(home, nonsense)


def test_one_answer_spends_the_challenge(home: Home, token: str) -> None:
    asked = begin_enrolment(home, token)
    authenticator = Authenticator()
    good = authenticator.create(asked.options)
    with pytest.raises(ResponseRefused) as refused:
        finish_enrolment(home, token, asked.ceremony, authenticator.create(asked.options, origin="http://evil.example"))
    assert refused.value.data["fault"] == "other-origin"
    with pytest.raises(ResponseRefused) as refused:
        finish_enrolment(home, token, asked.ceremony, good)
    assert refused.value.data["fault"] == "late"
    opened(home, token)


def test_a_challenge_of_one_link_does_not_serve_another(home: Home, token: str) -> None:
    other = create_officer(home, CONSOLE, name="", roles=[Role.DRAFTER])
    link = enrolment_link(home, CONSOLE, other.pseudonym)
    asked = begin_enrolment(home, link.token)
    with pytest.raises(ResponseRefused) as refused:
        finish_enrolment(home, token, asked.ceremony, Authenticator().create(asked.options))
    assert refused.value.data["fault"] == "other-challenge"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"origin": "https://es.localhost:8001"}, "other-origin"),
        ({"origin": "http://es.localhost:8002"}, "other-origin"),
        ({"rp_id": "cn.localhost"}, "other-rp"),
        ({"flags": 0x01}, "unverified-user"),
        ({"flags": 0x04}, "unverified-user"),
        ({"type": "webauthn.get"}, "other-ceremony"),
        ({"client": {"challenge": "AAAA"}}, "other-challenge"),
        ({"client": {"crossOrigin": True}}, "framed"),
        ({"client": {"topOrigin": "http://evil.example"}}, "framed"),
        ({"fmt": "tpm"}, "attested"),
        ({"fmt": "fido-u2f"}, "attested"),
        ({"public_key": bytes.fromhex("a1617801")}, "malformed"),
    ],
)
def test_a_response_that_does_not_fit_is_refused(home: Home, token: str, changes: dict, fault: str) -> None:
    asked = begin_enrolment(home, token)
    with pytest.raises(ResponseRefused) as refused:
        finish_enrolment(home, token, asked.ceremony, Authenticator().create(asked.options, **changes))
    assert refused.value.data["fault"] == fault
    with home.active():
        assert not Passkey.objects.exists()
    assert (entries(home)[-1]["event"], entries(home)[-1]["code"]) == ("enrolment-refused", fault)


def test_a_key_belongs_to_one_officer(home: Home, staff: Staff, administrator: Actor) -> None:
    _, authenticator = staff.hire(administrator, Role.DRAFTER)
    second = create_officer(home, administrator, name="", roles=[Role.APPROVER])
    link = enrolment_link(home, administrator, second.pseudonym)
    with pytest.raises(ResponseRefused) as refused:
        staff.enrol(link, authenticator)
    assert refused.value.data["fault"] == "enrolled"
    with pytest.raises(ResponseRefused):
        staff.enrol(link, Authenticator(key=authenticator.key))


def test_a_soft_key_is_marked_on_a_sample_node(home: Home, staff: Staff, token: str) -> None:
    passkey = _enrol_soft(home, token)
    assert passkey.soft
    assert next(each for each in entries(home) if each["event"] == "officer-enrolled")["soft"] is True


def test_a_soft_key_is_refused_on_a_real_node(home: Home, token: str) -> None:
    real = replace(home, config=replace(home.config, sample=False))
    with pytest.raises(ResponseRefused) as refused:
        _enrol_soft(real, token)
    assert refused.value.data["fault"] == "software"
    opened(home, token)


def test_a_spent_link_that_is_tried_and_tried_does_not_fill_the_register(home: Home, staff: Staff) -> None:
    officer = create_officer(home, CONSOLE, name="", roles=[Role.DRAFTER])
    link = enrolment_link(home, CONSOLE, officer.pseudonym)
    staff.enrol(link)
    for _ in range(20):
        with pytest.raises(LinkRefused):
            opened(home, link.token)
    assert 0 < [each["event"] for each in entries(home)].count("enrolment-refused") < 10


def _enrol_soft(home: Home, token: str) -> Passkey:
    asked = begin_enrolment(home, token)
    challenge, user = (
        from_base64url(each, "options", "") for each in (asked.options["challenge"], asked.options["user"]["id"])
    )
    response = SoftAuthenticator(b"\x07" * 32).create(challenge, "es.localhost", "http://es.localhost:8001", user)
    return finish_enrolment(home, token, asked.ceremony, response)
