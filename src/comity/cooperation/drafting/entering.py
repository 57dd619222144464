# SPDX-License-Identifier: Apache-2.0
"""Entering letters of an authority that has no node: a request that it makes, or its move in a thread by letter.

In this order: an officer says whose letter it is, when it came and what day it bears, lays its scan beside it, and
reads it into the form of its kind; what the letter does not say stays empty, and shows as missing. Then a second
officer compares form and letter, and approves: only then does it count. The scan is kept as it came, named by its
digest in the statement.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction

from comity.cooperation import journey
from comity.cooperation.drafting.clocks import due_times, of_law
from comity.cooperation.drafting.models import Draft
from comity.cooperation.journey import Prepared, Utterance
from comity.protocol.proof.enclosed import Enclosed
from comity.protocol.terms import bodies
from comity.protocol.terms.errors import Problem
from comity.protocol.terms.handling import DEFAULT
from comity.protocol.wire.entered import Entered
from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.members import Members
from comity.protocol.wire.names import AuthorityId, Digest, MessageId
from comity.records.action import acting
from comity.records.actors import Actor, Permission
from comity.records.authorities.correspondents import days_of, require_correspondent, require_known
from comity.records.authorities.errors import HasNode
from comity.records.authorities.peers import standing
from comity.records.home import Home
from comity.records.register import events
from comity.records.threads import reading, scans, store
from comity.records.threads.models import Scan

AHEAD = timedelta(minutes=10)
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that came: whose it is, when it reached us, which day it bears, and its scan: a new one, or the digest
    of one that is `kept` here already."""

    sender: AuthorityId
    came: datetime
    dated: date | None = None
    scan: Enclosed | None = None
    kept: Digest | None = None


def told(home: Home, letter: Letter) -> dict[str, Any]:
    """What a draft keeps of a letter. Raises `BadMember` for a day that cannot be."""
    if letter.came > home.now() + AHEAD:
        raise BadMember(what="letter", member="came", why="is still to come")
    if letter.came < EARLIEST:
        raise BadMember(what="letter", member="came", why="is before 1970")
    if letter.dated is not None and letter.dated > (letter.came + timedelta(days=1)).date():
        raise BadMember(what="letter", member="dated", why="is later than the day on which it came")
    digest = letter.scan.digest if letter.scan else letter.kept
    return {"from": letter.sender, **Entered(home.authority, letter.came, letter.dated, digest).to_json()}


def scan(home: Home, actor: Actor, place: str, digest: str) -> Scan:
    """A scan of a thread, or of a draft for whoever may write drafts; that it was handed out is registered. Raises
    `NotFound`, and `NotInSeason` once what was entered from it is destroyed here."""
    with acting(home, actor, Permission.READ) as act:
        found = scans.find(place, digest, drafts=actor.may(Permission.DRAFT))
        scans.require_open(home.authority, found)
        act.record(events.exported(thread=MessageId(place), content=Digest(found.digest), count=1))
    return found


def lacking(found: Draft) -> tuple[Problem, ...]:
    """What the letter does not say of what its kind asks. Raises `BodyInvalid` for what is wrong."""
    return bodies.validate_entered(found.kind, found.body)


def of_draft(home: Home, found: Draft) -> Utterance:
    """What an entered draft says, for dispatch. Its clocks ran from the day the letter came, in our own days. Raises
    `BodyInvalid`, and as `told`."""
    bodies.validate_entered(found.kind, found.body)
    sender, entered = read(found.entered)
    require_correspondent(sender)
    law = of_law(home, found.kind, found.body, sender, home.authority)
    body = {**found.body, "due": due_times(found.kind, found.body, days_of(home.authority), entered.came, law)}
    return Utterance(
        found.kind,
        (home.authority,),
        body,
        found.handling,
        case=found.case or None,
        sender=sender,
        entered=entered,
        hands=tuple(found.hands),
    )


def enter_move(
    home: Home,
    actor: Actor,
    thread: str,
    kind: str,
    body: Mapping[str, Any],
    letter: Letter,
    handling: Mapping[str, Any] = DEFAULT,
) -> Prepared:
    """The other side's move, from its letter, to be compared by a second officer. Raises `NotFound`, `BodyInvalid`,
    `MoveNotAllowed`, and as `told`."""
    actor.require(Permission.DRAFT)
    with home.active(), transaction.atomic(using=home.alias):
        row = reading.thread(actor, thread)
        require_by_letter(MessageId(row.id), letter.sender)
        sender, entered = read(told(home, letter))
        if letter.kept:
            scans.find(row.id, letter.kept, drafts=False)
        if letter.scan:
            with acting(home, actor, Permission.DRAFT) as act:
                scans.keep(act, letter.scan, thread=row.id)
        said = Utterance(kind, (), body, handling, MessageId(row.id), sender=sender, entered=entered)
        return journey.say(home, actor, said)


def require_by_letter(thread: MessageId, sender: AuthorityId) -> None:
    """The thread goes by letter, with them. Raises `NotFound`, and `HasNode` where it does not."""
    require_known(sender)
    roots = store.roots_of(thread).values()
    if not any(each.by_letter and sender in (each.sender, *each.to) for each in roots):
        raise HasNode(authority=sender, standing=standing(sender))


def read(kept: Mapping[str, Any]) -> tuple[AuthorityId, Entered]:
    """Whose letter it is, and what a statement tells of it. Raises `BadMember`."""
    members = Members("letter", kept)
    return members.authority("from"), Entered.from_json(members)
