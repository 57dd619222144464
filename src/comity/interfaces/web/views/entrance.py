# SPDX-License-Identifier: Apache-2.0
"""Coming in and going out: a passkey, or a password and a code where a place has none.

The session is made anew at every sign-in, so that nothing from before it counts, and ends eight hours later.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from comity.interfaces.web import problems
from comity.interfaces.web.door import home_of
from comity.interfaces.web.preference import remember
from comity.protocol.errors import ComityError
from comity.records.accounts import signing_in
from comity.records.accounts.backend import open_session
from comity.records.accounts.models import Officer
from comity.records.accounts.signing_in import SignedIn


@require_GET
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page that asks who is there."""
    if isinstance(request.user, Officer):
        return redirect("web:desk")
    return _page(request, request.GET.get("next", "/"))


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """What the browser is to ask a passkey."""
    asked = signing_in.begin_sign_in(home_of(request))
    return JsonResponse({"ceremony": asked.ceremony, "options": asked.options})


@require_POST
def by_passkey(request: HttpRequest) -> HttpResponse:
    """The passkey's answer."""
    ceremony, response = request.POST.get("ceremony", ""), request.POST.get("response", "")
    try:
        found = signing_in.finish_sign_in(home_of(request), ceremony, response, address=_address(request))
    except ComityError as error:
        return _page(request, request.POST.get("next", "/"), error)
    return _let_in(request, found)


@sensitive_post_parameters()
@require_POST
def by_password(request: HttpRequest) -> HttpResponse:
    """A pseudonym, a password and a code."""
    given = {name: request.POST.get(name, "") for name in ("pseudonym", "password", "code")}
    try:
        found = signing_in.sign_in_with_password(home_of(request), **given, address=_address(request))
    except ComityError as error:
        return _page(request, request.POST.get("next", "/"), error, open=True, pseudonym=given["pseudonym"])
    return _let_in(request, found)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The officer leaves."""
    if isinstance(request.user, Officer):
        signing_in.sign_out(home_of(request), request.user)
    logout(request)
    return redirect("web:sign-in")


def safe(request: HttpRequest, address: str) -> str:
    """The address if it is a page of this node, else the desk."""
    ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if ours else "/"


def _let_in(request: HttpRequest, found: SignedIn) -> HttpResponse:
    open_session(request, found.officer, found.means)
    response = HttpResponseRedirect(safe(request, request.POST.get("next", "/")))
    chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES  # in this browser, before signing in
    return response if chosen else remember(response, found.officer.language)


def _page(request: HttpRequest, back: str, error: ComityError | None = None, **context: Any) -> HttpResponse:
    said = {"text": problems.text(error), "advice": problems.advice(error)} if error else None
    status = problems.status(error) if error else 200
    return render(request, "web/sign_in.html", {"next": safe(request, back), "problem": said, **context}, status=status)


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
