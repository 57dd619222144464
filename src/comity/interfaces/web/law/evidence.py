# SPDX-License-Identifier: Apache-2.0
"""Whether what came back may be used as evidence at home: what the answer itself says of it, weighed by the law.

Of how the material was kept before it was handed over a message says nothing: that is told as not known.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from comity.interfaces.web.law.panel import Panel
from comity.law.admissibility import Material, Point, admissibility
from comity.law.requests.question import state_of
from comity.protocol.terms.handling import EUROPOL
from comity.protocol.wire.statement import Statement
from comity.records import lawbook
from comity.records.home import Home

_PERMISSION = "H1"
_INTELLIGENCE = frozenset({"police-information", "stop-payment", "spontaneous-information", "fiu-request"})
"""Kinds of request on which what comes is intelligence, whatever basis they name."""


def points(home: Home, root: Statement, answers: Iterable[Statement], panels: Iterable[Panel]) -> tuple[Point, ...]:
    """The points of the last answer that was handed over; none where nothing was."""
    last = next(reversed([each for each in answers if each.kind == "produced"]), None)
    if last is None:
        return ()
    named = {each.requested: each.named.kind for each in panels if each.named is not None}
    giving = state_of(last.sender)
    material = Material(
        giving=giving,
        using=state_of(home.authority),
        road="police" if root.kind in _INTELLIGENCE else named.get(giving),
        statement=bool(last.body.get("source_statement")),
        conditions=frozenset(_conditions(last.body)),
        permission=_PERMISSION in _codes(last.handling),
    )
    return admissibility(lawbook.view(home), material)


def _conditions(body: Mapping[str, Any]) -> Iterable[str]:
    found = body.get("conditions")
    return (str(each.get("type")) for each in (found if isinstance(found, list) else []) if isinstance(each, Mapping))


def _codes(handling: Mapping[str, Any]) -> list[str]:
    found = handling.get("europol")
    return [str(each) for each in found if each in EUROPOL] if isinstance(found, list) else []
