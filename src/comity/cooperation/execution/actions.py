# SPDX-License-Identifier: Apache-2.0
"""Doing what was asked: set a task for an officer, attach the small files found, finish it.

A finding lies here until answering produces it; its digest is taken when it comes in and travels with it.
"""

from datetime import datetime

from comity.cooperation.execution.models import Finding, Task
from comity.protocol.terms.attachments import ATTACHMENTS_LIMIT
from comity.protocol.wire.errors import TooLarge
from comity.protocol.wire.names import Digest, MessageId, digest_of
from comity.records.accounts import policy
from comity.records.accounts.models import Officer
from comity.records.action import acting
from comity.records.actors import Actor, Permission
from comity.records.errors import NotFound, NotInSeason
from comity.records.home import Home
from comity.records.register import events
from comity.records.threads import reading


def set_task(home: Home, actor: Actor, thread: str, what: str, officer: str, due: datetime | None = None) -> Task:
    """Give an officer something to do for a thread. Raises `NotFound` for a thread or an officer not here."""
    with acting(home, actor, Permission.ASSESS) as act:
        row = reading.thread(actor, thread)
        if not Officer.objects.filter(pseudonym=officer).exists():
            raise policy.unknown(officer)
        task = Task.objects.create(
            id=home.new_id(),
            thread=row.id,
            what=what,
            officer=officer,
            due=due,
            created=act.now,
            created_by=actor.name,
        )
        act.record(events.task_set(thread=MessageId(row.id), task=MessageId(task.id), officer=officer))
    return task


def attach(home: Home, actor: Actor, task: str, name: str, media_type: str, content: bytes) -> Finding:
    """Add a small file to a task. Raises `NotFound`, `NotInSeason`, `TooLarge`: larger material is an exhibit."""
    actor.require(Permission.EXECUTE)
    if len(content) > ATTACHMENTS_LIMIT:
        raise TooLarge(what="the file", size=len(content), limit=ATTACHMENTS_LIMIT)
    with acting(home, actor, Permission.EXECUTE) as act:
        found = _open(task)
        finding = Finding.objects.create(
            id=home.new_id(),
            task=found,
            name=name[:200],
            media_type=media_type[:100],
            digest=digest_of(content),
            content=content,
            added=act.now,
            added_by=actor.name,
        )
        act.record(events.attached(thread=MessageId(found.thread), content=Digest(finding.digest), bytes=len(content)))
    return finding


def finish(home: Home, actor: Actor, task: str) -> Task:
    """Say that a task is done. Raises `NotFound`, `NotInSeason`."""
    with acting(home, actor, Permission.EXECUTE) as act:
        found = _open(task)
        found.done = act.now
        found.done_by = actor.name
        found.save(update_fields=["done", "done_by"])
        act.record(events.task_set(thread=MessageId(found.thread), task=MessageId(found.id)))
    return found


def tasks(home: Home, actor: Actor, thread: str) -> list[Task]:
    """The tasks of a thread that the actor may read, with their findings."""
    with home.active():
        reading.thread(actor, thread)
        return list(Task.objects.filter(thread=thread).prefetch_related("findings").order_by("created"))


def _open(id: str) -> Task:
    """Within an act: the task, which is not done, ours until the act ends."""
    found = Task.objects.select_for_update().filter(id=id).first()
    if found is None:
        raise NotFound(what="task", id=id[:40])
    if found.done:
        raise NotInSeason(what="task", id=id[:40], state="done", needed="open")
    return found
