# SPDX-License-Identifier: Apache-2.0
"""A password and a TOTP (RFC 6238), for places that have no passkey hardware.

Both are always looked at, and for somebody who does not exist too: how long an answer takes tells nothing. A code is
good for its own 30 seconds and the ones beside it, and once: the step it came from, and every earlier one, is spent.
"""

import base64
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime

import pyotp
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from comity.records.accounts.errors import CodeRefused, PasswordRefused
from comity.records.accounts.models import Officer, Totp
from comity.records.accounts.sealing import seal, unseal
from comity.records.home import Home

STEP = 30
DRIFT = 1
LONGEST = 512
_RULES = {
    "password_too_short": "it is too short",
    "password_too_common": "it is a common one",
    "password_too_similar": "it is too much like you",
}


@dataclass(frozen=True, slots=True)
class Provisioning:
    """What the officer's device is set up with, shown once: an `otpauth:` address, and the secret to type."""

    uri: str = field(repr=False)
    secret: str = field(repr=False)


def hash_password(password: str, officer: Officer) -> str:
    """The password's Argon2 hash. Raises `PasswordRefused`."""
    if len(password) > LONGEST:
        raise PasswordRefused(why="it is too long")
    plain = _normal(password)
    try:
        validate_password(plain, officer)
    except ValidationError as error:
        broken = [_RULES.get(each.code or "", "it breaks a rule of this node") for each in error.error_list]
        raise PasswordRefused(why=", ".join(broken)) from None
    return make_password(plain)


def new_totp(home: Home, officer: Officer) -> tuple[bytes, Provisioning]:
    """A fresh secret: sealed for the store, and as the officer's device takes it."""
    raw = home.random(20)
    secret = base64.b32encode(raw).decode("ascii")
    uri = pyotp.TOTP(secret).provisioning_uri(name=officer.pseudonym, issuer_name=home.authority)
    return seal(home, officer.pseudonym, raw), Provisioning(uri, secret)


def matching_step(home: Home, officer: Officer, sealed: bytes, code: str, now: datetime) -> int | None:
    """The time step whose code this is, near enough to now; None when it is none."""
    return _step_of(unseal(home, officer.pseudonym, sealed), code, now)


def check(home: Home, officer: Officer | None, password: str, code: str, now: datetime) -> int | None:
    """The step of the code when password and code are both the officer's, else None; in the same time for anybody."""
    totp = Totp.objects.filter(officer=officer).first() if officer else None
    if officer is None or totp is None:
        make_password(_normal(password[:LONGEST]))
        seal(home, "", bytes(20))
        return None
    right = check_password(_normal(password[:LONGEST]), officer.password) and len(password) <= LONGEST
    step = matching_step(home, officer, bytes(totp.sealed), code, now)
    return step if right else None


def spend(officer: Officer, hashed: str, step: int) -> None:
    """Take the step. Raises `CodeRefused` when it or a later one was taken, or the password was changed meanwhile.

    One statement: of two at once, one gets it.
    """
    rows = Totp.objects.filter(officer=officer, officer__password=hashed, last_step__lt=step)
    if rows.update(last_step=step) != 1:
        raise CodeRefused


def _step_of(secret: bytes, code: str, now: datetime) -> int | None:
    totp = pyotp.TOTP(base64.b32encode(secret).decode("ascii"))
    given = "".join(code.split())
    if not (given.isascii() and given.isdigit() and len(given) == totp.digits):
        return None
    current = int(now.timestamp()) // STEP
    near = range(current - DRIFT, current + DRIFT + 1)
    return next((each for each in near if pyotp.utils.strings_equal(totp.at(each * STEP), given)), None)


def _normal(password: str) -> str:
    """One spelling of a text that can be typed in several ways; what is no text at all becomes a question mark."""
    return unicodedata.normalize("NFKC", password.encode("utf-8", "replace").decode("utf-8"))
