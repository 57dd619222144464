# SPDX-License-Identifier: Apache-2.0
"""What forms and pages say of a letter that came in: whose it is, when it came, its day, its scan, what it lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext, gettext_noop

from comity.cooperation.drafting import entering
from comity.cooperation.drafting.entering import Letter
from comity.cooperation.drafting.models import Draft
from comity.interfaces.web import problems, words
from comity.interfaces.web.door import Visit
from comity.interfaces.web.forms import build, moments, summary
from comity.interfaces.web.forms.weighing import SCAN
from comity.interfaces.web.known import names
from comity.interfaces.web.times import Moment, city, moment
from comity.protocol.errors import ComityError
from comity.protocol.proof.enclosed import Enclosed
from comity.protocol.terms import bodies
from comity.protocol.wire.entered import Entered
from comity.protocol.wire.errors import BadMember, TooLarge
from comity.protocol.wire.names import AuthorityId, Digest, parse_time
from comity.protocol.wire.statement import Statement
from comity.records.threads.scans import LIMIT as SCAN_LIMIT

_LABELS = {
    "came": gettext_noop("When it came"),
    "dated": gettext_noop("The day that it bears"),
    "scan": gettext_noop("Its scan"),
    "id": gettext_noop("Short name"),
    "name": gettext_noop("Name"),
    "address": gettext_noop("Address, as it stands on the envelope"),
    "source": gettext_noop("How we know"),
    "timezone": gettext_noop("Time zone"),
    "email": gettext_noop("E-mail"),
}
_WHYS = (
    gettext_noop("is still to come"),
    gettext_noop("is before 1970"),
    gettext_noop("is later than the day on which it came"),
    gettext_noop("is no PDF, PNG, JPEG or TIFF"),
    gettext_noop("is no day"),
    gettext_noop("is no time zone such as Asia/Vientiane"),
    gettext_noop("is no e-mail address"),
    gettext_noop("names no state by its two letters"),
    gettext_noop("is not of the form ES/policia-nacional"),
    gettext_noop("is not of the form 2026-11-22T07:33:54.123Z"),
    gettext_noop("is missing"),
)
"""Why something typed of a letter cannot be kept: named here to be translated."""


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
    """What the letter of a draft does not say; nothing for a draft of ours."""
    return lacking_in(found.kind, found.body) if found.entered else []


def not_said(said: Statement) -> list[str]:
    """What the letter behind a statement does not say; nothing where there is none."""
    return lacking_in(said.kind, said.body) if said.entered else []


def lacking_in(kind: str, body: Mapping[str, Any]) -> list[str]:
    """What the kind asks and the body lacks, in the words of the form. Raises `BodyInvalid` for what is wrong."""
    wrong = bodies.validate_entered(kind, body)
    sections = build.form(kind, body, words.said, problems=wrong)
    return list(dict.fromkeys(each.label for each in summary.faults(sections, wrong, words.said)))


def problem(error: ComityError) -> str:
    """What is wrong with a letter or an address as it was typed, by the label of its field."""
    label = _LABELS.get(str(error.data.get("member", ""))) if isinstance(error, BadMember) else None
    if label is None:
        return problems.text(error)
    return f"{gettext(label)}: {words.said(str(error.data['why']))}."


def _day(text: str) -> date | None:
    return day(text, "dated") if text else None


def _scan(visit: Visit) -> Enclosed | None:
    file = visit.request.FILES.get(SCAN)
    if file is None:
        return None
    if (file.size or 0) > SCAN_LIMIT:
        raise TooLarge(what="the scan", size=file.size or 0, limit=SCAN_LIMIT)
    return Enclosed(file.name or "scan", file.content_type or "", file.read())
