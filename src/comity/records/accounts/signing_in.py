# SPDX-License-Identifier: Apache-2.0
"""Coming and going.

    begin_sign_in ─► finish_sign_in     a passkey; no name is asked, the passkey knows whose it is
    sign_in_with_password               a pseudonym, a password and a TOTP code
    sign_out

Every refusal looks the same from outside (`SignInRefused`), a counter that went back excepted, of which the passkey's
owner must hear. The cause goes into the register in a transaction of its own: what is refused changes nothing else.
The door makes the session, with `backend.open_session`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from comity.records.accounts import guesses, passkeys, passwords, policy
from comity.records.accounts.ceremonies import Asked, begin, take
from comity.records.accounts.errors import (
    AccountError,
    CodeRefused,
    Fault,
    OfficerInactive,
    PasskeyCloned,
    ResponseRefused,
    SignInRefused,
)
from comity.records.accounts.guesses import Attempt
from comity.records.accounts.models import Means, Officer, Passkey, Purpose
from comity.records.accounts.responses import Assertion, Held, hold, read_assertion
from comity.records.action import acting
from comity.records.actors import SYSTEM
from comity.records.home import Home
from comity.records.register import events

_WRONG = "password-or-code"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An officer who showed who they are, and by what means."""

    officer: Officer
    means: Means


def begin_sign_in(home: Home) -> Asked:
    """What a browser is asked for: a passkey, whosever it is."""
    with home.active():
        ceremony = begin(home, Purpose.SIGN_IN)
        return Asked(ceremony.pk, passkeys.assertion_options(home, ceremony.challenge))


def finish_sign_in(home: Home, ceremony: str, response: str | Mapping[str, Any], *, address: str) -> SignedIn:
    """The officer whose passkey answered. Raises `SignInRefused`, `PasskeyCloned`, `TooManyGuesses`."""
    recognised: Passkey | None = None
    with home.active():
        try:
            begun = take(home, ceremony, Purpose.SIGN_IN)
            assertion = read_assertion(response)
            recognised = owner(home, assertion)
            held = hold(assertion, bytes(recognised.public_key), passkeys.expected(home, begun.challenge))
            return _let_in(home, recognised, held)
        except (ResponseRefused, OfficerInactive, PasskeyCloned) as refusal:
            _turn_away(home, recognised, refusal, address)


def sign_in_with_password(home: Home, pseudonym: str, password: str, code: str, *, address: str) -> SignedIn:
    """The officer of that pseudonym. Raises `SignInRefused` whatever was wrong, `TooManyGuesses` before looking."""
    typed = pseudonym.strip().upper()
    name = typed if policy.is_pseudonym(typed) else "nobody"
    with home.active():
        attempt = guesses.count(home, name, address)
        officer = Officer.objects.filter(pseudonym=name).first()
        step = passwords.check(home, officer, password, code, home.now())
        if officer is None or step is None:
            _register(home, _WRONG, officer)
            raise SignInRefused
        return _let_in_by_password(home, officer, step, attempt)


def sign_out(home: Home, officer: Officer) -> None:
    """Note that the officer left; the door forgets the session."""
    with acting(home, policy.actor_of(officer)) as act:
        act.record(events.session_ended(officer=officer.pseudonym, reason="signed-out"))


def owner(home: Home, assertion: Assertion) -> Passkey:
    """The passkey that the assertion claims, with its officer. Raises `ResponseRefused`; nothing is proven yet."""
    rows = Passkey.objects.select_related("officer").filter(revoked=None, rp_id=home.config.rp_id)
    found = rows.filter(credential=assertion.credential).first()
    if found is None or assertion.handle != found.officer.handle:
        raise ResponseRefused.of(Fault.UNKNOWN_PASSKEY)
    if found.soft and not home.config.sample:
        raise ResponseRefused.of(Fault.SOFTWARE)
    return found


def _let_in(home: Home, passkey: Passkey, held: Held) -> SignedIn:
    with acting(home, policy.actor_of(passkey.officer)) as act:
        officer = policy.at_work(Officer.objects.select_for_update().get(pk=passkey.officer_id), act.now)
        passkeys.note_use(passkey, held, act.now)
        act.record(events.signed_in(officer=officer.pseudonym, method=Means.PASSKEY))
    return _with(officer, Means.PASSKEY)


def _let_in_by_password(home: Home, known: Officer, step: int, attempt: Attempt) -> SignedIn:
    try:
        with acting(home, policy.actor_of(known)) as act:
            officer = policy.at_work(Officer.objects.select_for_update().get(pk=known.pk), act.now)
            passwords.spend(officer, known.password, step)
            act.record(events.signed_in(officer=officer.pseudonym, method=Means.PASSWORD))
    except (OfficerInactive, CodeRefused) as refusal:
        _register(home, refusal.code, known)
        raise SignInRefused from None
    guesses.succeeded(home, attempt)
    return _with(officer, Means.PASSWORD)


def _with(officer: Officer, means: Means) -> SignedIn:
    officer.means = means
    return SignedIn(officer, means)


def _turn_away(home: Home, passkey: Passkey | None, refusal: AccountError, address: str) -> NoReturn:
    cloned = isinstance(refusal, PasskeyCloned)
    if cloned or guesses.worth_a_leaf(home, guesses.place(address)):
        _register(home, str(refusal.data.get("fault", refusal.code)), passkey.officer if passkey else None)
    raise refusal if cloned else SignInRefused from None


def _register(home: Home, code: str, officer: Officer | None) -> None:
    with acting(home, SYSTEM) as act:
        act.record(events.sign_in_refused(code=code, officer=officer.pseudonym if officer else None))
