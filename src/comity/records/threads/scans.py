# SPDX-License-Identifier: Apache-2.0
"""Scans of letters that came: kept as they came, beside the statement that names their digest.

A scan lies under the draft into which its letter is read, and under the thread that the draft opens; of a move it lies
under the thread alone. One that another scan took the place of, or whose statement was given up, goes. It is closed
together with the messages that were entered from it.
"""

from django.db.models import Q

from comity.protocol.proof.enclosed import Enclosed
from comity.protocol.wire.errors import BadMember, TooLarge
from comity.protocol.wire.names import AuthorityId, Digest, MessageId
from comity.records.action import Act
from comity.records.errors import NotFound, NotInSeason
from comity.records.register import events
from comity.records.threads import recalled, store
from comity.records.threads.models import Scan

LIMIT = 10 << 20
MOST = 200
"""Of one thread, or of one draft."""
_FORMATS = (
    ("application/pdf", b"%PDF-"),
    ("image/png", b"\x89PNG\r\n\x1a\n"),
    ("image/jpeg", b"\xff\xd8\xff"),
    ("image/tiff", b"II*\0"),
    ("image/tiff", b"MM\0*"),
)


def keep(act: Act, scan: Enclosed, *, draft: str = "", thread: str = "") -> None:
    """Within `act`: keep a scan as it came; of a draft, in the place of those before. Raises `TooLarge`, and
    `BadMember` for what is no picture of paper, or for too many."""
    if len(scan.content) > LIMIT:
        raise TooLarge(what="the scan", size=len(scan.content), limit=LIMIT)
    media_type = next((each for each, start in _FORMATS if scan.content.startswith(start)), None)
    if media_type is None:
        raise BadMember(what="letter", member="scan", why="is no PDF, PNG, JPEG or TIFF")
    rows = Scan.objects.filter(draft=draft) if draft else Scan.objects.filter(draft="", thread=thread)
    if rows.count() >= MOST:
        raise BadMember(what="letter", member="scan", why=f"is one too many: {MOST} are kept here already")
    if not rows.filter(digest=scan.digest).exists():
        Scan.objects.create(
            digest=scan.digest,
            draft=draft,
            thread=thread,
            name=scan.name.encode(errors="replace").decode()[:200],
            media_type=media_type,
            content=scan.content,
            added=act.now,
            added_by=act.actor.name,
        )
    if draft:
        rows.exclude(digest=scan.digest).delete()
    act.record(events.attached(thread=MessageId(draft or thread), content=scan.digest, bytes=len(scan.content)))


def follow(draft: str, thread: MessageId) -> None:
    """The draft became this thread's statement: its scan lies there too."""
    Scan.objects.filter(draft=draft).update(thread=thread)


def forget(*, draft: str = "", thread: str = "", digest: str = "") -> None:
    """Remove a draft's scans, or one of a thread that nothing which counts there names."""
    if draft:
        Scan.objects.filter(draft=draft).delete()
    elif not _naming(MessageId(thread), digest):
        Scan.objects.filter(thread=thread, digest=digest).delete()


def find(place: str, digest: str, *, drafts: bool) -> Scan:
    """The scan under a thread, or, for whoever may read drafts, under a draft. Raises `NotFound`."""
    under = Q(thread=place) | Q(draft=place) if drafts else Q(thread=place)
    found = Scan.objects.filter(under, digest=digest).first() if place else None
    if found is None:
        raise NotFound(what="scan", id=digest[:80])
    return found


def require_open(me: AuthorityId, scan: Scan) -> None:
    """Raises `NotInSeason` once all that was entered from it was recalled and is destroyed here."""
    if not scan.thread:
        return
    thread = MessageId(scan.thread)
    naming = _naming(thread, scan.digest)
    if naming and naming <= recalled.closed(me, store.state_of(thread)):
        raise NotInSeason(what="scan", id=scan.digest, state="recalled and closed here", needed="open")


def _naming(thread: MessageId, digest: str) -> set[Digest]:
    said = store.statements_of(thread).items()
    return {each for each, statement in said if statement.entered and statement.entered.letter == digest}
