# SPDX-License-Identifier: Apache-2.0
"""An officer as a card names one: a pseudonym, a role, and the passkey by which others know an approval.

    {"credential":"…","from":"2026-11-01T00:00:00.000Z","origins":["https://desk.example.org"],"pseudonym":"es-0417",
     "public_key":"…","role":"approver","rp_id":"desk.example.org","soft":false,"until":"2027-11-01T00:00:00.000Z"}

Promises: no personal data (who es-0417 is, only the home authority knows); the key is one that a signature can be held
against; every origin is one at which a browser lets the passkey be used. A person with two passkeys is named twice, by
one pseudonym.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self

from comity.protocol.wire import cose
from comity.protocol.wire.approval import MAX_CREDENTIAL_BYTES
from comity.protocol.wire.cose import CredentialKey
from comity.protocol.wire.forms import flag, host_name, plain, plains, web_origin
from comity.protocol.wire.members import Members
from comity.protocol.wire.names import format_time
from comity.protocol.wire.octets import to_base64url

_PSEUDONYM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]*")
_ROLE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MEMBERS = frozenset({"pseudonym", "role", "credential", "public_key", "rp_id", "origins", "soft", "from", "until"})


@dataclass(frozen=True, slots=True)
class Officer:
    """One credential of one officer. `soft` says that software made the key, as sample data may and nobody else."""

    pseudonym: str
    role: str
    credential: bytes
    public_key: bytes
    rp_id: str
    origins: tuple[str, ...]
    soft: bool
    start: datetime
    until: datetime
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> CredentialKey:
        """The public key, ready to hold a signature against. Raises `BadMember`."""
        return cose.parse(self.public_key)

    def valid_at(self, instant: datetime) -> bool:
        """Whether the officer may approve at this instant: from `start`, and before `until`."""
        return self.start <= instant < self.until

    def within(self, start: datetime, until: datetime) -> Self:
        """The officer with a time cut to that of the card: no officer outlasts the card."""
        return replace(self, start=max(self.start, start), until=min(self.until, until))

    def to_json(self) -> dict[str, Any]:
        """The officer as a card carries one."""
        return {
            **self.extra,
            "pseudonym": self.pseudonym,
            "role": self.role,
            "credential": to_base64url(self.credential),
            "public_key": to_base64url(self.public_key),
            "rp_id": self.rp_id,
            "origins": list(self.origins),
            "soft": self.soft,
            "from": format_time(self.start),
            "until": format_time(self.until),
        }

    @classmethod
    def from_json(cls, value: object, what: str = "officer") -> Self:
        """The officer that `to_json` wrote. Raises `BadMember`."""
        members = Members.of(what, value)
        found = cls(
            pseudonym=plain(members, "pseudonym", at_most=64, form=_PSEUDONYM),
            role=plain(members, "role", at_most=32, form=_ROLE),
            credential=members.base64url("credential", at_most=MAX_CREDENTIAL_BYTES),
            public_key=members.base64url("public_key", at_most=cose.MAX_BYTES),
            rp_id=host_name(members.value.get("rp_id"), what, "rp_id"),
            origins=plains(members, "origins", at_most=8, length=300, least=1),
            soft=flag(members, "soft"),
            start=members.time("from"),
            until=members.time("until"),
            extra=members.others(_MEMBERS),
        )
        found._check(members)
        return found

    def _check(self, members: Members) -> None:
        for each in self.origins:
            web_origin(each, self.rp_id, members.what, "origins")
        if self.start >= self.until:
            raise members.bad("until", "is not after from")
        cose.parse(self.public_key)
