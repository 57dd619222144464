# SPDX-License-Identifier: Apache-2.0
"""The desk: what waits for us, the soonest due first; what waits for approval; then everything else by what moved last.

Both lists run by keyset and nothing is counted, so the page costs the same with a hundred thousand threads as with ten.
"""

from datetime import datetime

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from comity.interfaces.web import waiting, words
from comity.interfaces.web.door import Visit, signed_in
from comity.interfaces.web.listing import lines
from comity.records.actors import Permission
from comity.records.threads import reading

PAGE = 25
FIRST = 5
"""How much of what waits for approval the desk shows."""


@require_GET
@signed_in
def desk(visit: Visit) -> HttpResponse:
    """Both lists from their tops, or the page of one that the address asks for."""
    if not visit.may(Permission.READ):
        return visit.to("people" if visit.may(Permission.MANAGE_PEOPLE) else "account")
    asked = visit.request.GET
    now = visit.home.now()
    chosen = {name: asked.get(name, "")[:64] for name in ("state", "kind")}
    filtered = any(chosen.values())
    ours = reading.our_move(visit.actor, _cursor(asked.get("ours", "")), PAGE) if not filtered else reading.Page((), "")
    rest = reading.recent(visit.actor, _cursor(asked.get("rest", "")), PAGE, **chosen)
    above = {each.id for each in ours.rows}
    first = not (asked.get("ours") or asked.get("rest"))
    waits = waiting.lines(visit, FIRST) if first and not filtered else []
    visit.lists("desk", len(ours.rows) + len(rest.rows) + len(waits))
    return visit.page(
        "desk.html",
        ours=lines(ours.rows, now, visit.zone),
        ours_after=ours.after,
        rest=lines((each for each in rest.rows if each.id not in above), now, visit.zone),
        rest_after=rest.after,
        first=first,
        waiting=waits,
        filtered=filtered,
        chosen=chosen,
        states=_states(),
        stages=list(words.kinds_by_stage()),
        seen=now.isoformat(),
    )


@require_GET
@signed_in
def news(visit: Visit) -> HttpResponse:
    """Whether something moved since the page was loaded. It lists nothing, and so leaves no leaf."""
    since = datetime.fromisoformat(visit.request.GET["since"]) if _moment(visit.request.GET.get("since", "")) else None
    newest = reading.recent(visit.actor, size=1).rows
    if since is None or not newest or newest[0].updated <= since:
        return HttpResponse(status=204)
    return visit.page("desk_news.html")


def _cursor(text: str) -> str:
    """The place in a list that the address names, if it is one."""
    moved, _, last = text.partition("~")
    return text if last and (not moved or _moment(moved)) else ""


def _moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _states() -> list[tuple[str, str]]:
    return sorted(((name, words.state(name)) for name in words.states()), key=lambda pair: pair[1])
