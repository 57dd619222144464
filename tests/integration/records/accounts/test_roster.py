# SPDX-License-Identifier: Apache-2.0
"""Who is on the card, and that the card follows the people."""

from dataclasses import replace
from datetime import timedelta

from tests.fixtures.homes import Clock, entries
from tests.integration.records.accounts.conftest import Staff

from comity.protocol.wire.card import Card, verify
from comity.records.accounts.enrolling import enrolment_link
from comity.records.accounts.models import Passkey
from comity.records.accounts.people import change_roles, create_officer, remove_passkey, suspend_officer
from comity.records.accounts.roster import card_officers
from comity.records.actors import CONSOLE, Role
from comity.records.authorities.issuing import our_signed_card
from comity.records.home import Home


def card(home: Home) -> Card:
    """Our newest card, verified as a peer would."""
    with home.active():
        return verify(our_signed_card())


def test_approvers_and_duty_officers_are_named_once_for_each_passkey(home: Home, staff: Staff) -> None:
    approver, first = staff.hire(CONSOLE, Role.APPROVER, Role.DUTY_OFFICER)
    second = staff.enrol(enrolment_link(home, CONSOLE, approver.pseudonym))
    duty, third = staff.hire(CONSOLE, Role.DUTY_OFFICER, Role.AUDITOR)
    staff.hire(CONSOLE, Role.DRAFTER, Role.ANALYST, Role.CUSTODIAN, Role.ADMINISTRATOR)

    assert [(each.pseudonym, each.role, each.credential) for each in card(home).officers] == [
        (approver.pseudonym, "approver", first.credential),
        (approver.pseudonym, "approver", second.credential),
        (duty.pseudonym, "duty-officer", third.credential),
    ]
    assert {each.origins for each in card(home).officers} == {("http://es.localhost:8001",)}


def test_no_name_is_on_the_card(home: Home, staff: Staff) -> None:
    staff.hire(CONSOLE, Role.APPROVER, name="Inventada Persona")
    assert b"Inventada" not in card(home).to_bytes()


def test_the_card_follows_every_change_of_its_people_and_no_other(home: Home, staff: Staff, clock: Clock) -> None:
    serials = [card(home).serial]

    def note() -> None:
        clock.move(minutes=1)
        serials.append(card(home).serial)

    officer, key = staff.hire(CONSOLE, Role.APPROVER)
    note()
    change_roles(home, CONSOLE, officer.pseudonym, [Role.APPROVER, Role.DRAFTER])
    note()
    change_roles(home, CONSOLE, officer.pseudonym, [Role.DUTY_OFFICER])
    note()
    staff.hire(CONSOLE, Role.DRAFTER)
    note()
    staff.sign_in(key)
    note()
    second = staff.hire(CONSOLE, Role.APPROVER)[0]
    note()
    suspend_officer(home, CONSOLE, second.pseudonym)
    note()
    from comity.protocol.wire.octets import to_base64url

    remove_passkey(home, CONSOLE, to_base64url(key.credential))
    note()
    assert serials == [1, 2, 2, 3, 3, 3, 4, 5, 6]
    assert card(home).officers == ()
    assert [each["serial"] for each in entries(home) if each["event"] == "card-issued"] == [1, 2, 3, 4, 5, 6]


def test_a_real_node_never_names_a_soft_key(home: Home, staff: Staff) -> None:
    staff.hire(CONSOLE, Role.APPROVER)
    with home.active():
        Passkey.objects.update(soft=True)
    real = replace(home, config=replace(home.config, sample=False))
    assert [each.soft for each in card_officers(home, home.now())] == [True]
    assert card_officers(real, home.now()) == ()


def test_nobody_outlasts_the_card_or_their_own_service(home: Home, staff: Staff, clock: Clock) -> None:
    end = clock.instant + timedelta(days=3)
    officer = create_officer(home, CONSOLE, name="", roles=[Role.APPROVER], active_until=end)
    staff.enrol(enrolment_link(home, CONSOLE, officer.pseudonym))
    staff.hire(CONSOLE, Role.APPROVER)
    short, whole = card(home).officers
    assert (short.until, whole.until) == (end, card(home).until)
    assert card_officers(home, end) != ()
    assert [each.pseudonym for each in card_officers(home, end)] == [whole.pseudonym]
