# SPDX-License-Identifier: Apache-2.0
"""Standing behind exactly these bytes: a passkey assertion whose challenge is the statement's.

`take` promises, in this order: the challenge was asked for by `options` less than five minutes ago, and is spent now;
the passkey is one of this officer's, for this node's address; the assertion holds, by the package `webauthn` and again
as every recipient will check it, by our card of the statement's time; the officer is an active approver at this
instant and the counter went up. However the officer signed in, nothing but a passkey makes an approval.

A refusal is registered in a transaction of its own, so `take` is called before the action that keeps the approval,
never within it.
"""

from collections.abc import Mapping
from typing import Any, NoReturn

from django.db import transaction

from comity.protocol.wire import approval_check
from comity.protocol.wire import statement as statements
from comity.protocol.wire.approval import Approval, challenge
from comity.protocol.wire.errors import ApprovalInvalid, KeyExpired
from comity.protocol.wire.names import digest_of
from comity.protocol.wire.octets import from_base64url, to_base64url
from comity.records.accounts import passkeys
from comity.records.accounts.ceremonies import begin, take_approval
from comity.records.accounts.errors import ApprovalRefused, Fault, PasskeyCloned, ResponseRefused
from comity.records.accounts.models import Officer, Passkey, Purpose
from comity.records.accounts.responses import Assertion, hold, read_assertion
from comity.records.accounts.signing_in import owner
from comity.records.action import acting
from comity.records.actors import SYSTEM, Role
from comity.records.authorities.lineages import lineage
from comity.records.home import Home
from comity.records.register import events


def options(home: Home, officer: Officer | None, statement: bytes) -> dict[str, Any]:
    """What a browser is asked for: a passkey over these bytes, the officer's, or anybody's when none is given."""
    with home.active():
        ceremony = begin(home, Purpose.APPROVE, officer=officer, challenge=challenge(statement))
        allowed = passkeys.usable(home, officer) if officer else ()
        return passkeys.assertion_options(home, ceremony.challenge, allowed)


def officer_of(home: Home, response: str | Mapping[str, Any]) -> Officer:
    """Whose passkey a response claims to be; `take` proves it. Raises `ResponseRefused`."""
    with home.active():
        return owner(home, read_assertion(response)).officer


def take(home: Home, officer: Officer, statement: bytes, response: str | Mapping[str, Any]) -> Approval:
    """The officer's approval of these bytes. Raises `ApprovalRefused`, `PasskeyCloned`; either is registered."""
    with home.active():
        try:
            return _take(home, officer, statement, response)
        except (ResponseRefused, PasskeyCloned) as refusal:
            _turn_away(home, officer, statement, refusal)


def is_soft(officer: Officer, approval: Approval) -> bool:
    """Whether software made the key that approved."""
    return Passkey.objects.get(officer=officer, credential=to_base64url(approval.credential)).soft


def stands(home: Home, approval: Mapping[str, Any]) -> bool:
    """Whether an approval taken earlier still counts: its officer serves as approver, its passkey was not revoked."""
    given = Approval.from_json(approval)
    with home.active():
        officer = Officer.objects.filter(pseudonym=given.officer).first()
        if officer is None or Role.APPROVER not in officer.held or not officer.active_at(home.now()):
            return False
        return passkeys.usable(home, officer).filter(credential=to_base64url(given.credential)).exists()


def _take(home: Home, officer: Officer, statement: bytes, response: str | Mapping[str, Any]) -> Approval:
    asked = challenge(statement)
    assertion = read_assertion(response)
    take_approval(home, officer, asked)
    passkey = _of(home, officer, assertion)
    held = hold(assertion, bytes(passkey.public_key), passkeys.expected(home, asked))
    approval = Approval(
        officer=officer.pseudonym,
        credential=from_base64url(assertion.credential, "assertion", "id"),
        authenticator_data=assertion.authenticator_data,
        client_data=assertion.client_data,
        signature=assertion.signature,
    )
    _check_abroad(home, approval, statement)
    with transaction.atomic(using=home.alias, durable=True):
        locked = Officer.objects.select_for_update().get(pk=officer.pk)
        if Role.APPROVER not in locked.held or not locked.active_at(home.now()):
            raise ResponseRefused.of(Fault.NO_APPROVER)
        passkeys.note_use(passkey, held, home.now())
    return approval


def _of(home: Home, officer: Officer, assertion: Assertion) -> Passkey:
    found = passkeys.usable(home, officer).filter(credential=assertion.credential).first()
    if found is None or assertion.handle not in ("", officer.handle):
        raise ResponseRefused.of(Fault.UNKNOWN_PASSKEY)
    if found.soft and not home.config.sample:
        raise ResponseRefused.of(Fault.SOFTWARE)
    return found


def _check_abroad(home: Home, approval: Approval, statement: bytes) -> None:
    """What every recipient does with the approval, so that it fails here and not there."""
    sent = statements.parse(statement).sent
    try:
        approval_check.verify(approval, statement, lineage(home.authority).card_at(sent), sent)
    except (ApprovalInvalid, KeyExpired):
        raise ResponseRefused.of(Fault.NOT_ON_CARD) from None


def _turn_away(home: Home, officer: Officer, statement: bytes, refusal: ResponseRefused | PasskeyCloned) -> NoReturn:
    code = str(refusal.data.get("fault", refusal.code))
    with acting(home, SYSTEM) as act:
        act.record(events.approval_refused(message=digest_of(statement), officer=officer.pseudonym, code=code))
    if isinstance(refusal, ResponseRefused):
        raise ApprovalRefused.of(Fault(code), officer.pseudonym) from None
    raise refusal
