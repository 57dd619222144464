# SPDX-License-Identifier: Apache-2.0
"""Writing a request: start, revise, discard, submit.

A draft may be incomplete; `problems` says what it still lacks, in the words of its kind. `submit` is the gate *may we
ask*: only a whole body passes, its due times are counted in the requested authority's calendar, and dispatch takes it
from there."""

from collections.abc import Mapping, Sequence
from typing import Any

from comity.cooperation import journey
from comity.cooperation.drafting.clocks import due_times
from comity.cooperation.drafting.models import Draft
from comity.cooperation.journey import Prepared, Utterance
from comity.protocol.terms import bodies, kinds
from comity.protocol.terms.errors import BodyInvalid, Problem, UnknownKind
from comity.protocol.wire.names import AuthorityId, MessageId, authority_id
from comity.records.action import acting
from comity.records.actors import Actor, Permission
from comity.records.authorities import peers
from comity.records.errors import NotFound, NotInSeason
from comity.records.home import Home
from comity.records.register import events


def start(
    home: Home,
    actor: Actor,
    *,
    kind: str,
    to: Sequence[str],
    body: Mapping[str, Any],
    handling: Mapping[str, Any],
    via: Sequence[str] = (),
    case: str = "",
) -> Draft:
    """A new draft. Raises `UnknownKind`, `BadMember`; the body may still lack everything."""
    if kind not in kinds.request_kinds():
        raise UnknownKind(kind=kind)
    with acting(home, actor, Permission.DRAFT) as act:
        draft = Draft.objects.create(
            id=home.new_id(),
            kind=kind,
            to=[authority_id(each) for each in to],
            via=[authority_id(each) for each in via],
            body=dict(body),
            handling=dict(handling),
            case=case,
            author=actor.name,
            created=act.now,
            changed=act.now,
        )
        act.record(events.drafted(thread=MessageId(draft.id), kind=kind))
    return draft


def drafts(home: Home, actor: Actor) -> list[Draft]:
    """The drafts still open here, the last changed first."""
    with home.active():
        if not actor.may(Permission.DRAFT):
            return []
        return list(Draft.objects.filter(outgoing="").order_by("-changed")[:200])


def draft(home: Home, actor: Actor, id: str) -> Draft:
    """One draft. Raises `NotFound`."""
    with home.active():
        found = Draft.objects.filter(id=id).first() if actor.may(Permission.DRAFT) else None
    if found is None:
        raise NotFound(what="draft", id=id[:40])
    return found


def revise(home: Home, actor: Actor, id: str, revision: int, **changes: Any) -> Draft:
    """Change `to`, `via`, `body`, `handling` or `case`. Raises `NotInSeason` when somebody else saved in between."""
    with acting(home, actor, Permission.DRAFT) as act:
        found = _open(home, actor, id)
        if found.revision != revision:
            raise NotInSeason(
                what="draft", id=id[:40], state=f"at revision {found.revision}", needed=f"at revision {revision}"
            )
        for member in ("to", "via", "body", "handling", "case"):
            if member in changes:
                setattr(found, member, changes[member])
        found.revision += 1
        found.changed = act.now
        found.save()
        act.record(events.drafted(thread=MessageId(found.id), kind=found.kind))
    return found


def discard(home: Home, actor: Actor, id: str) -> None:
    """Throw a draft away."""
    with acting(home, actor, Permission.DRAFT) as act:
        found = _open(home, actor, id)
        found.delete()
        act.record(events.draft_discarded(thread=MessageId(id), kind=found.kind))


def problems(found: Draft) -> tuple[Problem, ...]:
    """What the draft still lacks: a path into the body and the reason, never the value."""
    try:
        bodies.validate(found.kind, found.body)
    except BodyInvalid as error:
        return error.problems
    return ()


def submit(home: Home, actor: Actor, id: str) -> Prepared:
    """Hand the draft to dispatch. Raises `BodyInvalid`, `StandingError`, `NotInSeason`."""
    actor.require(Permission.DRAFT)
    with home.active():
        found = _open(home, actor, id)
        to = tuple(AuthorityId(each) for each in found.to)
        peers.require_accepted(to)
        body = {**found.body, "due": due_times(found.kind, found.body, peers.card_of(to[0]), home.now())}
    said = Utterance(
        found.kind, to, body, found.handling, via=tuple(map(AuthorityId, found.via)), case=found.case or None
    )
    prepared = journey.say(home, actor, said)
    with home.active():
        Draft.objects.filter(id=found.id).update(outgoing=prepared.id)
    return prepared


def _open(home: Home, actor: Actor, id: str) -> Draft:
    found = draft(home, actor, id)
    if found.outgoing:
        raise NotInSeason(what="draft", id=id[:40], state="submitted", needed="open")
    return found
