# SPDX-License-Identifier: Apache-2.0
"""What goes to an authority without a node: it waits to be posted, and an officer says that it was.

A thread that began by letter stays by letter, also when the other side gets a node later. What waits is printed as a
letter, signed by hand and posted; then an officer notes the road, the day, and what the post gave for it. Whether it
came, no receipt proves: if word of it comes, that is noted too.
"""

from collections.abc import Sequence
from datetime import date

from comity.cooperation.dispatch import lettering
from comity.cooperation.dispatch.models import Outbox, Posting
from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.names import AuthorityId, Digest, MessageId, digest_of
from comity.records.action import acting
from comity.records.actors import Actor, Permission
from comity.records.errors import NotFound, NotInSeason
from comity.records.home import Home
from comity.records.register import events
from comity.records.threads import reading

ROADS = ("post", "registered-post", "courier", "by-hand", "diplomatic", "interpol", "e-mail", "fax")
"""How a letter goes, and how word comes that it arrived."""

_SLOW = ("post", "registered-post", "courier", "diplomatic")
_ON_PAPER = (Outbox.Status.TO_POST, Outbox.Status.POSTED)


def count() -> int:
    """How many wait to be posted, up to a hundred."""
    return Outbox.objects.filter(status=Outbox.Status.TO_POST)[:100].count()


def to_post(home: Home, actor: Actor) -> list[Outbox]:
    """What waits to be posted, the oldest first."""
    if not actor.may(Permission.READ):
        return []
    with home.active():
        return list(Outbox.objects.filter(status=Outbox.Status.TO_POST).order_by("id")[:200])


def on_paper(home: Home, actor: Actor, thread: str) -> list[Outbox]:
    """What goes or went on paper in a thread, with its posting. Raises `NotFound`."""
    with home.active():
        row = reading.thread(actor, thread)
        rows = Outbox.objects.filter(thread=row.id, status__in=_ON_PAPER)
        return list(rows.select_related("posting").order_by("id"))


def post(
    home: Home, actor: Actor, thread: str, message: str, *, language: str, road: str, on: date, reference: str = ""
) -> Posting:
    """Note that a message was posted as its letter in `language`. Raises `NotFound`, `NotInSeason`, `BadMember`, and as
    `lettering.letter_of`."""
    actor.require(Permission.DRAFT)
    _require_road(road)
    if "\0" in reference or len(reference) > 200:
        raise BadMember(what="letter", member="reference", why="is longer than 200 characters")
    with home.active():
        row = reading.thread(actor, thread)
        waiting = _of(row.id, message)
        _require_day(home, on, waiting.queued.date())
    letter = digest_of(lettering.made_of(home, MessageId(row.id), language, message))
    with acting(home, actor, Permission.DRAFT) as act:
        found = _of(row.id, message, lock=True)
        if found.status != Outbox.Status.TO_POST:
            raise NotInSeason(what="letter", id=message[:80], state=found.status, needed="waiting to be posted")
        found.status, found.settled = Outbox.Status.POSTED, act.now
        found.save(update_fields=["status", "settled"])
        posting = Posting.objects.create(
            outbox=found,
            letter=letter,
            language=language,
            road=road,
            on=on,
            reference=reference,
            by=actor.name,
            noted=act.now,
        )
        to = AuthorityId(found.peer)
        thread_id, said = MessageId(row.id), Digest(found.message)
        act.record(events.posted(thread=thread_id, message=said, to=to, content=letter, method=road))
    return posting


def note_arrival(home: Home, actor: Actor, thread: str, message: str, *, on: date, road: str) -> Posting:
    """Note that a posted letter came, and by which road word of it came. Raises `NotFound`, `NotInSeason`,
    `BadMember`."""
    _require_road(road)
    with acting(home, actor, Permission.DRAFT) as act:
        row = reading.thread(actor, thread)
        found = _of(row.id, message, lock=True)
        posting = Posting.objects.filter(outbox=found).first()
        if posting is None or posting.arrived is not None:
            state = "waiting to be posted" if posting is None else "noted as arrived"
            raise NotInSeason(what="letter", id=message[:80], state=state, needed="posted")
        if on < posting.on and road in _SLOW:
            raise BadMember(what="letter", member="on", why="is before it was posted")
        _require_day(home, on, posting.on)
        posting.arrived, posting.arrived_by = on, road
        posting.save(update_fields=["arrived", "arrived_by"])
        thread_id, said, to = MessageId(row.id), Digest(found.message), AuthorityId(found.peer)
        act.record(events.letter_arrived(thread=thread_id, message=said, to=to, method=road))
    return posting


def postings(messages: Sequence[str]) -> dict[str, Posting]:
    """How these messages left on paper, by digest; the caller has read their threads."""
    rows = Posting.objects.filter(outbox__message__in=messages).select_related("outbox")
    return {row.outbox.message: row for row in rows}


def _of(thread: str, message: str, *, lock: bool = False) -> Outbox:
    rows = Outbox.objects.filter(thread=thread, message=message, status__in=_ON_PAPER)
    found = (rows.select_for_update() if lock else rows).first()
    if found is None:
        raise NotFound(what="letter", id=message[:80])
    return found


def _require_road(road: str) -> None:
    if road not in ROADS:
        raise BadMember(what="letter", member="road", why="is none of " + ", ".join(ROADS))


def _require_day(home: Home, on: date, earliest: date) -> None:
    """Somewhere on earth it is already tomorrow, and somewhere it is still yesterday."""
    if on.toordinal() < earliest.toordinal() - 1 or on.toordinal() > home.now().date().toordinal() + 1:
        raise BadMember(what="letter", member="on", why="is before it was written or still to come")
