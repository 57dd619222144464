# SPDX-License-Identifier: Apache-2.0
"""What the form of a move begins with and offers: the text that was taken back, the time of a dispute's step, closed
lists in the place of digests, the files that execution found.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext, pgettext

from comity.cooperation.dispatch import approving
from comity.cooperation.dispatch.models import Outgoing
from comity.cooperation.execution import actions as execution
from comity.interfaces.web import words
from comity.interfaces.web.door import Visit
from comity.interfaces.web.forms.build import Choices
from comity.interfaces.web.known import names
from comity.interfaces.web.times import moment
from comity.protocol.terms.steps import STEP_CLOCKS, agreed_days
from comity.protocol.thread.graph import PROPOSALS, RECALL_ANSWERS
from comity.protocol.thread.moves import standing
from comity.protocol.thread.state import Outcome, ThreadState
from comity.protocol.wire import statement
from comity.protocol.wire.entered import Entered
from comity.protocol.wire.names import AuthorityId, MessageId, format_time
from comity.protocol.wire.statement import Statement
from comity.records.errors import NotFound
from comity.records.threads import store
from comity.records.threads.models import Thread


def begun(visit: Visit, row: Thread, kind: str) -> dict[str, Any]:
    """What the form begins with: the statement that was taken back, or the recall that the address names."""
    recall = visit.request.GET.get("recall", "")
    if kind in RECALL_ANSWERS and recall:
        return taken_back(visit, row, kind) or {"recall": recall}
    return taken_back(visit, row, kind) or _step_time(visit, row, kind)


def _step_time(visit: Visit, row: Thread, kind: str) -> dict[str, Any]:
    """When the step of a dispute that this move begins is to end: a target of our own practice, to be changed at will.
    A step that has begun keeps its time.
    """
    state = store.state_of(MessageId(row.id))
    said = store.statements_of(state.thread)
    applied = [said[each] for each in state.order if state.outcomes[each] is Outcome.APPLIED]
    if state.root is None or any(each.kind == kind for each in applied):
        return {}
    answers = [each.body for each in applied if each.kind == "dispute-answered"]
    days = agreed_days(kind, said[state.root].body, answers[-1] if answers else None)
    if not days:
        return {}
    (clock,) = (each for each in STEP_CLOCKS if each.start == kind)
    at = format_time(visit.home.now() + timedelta(days=days))
    return {"due": [{"what": clock.what, "at": at, "instrument": clock.source.instrument}]}


def taken_back(visit: Visit, row: Thread, kind: str) -> dict[str, Any]:
    """The body of a statement of this kind and thread that was given up, when the form is to go on from it."""
    asked = visit.request.POST.get("again", visit.request.GET.get("again", ""))
    if not asked:
        return {}
    found = approving.outgoing(visit.home, visit.actor, asked)
    if (found.status, found.thread, found.kind) != (Outgoing.Status.DISCARDED, row.id, kind):
        raise NotFound(what="statement", id=asked[:40])
    return dict(statement.parse(bytes(found.statement)).body)


def letter_taken_back(visit: Visit, row: Thread, kind: str) -> Entered | None:
    """The letter behind a statement that was given up, when the form is to go on from it."""
    asked = visit.request.POST.get("again", visit.request.GET.get("again", ""))
    if not asked:
        return None
    taken_back(visit, row, kind)  # raises for another statement than one that was given up here
    return statement.parse(bytes(approving.outgoing(visit.home, visit.actor, asked).statement)).entered


def choices(visit: Visit, state: ThreadState, author: AuthorityId | None = None) -> Choices:
    """Closed lists in the place of digests and ids to type, for a move of ours or of `author`."""
    me = author or visit.home.authority
    told = _told(visit, state)
    ours = [(each, told.get(each, each)) for each in state.recallable.get(me, ())]
    recalls = [
        (digest, pgettext("joint", "; ").join(told.get(each, each) for each in recall.of))
        for digest, recall in state.recalls.items()
        if me in recall.holders
    ]
    lanes = [(each, each) for each in state.lanes] if state.requester == me and len(state.lanes) > 1 else []
    said = store.statements_of(state.thread)
    stand = [each for each in standing(state, me) if said[each].sender != me]
    proposals = [(each, told[each]) for each in stand if said[each].kind in PROPOSALS.values()]
    return {"of": ours, "recall": recalls, "accepts": proposals, "towards": tuple(lanes)}


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
    named = (gettext("{text} ({note})").format(text=known[who], note=who) if who in known else who for who in said.to)
    return pgettext("list", ", ").join(named)


def findings(visit: Visit, row: Thread) -> list[Any]:
    """The files that execution found for this thread."""
    return [each for task in execution.tasks(visit.home, visit.actor, row.id) for each in task.findings.all()]
