# SPDX-License-Identifier: Apache-2.0
"""Making a move in a thread: the form of its kind, or one press where it needs no words. The station that owns the move
makes it.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from comity.cooperation.answering import actions as answering
from comity.cooperation.assessment import actions as assessment
from comity.cooperation.closing import actions as closing
from comity.cooperation.journey import Prepared
from comity.interfaces.web import handling, openings, problems, words
from comity.interfaces.web.cautions import Caution, cautions
from comity.interfaces.web.door import Visit, signed_in
from comity.interfaces.web.forms import build, read, summary
from comity.interfaces.web.forms.editing import fitting, rows_asked
from comity.interfaces.web.forms.summary import Fault
from comity.interfaces.web.known import names, zone_of
from comity.interfaces.web.standing import permitted
from comity.interfaces.web.times import moment
from comity.protocol.terms import bodies, kinds
from comity.protocol.terms.errors import BodyInvalid, Problem, UnknownKind
from comity.protocol.thread.errors import MoveNotAllowed
from comity.protocol.thread.graph import RECALL_ANSWERS
from comity.protocol.thread.moves import allowed_moves
from comity.protocol.thread.state import ThreadState
from comity.protocol.wire.errors import TooLarge
from comity.protocol.wire.names import MessageId
from comity.records.threads import reading, store
from comity.records.threads.models import Thread


@require_http_methods(["GET", "POST"])
@signed_in
def move(visit: Visit, id: str, kind: str) -> HttpResponse:
    """The form, or the move made. Raises `NotFound`, `UnknownKind`, `MoveNotAllowed`, and what the station raises."""
    row = reading.thread(visit.actor, id)
    state = store.state_of(MessageId(row.id))
    if kind not in kinds.move_kinds():
        raise UnknownKind(kind=kind[:40])
    if kind not in allowed_moves(state, visit.home.authority) or not permitted(visit, kind):
        raise MoveNotAllowed(authority=visit.home.authority, kind=kind)
    if visit.request.method == "GET":
        visit.reads(row.id)
        return _form(visit, row, state, kind, openings.begun(visit, row, kind))
    body, wrong, more = _read(visit, row, kind)
    if more is not None or wrong:
        return _form(visit, row, state, kind, body, more=more, wrong=wrong)
    try:
        bodies.validate(kind, body)
        if not visit.request.POST.get("sure") and (doubts := _doubts(visit, row, kind, body)):
            return _form(visit, row, state, kind, body, doubts=doubts)
        prepared = _make(visit, row, kind, body)
    except BodyInvalid as error:
        return _form(visit, row, state, kind, body, wrong=error.problems)
    except TooLarge as error:
        return _form(visit, row, state, kind, body, faults=(Fault(problems.text(error)),))
    if prepared.awaiting:
        return visit.to("statement", prepared.id)
    if store.by_letter(state.thread):
        return visit.to("thread", row.id, said=gettext("It waits to be posted."))
    return visit.to("thread", row.id, said=gettext("Sent: it leaves now, and is kept until it is receipted."))


def _read(visit: Visit, row: Thread, kind: str) -> tuple[dict[str, Any], tuple[Problem, ...], Mapping[str, int] | None]:
    """The body that the form says, what is wrong with its files, and the rows to show more of when only those were
    asked for."""
    post = visit.request.POST
    if post.get("at_once"):
        return {}, (), None
    asked, more = rows_asked(post)
    before = openings.taken_back(visit, row, kind)
    files, wrong = fitting(visit.request, "attachments", read.body(kind, asked, before, zone=visit.zone))
    body = read.body(kind, asked, before, files, zone=visit.zone)
    chosen = set(visit.request.POST.getlist("findings"))
    found = [each for each in openings.findings(visit, row) if each.id in chosen]
    files = [read.Upload(each.name, each.media_type, bytes(each.content)) for each in found]
    if files:
        body["attachments"] = [*body.get("attachments", ()), *map(read.attachment, files)]
    return body, wrong, more


def _make(visit: Visit, row: Thread, kind: str, body: Mapping[str, Any]) -> Prepared:
    """Let the station that owns the move make it."""
    under = handling.read(visit.request.POST)
    if kind in assessment.DECISIONS:
        return assessment.decide(visit.home, visit.actor, row.id, kind, body, under)
    if kind in answering.ANSWERS:
        return answering.answer(visit.home, visit.actor, row.id, kind, body, handling=under)
    if kind == "recall":
        rest = {name: value for name, value in body.items() if name != "of"}
        return closing.recall(visit.home, visit.actor, row.id, list(body["of"]), rest)
    if kind in RECALL_ANSWERS:
        rest = {name: value for name, value in body.items() if name != "recall"}
        return closing.answer_recall(visit.home, visit.actor, row.id, kind, str(body["recall"]), rest)
    return closing.move(visit.home, visit.actor, row.id, kind, body, under)


def _form(
    visit: Visit,
    row: Thread,
    state: ThreadState,
    kind: str,
    body: Mapping[str, Any],
    *,
    wrong: tuple[Problem, ...] = (),
    faults: tuple[Fault, ...] = (),
    doubts: tuple[Caution, ...] = (),
    more: Mapping[str, int] | None = None,
) -> HttpResponse:
    """The form. Of the files that were sent with it none is kept: a browser sends them once."""
    held = openings.taken_back(visit, row, kind).get("attachments", ())
    shown = {**body, "attachments": [each for each in body.get("attachments", ()) if each in held]}
    sections = build.form(
        kind, shown, words.said, problems=wrong, more=more, choices=openings.choices(visit, state), zone=visit.zone
    )
    post = visit.request.POST
    chosen = set(post.getlist("findings"))
    return visit.page(
        "move.html",
        422 if wrong or faults or doubts else 200,
        cautions=doubts,
        thread=row,
        counterpart=names({row.counterpart}).get(row.counterpart, row.counterpart),
        kind=kind,
        approvals=kinds.kind(kind).approvals,
        sections=sections,
        faults=(*faults, *summary.faults(sections, wrong, words.said)),
        again=visit.request.POST.get("again", visit.request.GET.get("again", "")),
        files_again=bool(visit.request.FILES),
        handling=handling.fields(handling.read(post)),
        lesser=assessment.considered(state, visit.home.authority) if kind == "refused" else (),
        findings=[(each, not post or each.id in chosen) for each in openings.findings(visit, row)]
        if kind in answering.ANSWERS
        else [],
    )


def _doubts(visit: Visit, row: Thread, kind: str, body: Mapping[str, Any]) -> tuple[Caution, ...]:
    """What to look at before the move is made: it may leave at once."""
    there = zone_of(row.counterpart)
    return cautions(kind, body, visit.home.now(), words.said, lambda at: moment(at, visit.zone, there))
