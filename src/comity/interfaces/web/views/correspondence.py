# SPDX-License-Identifier: Apache-2.0
"""Letters with authorities that have no node: their addresses, what came in, what waits to be posted.

A letter that came is begun here and read into its form in `drafts`; their move in a thread by letter has its form here.
"""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comity.cooperation.dispatch import posting
from comity.cooperation.drafting import actions as drafting
from comity.cooperation.drafting import entering
from comity.interfaces.web import handling, letters, openings, paper, words
from comity.interfaces.web.door import Visit, signed_in
from comity.interfaces.web.forms import build, read, summary
from comity.interfaces.web.forms.editing import fitting, rows_asked
from comity.interfaces.web.forms.summary import Fault
from comity.interfaces.web.views.letters import POLICY
from comity.protocol.terms import kinds
from comity.protocol.terms.errors import BodyInvalid
from comity.protocol.terms.handling import DEFAULT
from comity.protocol.thread.errors import MoveNotAllowed
from comity.protocol.thread.moves import allowed_moves
from comity.protocol.wire.errors import WireError
from comity.protocol.wire.names import AuthorityId, Digest, MessageId
from comity.records.actors import Permission
from comity.records.authorities import correspondents
from comity.records.casefiles import cases
from comity.records.errors import NotFound, RecordError
from comity.records.threads import reading, scans, store
from comity.records.threads.models import Thread


@require_GET
@signed_in
def letters_page(visit: Visit) -> HttpResponse:
    """What waits to be posted, letters begun, and who is written to."""
    visit.actor.require(Permission.READ)
    begun = [each for each in drafting.drafts(visit.home, visit.actor) if each.entered]
    waiting = paper.waiting(visit)
    visit.lists("letters", len(waiting))
    known = correspondents.correspondents(visit.home, visit.actor)
    return visit.page("letters.html", waiting=waiting, begun=begun, known=known)


@require_http_methods(["GET", "POST"])
@signed_in
def enter(visit: Visit) -> HttpResponse:
    """Whose letter it is, when it came and what it asks; answers with a draft to read it into."""
    visit.actor.require(Permission.DRAFT)
    post = visit.request.POST
    if visit.request.method == "GET":
        return _begin(visit)
    if not post.get("sender") or not post.get("kind"):
        return _begin(visit, gettext("Choose whose letter it is and what it asks for."))
    case = post.get("case", "")
    try:
        letter = letters.told(visit, AuthorityId(post["sender"]))
        draft = drafting.start(
            visit.home,
            visit.actor,
            kind=post["kind"],
            to=[visit.home.authority],
            body={},
            handling=dict(DEFAULT),
            case=cases.case(visit.home, visit.actor, case).id if case else "",
            letter=letter,
        )
    except WireError as error:
        return _begin(visit, letters.problem(error))
    return visit.to("draft", draft.id)


def _begin(visit: Visit, problem: str = "") -> HttpResponse:
    post = visit.request.POST
    return visit.page(
        "enter.html",
        422 if problem else 200,
        problem=problem,
        stages=list(words.kinds_by_stage()),
        known=correspondents.correspondents(visit.home, visit.actor),
        cases=cases.newest(visit.home, visit.actor),
        chosen={
            "kind": post.get("kind", ""),
            "case": post.get("case", ""),
            "sender": post.get("sender", visit.request.GET.get("sender", "")),
        },
        letter=_told(visit),
    )


def _told(visit: Visit) -> dict[str, Any]:
    """What the fields of a letter show before one is kept."""
    post = visit.request.POST
    shown = {"came_input": post.get("came", ""), "dated": post.get("dated", "")}
    return {**shown, "zone": visit.zone.key, "limit": scans.LIMIT, "again": bool(visit.request.FILES)}


@require_http_methods(["GET", "POST"])
@signed_in
def address(visit: Visit, country: str = "", name: str = "") -> HttpResponse:
    """Where an authority without a node is written to; empty for a new one."""
    visit.actor.require(Permission.DRAFT)
    known = correspondents.known(f"{country}/{name}") if country else None
    if country and known is None:
        raise NotFound(what="address", id=f"{country}/{name}"[:64])
    taken = None if country else correspondents.known(visit.request.POST.get("id", "").strip())
    if taken is not None:
        return paper.address_form(visit, None, gettext("An address is kept under this short name: change it there."))
    if visit.request.method == "GET":
        return paper.address_form(visit, known)
    try:
        kept = paper.keep_address(visit)
    except (WireError, RecordError) as error:
        return paper.address_form(visit, known, letters.problem(error))
    return visit.to("letters", said=gettext("The address of %(name)s is kept.") % {"name": kept.authority.name})


@require_GET
@signed_in
def scan(visit: Visit, place: str, digest: str) -> HttpResponse:
    """A letter as it came, always as a download. Raises `NotFound`."""
    found = entering.scan(visit.home, visit.actor, place, digest)
    response = HttpResponse(bytes(found.content), content_type=found.media_type)
    ending = found.media_type.rpartition("/")[2]
    response["Content-Disposition"] = f'attachment; filename="scan-{found.digest[7:19]}.{ending}"'
    response["Content-Security-Policy"] = POLICY
    return response


@require_POST
@signed_in
def posted(visit: Visit, id: str, message: str) -> HttpResponse:
    """Note that a message was posted. Raises `NotFound`, `NotInSeason`, `BadMember`."""
    post = visit.request.POST
    posting.post(
        visit.home,
        visit.actor,
        id,
        message,
        language=post.get("language", ""),
        road=post.get("road", ""),
        on=letters.day(post.get("on", ""), "on"),
        reference=post.get("reference", "").strip(),
    )
    return visit.to("thread", id, said=gettext("Noted: it was posted."))


@require_POST
@signed_in
def arrived(visit: Visit, id: str, message: str) -> HttpResponse:
    """Note that a posted letter came there. Raises as `posting.note_arrival`."""
    post = visit.request.POST
    on = letters.day(post.get("on", ""), "on")
    posting.note_arrival(visit.home, visit.actor, id, message, on=on, road=post.get("road", ""))
    return visit.to("thread", id, said=gettext("Noted: it arrived."))


@require_http_methods(["GET", "POST"])
@signed_in
def their_move(visit: Visit, id: str, kind: str) -> HttpResponse:
    """The form of a move that their letter makes, or the move entered. Raises `NotFound`, `MoveNotAllowed`."""
    visit.actor.require(Permission.DRAFT)
    row = reading.thread(visit.actor, id)
    sender = AuthorityId(row.counterpart)
    entering.require_by_letter(MessageId(row.id), sender)
    if kind not in kinds.move_kinds() or kind not in allowed_moves(store.state_of(MessageId(row.id)), sender):
        raise MoveNotAllowed(authority=sender, kind=kind[:40])
    before = openings.taken_back(visit, row, kind)
    if visit.request.method == "GET":
        visit.reads(row.id)
        return _move_form(visit, row, kind, before)
    asked, more = rows_asked(visit.request.POST)
    files, wrong = fitting(visit.request, "attachments", before)
    body = read.body(kind, asked, before, files, zone=visit.zone)
    if more is not None or wrong:
        return _move_form(visit, row, kind, body, more=more, wrong=wrong)
    kept = openings.letter_taken_back(visit, row, kind)
    try:
        lacking = letters.lacking_in(kind, body)
        if lacking and not visit.request.POST.get("sure"):
            return _move_form(visit, row, kind, body, lacking=lacking)
        letter = letters.told(visit, sender, Digest(kept.letter) if kept and kept.letter else None)
        under = handling.read(visit.request.POST)
        prepared = entering.enter_move(visit.home, visit.actor, row.id, kind, body, letter, under)
    except BodyInvalid as error:
        return _move_form(visit, row, kind, body, wrong=error.problems)
    except WireError as error:
        return _move_form(visit, row, kind, body, faults=(Fault(letters.problem(error)),))
    return visit.to("statement", prepared.id)


def _move_form(visit: Visit, row: Thread, kind: str, body: dict[str, Any], **told: Any) -> HttpResponse:
    wrong, faults = told.get("wrong", ()), told.get("faults", ())
    state = store.state_of(MessageId(row.id))
    choices = openings.choices(visit, state, AuthorityId(row.counterpart))
    sections = build.form(
        kind, body, words.said, problems=wrong, more=told.get("more"), choices=choices, zone=visit.zone
    )
    kept = openings.letter_taken_back(visit, row, kind)
    letter = letters.of(visit, AuthorityId(row.counterpart), kept, row.id) if kept else _told(visit)
    return visit.page(
        "their_move.html",
        422 if wrong or faults or told.get("lacking") else 200,
        lacking=told.get("lacking", ()),
        thread=row,
        kind=kind,
        sections=sections,
        faults=(*faults, *summary.faults(sections, wrong, words.said)),
        again=visit.request.POST.get("again", visit.request.GET.get("again", "")),
        files_again=bool(visit.request.FILES),
        handling=handling.fields(handling.read(visit.request.POST)),
        letter=letter,
    )
