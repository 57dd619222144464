# SPDX-License-Identifier: Apache-2.0
"""Beginning a request: whom to ask and for what. Writing it is `drafts`."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from comity.cooperation.drafting import actions as drafting
from comity.interfaces.web import words
from comity.interfaces.web.door import Visit, signed_in
from comity.protocol.terms.handling import DEFAULT
from comity.records.actors import Permission
from comity.records.authorities import correspondents, peers
from comity.records.authorities.models import Standing
from comity.records.authorities.peers import Peer
from comity.records.casefiles import cases


@require_http_methods(["GET", "POST"])
@signed_in
def compose(visit: Visit) -> HttpResponse:
    """Whom to ask and for what; answers with a new draft. Raises `NotFound` for a case that is not here."""
    visit.actor.require(Permission.DRAFT)
    post = visit.request.POST
    case = post.get("case", "")
    chosen = {"kind": post.get("kind", visit.request.GET.get("kind", "")), "to": post.getlist("to")}
    people = [*post.getlist("to"), *post.getlist("via")]
    mixed = len(people) > 1 and _by_letter(people)
    if visit.request.method == "POST" and chosen["to"] and chosen["kind"] and not mixed:
        draft = drafting.start(
            visit.home,
            visit.actor,
            kind=str(chosen["kind"]),
            to=post.getlist("to"),
            via=post.getlist("via"),
            body={"language": words.language()},
            handling=dict(DEFAULT),
            case=cases.case(visit.home, visit.actor, case).id if case else "",
        )
        return visit.to("draft", draft.id)
    return visit.page(
        "compose.html",
        422 if visit.request.method == "POST" else 200,
        stages=list(words.kinds_by_stage()),
        peers=_accepted(visit),
        by_letter=correspondents.correspondents(visit.home, visit.actor),
        cases=cases.newest(visit.home, visit.actor),
        drafts=drafting.drafts(visit.home, visit.actor),
        chosen=chosen,
        tried=visit.request.method == "POST" and not mixed,
        mixed=mixed,
    )


def _by_letter(authorities: list[str]) -> bool:
    """Whether one of them is written to on paper: then alone."""
    return any(correspondents.correspondent(each) is not None for each in authorities)


def _accepted(visit: Visit) -> list[Peer]:
    found = peers.overview(visit.home, visit.actor)
    return [each for each in found if each.authority.standing == Standing.ACCEPTED]
