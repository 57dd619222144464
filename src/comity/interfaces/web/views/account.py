# SPDX-License-Identifier: Apache-2.0
"""An officer's own page, and the language of the pages."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from comity.interfaces.web.door import Visit, signed_in
from comity.interfaces.web.preference import remember
from comity.interfaces.web.times import moment
from comity.interfaces.web.views.entrance import safe
from comity.records.accounts import passkeys, people


@require_GET
@signed_in
def account(visit: Visit) -> HttpResponse:
    """Who I am here, what I may do, my passkeys."""
    held = [
        (each, moment(each.created, visit.zone), moment(each.last_used, visit.zone) if each.last_used else None)
        for each in passkeys.usable(visit.home, visit.officer)
    ]
    return visit.page("account.html", passkeys=held)


@require_POST
@signed_in
def remove_passkey(visit: Visit) -> HttpResponse:
    """Give up one of my passkeys; every session of mine ends."""
    people.remove_passkey(visit.home, visit.actor, visit.request.POST.get("credential", ""))
    logout(visit.request)
    return redirect("web:sign-in")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Another language, for this browser."""
    response = HttpResponseRedirect(safe(request, request.POST.get("next", "/")))
    return remember(response, request.POST.get("language", ""))
