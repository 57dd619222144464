# SPDX-License-Identifier: Apache-2.0
"""Peers: how a card becomes trusted, and what people see of each line.

`invite` takes a card in and trusts nothing. Two people compare words by telephone; `accept` takes what was read out
and is the one act that trusts a new authority. Later cards come signed by earlier ones (`follow`). `suspend` stops
everything with a peer at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from comity.protocol.wire import card as cards
from comity.protocol.wire import trust
from comity.protocol.wire.card import Card
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.names import AuthorityId
from comity.records.action import Act, acting
from comity.records.actors import Actor, Permission
from comity.records.authorities import words
from comity.records.authorities.errors import OurOwn, WordsDiffer
from comity.records.authorities.issuing import our_card
from comity.records.authorities.lineages import accepted, lineage
from comity.records.authorities.models import Authority, CardRecord, Standing, Watch
from comity.records.authorities.words import Comparison
from comity.records.errors import NotFound
from comity.records.home import Home
from comity.records.register import events


@dataclass(frozen=True, slots=True)
class Peer:
    """A peer as people see it."""

    authority: Authority
    card: Card | None
    watch: Watch | None


def invite(home: Home, actor: Actor, signed: Signed) -> Comparison:
    """Take a card in and answer with the words to compare. Raises as `card.verify`, and `OurOwn`.

    A card that was taken in before counts as the newest again: it is the one at hand."""
    actor.require(Permission.MANAGE_PEERS)
    card = cards.verify(signed)
    _require_other(home, card.authority)
    with acting(home, actor, Permission.MANAGE_PEERS) as act:
        told = {"name": next(iter(card.name.values())), "country": card.country}
        fresh = {**told, "standing": Standing.INVITED, "since": act.now}
        Authority.objects.get_or_create(id=card.authority, defaults=fresh)
        Authority.objects.filter(id=card.authority, standing=Standing.BY_LETTER).update(**fresh)
        kept = {"authority_id": card.authority, "serial": card.serial, "signed": signed.to_json()}
        CardRecord.objects.update_or_create(
            digest=signed.digest, defaults={"came": act.now}, create_defaults={**kept, "came": act.now}
        )
        act.record(events.peer_invited(authority=card.authority, card=signed.digest))
    with home.active():
        return comparison(card)


def comparison(card: Card) -> Comparison:
    """The words for our newest card and this one; the same on both nodes."""
    return words.spell(trust.comparison(our_card(), card))


def accept(home: Home, actor: Actor, authority: AuthorityId, typed: str) -> Card:
    """Trust the newest card taken in, once the words that the other side read out agree. Raises `WordsDiffer`,
    `NotFound`, `OurOwn`."""
    with acting(home, actor, Permission.MANAGE_PEERS) as act:
        _require_other(home, authority)
        row = CardRecord.objects.filter(authority=authority).order_by("-came", "-serial").first()
        if row is None:
            raise NotFound(what="card of", id=authority)
        signed = Signed.from_json(row.signed)
        card = cards.verify(signed)
        if not words.same(typed, comparison(card)):
            raise WordsDiffer(authority=authority)
        if row.accepted is None:
            held = CardRecord.objects.filter(authority=authority, accepted__isnull=False).exists()
            at = act.now
            _ = trust.restart(lineage(authority), signed, at=at) if held else trust.begin(signed, at=at)
            CardRecord.objects.filter(digest=row.digest).update(accepted=at, compared=True)
        told = {"name": next(iter(card.name.values())), "compared_by": actor.name}
        Authority.objects.filter(id=authority).update(standing=Standing.ACCEPTED, since=act.now, **told)
        Watch.objects.get_or_create(authority_id=authority)
        act.record(events.peer_accepted(authority=authority, card=signed.digest))
    return card


def follow(act: Act, authority: AuthorityId, offered: Iterable[Signed]) -> None:
    """Within `act`: accept cards that continue the line of a trusted authority. Raises the trust errors."""
    for signed in offered:
        before = lineage(authority)
        after = trust.accept_successor(before, signed, at=act.now)
        if after is before:
            continue
        held = after.latest
        CardRecord.objects.update_or_create(
            digest=held.digest,
            defaults={
                "authority_id": authority,
                "serial": held.card.serial,
                "signed": signed.to_json(),
                "came": act.now,
                "accepted": act.now,
            },
        )
        act.record(events.peer_accepted(authority=authority, card=held.digest))


def suspend(home: Home, actor: Actor, authority: AuthorityId, reason: str) -> None:
    """Stop all exchange with a peer. `reason` is a short code: compromised, alarm, agreement-ended, other."""
    with acting(home, actor, Permission.MANAGE_PEERS) as act:
        _require_other(home, authority)
        known = Authority.objects.filter(id=authority).exclude(standing=Standing.BY_LETTER)
        _require(known.update(standing=Standing.SUSPENDED, since=act.now, reason=reason))
        act.record(events.peer_suspended(authority=authority, reason=reason))


def clear_alarm(home: Home, actor: Actor, authority: AuthorityId) -> None:
    """After people have spoken: watch the peer's register anew from its next checkpoint. The alarm stays in our
    register."""
    with acting(home, actor, Permission.MANAGE_PEERS) as act:
        blank = {"alarm": "", "alarm_at": None, "seen_size": 0, "seen_note": "", "seen_cosigned": "", "seen_root": b""}
        _require(Watch.objects.filter(authority=authority).exclude(alarm="").update(**blank, seen_at=None))
        act.record(events.alarm(authority=authority, code="cleared"))


def standing(authority: AuthorityId) -> str:
    """How we stand with an authority, in one word."""
    found = Authority.objects.filter(id=authority).values_list("standing", flat=True).first()
    return found or "unknown"


def require_accepted(authorities: Iterable[AuthorityId]) -> None:
    """Raise `StandingError` for one that is not an accepted peer, `AlarmStanding` for one whose register raised an
    alarm."""
    for authority in authorities:
        accepted(authority)


def card_of(authority: AuthorityId) -> Card:
    """The newest accepted card of an authority. Raises `StandingError`."""
    return lineage(authority).latest.card


def newest(authority: AuthorityId) -> Card:
    """The newest card taken in from an authority, trusted or not yet. Raises `NotFound`."""
    row = CardRecord.objects.filter(authority=authority).order_by("-came", "-serial").first()
    if row is None:
        raise NotFound(what="card of", id=authority)
    return cards.parse(Signed.from_json(row.signed).payload)


def overview(home: Home, actor: Actor) -> list[Peer]:
    """Every authority with a node known here but ourselves, by name; whoever may read threads may know whom they are
    with."""
    if not (actor.may(Permission.READ) or actor.may(Permission.MANAGE_PEERS)):
        return []
    with home.active():
        newest = CardRecord.objects.filter(authority=OuterRef("pk")).order_by("-came", "-serial").values("digest")[:1]
        known = Authority.objects.exclude(standing__in=(Standing.OURSELVES, Standing.BY_LETTER)).order_by("id")
        rows = list(known.select_related("watch").annotate(newest=Subquery(newest)))
        records = CardRecord.objects.in_bulk([row.newest for row in rows if row.newest])
        return [Peer(row, _card(records.get(row.newest)), getattr(row, "watch", None)) for row in rows]


def _card(record: CardRecord | None) -> Card | None:
    return cards.parse(Signed.from_json(record.signed).payload) if record else None


def _require_other(home: Home, authority: AuthorityId) -> None:
    if authority == home.authority:
        raise OurOwn(authority=authority)


def _require(changed: int) -> None:
    if not changed:
        raise NotFound(what="peer", id="of that name")
