# SPDX-License-Identifier: Apache-2.0
"""Reading exhibits: lists, one, its content. Who reads a content is in its custody, before the first byte is given."""

from collections.abc import Iterator
from contextlib import contextmanager

from comity.protocol.wire.names import Digest
from comity.records.action import acting
from comity.records.actors import Actor, Permission
from comity.records.errors import NotFound
from comity.records.exhibits import custody, opening, store, vault
from comity.records.exhibits.custody import Fault, Told
from comity.records.exhibits.errors import NotOpened, Shredded
from comity.records.exhibits.models import Exhibit
from comity.records.home import Home

PAGE = 100


def exhibits(home: Home, actor: Actor, case: str = "", before: str = "") -> list[Exhibit]:
    """A page of exhibits, the newest first; the next begins below the last id of this one."""
    if not actor.may(Permission.READ):
        return []
    with home.active():
        rows = Exhibit.objects.select_related("content").order_by("-id")
        rows = rows.filter(case=case) if case else rows
        return list((rows.filter(id__lt=before) if before else rows)[:PAGE])


def exhibit(home: Home, actor: Actor, id: str) -> Exhibit:
    """One exhibit. Raises `NotFound`."""
    with home.active():
        rows = Exhibit.objects.select_related("content", "case").filter(id=id)
        found = rows.first() if actor.may(Permission.READ) else None
    if found is None:
        raise NotFound(what="exhibit", id=id[:40])
    return found


def history(home: Home, actor: Actor, id: str) -> tuple[Exhibit, list[Told], list[Fault]]:
    """An exhibit, its custody in order, and what is wrong with it. Raises `NotFound`."""
    found = exhibit(home, actor, id)
    with home.active():
        steps = custody.chain(found)
        return found, steps, custody.faults(found, steps)


@contextmanager
def content(home: Home, actor: Actor, id: str, step: str, *, reason: str, place: str = "") -> Iterator[Iterator[bytes]]:
    """The content, block by block, for a `step` (viewed, copied, worked-on) that is in its custody before the first
    byte. Whoever reads to the end knows that it is whole. Raises `NotFound`, `Shredded`, `NotOpened`."""
    found = exhibit(home, actor, id)
    digest = Digest(found.content_id)
    if found.content.identity is None:
        raise Shredded(id=found.id)
    file = store.place(home, found.content.file)
    if not file.exists():
        raise NotOpened(digest=digest, why="its file is gone")
    with acting(home, actor, Permission.READ) as act:
        told = custody.note(act, found, step, before=digest, after=digest, reason=reason, place=place)
    with home.active():
        custody.settle(act, [told])
    yield opening.blocks(file, vault.unwrap(home.config, bytes(found.content.identity), digest), digest)
