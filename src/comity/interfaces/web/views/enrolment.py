# SPDX-License-Identifier: Apache-2.0
"""The one-time link of an officer: bring a passkey, or choose a password and set up a device that shows codes."""

import io
from typing import Any

import qrcode
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST
from qrcode.image.svg import SvgPathImage

from comity.interfaces.web import problems
from comity.interfaces.web.door import home_of
from comity.protocol.errors import ComityError
from comity.records.accounts import enrolling
from comity.records.accounts.errors import CodeRefused, LinkRefused, PasswordRefused, ResponseRefused


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Which officer the link is for, and what to bring. Raises `LinkRefused`."""
    return _page(request, token)


@require_POST
def begin(request: HttpRequest, token: str) -> HttpResponse:
    """What the browser is to ask of a new passkey. Raises `LinkRefused`."""
    asked = enrolling.begin_enrolment(home_of(request), token)
    return JsonResponse({"ceremony": asked.ceremony, "options": asked.options})


@require_POST
def passkey(request: HttpRequest, token: str) -> HttpResponse:
    """The new passkey. Raises `LinkRefused`."""
    given = {name: request.POST.get(name, "") for name in ("ceremony", "response", "label")}
    try:
        enrolling.finish_enrolment(home_of(request), token, **given)
    except ResponseRefused as error:
        return _page(request, token, error)
    return render(request, "web/enrolled.html")


@sensitive_post_parameters()
@require_POST
def password(request: HttpRequest, token: str) -> HttpResponse:
    """The password chosen; answers with the secret for the device. Raises `LinkRefused`."""
    try:
        provisioning = enrolling.enrol_password(home_of(request), token, request.POST.get("password", ""))
    except PasswordRefused as error:
        return _page(request, token, error)
    return _page(request, token, secret=provisioning.secret, qr=_drawn(provisioning.uri))


@sensitive_post_parameters()
@require_POST
def code(request: HttpRequest, token: str) -> HttpResponse:
    """The first code of the device. Raises `LinkRefused`."""
    try:
        enrolling.confirm_totp(home_of(request), token, request.POST.get("code", ""))
    except CodeRefused as error:
        return _page(request, token, error, again=True)
    return render(request, "web/enrolled.html")


def _page(request: HttpRequest, token: str, error: ComityError | None = None, **context: Any) -> HttpResponse:
    try:
        enrolment = enrolling.opened(home_of(request), token)
    except LinkRefused as refused:
        return problems.refusal(request, refused)
    said = {"text": problems.text(error), "advice": problems.advice(error)} if error else None
    status = problems.status(error) if error else 200
    return render(
        request, "web/enrol.html", {"enrolment": enrolment, "token": token, "problem": said, **context}, status=status
    )


def _drawn(uri: str) -> SafeString:
    """The address as a QR code: one SVG element without styles."""
    stream = io.BytesIO()
    qrcode.make(uri, image_factory=SvgPathImage, box_size=10, border=2).save(stream)
    return mark_safe(stream.getvalue().decode().partition("?>")[2] or stream.getvalue().decode())  # noqa: S308  our own drawing
