# SPDX-License-Identifier: Apache-2.0
"""Clocks of a thread's page beside the due time: until when what was asked to be kept is kept."""

from collections.abc import Iterable

from comity.interfaces.web.door import Visit
from comity.interfaces.web.times import Due, due
from comity.protocol.thread.state import ThreadState
from comity.protocol.wire.message import Message
from comity.records.threads.outstanding import preserved_until


def preserved(visit: Visit, state: ThreadState, messages: Iterable[Message]) -> Due | None:
    """The end of the preservation, when there is one."""
    said = {each.digest: each.statement for each in messages}
    ends = preserved_until(state.lanes.values(), said.get)
    return due(ends, visit.home.now(), visit.zone) if ends else None
