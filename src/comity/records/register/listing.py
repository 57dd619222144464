# SPDX-License-Identifier: Apache-2.0
"""Pages of the register, newest first.

A page starts below the last leaf of the one before it, so that it costs the same anywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from comity.protocol.wire.names import Digest, MessageId
from comity.records.register import entry
from comity.records.register.models import Leaf

MAX_PAGE = 500


@dataclass(frozen=True, slots=True)
class Listed:
    """A leaf on a page. Of an erased leaf, `members` is None: that it was an `event` is all that is left."""

    index: int
    event: str
    members: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some leaves; `before` is where the next page starts, None after the last."""

    leaves: tuple[Listed, ...]
    before: int | None


def page(*, using: str, before: int | None = None, limit: int = 50, thread: str | None = None) -> Page:
    """The `limit` newest leaves below `before`, of one thread if given."""
    limit = min(max(limit, 1), MAX_PAGE)
    rows = Leaf.objects.using(using).order_by("-index")
    if thread is not None:
        rows = rows.filter(thread=thread)
    if before is not None:
        rows = rows.filter(index__lt=before)
    found = [
        _listed(index, event, content)
        for index, event, content in rows.values_list("index", "event", "entry")[: limit + 1]
    ]
    more = len(found) > limit
    return Page(tuple(found[:limit]), found[limit - 1].index if more else None)


def place_of(event: str, message: Digest, *, thread: MessageId, using: str) -> int | None:
    """The first leaf that tells this event of this message, or None: for the receipt of a message that came again."""
    rows = Leaf.objects.using(using).filter(thread=thread, event=event, message=message)
    return rows.order_by("index").values_list("index", flat=True).first()


def _listed(index: int, event: str, content: bytes | memoryview | None) -> Listed:
    return Listed(index, event, entry.parse(bytes(content)) if content is not None else None)
