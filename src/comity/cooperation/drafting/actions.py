# SPDX-License-Identifier: Apache-2.0
"""Writing a request: start, revise, discard, submit, reopen.

A draft may be incomplete; `problems` says what it still lacks, in the words of its kind. `submit` is the gate *may we
ask*: only a whole body passes, its due times are counted in the requested authority's calendar, and dispatch takes it
from there, once: whoever submits a draft, revises it or throws it away locks it first, and what dispatch refuses
leaves it open."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from comity.cooperation import journey
from comity.cooperation.drafting import entering, law
from comity.cooperation.drafting.clocks import due_times, of_law
from comity.cooperation.drafting.models import Draft
from comity.cooperation.journey import Prepared, Utterance
from comity.protocol.terms import bodies, kinds
from comity.protocol.terms.errors import BodyInvalid, Problem, UnknownKind
from comity.protocol.wire import canonical
from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.names import AuthorityId, MessageId, authority_id
from comity.protocol.wire.statement import MAX_BYTES
from comity.records.action import Act, acting
from comity.records.actors import Actor, Permission
from comity.records.authorities import correspondents
from comity.records.casefiles import cases
from comity.records.errors import NotFound, NotInSeason
from comity.records.home import Home
from comity.records.register import events
from comity.records.threads import scans

_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""In canonical JSON; PostgreSQL keeps no such text."""


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
    letter: entering.Letter | None = None,
) -> Draft:
    """A new draft; of a `letter` that came in, it is `to` us. Raises `UnknownKind`, `BadMember`, `NotCanonical`,
    `TooLarge`, as `entering.told`, and `NotFound` for a case that is not here; the body may still lack everything."""
    with acting(home, actor, Permission.DRAFT) as act:
        if kind not in kinds.request_kinds():
            raise UnknownKind(kind=kind)
        given = {"to": to, "via": via, "body": body, "handling": handling, "case": case}
        draft = Draft.objects.create(
            id=home.new_id(),
            kind=kind,
            **{member: _fit(home, actor, member, value) for member, value in given.items()},
            entered=_letter(home, letter) if letter else {},
            hands=[actor.name],
            author=actor.name,
            created=act.now,
            changed=act.now,
        )
        if letter and letter.scan:
            scans.keep(act, letter.scan, draft=draft.id)
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
    """Change `to`, `via`, `body`, `handling`, `case`, or the `letter` of one that was entered: without a scan, the one
    before stays. Raises as `start`, and `NotInSeason` when somebody else saved in between."""
    with acting(home, actor, Permission.DRAFT) as act:
        found = _locked(id)
        _require_revision(found, revision)
        letter: entering.Letter | None = changes.pop("letter", None)
        if letter is not None:
            _reread(act, found, letter)
        for member, value in changes.items():
            setattr(found, member, _fit(home, actor, member, value))
        found.revision += 1
        found.hands = sorted({*found.hands, actor.name})
        found.changed = act.now
        found.save()
        act.record(events.drafted(thread=MessageId(found.id), kind=found.kind))
    return found


def discard(home: Home, actor: Actor, id: str) -> None:
    """Throw a draft away. Raises `NotFound`, `NotInSeason`."""
    with acting(home, actor, Permission.DRAFT) as act:
        found = _locked(id)
        scans.forget(draft=found.id)
        found.delete()
        act.record(events.draft_discarded(thread=MessageId(id), kind=found.kind))


def problems(found: Draft) -> tuple[Problem, ...]:
    """What stands in the draft's way: a path into the body and the reason, never the value. What a letter does not say
    is not in its way."""
    try:
        (bodies.validate_entered if found.entered else bodies.validate)(found.kind, found.body)
    except BodyInvalid as error:
        return error.problems
    return ()


def submit(home: Home, actor: Actor, id: str, revision: int | None = None) -> Prepared:
    """Hand the draft to dispatch, in one transaction. Raises `BodyInvalid`, `BadMember`, `StandingError`, as dispatch,
    and `NotInSeason` also when it is no longer at the `revision` that was looked at."""
    actor.require(Permission.DRAFT)
    with home.active(), transaction.atomic(using=home.alias):
        found = _locked(id)
        if revision is not None:
            _require_revision(found, revision)
        said = entering.of_draft(home, found) if found.entered else _asked(home, found)
        prepared = journey.say(home, actor, said)
        found.outgoing = prepared.id
        found.save(update_fields=["outgoing"])
        scans.follow(found.id, prepared.thread)
    return prepared


def _asked(home: Home, found: Draft) -> Utterance:
    """What a draft of ours asks, for dispatch."""
    bodies.validate(found.kind, found.body)
    law.require_open(home, found)
    to = tuple(AuthorityId(each) for each in found.to)
    if not to:
        raise BadMember(what="draft", member="to", why="names nobody")
    via = tuple(AuthorityId(each) for each in found.via)
    correspondents.require_reached(to, via)
    body = {**found.body, "due": due(home, found)}
    return Utterance(found.kind, to, body, found.handling, via=via, case=found.case or None)


def due(home: Home, found: Draft) -> list[dict[str, Any]]:
    """The due times that a draft would carry if it were submitted now. Raises `StandingError`."""
    with home.active():
        if found.entered:
            return list(entering.of_draft(home, found).body["due"])
        asked = AuthorityId(found.to[0])
        law = of_law(home, found.kind, found.body, home.authority, asked)
        return due_times(found.kind, found.body, correspondents.days_of(asked), home.now(), law)


def _reread(act: Act, found: Draft, letter: entering.Letter) -> None:
    """The letter of a draft, told anew; its scan stays where none is given."""
    before = entering.read(found.entered)[1]
    found.entered = entering.told(act.home, replace(letter, kept=before.letter))
    if letter.scan:
        scans.keep(act, letter.scan, draft=found.id)


def _letter(home: Home, letter: entering.Letter) -> dict[str, Any]:
    """A letter of which nothing is kept here yet. Raises as `entering.told`, `HasNode`, `NotFound`."""
    correspondents.require_correspondent(letter.sender)
    return entering.told(home, replace(letter, kept=None))


def reopen(home: Home, actor: Actor, outgoing: str) -> Draft:
    """Take up again, as it was submitted, the draft of a statement that its caller gives up in the same transaction.
    Raises `NotFound`."""
    with acting(home, actor, Permission.DRAFT) as act:
        found = Draft.objects.select_for_update().exclude(outgoing="").filter(outgoing=outgoing).first()
        if found is None:
            raise NotFound(what="draft", id=outgoing[:40])
        found.outgoing, found.changed = "", act.now
        found.hands = sorted({*found.hands, actor.name})
        found.revision += 1
        found.save(update_fields=["outgoing", "changed", "revision", "hands"])
        act.record(events.drafted(thread=MessageId(found.id), kind=found.kind))
    return found


def _locked(id: str) -> Draft:
    """Within a transaction of somebody who may draft: the open draft, ours until it ends."""
    found = Draft.objects.select_for_update().filter(id=id).first()
    if found is None:
        raise NotFound(what="draft", id=id[:40])
    if found.outgoing:
        raise NotInSeason(what="draft", id=id[:40], state="submitted", needed="open")
    return found


def _require_revision(found: Draft, revision: int) -> None:
    if found.revision != revision:
        state, needed = (f"at revision {number}" for number in (found.revision, revision))
        raise NotInSeason(what="draft", id=found.id, state=state, needed=needed)


def _fit(home: Home, actor: Actor, member: str, value: Any) -> Any:
    """What may stand in that member of a draft: well-formed, however incomplete."""
    if member in ("to", "via"):
        return [authority_id(each, "draft", member) for each in value]
    if member in ("body", "handling"):
        whole = dict(value)
        if _NUL.search(canonical.encode(whole, limit=MAX_BYTES)):
            raise BadMember(what="draft", member=member, why="holds the character NUL")
        return whole
    if member == "case":
        return cases.case(home, actor, value).id if value else ""
    raise BadMember(what="draft", member=member, why="cannot be changed")
