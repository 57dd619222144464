# SPDX-License-Identifier: Apache-2.0
"""What waits for approval, as lines of a list."""

from comity.cooperation.dispatch import approving
from comity.cooperation.dispatch.models import Outgoing
from comity.interfaces.web.door import Visit
from comity.interfaces.web.times import Moment, moment
from comity.protocol.wire import statement
from comity.protocol.wire.statement import Statement


def lines(visit: Visit, most: int | None = None) -> list[tuple[Outgoing, Statement, Moment]]:
    """The oldest first: the frozen statement, what it says, and since when it waits; only the first `most`."""
    found = approving.waiting(visit.home, visit.actor)[:most]
    return [(each, statement.parse(bytes(each.statement)), moment(each.created, visit.zone)) for each in found]
