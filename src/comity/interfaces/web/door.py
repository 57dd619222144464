# SPDX-License-Identifier: Apache-2.0
"""Who is at the door. A view of an officer is written as `def view(visit: Visit, …)` under `@signed_in`.

The decorator sends strangers to the sign-in page, works in the node's own database, and gives the officer as an
`Actor`: what the officer may do is asked by the actions, and by `may` for what a page should offer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from comity.cooperation.dispatch import posting
from comity.interfaces.web import approvers
from comity.protocol.wire.names import MessageId
from comity.records.accounts.models import Officer
from comity.records.accounts.policy import actor_of
from comity.records.action import acting
from comity.records.actors import Actor, Permission
from comity.records.home import Home
from comity.records.register import events

P = ParamSpec("P")

_OFFERED = {
    "read": Permission.READ,
    "draft": Permission.DRAFT,
    "approve": Permission.APPROVE,
    "assess": Permission.ASSESS,
    "execute": Permission.EXECUTE,
    "register": Permission.READ_REGISTER,
    "peers": Permission.MANAGE_PEERS,
    "people": Permission.MANAGE_PEOPLE,
}


@dataclass(frozen=True, slots=True)
class Visit:
    """A signed-in officer's request at this node."""

    request: HttpRequest
    home: Home
    officer: Officer
    actor: Actor

    @property
    def zone(self) -> ZoneInfo:
        """The officer's time zone: the node's."""
        return ZoneInfo(self.home.config.timezone)

    @property
    def partial(self) -> bool:
        """Whether htmx asks for a part of the page."""
        return self.request.headers.get("HX-Request") == "true"

    def may(self, permission: Permission) -> bool:
        """Whether the page should offer what needs this permission."""
        return self.actor.may(permission)

    def page(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        """The template, with who is here."""
        here = {"visit": self, "may": self._offers(), "to_approve": self._to_approve(), "to_post": self._to_post()}
        return render(self.request, f"web/{template}", {**here, **context}, status=status)

    def reads(self, thread: str) -> None:
        """Leave a leaf: the officer is shown what the thread says, or what a draft or statement of it will say."""
        with acting(self.home, self.actor) as act:
            act.record(events.read(thread=MessageId(thread)))

    def lists(self, what: str, count: int) -> None:
        """Leave a leaf: the officer is shown this many rows of a list."""
        with acting(self.home, self.actor) as act:
            act.record(events.listed(what=what, count=count))

    def _offers(self) -> dict[str, bool]:
        """What templates ask: `may.draft` and its like."""
        return {name: self.may(permission) for name, permission in _OFFERED.items()}

    def _to_approve(self) -> int:
        """How many statements the menu says are waiting."""
        return approvers.waiting() if self.may(Permission.READ) else 0

    def _to_post(self) -> int:
        """How many letters the menu says are waiting for the post."""
        return posting.count() if self.may(Permission.READ) else 0

    def to(self, name: str, *args: str, said: str = "") -> HttpResponseRedirect:
        """A redirect to a page of ours, after something was done; that page says so once."""
        if said:
            self.request.session["said"] = said
        return redirect(f"web:{name}", *args)


def home_of(request: HttpRequest) -> Home:
    """The node that this request came to."""
    return cast(Home, request.comity)  # type: ignore[attr-defined]  # set by the node's middleware


def signed_in(
    view: Callable[Concatenate[Visit, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A view for officers only."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        home = home_of(request)
        with home.active():
            if not isinstance(request.user, Officer):
                return _sign_in_first(request)
            return view(Visit(request, home, request.user, actor_of(request.user)), *args, **kwargs)

    return guarded


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" else "/"
    address = f"{reverse('web:sign-in')}?{urlencode({'next': back})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)
