# SPDX-License-Identifier: Apache-2.0
"""What an administrator does with people. Each action is one transaction and one entry in the register, which names
pseudonyms only.

Every action that could take an administrator away locks all officers first (`policy`). Suspending and changing roles
end the officer's sessions at once, by the epoch; suspending also closes open links and challenges.
"""

import unicodedata
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from comity.protocol.terms.languages import LANGUAGE_CODES
from comity.protocol.wire.octets import to_base64url
from comity.records.accounts import policy
from comity.records.accounts.models import Ceremony, Enrolment, Officer, Passkey
from comity.records.accounts.roster import publish
from comity.records.action import acting
from comity.records.actors import Actor, Permission, Role
from comity.records.errors import NotFound
from comity.records.home import Home
from comity.records.register import events

LONGEST_NAME = 200


class Reason(StrEnum):
    """Why an officer is suspended, as the register tells it."""

    LEFT = "left"
    ABSENT = "absent"
    COMPROMISED = "compromised"
    OTHER = "other"


def create_officer(
    home: Home,
    actor: Actor,
    *,
    name: str,
    roles: Collection[Role],
    language: str = "en",
    active_from: datetime | None = None,
    active_until: datetime | None = None,
) -> Officer:
    """A new officer, under a fresh pseudonym and not yet able to sign in.

    Raises `NotPermitted`, `RolesMissing`, `UnknownTerm` for a language that is none.
    """
    with acting(home, actor, Permission.MANAGE_PEOPLE) as act:
        policy.lock_everybody(actor, act.now, Permission.MANAGE_PEOPLE)
        officer = Officer(
            pseudonym=policy.draw_pseudonym(home),
            handle=to_base64url(home.random(32)),
            name=printable(name),
            roles=policy.some(roles),
            language=LANGUAGE_CODES[language].code,
            active_from=active_from or act.now,
            active_until=active_until,
            created=act.now,
        )
        officer.set_unusable_password()
        officer.save(force_insert=True)
        act.record(events.officer_created(officer=officer.pseudonym, roles=officer.roles))
    return officer


def suspend_officer(home: Home, actor: Actor, pseudonym: str, reason: Reason = Reason.OTHER) -> Officer:
    """Stop an officer at once, sessions, links and all. Raises `NotPermitted`, `NotFound`, `LastAdministrator`."""
    with acting(home, actor, Permission.MANAGE_PEOPLE) as act:
        everybody = policy.lock_everybody(actor, act.now, Permission.MANAGE_PEOPLE)
        officer = policy.among(everybody, pseudonym)
        before = policy.administrators(everybody.values(), home, act.now)
        policy.someone_left(before, before - {officer.pk}, officer)
        officer.suspended = officer.suspended or act.now
        _end_sessions(officer)
        close_links(officer, act.now)
        Ceremony.objects.filter(officer=officer).delete()
        act.record(events.officer_suspended(officer=officer.pseudonym, reason=reason))
        publish(act)
    return officer


def reinstate_officer(home: Home, actor: Actor, pseudonym: str) -> Officer:
    """Let a suspended officer back, in the same roles and with the same passkeys. Raises `NotPermitted`, `NotFound`."""
    with acting(home, actor, Permission.MANAGE_PEOPLE) as act:
        officer = policy.among(policy.lock_everybody(actor, act.now, Permission.MANAGE_PEOPLE), pseudonym)
        officer.suspended = None
        _end_sessions(officer)
        act.record(events.officer_reinstated(officer=officer.pseudonym))
        publish(act)
    return officer


def change_roles(home: Home, actor: Actor, pseudonym: str, roles: Collection[Role]) -> Officer:
    """Give an officer exactly these roles. Raises `NotPermitted`, `NotFound`, `SelfApproval`, …"""
    wanted = policy.some(roles)
    with acting(home, actor, Permission.MANAGE_PEOPLE) as act:
        everybody = policy.lock_everybody(actor, act.now, Permission.MANAGE_PEOPLE)
        officer = policy.among(everybody, pseudonym)
        policy.no_self_approval(actor, officer, wanted)
        before = policy.administrators(everybody.values(), home, act.now)
        if Role.ADMINISTRATOR not in wanted:
            policy.someone_left(before, before - {officer.pk}, officer)
        officer.roles = wanted
        _end_sessions(officer)
        act.record(events.roles_changed(officer=officer.pseudonym, roles=wanted))
        publish(act)
    return officer


def remove_passkey(home: Home, actor: Actor, credential: str) -> Passkey:
    """Make a passkey useless: one's own, or as administrator anybody's. Raises `NotFound`, `LastAdministrator`."""
    with acting(home, actor) as act:
        everybody = policy.lock_everybody(actor, act.now)
        passkey = _removable(actor, credential)
        officer = policy.among(everybody, passkey.officer.pseudonym)
        before = policy.administrators(everybody.values(), home, act.now)
        policy.someone_left(before, policy.administrators(everybody.values(), home, act.now, without=passkey), officer)
        passkey.revoked = act.now
        passkey.save(update_fields=["revoked"])
        _end_sessions(officer)
        act.record(events.passkey_removed(officer=officer.pseudonym))
        publish(act)
    return passkey


def close_links(officer: Officer, now: datetime) -> None:
    """Cancel the officer's open link, and forget the password and the secret that wait on it."""
    rows = Enrolment.objects.filter(officer=officer, used=None, cancelled=None)
    rows.update(cancelled=now, pending_password="", pending_totp=None)


def _removable(actor: Actor, credential: str) -> Passkey:
    """The passkey, unless it is not there or not this actor's to remove: the two are told the same way."""
    rows = Passkey.objects.select_related("officer").filter(revoked=None)
    if not actor.may(Permission.MANAGE_PEOPLE):
        rows = rows.filter(officer__pseudonym=actor.name)
    found = rows.filter(credential=credential).first() if credential.isprintable() else None
    if found is None:
        raise NotFound(what="passkey", id="of that name")
    return found


def _end_sessions(officer: Officer) -> None:
    officer.epoch += 1
    officer.save(update_fields=["epoch", "roles", "suspended"])


def printable(text: str) -> str:
    """One line of at most `LONGEST_NAME` characters. Joiners stay: names in some scripts need them."""
    return "".join(each for each in text if unicodedata.category(each) not in ("Cc", "Cs")).strip()[:LONGEST_NAME]
