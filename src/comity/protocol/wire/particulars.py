# SPDX-License-Identifier: Apache-2.0
"""The parts of a card that have members of their own: its keys, its contact, its calendar.

Each keeps the members that this version does not know. Reading raises `BadMember`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from comity.protocol.wire.forms import plain
from comity.protocol.wire.keys import SealingKey, VerifyingKeys, ed25519_public
from comity.protocol.wire.members import Members
from comity.protocol.wire.octets import to_base64

COUNTRY = re.compile(r"[A-Z]{2}")
_KEYS = frozenset({"ed25519", "mldsa65", "sealing", "register", "witness"})
_CONTACT = frozenset({"telephone", "email"})
_CALENDAR = frozenset({"country", "subdivision"})
_TELEPHONE = re.compile(r"\+?[0-9][0-9 ()/-]*")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
_SUBDIVISION = re.compile(r"[A-Za-z0-9 -]+")


@dataclass(frozen=True, slots=True)
class CardKeys:
    """The public keys of a card. `register` signs its checkpoints, `witness` cosigns those of others: raw Ed25519."""

    signing: VerifyingKeys
    sealing: SealingKey
    register: bytes
    witness: bytes
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def keyids(self) -> tuple[str, str, str]:
        """The key ids by which a revocation can name them: the two that sign, then the one that others seal to."""
        return (*self.signing.keyids, self.sealing.keyid)

    def to_json(self) -> dict[str, Any]:
        """The keys as a card carries them."""
        own = {"register": to_base64(self.register), "witness": to_base64(self.witness)}
        return {**self.extra, **self.signing.to_json(), "sealing": self.sealing.to_json(), **own}

    @classmethod
    def from_json(cls, members: Members) -> Self:
        """The keys that `to_json` wrote: each is a key, and the three Ed25519 keys differ."""
        register, witness = members.base64("register"), members.base64("witness")
        ed25519_public(register, "register")
        ed25519_public(witness, "witness")
        signing = VerifyingKeys.from_json(members.value)
        if len({register, witness, signing.ed25519}) != 3:
            raise members.bad("register", "must differ from the witness key, and both from the signing key")
        sealing = SealingKey.from_json(members.value.get("sealing"))
        return cls(signing, sealing, register, witness, members.others(_KEYS))


@dataclass(frozen=True, slots=True)
class Contact:
    """Where people ring or write, also to compare words. An empty text: none."""

    telephone: str = ""
    email: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The contact as a card carries it."""
        return {**self.extra, "telephone": self.telephone, "email": self.email}

    @classmethod
    def from_json(cls, members: Members) -> Self:
        """The contact that `to_json` wrote."""
        return cls(
            telephone=plain(members, "telephone", at_most=40, form=_TELEPHONE, empty=True),
            email=plain(members, "email", at_most=254, form=_EMAIL, empty=True),
            extra=members.others(_CONTACT),
        )


@dataclass(frozen=True, slots=True)
class Calendar:
    """Whose public holidays the authority keeps: a country's, or those of a part of it (`CT` of `ES`)."""

    country: str
    subdivision: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The calendar as a card carries it; without a part of the country, the member is absent."""
        part = {"subdivision": self.subdivision} if self.subdivision else {}
        return {**self.extra, "country": self.country, **part}

    @classmethod
    def from_json(cls, members: Members) -> Self:
        """The calendar that `to_json` wrote."""
        named = "subdivision" in members.value
        return cls(
            country=plain(members, "country", at_most=2, form=COUNTRY),
            subdivision=plain(members, "subdivision", at_most=32, form=_SUBDIVISION) if named else "",
            extra=members.others(_CALENDAR),
        )
