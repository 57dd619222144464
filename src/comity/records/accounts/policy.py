# SPDX-License-Identifier: Apache-2.0
"""What may be done with people, whoever asks.

- An administrator cannot make themself an approver: who runs the people must not be able to send in their name.
- No change takes the last administrator who can sign in. A node that has none (one being founded) is not held to it.
- Two changes cannot each leave the other's administrator: both lock every officer first.
"""

import re
from collections.abc import Collection, Iterable
from datetime import datetime

from comity.records.accounts.errors import LastAdministrator, OfficerInactive, RolesMissing, SelfApproval
from comity.records.accounts.models import Means, Officer, Passkey, Totp
from comity.records.actors import Actor, Permission, Role
from comity.records.errors import NotFound
from comity.records.home import Home

_PSEUDONYM = re.compile(r"[A-Z]{2}-[0-9A-F]{4}(?:[0-9A-F]{4})?", re.ASCII)


def actor_of(officer: Officer) -> Actor:
    """The officer as one who acts. Raises `OfficerInactive` for a suspended one.

    A session that a password opened never acts as approver.
    """
    if officer.suspended is not None:
        raise OfficerInactive(officer=officer.pseudonym)
    weak = officer.means is Means.PASSWORD
    return Actor(officer.pseudonym, officer.held - {Role.APPROVER} if weak else officer.held)


def at_work(officer: Officer, now: datetime) -> Officer:
    """The officer, who serves at `now`. Raises `OfficerInactive`."""
    if officer.active_at(now):
        return officer
    raise OfficerInactive(officer=officer.pseudonym)


def some(roles: Collection[Role]) -> list[Role]:
    """The roles in order, at least one. Raises `RolesMissing`."""
    if roles:
        return sorted({Role(each) for each in roles})
    raise RolesMissing


def draw_pseudonym(home: Home) -> str:
    """A pseudonym that nobody here has or had: `ES-7F3A`, or eight digits once four are crowded."""
    country = home.authority[:2]
    for size in (2,) * 16 + (4,) * 16:
        drawn = f"{country}-{home.random(size).hex().upper()}"
        if not Officer.objects.filter(pseudonym=drawn).exists():
            return drawn
    raise RuntimeError("the source of chance repeats itself")


def lock_everybody(actor: Actor, now: datetime, permission: Permission | None = None) -> dict[str, Officer]:
    """Every officer by pseudonym, locked until the transaction ends, always in one order.

    An actor who is one of them is asked for again: somebody may have suspended them since they were let in.
    Raises `OfficerInactive`, `NotPermitted`.
    """
    everybody = {each.pseudonym: each for each in Officer.objects.select_for_update().order_by("pk")}
    oneself = everybody.get(actor.name)
    if oneself is not None:
        at_work(oneself, now)
        if permission is not None:
            Actor(actor.name, oneself.held & actor.roles).require(permission)
    return everybody


def among(everybody: dict[str, Officer], pseudonym: str) -> Officer:
    """The officer of that pseudonym. Raises `NotFound`, which repeats no text that could be a name."""
    if pseudonym in everybody:
        return everybody[pseudonym]
    raise unknown(pseudonym)


def is_pseudonym(text: str) -> bool:
    """Whether the text has the form of a pseudonym, and so cannot be a name or worse."""
    return _PSEUDONYM.fullmatch(text) is not None


def unknown(pseudonym: str) -> NotFound:
    """The error about an officer who is not here."""
    return NotFound(what="officer", id=pseudonym if is_pseudonym(pseudonym) else "of that pseudonym")


def no_self_approval(actor: Actor, officer: Officer, roles: Collection[Role]) -> None:
    """Raise `SelfApproval` when the actor would make themself an approver."""
    if actor.name == officer.pseudonym and Role.APPROVER in roles and Role.APPROVER not in officer.held:
        raise SelfApproval


def administrators(everybody: Iterable[Officer], home: Home, now: datetime, without: Passkey | None = None) -> set[int]:
    """Those who can sign in as administrator now; `without` is a passkey to leave out."""
    passkeys = Passkey.objects.filter(revoked=None, rp_id=home.config.rp_id)
    if without is not None:
        passkeys = passkeys.exclude(pk=without.pk)
    able = set(passkeys.values_list("officer_id", flat=True)) | set(Totp.objects.values_list("officer_id", flat=True))
    return {
        each.pk for each in everybody if Role.ADMINISTRATOR in each.held and each.active_at(now) and each.pk in able
    }


def someone_left(before: set[int], after: set[int], officer: Officer) -> None:
    """Raise `LastAdministrator` when a change of `officer` takes the administrators from some to none."""
    if before and not after:
        raise LastAdministrator(officer=officer.pseudonym)
