# SPDX-License-Identifier: Apache-2.0
"""Gives every request the node it is for, as `request.comity`, and works in that node's database while answering."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from comity.records.home import Home

_served: list[Home] = []


def serve(home: Home) -> None:
    """Let this process answer for `home`."""
    _served[:] = [home]


class RequestHome:
    """The middleware. It stands first: everything behind it may ask which node this is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request for the node served."""
        if not _served:
            raise RuntimeError("no node is served: comity.node.application makes one")
        home = _served[0]
        told: Any = request
        told.comity = home
        with home.active():
            return self._get_response(request)
