# SPDX-License-Identifier: Apache-2.0
"""An authority's card: who it is, how to reach it, its keys, and the officers whose approval counts.

    {"authority":"ES/policia-nacional","keys":{…},"officers":[…],"previous":null,"serial":1,"from":"…","until":"…","v":1,…}

Promises of `parse`, in order: the bytes are canonical; every member has its one form; the keys are keys; the times lie
within one another; no two officers share a key; only sample data has soft officers; members that this version does not
know are kept, so that `parse(data).to_bytes() == data`. Promise of `verify`: the holder of the card's keys wrote it.
Whether the card is really that authority's is asked in `trust`, of people and of earlier cards.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from comity.protocol.wire import canonical, dsse
from comity.protocol.wire.dsse import PayloadType, Signed
from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.forms import flag, inside, plain, plains, web_address
from comity.protocol.wire.keys import SigningKeys
from comity.protocol.wire.members import Members
from comity.protocol.wire.names import AuthorityId, Digest, digest_of, format_time
from comity.protocol.wire.octets import to_base64
from comity.protocol.wire.officer import Officer
from comity.protocol.wire.particulars import COUNTRY, Calendar, CardKeys, Contact

VERSION = 1
MAX_BYTES = 1 << 18
MAX_OFFICERS = 512
LONGEST = timedelta(days=1100)
"""No card is valid for longer than about three years."""

_SHARED = frozenset({"EU", "UN"})
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_ROLE = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*")
_ZONE = re.compile(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*")
_WHO = frozenset({"v", "authority", "name", "country", "roles", "competence", "languages", "contact", "sample"})
_WHEN = frozenset({"timezone", "calendar", "hours", "serial", "previous", "from", "until"})
_MEMBERS = _WHO | _WHEN | {"keys", "endpoints", "mailbox", "officers"}


@dataclass(frozen=True, slots=True)
class Card:
    """A card as its authority wrote it. Valid from `start`, and before `until`."""

    authority: AuthorityId
    name: Mapping[str, str]
    country: str
    roles: tuple[str, ...]
    languages: tuple[str, ...]
    timezone: str
    calendar: Calendar
    contact: Contact
    serial: int
    previous: Digest | None
    start: datetime
    until: datetime
    sample: bool
    keys: CardKeys
    competence: tuple[str, ...] = ()
    hours: str = ""
    endpoints: tuple[str, ...] = ()
    mailbox: str | None = None
    officers: tuple[Officer, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def digest(self) -> Digest:
        """The SHA-256 of the card's bytes: how other texts name it."""
        return digest_of(self.to_bytes())

    @property
    def register_vkey(self) -> str:
        """The key of the register's checkpoints, as c2sp.org/signed-note writes one."""
        return _vkey(f"comity/{self.authority}", 0x01, self.keys.register)

    @property
    def witness_vkey(self) -> str:
        """The key of the authority's cosignatures, as c2sp.org/tlog-cosignature writes one."""
        return _vkey(f"comity/{self.authority}/witness", 0x04, self.keys.witness)

    def valid_at(self, instant: datetime) -> bool:
        """Whether the instant lies in the card's own time; a successor may end it earlier, see `trust`."""
        return self.start <= instant < self.until

    def officers_named(self, pseudonym: str) -> tuple[Officer, ...]:
        """The credentials of one officer; most have one."""
        return tuple(each for each in self.officers if each.pseudonym == pseudonym)

    def to_bytes(self) -> bytes:
        """The canonical bytes. Raises `TooLarge` or `NotCanonical`."""
        value = {
            **self.extra,
            "v": VERSION,
            "authority": self.authority,
            "name": dict(self.name),
            "country": self.country,
            "roles": self.roles,
            "competence": self.competence,
            "languages": self.languages,
            "timezone": self.timezone,
            "calendar": self.calendar.to_json(),
            "hours": self.hours,
            "contact": self.contact.to_json(),
            "serial": self.serial,
            "previous": self.previous,
            "from": format_time(self.start),
            "until": format_time(self.until),
            "sample": self.sample,
            "keys": self.keys.to_json(),
            "endpoints": self.endpoints,
            "mailbox": self.mailbox,
            "officers": [each.to_json() for each in self.officers],
        }
        return canonical.encode(value, limit=MAX_BYTES)


def parse(data: bytes) -> Card:
    """The card that these bytes are. Raises `TooLarge`, `TooDeep`, `NotCanonical`, `BadMember` or `UnknownVersion`."""
    members = Members("card", canonical.decode_object(data, limit=MAX_BYTES))
    members.version(VERSION)
    card = Card(
        authority=members.authority("authority"),
        name=_names(inside(members, "name")),
        country=plain(members, "country", at_most=2, form=COUNTRY),
        roles=plains(members, "roles", at_most=16, length=64, form=_ROLE, least=1),
        competence=plains(members, "competence", at_most=64, length=200),
        languages=plains(members, "languages", at_most=32, length=35, form=_LANGUAGE, least=1),
        timezone=plain(members, "timezone", at_most=64, form=_ZONE),
        calendar=Calendar.from_json(inside(members, "calendar")),
        hours=plain(members, "hours", at_most=500, empty=True),
        contact=Contact.from_json(inside(members, "contact")),
        serial=members.integer("serial", least=1),
        previous=_previous(members),
        start=members.time("from"),
        until=members.time("until"),
        sample=flag(members, "sample"),
        keys=CardKeys.from_json(inside(members, "keys")),
        endpoints=plains(members, "endpoints", at_most=8, length=2048),
        mailbox=_mailbox(members),
        officers=members.each("officers", Officer.from_json, at_most=MAX_OFFICERS),
        extra=members.others(_MEMBERS),
    )
    _check(card, members)
    _check_officers(card, members)
    return card


def sign(card: Card, keys: SigningKeys, previous: SigningKeys | None = None) -> Signed:
    """The card signed by its own keys, and by those of the card before where they differ. Raises as `parse` does."""
    data = card.to_bytes()
    if parse(data).keys.signing != keys.public:
        raise BadMember(what="card", member="keys", why="are not the keys that it is signed with")
    signed = dsse.sign(PayloadType.CARD, data, keys)
    if previous is None or previous.public == keys.public:
        return signed
    return dsse.countersign(signed, previous)


def verify(signed: Signed) -> Card:
    """The card, once both signatures of its own keys hold. Raises as `parse`, and as `dsse.verify`."""
    if signed.payload_type != PayloadType.CARD:
        raise BadMember(what="card", member="payloadType", why=f"is not {PayloadType.CARD}")
    card = parse(signed.payload)
    dsse.verify(signed, card.keys.signing, payload_type=PayloadType.CARD)
    return card


def _names(members: Members) -> dict[str, str]:
    if not 0 < len(members.value) <= 32 or not all(_LANGUAGE.fullmatch(each) for each in members.value):
        raise members.bad("(all)", "must be one to 32 languages, each with a name")
    return {each: plain(members, each, at_most=200) for each in members.value}


def _previous(members: Members) -> Digest | None:
    if (members.value.get("previous") is None) != (members.value.get("serial") == 1):
        raise members.bad("previous", "is null in a first card, of serial 1, and there only")
    return members.maybe("previous", members.digest)


def _mailbox(members: Members) -> str | None:
    return members.maybe("mailbox", lambda member: web_address(members.value.get(member), members.what, member))


def _check(card: Card, members: Members) -> None:
    """What no member shows alone."""
    home = card.authority.partition("/")[0]
    if home not in _SHARED and card.country != home:
        raise members.bad("country", "is not that of the authority")
    if not timedelta() < card.until - card.start <= LONGEST:
        raise members.bad("until", f"is not after from, by at most {LONGEST.days} days")
    for each in card.endpoints:
        web_address(each, members.what, "endpoints")


def _check_officers(card: Card, members: Members) -> None:
    """Officers lie within the card, and no two of them are one: four eyes must be two people's."""
    credentials: set[bytes] = set()
    keys: set[Digest] = set()
    roles: dict[str, str] = {}
    for each in card.officers:
        if each.start < card.start or card.until < each.until:
            raise members.bad("officers", "has an officer whose time reaches outside the card's")
        if each.soft and not card.sample:
            raise members.bad("officers", "has a software authenticator, which only sample data may have")
        if roles.setdefault(each.pseudonym, each.role) != each.role:
            raise members.bad("officers", "gives one pseudonym two roles")
        credentials.add(each.credential)
        keys.add(each.key.fingerprint)
    if not len(credentials) == len(keys) == len(card.officers):
        raise members.bad("officers", "names one credential twice")


def _vkey(name: str, kind: int, public: bytes) -> str:
    key = bytes([kind]) + public
    keyid = hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8]
    return f"{name}+{keyid}+{to_base64(key)}"
