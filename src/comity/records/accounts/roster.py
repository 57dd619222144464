# SPDX-License-Identifier: Apache-2.0
"""What the authority's card tells the world of its officers: the passkeys of approvers and duty officers, by pseudonym.

An officer who is both is listed as approver, once for each passkey. Suspended officers and removed passkeys are left
out of the next card; what they approved before is judged by the card of then. Every action that changes who is listed
issues that card in its own transaction (`publish`), so that no officer's approval is ever looked for on a card that
does not name them yet.
"""

from datetime import UTC, datetime, timedelta

from comity.protocol.wire import officer as wire
from comity.protocol.wire.octets import from_base64url
from comity.records.accounts.models import Officer, Passkey
from comity.records.action import Act
from comity.records.actors import Role
from comity.records.authorities.issuing import our_card, reissue
from comity.records.home import Home

FOR_EVER = datetime(9999, 12, 31, tzinfo=UTC)
"""The end of a service that has none: a card cuts it to its own (`wire.officer.Officer.within`)."""


def card_officers(home: Home, now: datetime) -> tuple[wire.Officer, ...]:
    """The officers as a card of `now` names them, each within the card's time, in the order of their enrolment."""
    end = now + timedelta(days=home.config.card_days)
    with home.active():
        rows = Passkey.objects.select_related("officer").filter(revoked=None, rp_id=home.config.rp_id).order_by("pk")
        if not home.config.sample:
            rows = rows.filter(soft=False)
        found = [as_named(each, role) for each in rows if (role := _public(each.officer))]
    cut = (each.within(now, end) for each in found)
    return tuple(each for each in cut if each.start < each.until)


def publish(act: Act) -> None:
    """Within `act`: issue our next card when other officers are to be named than the newest names."""
    named = card_officers(act.home, act.now)
    if {_listed(each) for each in named} != {_listed(each) for each in our_card().officers}:
        reissue(act, named)


def as_named(passkey: Passkey, role: Role) -> wire.Officer:
    """One passkey of an officer in the form of a card."""
    return wire.Officer(
        pseudonym=passkey.officer.pseudonym,
        role=role.value,
        credential=from_base64url(passkey.credential, "passkey", "credential"),
        public_key=bytes(passkey.public_key),
        rp_id=passkey.rp_id,
        origins=(passkey.origin,),
        soft=passkey.soft,
        start=max(passkey.created, passkey.officer.active_from),
        until=passkey.officer.active_until or FOR_EVER,
    )


def _listed(officer: wire.Officer) -> tuple[str, str, bytes]:
    return officer.pseudonym, officer.role, officer.credential


def _public(officer: Officer) -> Role | None:
    if officer.suspended is not None:
        return None
    return next((role for role in (Role.APPROVER, Role.DUTY_OFFICER) if role in officer.held), None)
