# SPDX-License-Identifier: Apache-2.0
"""What the form of a move begins with and offers: the text that was taken back, closed lists in the place of digests,
the files that execution found.
"""

from collections.abc import Mapping
from typing import Any

from comity.cooperation.dispatch import approving
from comity.cooperation.dispatch.models import Outgoing
from comity.cooperation.execution import actions as execution
from comity.interfaces.web import words
from comity.interfaces.web.door import Visit
from comity.interfaces.web.forms.build import Choices
from comity.interfaces.web.known import names
from comity.interfaces.web.times import moment
from comity.protocol.thread.graph import RECALL_ANSWERS
from comity.protocol.thread.state import ThreadState
from comity.protocol.wire import statement
from comity.protocol.wire.statement import Statement
from comity.records.errors import NotFound
from comity.records.threads import store
from comity.records.threads.models import Thread


def begun(visit: Visit, row: Thread, kind: str) -> dict[str, Any]:
    """What the form begins with: the statement that was taken back, or the recall that the address names."""
    recall = visit.request.GET.get("recall", "")
    return taken_back(visit, row, kind) or ({"recall": recall} if kind in RECALL_ANSWERS and recall else {})


def taken_back(visit: Visit, row: Thread, kind: str) -> dict[str, Any]:
    """The body of a statement of this kind and thread that was given up, when the form is to go on from it."""
    asked = visit.request.POST.get("again", visit.request.GET.get("again", ""))
    if not asked:
        return {}
    found = approving.outgoing(visit.home, visit.actor, asked)
    if (found.status, found.thread, found.kind) != (Outgoing.Status.DISCARDED, row.id, kind):
        raise NotFound(what="statement", id=asked[:40])
    return dict(statement.parse(bytes(found.statement)).body)


def choices(visit: Visit, state: ThreadState) -> Choices:
    """Closed lists in the place of digests and ids to type."""
    me = visit.home.authority
    told = _told(visit, state)
    ours = [(each, told.get(each, each)) for each in state.recallable.get(me, ())]
    recalls = [
        (digest, "; ".join(told.get(each, each) for each in recall.of))
        for digest, recall in state.recalls.items()
        if me in recall.holders
    ]
    lanes = [(each, each) for each in state.lanes] if state.requester == me and len(state.lanes) > 1 else []
    return {"of": ours, "recall": recalls, "towards": tuple(lanes)}


def _told(visit: Visit, state: ThreadState) -> dict[str, str]:
    """The thread's messages by what people know them by: the kind, when it was sent, and to whom."""
    said = store.statements_of(state.thread).items()
    known = names({who for _, each in said for who in each.to})
    return {
        digest: " · ".join([words.kind(each.kind), _when(visit, each), _whom(each, known)]) for digest, each in said
    }


def _when(visit: Visit, said: Statement) -> str:
    at = moment(said.sent, visit.zone)
    return f"{at.here} {at.zone}"


def _whom(said: Statement, known: Mapping[str, str]) -> str:
    return ", ".join(f"{known[who]} ({who})" if who in known else who for who in said.to)


def findings(visit: Visit, row: Thread) -> list[Any]:
    """The files that execution found for this thread."""
    return [each for task in execution.tasks(visit.home, visit.actor, row.id) for each in task.findings.all()]
