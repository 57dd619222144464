# SPDX-License-Identifier: Apache-2.0
"""Whether what came back may be used as evidence at home: what the answer itself says of it, weighed by the law.

Of how the material was kept before it was handed over a message says nothing: that is told as not known.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from comity.law.admissibility import Found, Material, Point, admissibility, stands
from comity.law.bases.answer import Kind
from comity.law.requests.question import MOST, state_of
from comity.law.requests.weighing import Weighed
from comity.protocol.terms.handling import EUROPOL
from comity.protocol.wire.statement import Statement
from comity.records import lawbook
from comity.records.home import Home

_PERMISSION = "H1"
_INTELLIGENCE = frozenset({"police-information", "stop-payment", "spontaneous-information", "fiu-request"})
"""Kinds of request on which what comes is intelligence, whatever basis they name."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """What one authority handed over, weighed."""

    giver: str
    points: tuple[Point, ...]

    @property
    def found(self) -> Found:
        """The worst of the points."""
        return stands(self.points)


def weighings(
    home: Home, root: Statement, answers: Iterable[Statement], panels: Iterable[Weighed]
) -> tuple[Weighing, ...]:
    """The last answer that each authority handed over; nothing where none did."""
    last = {each.sender: each for each in answers if each.kind == "produced"}
    named = {each.requested: each.named.kind for each in panels if each.named is not None}
    view, using = lawbook.view(home), state_of(home.authority)
    return tuple(
        Weighing(giver, admissibility(view, _material(root, said, using, named.get(state_of(giver)))))
        for giver, said in last.items()
    )


def _material(root: Statement, said: Statement, using: str, road: Kind | None) -> Material:
    return Material(
        giving=state_of(said.sender),
        using=using,
        road="police" if root.kind in _INTELLIGENCE else road,
        statement=bool(said.body.get("source_statement")),
        conditions=frozenset(_conditions(said.body)),
        permission=_PERMISSION in _codes(said.handling),
    )


def _conditions(body: Mapping[str, Any]) -> Iterable[str]:
    found = body.get("conditions")
    return (str(each.get("type")) for each in (found if isinstance(found, list) else []) if isinstance(each, Mapping))


def _codes(handling: Mapping[str, Any]) -> list[str]:
    found = handling.get("europol")
    return [str(each) for each in found[:MOST] if each in EUROPOL] if isinstance(found, list) else []
