# SPDX-License-Identifier: Apache-2.0
"""The only road by which people read threads. It asks what the reader may see, and hides what they may not as if it
were not there.

Lists run by keyset: a page begins after the last row of the page before, so the thousandth page costs what the first
does, and nothing counts the whole table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from comity.records.actors import Actor, Permission
from comity.records.errors import NotFound
from comity.records.threads.models import StoredReceipt, Thread

PAGE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and where the next page begins: empty when this is the last."""

    rows: Sequence[Thread]
    after: str


def thread(actor: Actor, id: str) -> Thread:
    """The thread, if this actor may read it. Raises `NotFound`."""
    found = Thread.objects.select_related("case").filter(id=id).first() if actor.may(Permission.READ) else None
    if found is None:
        raise NotFound(what="thread", id=id[:40])
    return found


def our_move(actor: Actor, after: str = "", size: int = PAGE) -> Page:
    """Open threads that wait for us, the soonest due first; those without a due time last."""
    if not actor.may(Permission.READ):
        return Page((), "")
    # `in`, for Django writes a comparison with True as the bare column, which SQLite looks up in no index.
    rows = Thread.objects.filter(open__in=(True,), ours__in=(True,))
    dated, _, last = after.partition("~")
    found: list[Thread] = []
    if not after or dated:
        soon = rows.filter(due__isnull=False).order_by("due", "id")
        if dated:
            at = datetime.fromisoformat(dated)
            soon = soon.filter(Q(due__gt=at) | Q(id__gt=last), due__gte=at)
        found = list(soon[: size + 1])
    if len(found) <= size:
        rest = rows.filter(due__isnull=True).order_by("id")
        if after and not dated:
            rest = rest.filter(id__gt=last)
        found += list(rest[: size + 1 - len(found)])
    return _page(found, size, lambda row: f"{row.due.isoformat() if row.due else ''}~{row.id}")


def recent(actor: Actor, after: str = "", size: int = PAGE, *, case: str = "", state: str = "", kind: str = "") -> Page:
    """Threads by what moved last."""
    if not actor.may(Permission.READ):
        return Page((), "")
    rows = Thread.objects.order_by("-updated", "-id")
    for column, value in (("case", case), ("state", state), ("kind", kind)):
        rows = rows.filter(**{column: value}) if value else rows
    moved, _, last = after.partition("~")
    if moved:
        at = datetime.fromisoformat(moved)
        rows = rows.filter(Q(updated__lt=at) | Q(id__lt=last), updated__lte=at)
    return _page(list(rows[: size + 1]), size, lambda row: f"{row.updated.isoformat()}~{row.id}")


def receipts(digests: Sequence[str]) -> list[StoredReceipt]:
    """The receipts that recipients gave us for these messages; the caller has read their thread by `thread`."""
    return list(StoredReceipt.objects.select_related("receipt").filter(message__in=digests).order_by("at"))


def _page(found: list[Thread], size: int, cursor: Callable[[Thread], str]) -> Page:
    more = len(found) > size
    rows = found[:size]
    return Page(rows, cursor(rows[-1]) if more else "")
