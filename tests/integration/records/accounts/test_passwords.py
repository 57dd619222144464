# SPDX-License-Identifier: Apache-2.0
"""A password with a TOTP: enrolling it, signing in with it, guessing it."""

from dataclasses import dataclass, replace

import pyotp
import pytest
from tests.fixtures.homes import Clock, entries
from tests.integration.records.accounts.conftest import ADDRESS

from comity.records.accounts import guesses, policy
from comity.records.accounts.enrolling import confirm_totp, enrol_password, enrolment_link, opened
from comity.records.accounts.errors import (
    CodeRefused,
    LinkRefused,
    PasswordRefused,
    SignInRefused,
    TooManyGuesses,
)
from comity.records.accounts.models import Enrolment, Guesses, Means, Officer, Totp
from comity.records.accounts.people import create_officer, suspend_officer
from comity.records.accounts.signing_in import SignedIn, sign_in_with_password
from comity.records.actors import CONSOLE, Permission, Role
from comity.records.errors import ConfigurationError
from comity.records.home import Home

PASSWORD = "otter lantern gravel seven"
ELSEWHERE = "198.51.100.9"


@dataclass
class Device:
    """An officer with a password and a TOTP device."""

    home: Home
    officer: Officer
    secret: str

    def code(self, steps: int = 0) -> str:
        return pyotp.TOTP(self.secret).at(int(self.home.now().timestamp()) + 30 * steps)

    def sign_in(self, password: str = PASSWORD, code: str | None = None, address: str = ADDRESS) -> SignedIn:
        code = self.code() if code is None else code
        return sign_in_with_password(self.home, self.officer.pseudonym, password, code, address=address)

    def guess(self, address: str = ELSEWHERE) -> None:
        with pytest.raises(SignInRefused):
            self.sign_in("a wrong guess", "000000", address)


def enrol(home: Home, *roles: Role) -> Device:
    """A new officer, enrolled with a password; the clock has gone on since."""
    officer = create_officer(home, CONSOLE, name="Inventada Persona", roles=roles or [Role.DUTY_OFFICER])
    token = enrolment_link(home, CONSOLE, officer.pseudonym, Means.PASSWORD).token
    device = Device(home, officer, enrol_password(home, token, PASSWORD).secret)
    confirm_totp(home, token, device.code())
    home.clock.move(minutes=1)  # type: ignore[attr-defined]  # the test's clock
    return device


@pytest.fixture
def device(home: Home) -> Device:
    """A duty officer with a password."""
    return enrol(home)


def test_password_and_code_sign_in(home: Home, device: Device) -> None:
    assert device.sign_in().means is Means.PASSWORD
    assert entries(home)[-1]["method"] == "password"


def test_a_pseudonym_may_be_typed_in_small_letters(home: Home, device: Device) -> None:
    name = f" {device.officer.pseudonym.lower()} "
    sign_in_with_password(home, name, PASSWORD, f"{device.code()[:3]} {device.code()[3:]}", address=ADDRESS)


def test_a_password_session_never_approves(home: Home) -> None:
    officer = enrol(home, Role.APPROVER, Role.DUTY_OFFICER).sign_in().officer
    actor = policy.actor_of(officer)
    assert actor.may(Permission.ASSESS)
    assert not actor.may(Permission.APPROVE)


@pytest.mark.parametrize(
    ("password", "code"), [("another password entirely", None), (PASSWORD, "000000"), (PASSWORD, ""), ("", None)]
)
def test_each_half_is_needed_and_neither_is_told_apart(
    home: Home, device: Device, password: str, code: str | None
) -> None:
    with pytest.raises(SignInRefused) as refused:
        device.sign_in(password, code)
    assert refused.value.data == {}
    assert (entries(home)[-1]["event"], entries(home)[-1]["code"]) == ("sign-in-refused", "password-or-code")


@pytest.mark.parametrize("name", ["ES-0000", "", "Inventada Persona", "\0", "\ud800", "x" * 5000])
def test_nobody_is_refused_in_the_same_words(home: Home, name: str) -> None:
    with pytest.raises(SignInRefused) as refused:
        sign_in_with_password(home, name, "\ud800" * 600, "١٢٣٤٥٦", address="not an address")
    assert str(refused.value) == str(SignInRefused())
    assert set(entries(home)[-1]) == {"at", "by", "event", "code"}


def test_a_code_counts_once_and_so_does_every_earlier_one(home: Home, device: Device) -> None:
    next_code, code, earlier = device.code(1), device.code(), device.code(-1)
    device.sign_in(code=code)
    for spent in (code, earlier):
        with pytest.raises(SignInRefused):
            device.sign_in(code=spent)
    assert entries(home)[-1]["code"] == "code-refused"
    device.sign_in(code=next_code)


def test_the_code_that_confirmed_the_device_is_spent(home: Home, clock: Clock) -> None:
    device = enrol(home)
    clock.move(minutes=-1)
    with pytest.raises(SignInRefused):
        device.sign_in()


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_device_may_be_half_a_minute_off(device: Device, steps: int, fits: bool) -> None:
    code = device.code(steps)
    if fits:
        device.sign_in(code=code)
    else:
        with pytest.raises(SignInRefused):
            device.sign_in(code=code)


def test_a_suspended_officer_stays_out(home: Home, device: Device) -> None:
    suspend_officer(home, CONSOLE, device.officer.pseudonym)
    with pytest.raises(SignInRefused):
        device.sign_in()
    assert entries(home)[-1]["code"] == "officer-inactive"


def test_nothing_counts_before_the_device_shows_a_code(home: Home, clock: Clock) -> None:
    officer = create_officer(home, CONSOLE, name="", roles=[Role.DRAFTER])
    token = enrolment_link(home, CONSOLE, officer.pseudonym, Means.PASSWORD).token
    with pytest.raises(CodeRefused):
        confirm_totp(home, token, "123456")
    device = Device(home, officer, enrol_password(home, token, PASSWORD).secret)
    with pytest.raises(CodeRefused):
        confirm_totp(home, token, "000000")
    with pytest.raises(SignInRefused):
        device.sign_in()
    clock.move(hours=25)
    with pytest.raises(LinkRefused):
        confirm_totp(home, token, device.code())


def test_a_confirmed_link_is_spent_and_keeps_nothing(home: Home) -> None:
    officer = create_officer(home, CONSOLE, name="", roles=[Role.DRAFTER])
    token = enrolment_link(home, CONSOLE, officer.pseudonym, Means.PASSWORD).token
    device = Device(home, officer, enrol_password(home, token, PASSWORD).secret)
    confirm_totp(home, token, device.code())
    with pytest.raises(LinkRefused):
        opened(home, token)
    with home.active():
        row = Enrolment.objects.get(officer=officer)
    assert (row.pending_password, row.pending_totp) == ("", None)


def test_a_cancelled_link_forgets_what_waited_on_it(home: Home) -> None:
    officer = create_officer(home, CONSOLE, name="", roles=[Role.DRAFTER])
    for stop in (
        lambda: enrolment_link(home, CONSOLE, officer.pseudonym, Means.PASSWORD),
        lambda: suspend_officer(home, CONSOLE, officer.pseudonym),
    ):
        enrol_password(home, enrolment_link(home, CONSOLE, officer.pseudonym, Means.PASSWORD).token, PASSWORD)
        stop()
        with home.active():
            assert not Enrolment.objects.exclude(pending_password="", pending_totp=None).exists()


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("tiny otters", "it is too short"),
        ("1q2w3e4r5t6y7u8i9o0p", "it is a common one"),
        ("Inventada Persona", "it is too much like you"),
        ("x" * 513, "it is too long"),
    ],
)
def test_a_weak_password_is_refused_without_repeating_it(home: Home, password: str, why: str) -> None:
    officer = create_officer(home, CONSOLE, name="Inventada Persona", roles=[Role.DRAFTER])
    token = enrolment_link(home, CONSOLE, officer.pseudonym, Means.PASSWORD).token
    with pytest.raises(PasswordRefused) as refused:
        enrol_password(home, token, password)
    assert why in str(refused.value)
    assert password not in str(refused.value)


def test_one_password_may_be_typed_with_other_code_points(home: Home) -> None:
    officer = create_officer(home, CONSOLE, name="", roles=[Role.DRAFTER])
    token = enrolment_link(home, CONSOLE, officer.pseudonym, Means.PASSWORD).token
    device = Device(home, officer, enrol_password(home, token, "piñata de otoño mojada").secret)
    confirm_totp(home, token, device.code())
    device.home.clock.move(minutes=1)  # type: ignore[attr-defined]  # the test's clock
    device.sign_in("pin\u0303ata de oton\u0303o mojada")


def test_the_secret_is_sealed_for_this_officer_and_this_passphrase(home: Home, device: Device) -> None:
    other = enrol(home)
    with home.active():
        mine, theirs = Totp.objects.get(officer=device.officer), Totp.objects.get(officer=other.officer)
        assert pyotp.TOTP(device.secret).byte_secret() not in bytes(mine.sealed)
        mine.sealed = theirs.sealed
        mine.save()
    with pytest.raises(ConfigurationError):
        device.sign_in()
    (home.config.home / "keys" / "passphrase").write_bytes(b"another passphrase")
    with pytest.raises(ConfigurationError):
        other.sign_in()


def test_guessing_is_slowed_down_more_and_more(home: Home, clock: Clock, device: Device) -> None:
    for _ in range(5):
        device.guess()
    waits = []
    for _ in range(12):
        with pytest.raises(TooManyGuesses) as refused:
            device.sign_in("a wrong guess", address=ELSEWHERE)
        waits.append(int(refused.value.data["seconds"]))
        clock.move(seconds=waits[-1])
        device.guess()
    assert waits[:4] == [3, 5, 9, 17]
    assert waits[-1] == 901


def test_who_must_wait_is_not_told_whether_the_guess_was_right(home: Home, device: Device) -> None:
    for _ in range(5):
        device.guess()
    with pytest.raises(TooManyGuesses):
        device.sign_in(address=ELSEWHERE)
    assert entries(home)[-1]["event"] == "sign-in-refused"


def test_guesses_from_elsewhere_do_not_keep_an_officer_out_who_signed_in_here_before(
    home: Home, clock: Clock, device: Device
) -> None:
    device.sign_in()
    clock.move(minutes=1)
    for _ in range(5):
        device.guess()
    device.sign_in()


def test_guesses_at_one_officer_from_an_office_do_not_keep_the_colleagues_out(
    home: Home, clock: Clock, device: Device
) -> None:
    colleague = enrol(home)
    colleague.sign_in()
    clock.move(minutes=1)
    for _ in range(5):
        device.guess(ADDRESS)
    colleague.sign_in()


def test_one_address_cannot_try_every_officer(home: Home) -> None:
    for each in range(5):
        with pytest.raises(SignInRefused):
            sign_in_with_password(home, f"ES-000{each}", "a guess", "000000", address="2001:db8::1")
    with pytest.raises(TooManyGuesses):
        sign_in_with_password(home, "ES-0009", "a guess", "000000", address="2001:db8::ffff")
    with pytest.raises(SignInRefused):
        sign_in_with_password(home, "ES-0009", "a guess", "000000", address="2001:db8:0:1::1")


def test_an_ipv4_address_is_one_place_however_it_is_written() -> None:
    assert guesses.place("::ffff:192.0.2.7") == guesses.place("192.0.2.7") == "192.0.2.7"
    assert guesses.place("2001:db8::1") == guesses.place("2001:db8::2") != guesses.place("2001:db8:0:1::1")
    assert guesses.place("") == guesses.place("unix:") == "elsewhere"


def test_one_officer_cannot_be_tried_from_every_address(device: Device) -> None:
    for each in range(5):
        device.guess(f"198.51.100.{each}")
    with pytest.raises(TooManyGuesses):
        device.sign_in("a guess", "000000", "198.51.100.99")


def test_a_clock_that_went_back_does_not_make_anybody_wait_longer_than_the_longest(
    home: Home, clock: Clock, device: Device
) -> None:
    for _ in range(5):
        device.guess()
    clock.move(days=-400)
    with pytest.raises(TooManyGuesses) as refused:
        device.sign_in(address=ELSEWHERE)
    assert int(refused.value.data["seconds"]) <= 901


def test_failures_are_forgotten_after_a_day_and_no_address_is_kept(home: Home, clock: Clock, device: Device) -> None:
    for _ in range(4):
        device.guess()
    clock.move(hours=25)
    for _ in range(4):
        device.guess()
    with home.active():
        assert ELSEWHERE not in str(list(Guesses.objects.values()))
    device.sign_in()


def test_a_node_without_its_passphrase_lets_nobody_in_by_password(home: Home, device: Device) -> None:
    lost = replace(home, config=replace(home.config, passphrase="file:keys/no-such-file"))
    with pytest.raises(ConfigurationError):
        sign_in_with_password(lost, device.officer.pseudonym, PASSWORD, device.code(), address=ADDRESS)
