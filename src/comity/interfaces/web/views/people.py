# SPDX-License-Identifier: Apache-2.0
"""The people of the node, for its administrator: make an officer, change roles, hand over a link, suspend.

A link is shown on the page that answers the press, and never again: it is nowhere kept as it is.
"""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from comity.interfaces.web import problems
from comity.interfaces.web.door import Visit, signed_in
from comity.interfaces.web.times import moment
from comity.protocol.terms.authorities import OFFICER_ROLES
from comity.records.accounts import enrolling
from comity.records.accounts import people as records
from comity.records.accounts.enrolling import EnrolmentLink
from comity.records.accounts.errors import RolesMissing
from comity.records.accounts.models import Means, Officer, Passkey
from comity.records.actors import Permission, Role
from comity.records.errors import NotFound


@require_http_methods(["GET", "POST"])
@signed_in
def people(visit: Visit) -> HttpResponse:
    """Everybody, and a form for one more."""
    visit.actor.require(Permission.MANAGE_PEOPLE)
    post = visit.request.POST
    if visit.request.method == "POST":
        given: dict[str, Any] = {
            "name": post.get("name", ""),
            "roles": _roles(visit),
            "language": post.get("language", "en"),
        }
        try:
            made = records.create_officer(visit.home, visit.actor, **given)
        except RolesMissing as error:
            return _everybody(visit, 422, given=given, problem=problems.text(error))
        return visit.to("officer", made.pseudonym, said=gettext("The officer is here. Now hand over a link."))
    return _everybody(visit)


def _everybody(visit: Visit, status: int = 200, **context: Any) -> HttpResponse:
    everybody = Officer.objects.order_by("suspended", "pseudonym")
    enrolled = set(Passkey.objects.filter(revoked=None).values_list("officer_id", flat=True))
    officers = [(each, each.pk in enrolled) for each in everybody]
    return visit.page("people.html", status, officers=officers, roles=OFFICER_ROLES, **context)


@require_http_methods(["GET", "POST"])
@signed_in
def officer(visit: Visit, pseudonym: str) -> HttpResponse:
    """One officer. Raises `NotFound`, and what the action asked for raises."""
    visit.actor.require(Permission.MANAGE_PEOPLE)
    if visit.request.method == "GET":
        return _page(visit, pseudonym)
    post = visit.request.POST
    match post.get("do"):
        case "link":
            means = Means.PASSWORD if post.get("means") == "password" else Means.PASSKEY
            link = enrolling.enrolment_link(visit.home, visit.actor, pseudonym, means)
            return _page(visit, pseudonym, link)
        case "roles":
            try:
                records.change_roles(visit.home, visit.actor, pseudonym, _roles(visit))
            except RolesMissing as error:
                return _page(visit, pseudonym, problem=problems.text(error))
            return visit.to("officer", pseudonym, said=gettext("The roles are changed."))
        case "suspend":
            records.suspend_officer(visit.home, visit.actor, pseudonym)
            return visit.to("officer", pseudonym, said=gettext("The officer is suspended."))
        case "passkey":
            records.remove_passkey(visit.home, visit.actor, post.get("credential", ""))
            return visit.to("officer", pseudonym, said=gettext("The passkey is removed."))
    raise NotFound(what="action", id=str(post.get("do"))[:20])


def _page(visit: Visit, pseudonym: str, link: EnrolmentLink | None = None, problem: str = "") -> HttpResponse:
    found = Officer.objects.filter(pseudonym=pseudonym).first()
    if found is None:
        raise NotFound(what="officer", id=pseudonym[:16])
    return visit.page(
        "officer.html",
        422 if problem else 200,
        problem=problem,
        officer=found,
        roles=OFFICER_ROLES,
        passkeys=found.passkeys.filter(revoked=None).order_by("pk"),
        link=link,
        expires=moment(link.expires, visit.zone) if link else None,
        since=moment(found.created, visit.zone),
        self_=found.pk == visit.officer.pk,
    )


def _roles(visit: Visit) -> list[Role]:
    """The roles ticked; codes that are none are left out."""
    return [Role(each) for each in visit.request.POST.getlist("roles") if each in set(Role)]
