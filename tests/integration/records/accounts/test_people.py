# SPDX-License-Identifier: Apache-2.0
"""What an administrator may and may not do with people."""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from tests.fixtures.homes import Clock, entries
from tests.integration.records.accounts.conftest import Staff

from comity.protocol.terms.errors import UnknownTerm
from comity.records.accounts import policy
from comity.records.accounts.enrolling import enrolment_link
from comity.records.accounts.errors import LastAdministrator, OfficerInactive, RolesMissing, SelfApproval
from comity.records.accounts.founding import found_administrator
from comity.records.accounts.models import Enrolment, Means, Officer, Passkey
from comity.records.accounts.people import (
    Reason,
    change_roles,
    create_officer,
    reinstate_officer,
    remove_passkey,
    suspend_officer,
)
from comity.records.actors import CONSOLE, Actor, Role
from comity.records.errors import NotFound, NotInSeason, NotPermitted
from comity.records.home import Home


def credential_of(home: Home, officer: Officer) -> str:
    """The officer's one passkey that still works."""
    with home.active():
        return Passkey.objects.get(officer=officer, revoked=None).credential


def test_an_officer_gets_a_pseudonym_by_lot_and_keeps_the_name_at_home(home: Home) -> None:
    officers = [create_officer(home, CONSOLE, name=" 王\tInventado \0", roles=[Role.DRAFTER]) for _ in range(5)]
    assert len({each.pseudonym for each in officers}) == 5
    assert all(policy.is_pseudonym(each.pseudonym) and each.pseudonym.startswith("ES-") for each in officers)
    assert officers[0].name == "王Inventado"
    assert str(officers[0]) == officers[0].pseudonym
    assert "王" not in repr(officers)


def test_a_crowded_node_draws_longer_pseudonyms(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    stuck = replace(home, random=lambda size: b"\xab" * size if size < 8 else home.random(size))
    assert create_officer(stuck, CONSOLE, name="", roles=[Role.DRAFTER]).pseudonym == "ES-ABAB"
    assert create_officer(stuck, CONSOLE, name="", roles=[Role.DRAFTER]).pseudonym == "ES-ABABABAB"
    with pytest.raises(RuntimeError):
        create_officer(stuck, CONSOLE, name="", roles=[Role.DRAFTER])


def test_only_an_administrator_manages_people(home: Home, staff: Staff) -> None:
    drafter, _ = staff.hire(CONSOLE, Role.DRAFTER, Role.APPROVER)
    actor = policy.actor_of(drafter)
    for attempt in (
        lambda: create_officer(home, actor, name="", roles=[Role.DRAFTER]),
        lambda: suspend_officer(home, actor, drafter.pseudonym),
        lambda: change_roles(home, actor, drafter.pseudonym, list(Role)),
    ):
        with pytest.raises(NotPermitted):
            attempt()


def test_an_administrator_who_was_suspended_a_moment_ago_does_nothing_more(
    home: Home, staff: Staff, administrator: Actor
) -> None:
    second, _ = staff.hire(administrator, Role.ADMINISTRATOR)
    stale = policy.actor_of(second)
    suspend_officer(home, administrator, second.pseudonym)
    with pytest.raises(OfficerInactive):
        create_officer(home, stale, name="", roles=[Role.ADMINISTRATOR])


def test_an_administrator_who_lost_the_role_does_nothing_more(home: Home, staff: Staff, administrator: Actor) -> None:
    second, _ = staff.hire(administrator, Role.ADMINISTRATOR)
    stale = policy.actor_of(second)
    change_roles(home, administrator, second.pseudonym, [Role.AUDITOR])
    with pytest.raises(NotPermitted):
        suspend_officer(home, stale, administrator.name)


def test_an_administrator_cannot_make_themself_an_approver(home: Home, staff: Staff, administrator: Actor) -> None:
    with pytest.raises(SelfApproval):
        change_roles(home, administrator, administrator.name, [Role.ADMINISTRATOR, Role.APPROVER])
    assert staff.reload(administrator.name).held == {Role.ADMINISTRATOR}
    change_roles(home, administrator, administrator.name, [Role.ADMINISTRATOR, Role.DRAFTER])


def test_another_administrator_can(home: Home, staff: Staff, administrator: Actor) -> None:
    second, _ = staff.hire(administrator, Role.ADMINISTRATOR)
    both = [Role.ADMINISTRATOR, Role.APPROVER]
    change_roles(home, policy.actor_of(second), administrator.name, both)
    change_roles(home, administrator, administrator.name, [*both, Role.DRAFTER])


def test_the_last_administrator_stays(home: Home, staff: Staff, administrator: Actor) -> None:
    officer = staff.reload(administrator.name)
    unenrolled = create_officer(home, administrator, name="", roles=[Role.ADMINISTRATOR])
    for attempt in (
        lambda: suspend_officer(home, administrator, administrator.name),
        lambda: change_roles(home, administrator, administrator.name, [Role.DRAFTER]),
        lambda: remove_passkey(home, administrator, credential_of(home, officer)),
        lambda: suspend_officer(home, CONSOLE, administrator.name),
    ):
        with pytest.raises(LastAdministrator):
            attempt()
    staff.enrol(enrolment_link(home, administrator, unenrolled.pseudonym))
    suspend_officer(home, administrator, administrator.name, Reason.LEFT)
    assert entries(home)[-1]["reason"] == "left"


def test_an_administrator_whose_time_is_over_does_not_count(
    home: Home, staff: Staff, clock: Clock, administrator: Actor
) -> None:
    until = clock.instant + timedelta(days=1)
    second = create_officer(home, administrator, name="", roles=[Role.ADMINISTRATOR], active_until=until)
    staff.enrol(enrolment_link(home, administrator, second.pseudonym))
    clock.move(days=1)
    with pytest.raises(LastAdministrator):
        suspend_officer(home, administrator, administrator.name)


def test_two_administrators_cannot_each_suspend_the_other(home: Home, staff: Staff, administrator: Actor) -> None:
    second = policy.actor_of(staff.hire(administrator, Role.ADMINISTRATOR)[0])
    start, failures = threading.Barrier(2), []

    def suspend(by: Actor, whom: Actor) -> None:
        start.wait()
        try:
            suspend_officer(home, by, whom.name)
        except (OfficerInactive, LastAdministrator) as refusal:
            failures.append(refusal)
        finally:
            connections[home.alias].close()

    pairs = [(administrator, second), (second, administrator)]
    threads = [threading.Thread(target=suspend, args=each) for each in pairs]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert len(failures) == 1
    with home.active():
        assert Officer.objects.filter(suspended=None).count() == 1


def test_everybody_is_something(home: Home, administrator: Actor) -> None:
    with pytest.raises(RolesMissing):
        create_officer(home, administrator, name="", roles=[])
    with pytest.raises(RolesMissing):
        change_roles(home, administrator, administrator.name, [])


@pytest.mark.parametrize("pseudonym", ["ES-0000", "Inventada Persona", "\0", ""])
def test_somebody_who_is_not_here_is_not_found_and_no_name_is_repeated(
    home: Home, administrator: Actor, pseudonym: str
) -> None:
    with pytest.raises(NotFound) as refused:
        suspend_officer(home, administrator, pseudonym)
    assert "Inventada" not in str(refused.value)


def test_officers_remove_their_own_passkeys_and_no_others(home: Home, staff: Staff, administrator: Actor) -> None:
    one, _ = staff.hire(administrator, Role.DRAFTER)
    other, _ = staff.hire(administrator, Role.DRAFTER)
    mine, theirs = credential_of(home, one), credential_of(home, other)
    with pytest.raises(NotFound) as hidden:
        remove_passkey(home, policy.actor_of(one), theirs)
    with pytest.raises(NotFound) as missing:
        remove_passkey(home, policy.actor_of(one), "no such passkey\0")
    assert str(hidden.value) == str(missing.value)
    assert remove_passkey(home, policy.actor_of(one), mine).revoked
    with pytest.raises(NotFound):
        remove_passkey(home, policy.actor_of(one), mine)
    remove_passkey(home, administrator, theirs)
    assert entries(home)[-1] | {"at": ""} == {
        "at": "",
        "by": administrator.name,
        "event": "passkey-removed",
        "officer": other.pseudonym,
    }


def test_a_suspended_officer_can_come_back_with_the_same_passkey(
    home: Home, staff: Staff, administrator: Actor
) -> None:
    officer, key = staff.hire(administrator, Role.APPROVER)
    suspend_officer(home, administrator, officer.pseudonym, Reason.ABSENT)
    with pytest.raises(OfficerInactive):
        enrolment_link(home, administrator, officer.pseudonym)
    reinstate_officer(home, administrator, officer.pseudonym)
    assert [each["event"] for each in entries(home)[-2:]] == ["officer-reinstated", "card-issued"]
    assert staff.sign_in(key).officer.held == {Role.APPROVER}


def test_nobody_brings_themself_back(home: Home, staff: Staff, administrator: Actor) -> None:
    second, _ = staff.hire(administrator, Role.ADMINISTRATOR)
    stale = policy.actor_of(second)
    suspend_officer(home, administrator, second.pseudonym)
    with pytest.raises(OfficerInactive):
        reinstate_officer(home, stale, second.pseudonym)


def test_an_officer_speaks_a_language_of_the_list(home: Home) -> None:
    assert create_officer(home, CONSOLE, name="", roles=[Role.DRAFTER], language="my").language == "my"
    with pytest.raises(UnknownTerm):
        create_officer(home, CONSOLE, name="", roles=[Role.DRAFTER], language="tlh")


def test_every_action_leaves_its_entry(home: Home, staff: Staff, administrator: Actor) -> None:
    officer, key = staff.hire(administrator, Role.DRAFTER)
    change_roles(home, administrator, officer.pseudonym, [Role.ANALYST])
    staff.sign_in(key)
    suspend_officer(home, administrator, officer.pseudonym)
    told = [each["event"] for each in entries(home) if each.get("officer") == officer.pseudonym]
    assert told == [
        "officer-created",
        "enrolment-opened",
        "officer-enrolled",
        "roles-changed",
        "signed-in",
        "officer-suspended",
    ]


def test_a_node_is_founded_with_one_administrator_and_not_again(home: Home, staff: Staff) -> None:
    first = found_administrator(home)
    again = found_administrator(home, Means.PASSWORD)
    assert (again.officer, again.means) == (first.officer, Means.PASSWORD)
    with home.active():
        assert Enrolment.objects.filter(cancelled=None).count() == 1
    staff.enrol(found_administrator(home))
    with pytest.raises(NotInSeason):
        found_administrator(home)


def test_an_administrator_who_lost_the_only_key_comes_back_through_the_console(
    home: Home, staff: Staff, administrator: Actor
) -> None:
    with home.active():
        Passkey.objects.update(rp_id="old.address.example")
    assert found_administrator(home).officer == administrator.name
