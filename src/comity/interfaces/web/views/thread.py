# SPDX-License-Identifier: Apache-2.0
"""A thread: what is asked, where it stands, what was said, and what may be done next. Opening it leaves one leaf."""

import base64
import re
from typing import Any, Literal
from urllib.parse import quote

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from comity.cooperation.dispatch import journeys, relaying
from comity.cooperation.dispatch.models import Outgoing
from comity.cooperation.execution import actions as execution
from comity.interfaces.web import clocks, criteria, facts, history, letters, paper, standing, words
from comity.interfaces.web.context import direction
from comity.interfaces.web.door import Visit, signed_in
from comity.interfaces.web.known import names, zone_of
from comity.interfaces.web.law import evidence
from comity.interfaces.web.law.panel import ends, panels
from comity.interfaces.web.times import due, moment
from comity.protocol.terms.attachments import ATTACHMENTS_LIMIT
from comity.protocol.terms.languages import LANGUAGES
from comity.protocol.thread.fold import fold
from comity.protocol.thread.state import ThreadState
from comity.protocol.thread.titles import CONDITIONS
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import Digest, MessageId
from comity.protocol.wire.statement import Statement
from comity.records.accounts.models import Officer
from comity.records.action import acting
from comity.records.actors import Permission
from comity.records.errors import NotFound, NotInSeason
from comity.records.register import events
from comity.records.threads import reading, recalled, store
from comity.records.threads.models import Side, Thread

_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*", re.ASCII)


@require_GET
@signed_in
def thread(visit: Visit, id: str) -> HttpResponse:
    """The whole thread on one page. Raises `NotFound`."""
    row = reading.thread(visit.actor, id)
    messages = store.messages_of(MessageId(row.id))
    state = fold((each.digest, each.statement) for each in messages)
    visit.reads(row.id)
    kept = clocks.preserved(visit, state, messages) if row.open else None
    return visit.page("thread.html", **_stand(visit, row, state), **_said(visit, row, state, messages), preserved=kept)


@require_POST
@signed_in
def proof(visit: Visit, id: str) -> HttpResponse:
    """The thread's proof file, which anybody can check with `comity verify`; the export is registered."""
    response = HttpResponse(journeys.proof(visit.home, visit.actor, id), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="proof-{quote(id)}.json"'
    return response


@require_GET
@signed_in
def file(visit: Visit, id: str, message: str, digest: str) -> HttpResponse:
    """A file of a message, always as a download. Raises `NotFound`, and `NotInSeason` once we said that what was
    recalled is destroyed."""
    row = reading.thread(visit.actor, id)
    found = store.message(Digest(message))
    held = _attachments(found) if found and found.statement.thread == row.id else {}
    if digest not in held:
        raise NotFound(what="file", id=digest[:80])
    if recalled.closed_here(visit.home.authority, MessageId(row.id), Digest(message)):
        raise NotInSeason(what="file", id=digest[:80], state="recalled and closed here", needed="open")
    attachment = held[digest]
    with acting(visit.home, visit.actor, Permission.READ) as act:
        act.record(events.exported(thread=MessageId(row.id), content=Digest(digest), count=1))
    kind = str(attachment.get("media_type", ""))
    response = HttpResponse(
        base64.b64decode(str(attachment["data"])),
        content_type=kind if _MEDIA_TYPE.fullmatch(kind) else "application/octet-stream",
    )
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(str(attachment.get('name', 'file')))}"
    return response


@require_POST
@signed_in
def relay(visit: Visit, id: str) -> HttpResponse:
    """As a home authority: endorse what waits in the thread, and pass it on. Raises `NotFound`, `NotPermitted`."""
    for each in relaying.to_relay(visit.home, visit.actor, id):
        relaying.relay(visit.home, visit.actor, each.digest)
    return visit.to("thread", id, said=gettext("It is endorsed, and on its way."))


def _attachments(message: Message | None) -> dict[str, dict[str, Any]]:
    found = message.statement.body.get("attachments") if message else None
    whole = [each for each in found if isinstance(each, dict) and "data" in each] if isinstance(found, list) else []
    return {str(each.get("sha256")): each for each in whole}


def _awaiting(row: Thread) -> QuerySet[Outgoing]:
    """What waits for approval in this thread; its caller has read the thread."""
    waits = Outgoing.objects.filter(thread=row.id, status=Outgoing.Status.AWAITING)
    return waits.defer("statement").order_by("created")


def _stand(visit: Visit, row: Thread, state: ThreadState) -> dict[str, Any]:
    there = zone_of(row.counterpart)
    mirrored: Literal["ltr", "rtl"] = "rtl" if direction() == "rtl" else "ltr"
    lanes = standing.lanes(visit, state, mirrored)
    waited = standing.waited_for(state)
    moves = standing.moves(visit, state)
    papers = paper.of_thread(visit, row)
    return {
        "thread": row,
        "relayable": bool(relaying.to_relay(visit.home, visit.actor, row.id))
        if visit.may(Permission.ASSESS)
        else False,
        "state": state,
        "due": due(
            row.due, visit.home.now(), visit.zone, there, running=row.open, stopped=any(each.stopped for each in lanes)
        ),
        "duty": words.duty(row.due_what, ours=row.due_ours) if row.due else "",
        "opened": moment(row.opened, visit.zone, there),
        "lanes": lanes,
        "waited": waited,
        "ours": visit.home.authority in waited,
        "moves": moves,
        "rare": any(each.rare for each in moves),
        "recalls": standing.recalls(visit, state),
        "papers": papers,
        "roads": paper.roads() if papers else [],
        "today": visit.home.now().astimezone(visit.zone).date().isoformat(),
        "their_moves": standing.by_letter(visit, row, state),
        "counterpart": names({row.counterpart}).get(row.counterpart, ""),
        "condition": "" if state.root else words.said(CONDITIONS[state.condition]),
    }


def _said(visit: Visit, row: Thread, state: ThreadState, messages: list[Message]) -> dict[str, Any]:
    told = history.tell(visit, state, messages)
    root = next((each for each in messages if each.digest == state.root), None)
    at = lambda instant: moment(instant, visit.zone, zone_of(row.counterpart))  # noqa: E731  one expression
    beside = panels(visit.home, root.statement.kind, root.statement.body, *ends(root.statement)) if root else []
    return {
        "root": root.statement if root else None,
        "root_digest": state.root,
        "root_closed": state.root in recalled.closed(visit.home.authority, state),
        "request_chapters": facts.chapters(root.statement.kind, root.statement.body, words.said, at) if root else [],
        "panels": beside,
        "evidence": evidence.weighings(visit.home, root.statement, _answers(state, messages), beside)
        if root and row.side == Side.ASKING
        else (),
        "handling": history.handling(root.statement.handling) if root else [],
        "lacking": letters.not_said(root.statement) if root else [],
        "history": told,
        "criteria": criteria.table(visit, row, state, messages),
        "waiting": _awaiting(row),
        "tasks": execution.tasks(visit.home, visit.actor, row.id) if row.side == Side.ASKED else [],
        "file_limit": ATTACHMENTS_LIMIT,
        "letter_languages": LANGUAGES,
        "colleagues": Officer.objects.filter(suspended=None).order_by("pseudonym") if row.side == Side.ASKED else [],
    }


def _answers(state: ThreadState, messages: list[Message]) -> list[Statement]:
    """What was said and counts, in the order in which it was sent."""
    counted = {step.message for lane in state.lanes.values() for step in lane.steps}
    found = [each.statement for each in messages if each.digest in counted]
    return sorted(found, key=lambda each: each.sent)
