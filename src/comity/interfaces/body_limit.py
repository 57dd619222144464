# SPDX-License-Identifier: Apache-2.0
"""Refuses a body that is larger than its address takes, before anything reads it: nobody fills memory or disk
unasked. The peers' endpoint, which stands before all middleware, does so itself (`federation.endpoint`)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from comity.interfaces.web.forms.weighing import Weighing
from comity.protocol.wire.envelope import MAX_BYTES

PAGE = 2 << 20
"""What a page sends at most."""
FORM = 16 << 20
"""What a page with files sends: far more than a message holds, so that the form can say itself what is too large."""
_ENVELOPES = ("/mailbox/",)
_FORMS = ("/drafts/", "/threads/", "/letters/")


class BodyLimit:
    """The middleware. It stands before everything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 413 when more is announced than fits, 411 when nothing is announced and something may come."""
        if request.method in ("GET", "HEAD"):
            return self._get_response(request)
        length = request.headers.get("Content-Length", "")
        if request.headers.get("Transfer-Encoding") and not length:
            return HttpResponse(status=411)
        limit = _limit(request.path)
        if not (length or "0").isascii() or not (length or "0").isdigit() or int(length or 0) > limit:
            return HttpResponse(status=413)
        if limit == FORM:
            request.upload_handlers = [Weighing(request)]
        return self._get_response(request)


def _limit(path: str) -> int:
    if path.startswith(_ENVELOPES):
        return MAX_BYTES
    return FORM if path.startswith(_FORMS) else PAGE
