# SPDX-License-Identifier: Apache-2.0
"""Challenges that are out: each for one purpose, for five minutes, for one answer.

`take` deletes the challenge before anybody looks at the answer, outside the action's transaction: a wrong answer costs
the challenge too, and of two answers at once only one gets it. A challenge from the future, seen after the node's
clock went back, is refused.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from comity.protocol.wire.octets import to_base64url
from comity.records.accounts.errors import Fault, ResponseRefused
from comity.records.accounts.models import Ceremony, Enrolment, Officer, Purpose
from comity.records.home import Home

LASTS = timedelta(minutes=5)
CLOCK_STEP = timedelta(minutes=2)
"""How far a clock may be set back, as NTP does, without undoing what was begun just before."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A ceremony under way: `options` is for the browser, as JSON values; `ceremony` comes back with its response."""

    ceremony: str
    options: dict[str, Any]


def begin(
    home: Home,
    purpose: Purpose,
    *,
    officer: Officer | None = None,
    enrolment: Enrolment | None = None,
    challenge: bytes | None = None,
) -> Ceremony:
    """A new challenge: 32 random bytes, or the given ones. Those past their time are swept on the way."""
    now = home.now()
    Ceremony.objects.filter(expires__lte=now).delete()
    return Ceremony.objects.create(
        id=to_base64url(home.random(32)),
        purpose=purpose,
        challenge=challenge or home.random(32),
        officer=officer,
        enrolment=enrolment,
        made=now,
        expires=now + LASTS,
    )


def take(home: Home, ceremony: str, purpose: Purpose) -> Ceremony:
    """The challenge, gone from the store. Raises `ResponseRefused` when there is no such, or no longer."""
    found = Ceremony.objects.filter(pk=ceremony, purpose=purpose).first() if ceremony.isprintable() else None
    if (
        found is None
        or not Ceremony.objects.filter(pk=ceremony).delete()[0]
        or not alive(found.made, found.expires, home.now())
    ):
        raise ResponseRefused.of(Fault.LATE)
    return found


def take_approval(home: Home, officer: Officer, challenge: bytes) -> None:
    """The officer's challenge over a statement, gone from the store. Raises `ResponseRefused` as `take`."""
    ours = Q(officer=officer) | Q(officer=None)
    rows = Ceremony.objects.filter(ours, purpose=Purpose.APPROVE, challenge=challenge)
    found = list(rows)
    if not found or not rows.delete()[0] or not any(alive(each.made, each.expires, home.now()) for each in found):
        raise ResponseRefused.of(Fault.LATE)


def alive(made: datetime, expires: datetime, now: datetime) -> bool:
    """Whether something made then lives now; it also dies when the clock goes back behind its making."""
    return made - CLOCK_STEP <= now < expires
