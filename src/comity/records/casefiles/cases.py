# SPDX-License-Identifier: Apache-2.0
"""Opening and reading cases. A title is the node's own: it is in no message, no register entry and no log."""

from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.names import MessageId
from comity.records.action import acting
from comity.records.actors import Actor, Permission
from comity.records.casefiles.models import Case
from comity.records.errors import NotFound
from comity.records.home import Home
from comity.records.register import events

PAGE = 50


def new(home: Home, actor: Actor, title: str) -> Case:
    """Open a case. Raises `BadMember` for a title that says nothing."""
    with acting(home, actor, Permission.DRAFT) as act:
        if not title.strip() or "\0" in title:
            raise BadMember(what="case", member="title", why="is not a text")
        made = Case.objects.create(id=home.new_id(), title=title.strip()[:500], created=act.now, created_by=actor.name)
        act.record(events.case_opened(case=MessageId(made.id)))
    return made


def case(home: Home, actor: Actor, id: str) -> Case:
    """One case. Raises `NotFound`."""
    with home.active():
        found = Case.objects.filter(id=id).first() if actor.may(Permission.READ) else None
    if found is None:
        raise NotFound(what="case", id=id[:40])
    return found


def newest(home: Home, actor: Actor, before: str = "") -> list[Case]:
    """A page of cases, the newest first; the next begins below the last id of this one."""
    if not actor.may(Permission.READ):
        return []
    with home.active():
        rows = Case.objects.order_by("-id")
        return list((rows.filter(id__lt=before) if before else rows)[:PAGE])
