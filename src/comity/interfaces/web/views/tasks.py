# SPDX-License-Identifier: Apache-2.0
"""The work that a request sets: give it to an officer, attach what was found, say that it is done."""

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from comity.cooperation.execution import actions as execution
from comity.interfaces.web.door import Visit, signed_in
from comity.interfaces.web.forms.editing import uploads
from comity.records.errors import NotFound
from comity.records.threads import reading

LONGEST = 2_000


@require_POST
@signed_in
def set_task(visit: Visit, id: str) -> HttpResponse:
    """Set a task for an officer."""
    what = visit.request.POST.get("what", "").strip()[:LONGEST]
    if what:
        execution.set_task(visit.home, visit.actor, id, what, visit.request.POST.get("officer", ""))
    return visit.to("thread", id)


@require_POST
@signed_in
def attach(visit: Visit, id: str, task: str) -> HttpResponse:
    """Keep a file that the task brought. Raises `NotFound`, `TooLarge`."""
    _of_thread(visit, id, task)
    for each in uploads(visit.request, "file"):
        execution.attach(visit.home, visit.actor, task, each.name, each.media_type, each.content)
    return visit.to("thread", id, said=gettext("The file is kept, with its digest."))


@require_POST
@signed_in
def finish(visit: Visit, id: str, task: str) -> HttpResponse:
    """The task is done. Raises `NotFound`."""
    _of_thread(visit, id, task)
    execution.finish(visit.home, visit.actor, task)
    return visit.to("thread", id)


def _of_thread(visit: Visit, id: str, task: str) -> None:
    reading.thread(visit.actor, id)
    if task not in {each.id for each in execution.tasks(visit.home, visit.actor, id)}:
        raise NotFound(what="task", id=task[:40])
