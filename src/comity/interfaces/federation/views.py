# SPDX-License-Identifier: Apache-2.0
"""The endpoint: POST a sealed envelope, get a sealed envelope.

    POST /comity/v1            Content-Type: application/vnd.comity.envelope
    200                        application/vnd.comity.envelope: the answer
    4xx                        application/json: {code, text, advice, data} of an envelope refused whole

A refusal is not sealed: whoever we could not believe has no key that we would seal to. It says nothing but what is
wrong with the envelope."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from comity.cooperation.exchange.errors import SEND_AGAIN, OwnFault
from comity.cooperation.reception.receive import receive
from comity.cooperation.reception.refusing import refuse
from comity.interfaces.federation.door import for_peers
from comity.protocol.errors import ComityError
from comity.protocol.wire.envelope import MAX_BYTES, MEDIA_TYPE
from comity.protocol.wire.errors import TooLarge
from comity.records.errors import ConfigurationError
from comity.records.home import Home
from comity.records.logs import log

STATUS = {
    "too-large": 413,
    "not-for-us": 421,
    "not-a-peer": 403,
    "alarm-standing": 403,
    "consistency-wanted": 409,
    "too-many-at-once": 429,
    "own-fault": 503,
}


@for_peers
@require_POST
def exchange(request: HttpRequest) -> HttpResponse:
    """Take in an envelope and answer it."""
    home = cast(Home, cast(Any, request).comity)
    if request.content_type != MEDIA_TYPE:
        return JsonResponse({"code": "media-type", "text": f"Send {MEDIA_TYPE}."}, status=415)
    try:
        data = _body(request)
    except TooLarge as error:
        refuse(home, b"", error)
        return _refusal(error)
    try:
        return HttpResponse(receive(home, data).envelope, content_type=MEDIA_TYPE)
    except ConfigurationError as error:  # our keys: neither the peer's fault nor its business
        log("own-fault", code=error.code)
        return _refusal(OwnFault(fault=error.code))
    except SEND_AGAIN as error:
        return _refusal(error)
    except ComityError as error:
        refuse(home, data, error)
        return _refusal(error)


def _body(request: HttpRequest) -> bytes:
    """The envelope, never more of it than may be."""
    told = request.headers.get("Content-Length", "")
    size = int(told) if told.isascii() and told.isdigit() else 0
    if size > MAX_BYTES:
        raise TooLarge(what="The envelope", size=size, limit=MAX_BYTES)
    return bytes(request.read(MAX_BYTES + 1))


def _refusal(error: ComityError) -> JsonResponse:
    return JsonResponse(error.as_json(), status=STATUS.get(error.code, 400))
