# SPDX-License-Identifier: Apache-2.0
"""What the law says beside a request: the bases, what the one that is named asks for, and what to look at.

It is the same at both ends: only the buttons that choose a basis are the drafter's.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from comity.law.requests.weighing import Weighed, weigh
from comity.protocol.wire.statement import Statement
from comity.records import lawbook
from comity.records.home import Home


def panels(home: Home, kind: str, body: Mapping[str, Any], requesting: str, requested: Sequence[str]) -> list[Weighed]:
    """A panel for each state that is asked; none for a kind that needs no basis."""
    return list(weigh(lawbook.view(home), kind, body, requesting, requested))


def ends(statement: Statement) -> tuple[str, Sequence[str]]:
    """Who asks, and who is asked, in a request."""
    return statement.sender, statement.to


def standing_on(body: Mapping[str, Any], chosen: str) -> dict[str, Any]:
    """The body, on the basis that was chosen: an instrument, and its article after a blank. Nothing chosen changes
    nothing; what was explained of another basis goes."""
    instrument, _, article = chosen.partition(" ")
    if not instrument:
        return dict(body)
    return {**body, "basis": {"instrument": instrument} | ({"article": article} if article else {})}
