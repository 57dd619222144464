# SPDX-License-Identifier: Apache-2.0
"""What waits for approval, and the approval: an officer reads exactly what will be signed, and touches a passkey.

The command line prints a one-time address for the same page: the address says which statement, the passkey says who.
Each time a statement is shown, a leaf says so.
"""

import json
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comity.cooperation.dispatch import approving
from comity.cooperation.dispatch.models import Outgoing
from comity.cooperation.drafting import actions as drafting
from comity.interfaces.web import approvers, facts, history, letters, waiting, words
from comity.interfaces.web.cautions import cautions
from comity.interfaces.web.door import Visit, home_of, signed_in
from comity.interfaces.web.facts import At
from comity.interfaces.web.known import names, zone_of
from comity.interfaces.web.times import moment
from comity.protocol.terms import kinds
from comity.protocol.wire import statement as statements_of_wire
from comity.protocol.wire.names import MessageId
from comity.records.accounts import approvals
from comity.records.accounts.errors import Fault, ResponseRefused
from comity.records.action import acting
from comity.records.actors import SYSTEM, Permission
from comity.records.home import Home
from comity.records.register import events


@require_GET
@signed_in
def statements(visit: Visit) -> HttpResponse:
    """Everything that waits for approval here, the oldest first."""
    return visit.page("statements.html", waiting=waiting.lines(visit))


@require_GET
@signed_in
def statement(visit: Visit, id: str) -> HttpResponse:
    """One statement, word by word, with its digest. What was sent is read in its thread. Raises `NotFound`."""
    found = approving.outgoing(visit.home, visit.actor, id)
    if found.status == Outgoing.Status.SENT:
        return visit.to("thread", found.thread)
    visit.reads(found.thread)
    mine = any(each.get("officer") == visit.officer.pseudonym for each in found.approvals)
    own = approving.own(found, visit.officer.pseudonym)
    can = visit.may(Permission.APPROVE) and not own and found.status == Outgoing.Status.AWAITING and not mine
    others = approvers.others(visit.home, found, visit.officer)
    return visit.page("statement.html", **_shown(visit.home, found), can=can, mine=mine, own=own, others=others)


@require_POST
@signed_in
def begin(visit: Visit, id: str) -> HttpResponse:
    """What the officer's browser is to ask the passkey."""
    return JsonResponse({"options": approving.options(visit.home, visit.officer, id)})


@require_POST
@signed_in
def approve(visit: Visit, id: str) -> HttpResponse:
    """The passkey's answer; the last approval needed lets the message leave."""
    found = approving.approve(visit.home, visit.officer, id, _assertion(visit.request))
    if found.status == Outgoing.Status.SENT:
        return visit.to("thread", found.thread, said=_left(found))
    return visit.to("statement", found.id, said=gettext("Approved. Another officer must approve it too."))


def _left(found: Outgoing) -> str:
    """What became of a statement that has its last approval."""
    said = statements_of_wire.parse(bytes(found.statement))
    if said.entered:
        return gettext("Compared: what the letter says counts now.")
    if said.paper:
        return gettext("Approved: it waits to be posted.")
    return gettext("Approved and sent: it is kept until it is receipted.")


@require_POST
@signed_in
def discard(visit: Visit, id: str) -> HttpResponse:
    """Give the statement up: it was never sent."""
    approving.discard(visit.home, visit.actor, id)
    return visit.to("statements", said=gettext("The statement is given up. It was never sent."))


@require_POST
@signed_in
def take_back(visit: Visit, id: str) -> HttpResponse:
    """Give the statement up and write on: a request in its draft, a move in its form. Raises `NotFound`,
    `NotInSeason`."""
    found = approving.outgoing(visit.home, visit.actor, id)
    if found.kind not in kinds.request_kinds():
        approving.discard(visit.home, visit.actor, id, again=True)
        form = "their-move" if statements_of_wire.parse(bytes(found.statement)).entered else "move"
        return redirect(f"{reverse(f'web:{form}', args=[found.thread, found.kind])}?again={quote(found.id)}")
    with transaction.atomic(using=visit.home.alias):
        approving.discard(visit.home, visit.actor, id, again=True)
        draft = drafting.reopen(visit.home, visit.actor, id)
    return visit.to("draft", draft.id, said=gettext("It is a draft again. It was never sent."))


@require_http_methods(["GET", "POST"])
def ticket(request: HttpRequest, token: str) -> HttpResponse:
    """The page that the command line's one-time address opens, and the approval given there. Raises `TicketInvalid`.

    Nobody has said who they are when it opens: the leaf is the node's own."""
    home = home_of(request)
    found = approving.by_ticket(home, token)
    if request.method == "GET":
        with acting(home, SYSTEM) as act:
            act.record(events.read(thread=MessageId(found.thread)))
        return render(request, "web/ticket.html", {**_shown(home, found), "token": token, "can": True})
    assertion = _assertion(request)
    approved = approving.approve(home, approvals.officer_of(home, assertion), found.id, assertion)
    return render(request, "web/ticket_done.html", {"outgoing": approved})


@require_POST
def ticket_begin(request: HttpRequest, token: str) -> HttpResponse:
    """What the browser is to ask a passkey, whosever it is. Raises `TicketInvalid`."""
    home = home_of(request)
    found = approving.by_ticket(home, token)
    return JsonResponse({"options": approvals.options(home, None, bytes(found.statement))})


def _shown(home: Home, found: Outgoing) -> dict[str, Any]:
    """The statement in words, from the very bytes that are signed."""
    said = statements_of_wire.parse(bytes(found.statement))
    here, there = ZoneInfo(home.config.timezone), zone_of(said.sender if said.entered else said.to[0])
    at: At = lambda instant: moment(instant, here, there)  # noqa: E731  one expression
    return {
        "outgoing": found,
        "said": said,
        "sent": at(said.sent),
        "names": [(each, names(said.to).get(each, "")) for each in said.to],
        "chapters": facts.chapters(said.kind, said.body, words.said, at),
        "cautions": cautions(said.kind, said.body, home.now(), words.said, at),
        "handling": history.handling(said.handling),
        "officers": [str(each.get("officer", "")) for each in found.approvals],
        "sender": names({said.sender}).get(said.sender, "") if said.entered else home.config.name,
        "entered": said.entered,
        "lacking": letters.not_said(said),
        "came": at(said.entered.came) if said.entered else None,
        "missing": max(found.needed - len(found.approvals), 0),
    }


def _assertion(request: HttpRequest) -> dict[str, Any]:
    """The response as JSON values. Raises `ResponseRefused`."""
    try:
        value = json.loads(request.POST.get("response", ""))
    except ValueError:
        value = None
    if isinstance(value, dict):
        return value
    raise ResponseRefused.of(Fault.MALFORMED)
