# SPDX-License-Identifier: Apache-2.0
"""When something is refused: which HTTP status it has, and the page or fragment that says so.

The error tree names what happened (`code`), in words, with what to do next. This is the one place that turns it into a
status.
"""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.db import DataError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop

from comity.cooperation.dispatch.errors import TicketInvalid
from comity.interfaces.web.law import sentences
from comity.interfaces.web.words import said
from comity.law.errors import GateClosed, LawError
from comity.law.sentences import Sentence
from comity.protocol.errors import ComityError
from comity.protocol.terms.errors import BodyInvalid, HandlingInvalid, TermsError, UnknownKind
from comity.protocol.thread.errors import ThreadError
from comity.protocol.wire.errors import BadMember, TooLarge
from comity.records.accounts.errors import AccountError, LinkRefused, TooManyGuesses
from comity.records.errors import ConfigurationError, NotFound, NotInSeason, NotPermitted, RecordError, StandingError

STATUS: tuple[tuple[type[ComityError], int], ...] = (
    (NotFound, 404),
    (UnknownKind, 404),
    (NotPermitted, 403),
    (LinkRefused, 410),
    (TicketInvalid, 410),
    (TooManyGuesses, 429),
    (AccountError, 403),
    (NotInSeason, 409),
    (StandingError, 409),
    (ThreadError, 409),
    (BodyInvalid, 422),
    (HandlingInvalid, 422),
    (TermsError, 422),
    (TooLarge, 413),
    (ConfigurationError, 500),
    (RecordError, 409),
    (GateClosed, 409),
    (LawError, 422),
    (ComityError, 400),
)
"""The first class that fits decides."""

_TITLES = {
    400: gettext_noop("This cannot be read"),
    403: gettext_noop("This is not for you"),
    404: gettext_noop("There is nothing here"),
    409: gettext_noop("This is no longer possible"),
    410: gettext_noop("This address is spent"),
    413: gettext_noop("This is too large"),
    422: gettext_noop("Something is missing"),
    429: gettext_noop("Please wait"),
    500: gettext_noop("The node failed"),
}


class Problems:
    """The middleware that turns the errors of the tree into answers. Any other error is a fault, and Django's to
    report.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; `process_exception` sees what the views raise."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of an error of ours, or None."""
        if isinstance(exception, (ValueError, DataError)) and "NUL" in str(exception):  # PostgreSQL keeps none
            exception = BadMember(what="request", member="text", why="holds the character NUL")
        return refusal(request, exception) if isinstance(exception, ComityError) else None


def status(error: ComityError) -> int:
    """The HTTP status of an error."""
    return next(code for kind, code in STATUS if isinstance(error, kind))


def text(error: ComityError) -> str:
    """What happened, in the reader's language."""
    return said(error.text).format(**{name: _value(each) for name, each in error.data.items()})


def _value(value: str | int) -> str | int:
    if isinstance(value, Sentence):
        return sentences.plain(value)
    return said(value) if isinstance(value, str) else value


def advice(error: ComityError) -> str:
    """What to do next, in the reader's language."""
    return said(error.advice)


def refusal(request: HttpRequest, error: ComityError) -> HttpResponse:
    """The page that says what was refused and what to do."""
    return _page(request, status(error), text(error), advice(error), error.code)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 400; a request too large to be read is a 413."""
    if isinstance(exception, RequestDataTooBig):
        return _page(request, 413, gettext("What you sent is larger than this node takes."), "", "too-large")
    return _page(request, 400, gettext("The node could not read what your browser sent."), "", "bad-request")


def forbidden(request: HttpRequest, _exception: Exception | None = None, **_reason: str) -> HttpResponse:
    """Django's 403, and its refusal of a form without a valid token."""
    hint = gettext("Go back, load the page again, and send the form once more.")
    return _page(request, 403, gettext("The form was too old, or did not come from this page."), hint, "forbidden")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django's names
    """Django's 404."""
    hint = gettext("Check the address, or begin at the desk.")
    return _page(request, 404, gettext("No page has this address."), hint, "not-found")


def failed(request: HttpRequest) -> HttpResponse:
    """Django's 500. It asks nothing of the store, which may be what failed."""
    return _page(request, 500, gettext("This is a fault of the software. It was noted."), "", "fault")


def _page(request: HttpRequest, code: int, words: str, hint: str, name: str) -> HttpResponse:
    context = {"title": gettext(_TITLES[code]), "text": words, "advice": hint, "code": name, "status": code}
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"text": words, "advice": hint, "code": name}, status=code)
    if request.headers.get("HX-Request"):
        response = render(request, "web/problem/fragment.html", context, status=code)
        response["HX-Retarget"] = "#problems"
        response["HX-Reswap"] = "innerHTML"
        return response
    return render(request, "web/problem/page.html", context, status=code)
