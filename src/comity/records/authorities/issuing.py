# SPDX-License-Identifier: Apache-2.0
"""Our own card: made at the founding, made again whenever officers, addresses or keys change.

A successor names its predecessor by digest and is signed by the keys that it names; when those are new, by the old
ones too. Peers learn of it with the next parcel. Nothing is ever replaced: every card we issued stays here."""

from collections.abc import Sequence
from datetime import timedelta

from comity.protocol.wire import card as cards
from comity.protocol.wire.card import Card
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.officer import Officer
from comity.protocol.wire.particulars import Calendar, CardKeys, Contact
from comity.records.action import Act, acting
from comity.records.actors import SYSTEM, Actor, Permission
from comity.records.authorities import keyring
from comity.records.authorities.keyring import Generation, KeyRing
from comity.records.authorities.models import Authority, CardRecord, Standing
from comity.records.authorities.ours import our_digest
from comity.records.home import Home
from comity.records.register import events


def our_signed_card() -> Signed:
    """Our newest card as signed. Raises `NotInSeason` before the founding."""
    return Signed.from_json(CardRecord.objects.get(digest=our_digest()).signed)


def our_card() -> Card:
    """Our newest card."""
    return cards.parse(our_signed_card().payload)


def issue_first_card(home: Home) -> Card:
    """Found our own authority's row and its first card."""
    with acting(home, SYSTEM) as act:
        Authority.objects.create(
            id=home.authority,
            name=home.config.name,
            country=home.config.country,
            standing=Standing.OURSELVES,
            since=act.now,
        )
        return _issue(act, home.keys.current, (), None)


def reissue(act: Act, officers: Sequence[Officer]) -> Card:
    """Within `act`: issue the successor that names these officers, the settings as they are now and the newest keys.

    Should those be newer than our card's (a rotation that was cut short) both sign, and the rotation is done."""
    previous = _locked()
    return _succeed(act, act.home.keys.current, officers, previous)


def rotate_keys(home: Home, actor: Actor, officers: Sequence[Officer]) -> Home:
    """Make a new generation of keys and the card that both old and new sign; answer with the home that uses them."""
    actor.require(Permission.MANAGE_KEYS)
    generation = keyring.add_generation(home.config, home.random)
    with acting(home, actor, Permission.MANAGE_KEYS) as act:
        _succeed(act, generation, officers, _locked())
    return _with(home, generation)


def refound(home: Home, actor: Actor, officers: Sequence[Officer]) -> Home:
    """After the keys were lost: new keys and a new first card. Every peer has to compare its words again."""
    actor.require(Permission.MANAGE_KEYS)
    generation = keyring.add_generation(home.config, home.random)
    with acting(home, actor, Permission.MANAGE_KEYS) as act:
        _locked()
        _issue(act, generation, officers, None)
        act.record(events.key_rotated(authority=home.authority, keyids=list(generation.signing.public.keyids)))
    return _with(home, generation)


def _locked() -> Card:
    """Our newest card, and the one road to the next is ours until the transaction ends: two must not bear one
    serial."""
    list(Authority.objects.select_for_update().filter(standing=Standing.OURSELVES))
    return our_card()


def _succeed(act: Act, keys: Generation, officers: Sequence[Officer], previous: Card) -> Card:
    if keys.signing.public == previous.keys.signing:
        return _issue(act, keys, officers, previous)
    card = _issue(act, keys, officers, previous, act.home.keys.generation_of(previous.keys.signing))
    act.record(events.key_rotated(authority=card.authority, keyids=list(keys.signing.public.keyids)))
    return card


def _with(home: Home, generation: Generation) -> Home:
    """The home as it is with a new generation of keys, whether its ring is live or not."""
    before = tuple(each for each in home.keys.generations if each.signing.public != generation.signing.public)
    return Home(home.config, KeyRing.of((*before, generation)), home.clock, home.random, home.alias)


def _issue(
    act: Act, keys: Generation, officers: Sequence[Officer], previous: Card | None, old: Generation | None = None
) -> Card:
    card = _card(act, keys, officers, previous)
    signed = cards.sign(card, keys.signing, old.signing if old else None)
    cards.parse(signed.payload)  # what no peer could read is refused here, by the name of the setting
    CardRecord.objects.create(
        digest=signed.digest,
        authority_id=card.authority,
        serial=card.serial,
        signed=signed.to_json(),
        came=act.now,
        accepted=act.now,
        compared=previous is None,
    )
    act.record(events.card_issued(authority=card.authority, card=signed.digest, serial=card.serial))
    return card


def _card(act: Act, keys: Generation, officers: Sequence[Officer], previous: Card | None) -> Card:
    config = act.home.config
    country, _, region = (config.calendar or config.country).partition("-")
    until = act.now + timedelta(days=config.card_days)
    return Card(
        authority=config.authority,
        name={config.languages[0]: config.name},
        country=config.country,
        roles=config.roles,
        competence=config.competence,
        languages=config.languages,
        timezone=config.timezone,
        calendar=Calendar(country, region),
        hours=config.hours,
        contact=Contact(config.telephone, config.email),
        serial=previous.serial + 1 if previous else 1,
        previous=previous.digest if previous else None,
        start=act.now,
        until=until,
        sample=config.sample,
        keys=CardKeys(
            signing=keys.signing.public,
            sealing=keys.opening.public,
            register=keys.register.public_key().public_bytes_raw(),
            witness=keys.witness.public_key().public_bytes_raw(),
        ),
        endpoints=(config.endpoint,) if config.endpoint else (),
        mailbox=config.mailbox or None,
        officers=tuple(each.within(act.now, until) for each in officers),
    )
