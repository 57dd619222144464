# SPDX-License-Identifier: Apache-2.0
"""What pages say of letters that go out: what waits to be posted, how each left, where the others are written to."""

from dataclasses import dataclass
from zoneinfo import available_timezones

from django.http import HttpResponse
from django.utils.translation import gettext, gettext_noop

from comity.cooperation.dispatch import posting
from comity.cooperation.dispatch.models import Outbox, Posting
from comity.interfaces.web.door import Visit
from comity.interfaces.web.known import names
from comity.interfaces.web.times import Moment, moment
from comity.protocol.terms.authorities import AUTHORITY_ROLES
from comity.protocol.terms.languages import LANGUAGE_CODES
from comity.protocol.wire.names import authority_id
from comity.records.authorities import correspondents
from comity.records.authorities.correspondents import Particulars
from comity.records.authorities.models import Correspondent
from comity.records.threads import store
from comity.records.threads.models import Thread

ROADS = {
    "post": gettext_noop("post"),
    "registered-post": gettext_noop("registered post"),
    "courier": gettext_noop("courier"),
    "by-hand": gettext_noop("by hand"),
    "diplomatic": gettext_noop("diplomatic bag"),
    "interpol": gettext_noop("INTERPOL"),
    "e-mail": gettext_noop("e-mail"),
    "fax": gettext_noop("fax"),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A message that goes on paper: whom to, since when it waits, and how it left."""

    thread: str
    message: str
    kind: str
    peer: str
    name: str
    since: Moment
    posting: Posting | None
    road: str = ""
    arrived_by: str = ""
    language: str = "en"


def roads() -> list[tuple[str, str]]:
    """Every road with its name."""
    return [(code, gettext(ROADS[code])) for code in posting.ROADS]


def waiting(visit: Visit) -> list[Paper]:
    """What waits to be posted, the oldest first."""
    return _papers(visit, posting.to_post(visit.home, visit.actor))


def of_thread(visit: Visit, row: Thread) -> dict[str, Paper]:
    """What goes or went on paper in a thread, by message."""
    return {each.message: each for each in _papers(visit, posting.on_paper(visit.home, visit.actor, row.id))}


def _papers(visit: Visit, rows: list[Outbox]) -> list[Paper]:
    known = names({row.peer for row in rows})
    said = store.kinds_of([row.message for row in rows])
    left = posting.postings([row.message for row in rows])
    return [_paper(visit, row, said.get(row.message, ""), known.get(row.peer, row.peer), left) for row in rows]


def _paper(visit: Visit, row: Outbox, kind: str, name: str, left: dict[str, Posting]) -> Paper:
    how = left.get(row.message)
    return Paper(
        thread=row.thread,
        message=row.message,
        kind=kind,
        peer=row.peer,
        name=name,
        since=moment(row.queued, visit.zone),
        posting=how,
        road=gettext(ROADS[how.road]) if how else "",
        arrived_by=gettext(ROADS[how.arrived_by]) if how and how.arrived_by else "",
        language=how.language if how else _language(row.peer),
    )


def _language(peer: str) -> str:
    """The first language in which they can be written to."""
    known = correspondents.known(peer)
    return str(known.languages[0]) if known and known.languages else "en"


def address_form(visit: Visit, known: Correspondent | None, problem: str = "") -> HttpResponse:
    """The form of an address: what was typed, or what is kept."""
    post = visit.request.POST
    kept = {
        "id": known.authority.id if known else "",
        "name": known.name if known else "",
        **{each: getattr(known, each, "") for each in ("address", "source", "timezone", "telephone", "email")},
    }
    chosen = {"roles": known.roles if known else [], "languages": known.languages if known else []}
    if post:
        kept = {each: post.get(each, "") for each in kept}
        chosen = {each: post.getlist(each) for each in chosen}
    return visit.page(
        "address.html",
        422 if problem else 200,
        known=known,
        problem=problem,
        kept=kept,
        chosen=chosen,
        roles=[each.code for each in AUTHORITY_ROLES],
        language_codes=[each.code for each in LANGUAGE_CODES],
        zones=sorted(each for each in available_timezones() if "/" in each and not each.startswith("Etc/")),
    )


def keep_address(visit: Visit) -> Correspondent:
    """Keep what the form says. Raises `BadMember`, `HasNode`, `OurOwn`."""
    post = visit.request.POST
    told = Particulars(
        name=post.get("name", "").strip(),
        address=post.get("address", "").strip(),
        source=post.get("source", "").strip(),
        timezone=post.get("timezone", "").strip(),
        roles=tuple(post.getlist("roles")),
        languages=tuple(post.getlist("languages")),
        telephone=post.get("telephone", "").strip(),
        email=post.get("email", "").strip(),
    )
    authority = authority_id(post.get("id", "").strip(), "authority", "id")
    return correspondents.keep(visit.home, visit.actor, authority, told)
