# SPDX-License-Identifier: Apache-2.0
"""Whether an approval holds: this officer, on this card, approved exactly these bytes.

`verify` follows W3C WebAuthn Level 3, section 7.2, as far as it concerns somebody who reads the assertion later and
elsewhere. What the browser's session answers for is not there to be asked: the options, the extensions, and the
signature counter (approvals arrive in no order, and synced passkeys always count zero).

The caller still has to verify the statement's signatures, to take the card that was valid at `sent` (`Lineage.judge`),
and to count: `require` counts officers, so that two passkeys of one person are one.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from comity.protocol.wire.approval import Approval, challenge
from comity.protocol.wire.card import Card
from comity.protocol.wire.errors import ApprovalInvalid, ApprovalMissing, SignatureInvalid
from comity.protocol.wire.names import format_time
from comity.protocol.wire.octets import to_base64url
from comity.protocol.wire.officer import Officer

_PRESENT, _VERIFIED, _ELIGIBLE, _BACKED_UP = 0x01, 0x04, 0x08, 0x10
_ATTESTED, _EXTENDED = 0x40, 0x80
_HEAD_BYTES = 37
"""The SHA-256 of the relying party's name, a byte of flags, four of the counter."""


@dataclass(frozen=True, slots=True)
class VerifiedApproval:
    """An approval that holds. `soft` says that software made it: policy refuses that outside sample data."""

    officer: str
    role: str
    soft: bool


def verify(approval: Approval, statement: bytes, card: Card, at: datetime) -> VerifiedApproval:
    """The officer who approved `statement`, by the card valid at its time `at`. Raises `ApprovalInvalid`.

    1. The card names this officer with this credential (7.2 steps 5 and 6), valid at `at`.
    2. The client data is one JSON object (steps 8 and 9).
    3. Its type is `webauthn.get` (step 10).
    4. Its challenge is that of these statement bytes (step 11): approved was exactly this.
    5. Its origin is one that the card gives the officer, and no page of another origin framed it (steps 12 to 14).
    6. The authenticator data is for the officer's relying party (step 15).
    7. The officer was present, and proved to be the one (steps 16 and 17): here always required.
    8. The authenticator data agrees with itself (step 18, and its layout in section 6.1).
    9. The signature holds by the credential's key (steps 20 and 21).
    """
    officer = _officer(approval, card, at)
    client = _client_data(approval)
    if client.get("type") != "webauthn.get":
        _refuse(approval, "it was not made as an approval")
    if client.get("challenge") != to_base64url(challenge(statement)):
        _refuse(approval, "it is of another statement")
    if client.get("origin") not in officer.origins:
        _refuse(approval, "it was made at an origin that the card does not name")
    if client.get("crossOrigin", False) is not False or "topOrigin" in client:
        _refuse(approval, "it was made inside another site's page")
    _check_authenticator(approval, officer)
    hashed = hashlib.sha256(approval.client_data).digest()
    try:
        officer.key.verify(approval.signature, approval.authenticator_data + hashed)
    except SignatureInvalid:
        _refuse(approval, "its signature does not hold")
    return VerifiedApproval(officer.pseudonym, officer.role, officer.soft)


def require(
    approvals: Iterable[Approval], statement: bytes, card: Card, at: datetime, *, needed: int, kind: str
) -> tuple[VerifiedApproval, ...]:
    """The verified approvals, by `needed` different officers at least. Every one that is there must hold.

    Raises `ApprovalInvalid`, or `ApprovalMissing` for a statement of this `kind`.
    """
    found = tuple(verify(each, statement, card, at) for each in approvals)
    officers = {each.officer for each in found}
    if len(officers) < needed:
        raise ApprovalMissing(kind=kind, needed=needed, found=len(officers))
    return found


def _officer(approval: Approval, card: Card, at: datetime) -> Officer:
    named = [each for each in card.officers_named(approval.officer) if each.credential == approval.credential]
    if not named:
        _refuse(approval, "the card does not name this officer with this credential")
    if not named[0].valid_at(at):
        _refuse(approval, f"the officer was not enrolled at {format_time(at)}")
    return named[0]


def _client_data(approval: Approval) -> dict[str, Any]:
    """The client data. A name given twice could be read in two ways, so it is refused."""
    try:
        found = json.loads(approval.client_data.decode("utf-8"), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        _refuse(approval, "its client data is not JSON")
    if not isinstance(found, dict):
        _refuse(approval, "its client data is not an object")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is given twice")
    return found


def _check_authenticator(approval: Approval, officer: Officer) -> None:
    data = approval.authenticator_data
    if len(data) < _HEAD_BYTES or data[:32] != hashlib.sha256(officer.rp_id.encode()).digest():
        _refuse(approval, "it was made for another relying party")
    flags = data[32]
    if not flags & _PRESENT:
        _refuse(approval, "nobody was present")
    if not flags & _VERIFIED:
        _refuse(approval, "the officer was not verified")
    if flags & _BACKED_UP and not flags & _ELIGIBLE:
        _refuse(approval, "its flags contradict each other")
    if bool(flags & (_ATTESTED | _EXTENDED)) != (len(data) > _HEAD_BYTES):
        _refuse(approval, "its authenticator data has another length than its flags say")


def _refuse(approval: Approval, why: str) -> NoReturn:
    raise ApprovalInvalid(officer=approval.officer, why=why) from None
