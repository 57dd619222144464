# SPDX-License-Identifier: Apache-2.0
"""Guessing is slowed down, and nobody is locked out by somebody else's guesses.

An attempt is counted as failed before it is looked at, so that a thousand at once count a thousand. After `FREE`
failures each further one doubles the wait, up to `LONGEST`. What is counted:

- an officer and an address that the officer signed in from in the last 30 days: those two together, and nothing else.
  So whoever guesses from elsewhere, or at a colleague's account from the same office, does not keep this officer out;
- any other attempt: the officer, and the address, each.

A passkey cannot be guessed: signing in with one never waits. Its failures are only counted (`worth_a_leaf`), so that a
flood of nonsense from one address does not fill the register. Addresses are kept as keyed hashes; an IPv6 network of
/64 is one place.

Rows are locked one by one, the officer's and the place's in the order of their keys and the pair last, so that two who
sign in at once never wait for each other.
"""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from comity.records.accounts.errors import TooManyGuesses
from comity.records.accounts.models import Guesses
from comity.records.home import Home

FREE = 4
LONGEST = timedelta(minutes=15)
FORGOTTEN = timedelta(days=1)
KNOWN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One counted attempt: the rows that it was counted in, and the one that a success makes known."""

    counted: tuple[str, ...]
    pair: str


def count(home: Home, officer: str, address: str) -> Attempt:
    """Count an attempt with a password. Raises `TooManyGuesses` while the officer or the place has to wait."""
    here = place(address)
    pair = _key("pair", officer, here)
    now = home.now()
    _sweep(home, now)
    with transaction.atomic(using=home.alias):
        known = Guesses.objects.filter(pk=pair, known__gt=now).exists()
        keys = (pair,) if known else tuple(sorted((_key("officer", officer), _key("place", here))))
        rows = [_row(key, now) for key in keys]
        wait = max(_wait(row, now) for row in rows)
        if wait > timedelta(0):
            raise TooManyGuesses(seconds=int(wait.total_seconds()) + 1)
        for row in rows:
            _add(row, now)
    return Attempt(keys, pair)


def succeeded(home: Home, attempt: Attempt) -> None:
    """The attempt was right: take it off the count, and remember that this officer signs in from this place."""
    now = home.now()
    with transaction.atomic(using=home.alias):
        for key in attempt.counted:
            Guesses.objects.filter(pk=key, failures__gt=0).update(failures=F("failures") - 1, until=now)
        row = _row(attempt.pair, now)
        row.failures, row.last, row.until, row.known = 0, now, now, now + KNOWN
        row.save()


def worth_a_leaf(home: Home, whence: str) -> bool:
    """Count a refusal from there; whether it is among the first, or comes after a pause, and so is registered."""
    now = home.now()
    with transaction.atomic(using=home.alias):
        row = _row(_key("refusals", whence), now)
        if _wait(row, now) > timedelta(0):
            return False
        _add(row, now)
    return True


def _row(key: str, now: datetime) -> Guesses:
    Guesses.objects.get_or_create(pk=key, defaults={"last": now, "until": now})
    return Guesses.objects.select_for_update().get(pk=key)


def _wait(row: Guesses, now: datetime) -> timedelta:
    """How long still; never more than the longest, should the clock have gone back."""
    return min(row.until - now, LONGEST)


def _add(row: Guesses, now: datetime) -> None:
    row.failures = 1 if now - row.last > FORGOTTEN else row.failures + 1
    doublings = row.failures - FREE
    wait = min(timedelta(seconds=2 ** min(doublings, 16)), LONGEST) if doublings > 0 else timedelta(0)
    row.until = now + wait
    row.last = now
    row.save()


def _sweep(home: Home, now: datetime) -> None:
    """Forget what is old, in a transaction of its own and without waiting: a row that somebody holds stays."""
    old = Guesses.objects.filter(Q(known=None) | Q(known__lte=now), last__lt=now - FORGOTTEN)
    with transaction.atomic(using=home.alias):
        free = list(old.select_for_update(skip_locked=True).values_list("pk", flat=True))
        Guesses.objects.filter(pk__in=free).delete()


def _key(*parts: str) -> str:
    return salted_hmac("comity/guesses/v1", "\0".join(parts), algorithm="sha256").hexdigest()


def place(address: str) -> str:
    """The network that an address stands for: one IPv4 address, or one IPv6 network of /64."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "elsewhere"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((int(found), 64), strict=False))
    return str(found)
