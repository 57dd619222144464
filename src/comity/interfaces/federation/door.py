# SPDX-License-Identifier: Apache-2.0
"""The door for peers. What they post needs no session, no language and no form token: it is signed. So it passes by all
that pages need, and neither can disturb the other."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def for_peers(view: View) -> View:
    """A view that peers' programs call, and no officer."""
    told: Any = csrf_exempt(view)  # there is no session here: what is believed is signed
    told.for_peers = True
    return told  # type: ignore[no-any-return]


class PeersDoor:
    """The middleware. It stands before everything that is for pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a peer; let whoever else go on."""
        try:
            found = resolve(request.path_info)
        except Resolver404:
            return self._get_response(request)
        if getattr(found.func, "for_peers", False):
            answer: HttpResponseBase = found.func(request, *found.args, **found.kwargs)
            return answer
        return self._get_response(request)
