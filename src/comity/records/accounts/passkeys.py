# SPDX-License-Identifier: Apache-2.0
"""Passkeys: what a browser is asked for, and what their use leaves behind.

Asked of a registration: a credential that the authenticator can find by itself (so that signing in asks for no name),
that verifies its user, with no attestation. The browser learns the pseudonym and a random handle, never the name:
passkeys travel through their makers' clouds.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import webauthn
from django.db.models import QuerySet
from webauthn.helpers import options_to_json_dict
from webauthn.helpers.structs import (
    AttestationConveyancePreference,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from comity.protocol.wire.octets import from_base64url
from comity.records.accounts.errors import PasskeyCloned
from comity.records.accounts.models import Officer, Passkey
from comity.records.accounts.responses import ALGORITHMS, Expected, Held
from comity.records.home import Home

_TIMEOUT = 300_000


def expected(home: Home, challenge: bytes | memoryview) -> Expected:
    """What a good response at this node answers."""
    return Expected(bytes(challenge), home.config.rp_id, home.config.origin)


def usable(home: Home, officer: Officer) -> QuerySet[Passkey]:
    """The officer's passkeys that work at this node's address."""
    return Passkey.objects.filter(officer=officer, revoked=None, rp_id=home.config.rp_id).order_by("pk")


def registration_options(home: Home, officer: Officer, challenge: bytes | memoryview) -> dict[str, Any]:
    """What `navigator.credentials.create` is called with."""
    options = webauthn.generate_registration_options(
        rp_id=home.config.rp_id,
        rp_name=home.config.name,
        user_id=from_base64url(officer.handle, "officer", "handle"),
        user_name=officer.pseudonym,
        user_display_name=officer.pseudonym,
        challenge=bytes(challenge),
        timeout=_TIMEOUT,
        attestation=AttestationConveyancePreference.NONE,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=_named(usable(home, officer)),
        supported_pub_key_algs=ALGORITHMS,
    )
    return options_to_json_dict(options)


def assertion_options(home: Home, challenge: bytes | memoryview, allowed: Iterable[Passkey] = ()) -> dict[str, Any]:
    """What `navigator.credentials.get` is called with. Without `allowed` any of the officer's own passkeys answers."""
    options = webauthn.generate_authentication_options(
        rp_id=home.config.rp_id,
        challenge=bytes(challenge),
        timeout=_TIMEOUT,
        allow_credentials=_named(allowed),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json_dict(options)


def note_use(passkey: Passkey, held: Held, now: datetime) -> None:
    """Keep the new count, unless it went back (section 6.1.1). Raises `PasskeyCloned`.

    One statement: of two assertions at once with one count, one gets it.
    """
    rows = Passkey.objects.filter(pk=passkey.pk, revoked=None)
    rows = rows.filter(sign_count__lt=held.sign_count) if held.sign_count else rows.filter(sign_count=0)
    if rows.update(sign_count=held.sign_count, last_used=now) != 1:
        raise PasskeyCloned


def _named(passkeys: Iterable[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(id=from_base64url(each.credential, "passkey", "credential")) for each in passkeys
    ]
