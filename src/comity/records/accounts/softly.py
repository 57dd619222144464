# SPDX-License-Identifier: Apache-2.0
"""Software passkeys of a sample node: kept in its directory, enrolled and used as a browser would use a real one.

They show the whole road without a person at a browser. A node that is not a sample node refuses them, and so does
every peer."""

import os
from pathlib import Path
from typing import Any

from comity.protocol.wire.octets import from_base64url
from comity.records.accounts import enrolling
from comity.records.accounts.models import Officer
from comity.records.accounts.soft import SoftAuthenticator
from comity.records.actors import CONSOLE
from comity.records.errors import NotFound, NotInSeason
from comity.records.home import Home

FOLDER = "soft"


def enrol(home: Home, officer: Officer) -> SoftAuthenticator:
    """Enrol a software passkey for an officer and keep it. Raises `NotInSeason` on a node that is not a sample node."""
    require_sample(home)
    key = SoftAuthenticator.new(home.random)
    link = enrolling.enrolment_link(home, CONSOLE, officer.pseudonym)
    asked = enrolling.begin_enrolment(home, link.token)
    challenge = from_base64url(asked.options["challenge"], "options", "challenge")
    user = from_base64url(asked.options["user"]["id"], "options", "user")
    response = key.create(challenge, home.config.rp_id, home.config.origin, user)
    enrolling.finish_enrolment(home, link.token, asked.ceremony, response, "software (sample)")
    _keep(home, officer.pseudonym, key)
    return key


def keys(home: Home) -> dict[str, SoftAuthenticator]:
    """The software passkeys kept here, by officer."""
    folder = home.config.home / FOLDER
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    return {path.name: SoftAuthenticator.from_text(path.read_text(encoding="ascii").strip()) for path in paths}


def key_of(home: Home, pseudonym: str) -> SoftAuthenticator:
    """One officer's software passkey. Raises `NotFound`."""
    found = keys(home).get(pseudonym)
    if found is None:
        raise NotFound(what="software passkey of", id=pseudonym)
    return found


def answer(home: Home, key: SoftAuthenticator, options: dict[str, Any]) -> dict[str, Any]:
    """What a browser with this passkey would answer to WebAuthn request options."""
    challenge = from_base64url(options["challenge"], "options", "challenge")
    return key.get(challenge, home.config.rp_id, home.config.origin)


def require_sample(home: Home) -> None:
    """Raise `NotInSeason` unless this is a sample node."""
    if not home.config.sample:
        raise NotInSeason(what="node", id=home.authority, state="a real one", needed="a sample node (--sample)")


def _keep(home: Home, pseudonym: str, key: SoftAuthenticator) -> None:
    folder: Path = home.config.home / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(folder / pseudonym, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(key.to_text() + "\n")
