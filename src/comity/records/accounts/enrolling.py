# SPDX-License-Identifier: Apache-2.0
"""How an officer gets in for the first time, or again after a loss: a one-time link from an administrator.

    enrolment_link ─► begin_enrolment ─► finish_enrolment     a passkey
                  └─► enrol_password ──► confirm_totp         a password and a TOTP, where the link says so

The token has 256 bits, is shown once and stored as its SHA-256. A link is for one officer and one means, lives 24
hours, and is spent by the enrolment that succeeds; opening it spends nothing, so a mail scanner that follows it does
no harm. A new link cancels the old. Whoever holds the link is the officer as far as the node can tell: it goes from
hand to hand, never by mail.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from comity.protocol.wire.octets import to_base64url
from comity.records.accounts import guesses, passkeys, passwords, policy
from comity.records.accounts.ceremonies import Asked, alive, begin, take
from comity.records.accounts.errors import CodeRefused, Fault, LinkRefused, ResponseRefused
from comity.records.accounts.models import Enrolment, Means, Officer, Passkey, Purpose, Totp
from comity.records.accounts.passwords import Provisioning
from comity.records.accounts.people import close_links, printable
from comity.records.accounts.responses import Fresh, read_registration
from comity.records.accounts.roster import publish
from comity.records.action import Act, acting
from comity.records.actors import SYSTEM, Actor, Permission
from comity.records.home import Home
from comity.records.register import events

LASTS = timedelta(hours=24)
LONGEST_LABEL = 64


@dataclass(frozen=True, slots=True)
class EnrolmentLink:
    """A link to hand over, shown this once. `url` contains the token; neither is in the object's `repr`."""

    officer: str
    means: Means
    expires: datetime
    token: str = field(repr=False)
    url: str = field(repr=False)


def enrolment_link(home: Home, actor: Actor, pseudonym: str, means: Means = Means.PASSKEY) -> EnrolmentLink:
    """A link by which the officer enrols; an earlier open one is void. Raises `NotPermitted`, `NotFound`."""
    token = to_base64url(home.random(32))
    with acting(home, actor, Permission.MANAGE_PEOPLE) as act:
        officer = policy.among(policy.lock_everybody(actor, act.now, Permission.MANAGE_PEOPLE), pseudonym)
        policy.at_work(officer, act.now)
        close_links(officer, act.now)
        expires = act.now + LASTS
        Enrolment.objects.create(officer=officer, token=_digest(token), means=means, made=act.now, expires=expires)
        act.record(events.enrolment_opened(officer=officer.pseudonym, method=means))
    return EnrolmentLink(officer.pseudonym, means, expires, token, f"{home.config.origin}/enrol/{token}")


def opened(home: Home, token: str) -> Enrolment:
    """The open enrolment that the link leads to, with its officer. Raises `LinkRefused`; nothing is spent."""
    with home.active():
        found = Enrolment.objects.select_related("officer").filter(token=_digest(token)).first()
        if found is None:
            raise LinkRefused
        shut = found.used or found.cancelled or not alive(found.made, found.expires, home.now())
        if shut or not found.officer.active_at(home.now()):
            raise _refused(home, found, LinkRefused())
    return found


def begin_enrolment(home: Home, token: str) -> Asked:
    """What the officer's browser is asked to make a passkey. Raises `LinkRefused`."""
    enrolment = _for(home, token, Means.PASSKEY)
    with home.active():
        ceremony = begin(home, Purpose.ENROL, officer=enrolment.officer, enrolment=enrolment)
        return Asked(ceremony.pk, passkeys.registration_options(home, enrolment.officer, ceremony.challenge))


def finish_enrolment(
    home: Home, token: str, ceremony: str, response: str | Mapping[str, Any], label: str = ""
) -> Passkey:
    """Keep the passkey that the browser made, and spend the link. Raises `LinkRefused`, `ResponseRefused`."""
    enrolment = _for(home, token, Means.PASSKEY)
    try:
        with home.active():
            begun = take(home, ceremony, Purpose.ENROL)
            fresh = read_registration(response, passkeys.expected(home, begun.challenge))
        if begun.enrolment_id != enrolment.pk:
            raise ResponseRefused.of(Fault.OTHER_CHALLENGE)
        return _enrol(home, enrolment, fresh, label)
    except ResponseRefused as refusal:
        raise _refused(home, enrolment, refusal) from None


def enrol_password(home: Home, token: str, password: str) -> Provisioning:
    """Note the password, draw a TOTP secret: pending until `confirm_totp`. Raises `LinkRefused`, `PasswordRefused`."""
    enrolment = _for(home, token, Means.PASSWORD)
    hashed = passwords.hash_password(password, enrolment.officer)
    sealed, provisioning = passwords.new_totp(home, enrolment.officer)
    with home.active():
        rows = Enrolment.objects.filter(pk=enrolment.pk, used=None, cancelled=None)
        if not rows.update(pending_password=hashed, pending_totp=sealed):
            raise LinkRefused
    return provisioning


def confirm_totp(home: Home, token: str, code: str) -> Officer:
    """Once the device shows the right code, password and TOTP count. Raises `LinkRefused`, `CodeRefused`."""
    enrolment = _for(home, token, Means.PASSWORD)
    officer, sealed = enrolment.officer, bytes(enrolment.pending_totp or b"")
    step = passwords.matching_step(home, officer, sealed, code, home.now()) if sealed else None
    if step is None:
        raise CodeRefused
    with _spending(home, enrolment) as act:
        Totp.objects.update_or_create(officer=officer, defaults={"sealed": sealed, "last_step": step, "since": act.now})
        officer.refresh_from_db()
        officer.password = enrolment.pending_password
        officer.epoch += 1
        officer.save(update_fields=["password", "epoch"])
        act.record(events.officer_enrolled(officer=officer.pseudonym, method=Means.PASSWORD, soft=False))
    return officer


def _for(home: Home, token: str, means: Means) -> Enrolment:
    enrolment = opened(home, token)
    if enrolment.means != means:
        raise LinkRefused
    return enrolment


@contextmanager
def _spending(home: Home, enrolment: Enrolment) -> Iterator[Act]:
    """An action of the enrolling officer that spends the link: of two at once, one gets it."""
    with acting(home, policy.actor_of(enrolment.officer)) as act:
        locked = Officer.objects.select_for_update().get(pk=enrolment.officer_id)
        rows = Enrolment.objects.filter(
            pk=enrolment.pk, used=None, cancelled=None, pending_password=enrolment.pending_password
        )
        if not locked.active_at(act.now) or not rows.update(used=act.now, pending_password="", pending_totp=None):
            raise LinkRefused
        yield act


def _enrol(home: Home, enrolment: Enrolment, fresh: Fresh, label: str) -> Passkey:
    with _spending(home, enrolment) as act:
        passkey = _keep(home, enrolment.officer, fresh, label, act.now)
        act.record(
            events.officer_enrolled(officer=enrolment.officer.pseudonym, method=Means.PASSKEY, soft=passkey.soft)
        )
        publish(act)
    return passkey


def _keep(home: Home, officer: Officer, fresh: Fresh, label: str, now: datetime) -> Passkey:
    if fresh.soft and not home.config.sample:
        raise ResponseRefused.of(Fault.SOFTWARE)
    same = Q(credential=fresh.credential) | Q(fingerprint=fresh.fingerprint)
    if Passkey.objects.filter(same).exists():
        raise ResponseRefused.of(Fault.ENROLLED)
    return Passkey.objects.create(
        officer=officer,
        credential=fresh.credential,
        public_key=fresh.public_key,
        fingerprint=fresh.fingerprint,
        rp_id=home.config.rp_id,
        origin=home.config.origin,
        sign_count=fresh.sign_count,
        soft=fresh.soft,
        label=printable(label)[:LONGEST_LABEL],
        created=now,
    )


def _refused(home: Home, enrolment: Enrolment, refusal: LinkRefused | ResponseRefused) -> LinkRefused | ResponseRefused:
    """The refusal, registered: a link that is tried when it is spent may be in wrong hands."""
    with home.active():
        worth = guesses.worth_a_leaf(home, f"enrolment {enrolment.pk}")
    if worth:
        code = str(refusal.data.get("fault", refusal.code))
        with acting(home, SYSTEM) as act:
            act.record(events.enrolment_refused(officer=enrolment.officer.pseudonym, code=code))
    return refusal


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
