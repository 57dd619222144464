# SPDX-License-Identifier: Apache-2.0
"""Writing a request: choose whom and what, fill in the form of the kind, look at it as the recipient will, submit.

The draft is saved at every step, so that nothing typed is lost; a row more or less is only drawn, when htmx asks for
it.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from comity.cooperation.drafting import actions as drafting
from comity.cooperation.drafting.clocks import due_times
from comity.cooperation.drafting.models import Draft
from comity.interfaces.web import facts, handling, history, words
from comity.interfaces.web.door import Visit, signed_in
from comity.interfaces.web.forms import build, read, summary
from comity.interfaces.web.forms.editing import rows_asked, uploads
from comity.interfaces.web.known import names, zone_of
from comity.interfaces.web.times import moment
from comity.protocol.terms import kinds
from comity.protocol.terms.handling import DEFAULT
from comity.protocol.wire.names import AuthorityId
from comity.records.actors import Permission
from comity.records.authorities import peers
from comity.records.authorities.models import Standing
from comity.records.authorities.peers import Peer
from comity.records.casefiles import cases


@require_http_methods(["GET", "POST"])
@signed_in
def compose(visit: Visit) -> HttpResponse:
    """Whom to ask and for what; answers with a new draft."""
    visit.actor.require(Permission.DRAFT)
    post = visit.request.POST
    chosen = {"kind": post.get("kind", visit.request.GET.get("kind", "")), "to": post.getlist("to")}
    if visit.request.method == "POST" and chosen["to"] and chosen["kind"]:
        draft = drafting.start(
            visit.home,
            visit.actor,
            kind=str(chosen["kind"]),
            to=post.getlist("to"),
            via=post.getlist("via"),
            body={"language": words.language()},
            handling=dict(DEFAULT),
            case=_case(visit, post.get("case", "")),
        )
        return visit.to("draft", draft.id)
    return visit.page(
        "compose.html",
        422 if visit.request.method == "POST" else 200,
        stages=list(words.kinds_by_stage()),
        peers=_accepted(visit),
        cases=cases.newest(visit.home, visit.actor),
        drafts=drafting.drafts(visit.home, visit.actor),
        chosen=chosen,
        tried=visit.request.method == "POST",
    )


@require_http_methods(["GET", "POST"])
@signed_in
def draft(visit: Visit, id: str) -> HttpResponse:
    """The form of a draft. Raises `NotFound`, and `NotInSeason` when somebody else saved in between."""
    found = drafting.draft(visit.home, visit.actor, id)
    if visit.request.method == "GET":
        visit.reads(found.id)
        return _form(visit, found, found.body)
    post, more = rows_asked(visit.request.POST)
    body = read.body(found.kind, post, found.body, uploads(visit.request, "attachments"))
    if more is not None and visit.partial:
        return _form(visit, found, {**body, "attachments": found.body.get("attachments", [])}, more)
    found = _save(visit, found, body)
    if more is not None:
        return _form(visit, found, body, more)
    if post.get("do") == "preview":
        return visit.to("preview", found.id)
    return visit.to("draft", found.id, said=gettext("The draft is saved."))


@require_http_methods(["GET", "POST"])
@signed_in
def preview(visit: Visit, id: str) -> HttpResponse:
    """The draft as its recipient will read it; then it is submitted, and waits for approval or leaves."""
    found = drafting.draft(visit.home, visit.actor, id)
    problems = drafting.problems(found)
    if visit.request.method == "POST" and not problems:
        prepared = drafting.submit(visit.home, visit.actor, found.id)
        return visit.to("statement", prepared.id) if prepared.awaiting else visit.to("thread", prepared.thread)
    visit.reads(found.id)
    if problems:
        return _form(visit, found, found.body, checked=True)
    there = zone_of(found.to[0])
    whole = {**found.body, "due": _due(visit, found)}
    chapters = facts.chapters(found.kind, whole, words.said, lambda at: moment(at, visit.zone, there))
    return visit.page(
        "preview.html",
        draft=found,
        chapters=chapters,
        names=names(found.to),
        handling=history.handling(found.handling),
        approvals=kinds.kind(found.kind).approvals,
    )


@require_POST
@signed_in
def discard(visit: Visit, id: str) -> HttpResponse:
    """Throw the draft away."""
    drafting.discard(visit.home, visit.actor, id)
    return visit.to("compose", said=gettext("The draft is gone."))


def _form(
    visit: Visit, found: Draft, body: Mapping[str, Any], more: Mapping[str, int] | None = None, *, checked: bool = False
) -> HttpResponse:
    problems = drafting.problems(found) if checked else ()
    sections = build.form(found.kind, body, words.said, problems=problems, more=more)
    return visit.page(
        "draft.html",
        422 if checked else 200,
        draft=found,
        names=names([*found.to, *found.via]),
        sections=sections,
        faults=summary.faults(sections, problems, words.said),
        handling=handling.fields(found.handling),
        cases=cases.newest(visit.home, visit.actor),
    )


def _save(visit: Visit, found: Draft, body: Mapping[str, Any]) -> Draft:
    post = visit.request.POST
    revision = int(post.get("revision", "0")) if post.get("revision", "").isdecimal() else 0
    changes = {"body": dict(body), "handling": handling.read(post), "case": _case(visit, post.get("case", ""))}
    return drafting.revise(visit.home, visit.actor, found.id, revision, **changes)


def _accepted(visit: Visit) -> list[Peer]:
    found = peers.overview(visit.home, visit.actor)
    return [each for each in found if each.authority.standing == Standing.ACCEPTED]


def _case(visit: Visit, id: str) -> str:
    """The case's id, if there is such. Raises `NotFound`."""
    return cases.case(visit.home, visit.actor, id).id if id else ""


def _due(visit: Visit, found: Draft) -> list[dict[str, Any]]:
    return due_times(found.kind, found.body, peers.card_of(AuthorityId(found.to[0])), visit.home.now())
