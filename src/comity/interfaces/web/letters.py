# SPDX-License-Identifier: Apache-2.0
"""What forms and pages say of a letter that came in: whose it is, when it came, its day, its scan, what it lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.cooperation.drafting import entering
from comity.cooperation.drafting.entering import Letter
from comity.cooperation.drafting.models import Draft
from comity.interfaces.web import words
from comity.interfaces.web.door import Visit
from comity.interfaces.web.forms import build, moments, summary
from comity.interfaces.web.forms.weighing import SCAN
from comity.interfaces.web.known import names
from comity.interfaces.web.times import Moment, city, moment
from comity.protocol.proof.enclosed import Enclosed
from comity.protocol.wire.entered import Entered
from comity.protocol.wire.errors import BadMember, TooLarge
from comity.protocol.wire.names import AuthorityId, Digest, parse_time
from comity.records.threads.scans import LIMIT as SCAN_LIMIT


@dataclass(frozen=True, slots=True)
class LetterShown:
    """A letter for a page. `place` is the draft or thread under which its scan is kept."""

    sender: str
    name: str
    by: str
    came: Moment
    came_input: str
    zone: str
    dated: str
    scan: str
    place: str
    limit: int = SCAN_LIMIT


def shown(visit: Visit, kept: Mapping[str, Any], place: str) -> LetterShown | None:
    """The letter of a draft; None where there is none."""
    if not kept:
        return None
    sender, entered = entering.read(kept)
    return of(visit, sender, entered, place)


def of(visit: Visit, sender: AuthorityId, entered: Entered, place: str) -> LetterShown:
    """The letter behind a statement."""
    return LetterShown(
        sender=sender,
        name=names({sender}).get(sender, sender),
        by=entered.by,
        came=moment(entered.came, visit.zone),
        came_input=moments.to_input(entered.to_json()["came"], visit.zone),
        zone=city(visit.zone.key),
        dated=entered.dated.isoformat() if entered.dated else "",
        scan=entered.letter or "",
        place=place,
    )


def told(visit: Visit, sender: AuthorityId, kept: Digest | None = None) -> Letter:
    """The letter as the form tells of it. Raises `BadMember`, `TooLarge`."""
    post = visit.request.POST
    came = parse_time(moments.from_input(post.get("came", ""), visit.zone), "letter", "came")
    return Letter(sender, came, _day(post.get("dated", "")), _scan(visit), kept)


def day(text: str, member: str) -> date:
    """A day as the browser sends it. Raises `BadMember`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadMember(what="letter", member=member, why="is no day") from None


def lacking(found: Draft) -> list[str]:
    """What the letter does not say of what its kind asks, in the words of the form; nothing for one of ours."""
    if not found.entered:
        return []
    wrong = entering.lacking(found)
    sections = build.form(found.kind, found.body, words.said, problems=wrong)
    return list(dict.fromkeys(each.label for each in summary.faults(sections, wrong, words.said)))


def _day(text: str) -> date | None:
    return day(text, "dated") if text else None


def _scan(visit: Visit) -> Enclosed | None:
    file = visit.request.FILES.get(SCAN)
    if file is None:
        return None
    if (file.size or 0) > SCAN_LIMIT:
        raise TooLarge(what="the scan", size=file.size or 0, limit=SCAN_LIMIT)
    return Enclosed(file.name or "scan", file.content_type or "", file.read())
