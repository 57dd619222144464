# SPDX-License-Identifier: Apache-2.0
"""What counts once counts once, also when it is tried twice at the same instant."""

import threading
import time
from collections.abc import Callable

import pyotp
from django.db import connections, transaction
from tests.fixtures.authenticators import Authenticator
from tests.fixtures.homes import Clock, entries
from tests.integration.records.accounts.conftest import ADDRESS, Staff

from comity.records.accounts import guesses, passkeys
from comity.records.accounts.ceremonies import begin, take
from comity.records.accounts.enrolling import (
    begin_enrolment,
    confirm_totp,
    enrol_password,
    enrolment_link,
    finish_enrolment,
)
from comity.records.accounts.errors import AccountError
from comity.records.accounts.models import Guesses, Means, Passkey, Purpose
from comity.records.accounts.people import create_officer
from comity.records.accounts.responses import Held, read_assertion
from comity.records.accounts.signing_in import begin_sign_in, sign_in_with_password
from comity.records.actors import CONSOLE, Role
from comity.records.home import Home

TIMES = 6


def at_once(home: Home, *attempts: Callable[[], object]) -> int:
    """How many of the attempts succeed, started together; the others must be refused by name."""
    start, done = threading.Barrier(len(attempts)), []

    def run(attempt: Callable[[], object]) -> None:
        start.wait()
        try:
            with home.active():
                attempt()
            done.append(True)
        except AccountError:
            done.append(False)
        finally:
            connections[home.alias].close()

    threads = [threading.Thread(target=run, args=(each,)) for each in attempts]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(done) == len(attempts)
    return done.count(True)


def test_a_link_enrols_one_passkey(home: Home) -> None:
    officer = create_officer(home, CONSOLE, name="", roles=[Role.DRAFTER])
    token = enrolment_link(home, CONSOLE, officer.pseudonym).token

    def attempt() -> Callable[[], object]:
        asked = begin_enrolment(home, token)
        response = Authenticator().create(asked.options)
        return lambda: finish_enrolment(home, token, asked.ceremony, response)

    assert at_once(home, *[attempt() for _ in range(TIMES)]) == 1
    with home.active():
        assert Passkey.objects.count() == 1


def test_a_challenge_is_taken_once(home: Home) -> None:
    with home.active():
        ceremony = begin(home, Purpose.SIGN_IN).pk
    assert at_once(home, *[lambda: take(home, ceremony, Purpose.SIGN_IN)] * TIMES) == 1


def test_a_count_is_used_once(home: Home, staff: Staff) -> None:
    _, key = staff.hire(CONSOLE, Role.DRAFTER)
    held = Held(read_assertion(key.get(begin_sign_in(home).options)), 4)
    with home.active():
        passkey = Passkey.objects.get()
    assert at_once(home, *[lambda: passkeys.note_use(passkey, held, home.now())] * TIMES) == 1


def test_a_code_signs_in_once(home: Home, clock: Clock) -> None:
    officer = create_officer(home, CONSOLE, name="", roles=[Role.DRAFTER])
    token = enrolment_link(home, CONSOLE, officer.pseudonym, Means.PASSWORD).token
    password = "otter lantern gravel seven"
    totp = pyotp.TOTP(enrol_password(home, token, password).secret)
    confirm_totp(home, token, totp.at(int(clock.instant.timestamp())))
    clock.move(minutes=1)
    code = totp.at(int(clock.instant.timestamp()))

    def attempt() -> object:
        return sign_in_with_password(home, officer.pseudonym, password, code, address=ADDRESS)

    assert at_once(home, *[attempt] * 4) == 1
    assert [each["event"] for each in entries(home)].count("signed-in") == 1


def test_guesses_at_once_all_count(home: Home) -> None:
    allowed = at_once(home, *[lambda: guesses.count(home, "ES-0000", ADDRESS)] * 12)
    assert allowed == guesses.FREE + 1
    with home.active():
        assert set(Guesses.objects.values_list("failures", flat=True)) == {guesses.FREE + 1}


def test_who_signs_in_and_who_counts_wait_for_each_other_in_one_order(home: Home) -> None:
    """Both lock the officer's row and the place's; in two orders they would wait for each other for ever."""
    with home.active():
        right = guesses.count(home, "ES-0000", ADDRESS)
        for row in Guesses.objects.order_by("-pk"):
            row.save()  # a table's own order is that of the last writing: here against the order of the keys
        connections[home.alias].cursor().execute("ANALYZE")  # a database that knows how few they are reads them in it
    begun = threading.Event()

    def counts() -> None:
        with transaction.atomic(using=home.alias):
            for key in right.counted:
                Guesses.objects.select_for_update().get(pk=key)
                begun.set()
                time.sleep(0.2)  # long enough for the other to take what it takes first

    def signs_in() -> None:
        begun.wait()
        guesses.succeeded(home, right)

    assert at_once(home, counts, signs_in) == 2
