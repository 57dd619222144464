# SPDX-License-Identifier: Apache-2.0
"""Authorities that have no node: letters come from them, and go to them.

Nothing proves that a letter is theirs, so nothing here is trusted: an officer says who they are, where they are written
to, and how we know. When such an authority gets a node, its card is accepted like any other's; from then on it is a
peer, and no correspondent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import available_timezones

from comity.law.states import BESIDES, ISO
from comity.protocol.terms.authorities import AUTHORITY_ROLES
from comity.protocol.terms.languages import LANGUAGE_CODES
from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.names import AuthorityId
from comity.protocol.wire.particulars import Calendar
from comity.records.action import acting
from comity.records.actors import Actor, Permission
from comity.records.authorities.errors import HasNode, NotAlone, OurOwn
from comity.records.authorities.lineages import accepted, lineage
from comity.records.authorities.models import Authority, Correspondent, Standing
from comity.records.errors import NotFound, StandingError
from comity.records.home import Home
from comity.records.register import events

_BY_LETTER = (Standing.BY_LETTER, Standing.INVITED)
"""Whoever is invited has no node that we trust yet: its letters still come on paper."""


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is known of an authority without a node. `source` says how: a directory, a treaty's notification, a call."""

    name: str
    address: str
    source: str
    timezone: str
    roles: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    telephone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """Where an authority's days are counted: its time zone, and whose holidays it keeps."""

    timezone: str
    calendar: Calendar


def keep(home: Home, actor: Actor, authority: AuthorityId, told: Particulars) -> Correspondent:
    """Enter or correct an authority that has no node: whoever writes requests may. Raises `OurOwn`, `HasNode`,
    `BadMember`."""
    _check(told)
    if authority.partition("/")[0] not in ISO | BESIDES:
        raise BadMember(what="authority", member="id", why="names no state by its two letters")
    with acting(home, actor, Permission.DRAFT) as act:
        if authority == home.authority:
            raise OurOwn(authority=authority)
        fresh = {"country": authority.partition("/")[0], "standing": Standing.BY_LETTER, "since": act.now}
        row, _ = Authority.objects.select_for_update().get_or_create(
            id=authority, defaults={**fresh, "name": told.name}
        )
        if row.standing not in _BY_LETTER:
            raise HasNode(authority=authority, standing=row.standing)
        if row.standing == Standing.BY_LETTER:
            row.name = told.name
            row.save(update_fields=["name"])
        kept, _ = Correspondent.objects.update_or_create(
            authority=row,
            defaults={
                "name": told.name,
                "address": told.address,
                "source": told.source,
                "timezone": told.timezone,
                "roles": list(told.roles),
                "languages": list(told.languages),
                "telephone": told.telephone,
                "email": told.email,
                "entered": act.now,
                "entered_by": actor.name,
            },
        )
        act.record(events.correspondent_kept(authority=authority))
    return kept


def correspondents(home: Home, actor: Actor) -> list[Correspondent]:
    """Those who are written to by letter, by name; whoever may read threads may know whom they are with."""
    if not (actor.may(Permission.READ) or actor.may(Permission.MANAGE_PEERS)):
        return []
    with home.active():
        rows = Correspondent.objects.filter(authority__standing__in=_BY_LETTER).select_related("authority")
        return list(rows.order_by("authority_id"))


def correspondent(authority: str) -> Correspondent | None:
    """Who is written to by letter under that id, if anybody is."""
    rows = Correspondent.objects.filter(authority=authority, authority__standing__in=_BY_LETTER)
    return rows.select_related("authority").first()


def require_known(authority: AuthorityId) -> Correspondent:
    """One whose address was entered once: a thread that began by letter stays so, whatever came later. Raises
    `NotFound`."""
    found = known(authority)
    if found is None:
        raise NotFound(what="authority by letter", id=authority)
    return found


def known(authority: str) -> Correspondent | None:
    """The particulars entered once for an authority, whether or not it has a node by now."""
    return Correspondent.objects.filter(authority=authority).select_related("authority").first()


def require_correspondent(authority: AuthorityId) -> Correspondent:
    """The one whose letters are entered here. Raises `HasNode` for a member, `NotFound` for one that nobody entered."""
    found = correspondent(authority)
    if found is None:
        row = Authority.objects.filter(id=authority).first()
        if row is not None and row.standing not in _BY_LETTER:
            raise HasNode(authority=authority, standing=row.standing)
        raise NotFound(what="authority by letter", id=authority)
    return found


def require_reached(to: Sequence[AuthorityId], via: Sequence[AuthorityId] = ()) -> None:
    """All of these can be written to: accepted peers, or one correspondent alone and directly. Raises `NotAlone`,
    `StandingError`, `AlarmStanding`."""
    if alone(to, via):
        return
    for each in (*to, *via):
        if correspondent(each) is not None:
            raise NotAlone(authority=each)
        accepted(each)


def alone(to: Sequence[AuthorityId], via: Sequence[AuthorityId] = ()) -> bool:
    """Whether this is one correspondent, written to directly."""
    return len(to) == 1 and not via and correspondent(to[0]) is not None


def days_of(authority: AuthorityId) -> Days:
    """Where the days of an authority are counted: by its accepted card, or as entered. Raises `StandingError`."""
    try:
        card = lineage(authority).latest.card
    except StandingError:
        entered = known(authority)
        if entered is None:
            raise
        return Days(entered.timezone, Calendar(entered.authority.country))
    return Days(card.timezone, card.calendar)


def _check(told: Particulars) -> None:
    """What an officer typed can be kept and printed. Raises `BadMember`."""
    for member, text, limit in (
        ("name", told.name, 200),
        ("address", told.address, 1000),
        ("source", told.source, 500),
        ("telephone", told.telephone, 100),
        ("email", told.email, 200),
    ):
        if not text.strip() and member in ("name", "address", "source"):
            raise BadMember(what="authority", member=member, why="is missing")
        if len(text) > limit or "\0" in text:
            raise BadMember(what="authority", member=member, why=f"is longer than {limit} characters")
    if told.email and "@" not in told.email.strip("@"):
        raise BadMember(what="authority", member="email", why="is no e-mail address")
    _check_zone(told.timezone)
    if any(each not in AUTHORITY_ROLES for each in told.roles):
        raise BadMember(what="authority", member="roles", why="names a role that there is not")
    if any(each not in LANGUAGE_CODES for each in told.languages):
        raise BadMember(what="authority", member="languages", why="names a language that there is not")


def _check_zone(zone: str) -> None:
    if "/" not in zone or zone not in available_timezones():
        raise BadMember(what="authority", member="timezone", why="is no time zone such as Asia/Vientiane")
