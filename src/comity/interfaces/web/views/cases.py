# SPDX-License-Identifier: Apache-2.0
"""Cases: what a team works on. A title never leaves the node."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from comity.interfaces.web.door import Visit, signed_in
from comity.interfaces.web.listing import lines
from comity.interfaces.web.times import moment
from comity.records.casefiles import cases as records
from comity.records.threads import reading


@require_http_methods(["GET", "POST"])
@signed_in
def cases(visit: Visit) -> HttpResponse:
    """The newest cases, and a form for another."""
    title = visit.request.POST.get("title", "").strip()
    if visit.request.method == "POST" and title:
        return visit.to("case", records.new(visit.home, visit.actor, title[:200]).id)
    found = [(each, moment(each.created, visit.zone)) for each in records.newest(visit.home, visit.actor)]
    return visit.page("cases.html", cases=found)


@require_GET
@signed_in
def case(visit: Visit, id: str) -> HttpResponse:
    """One case and its newest threads, which leave one leaf. Raises `NotFound`."""
    found = records.case(visit.home, visit.actor, id)
    page = reading.recent(visit.actor, case=found.id)
    visit.lists("case", len(page.rows))
    shown = lines(page.rows, visit.home.now(), visit.zone)
    return visit.page("case.html", case=found, made=moment(found.created, visit.zone), lines=shown)
