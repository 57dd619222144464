# SPDX-License-Identifier: Apache-2.0
"""Which basis comes first.

What is not barred; what is more than police to police; what surely fits; what obliges; what names the measure; the
nearer road; the sooner clock.
"""

from collections.abc import Iterable, Mapping

from comity.law.bases.answer import Basis, Way
from comity.law.bases.roads.road import Road
from comity.law.facts.terms import Deadline

OBLIGATION: Mapping[str, int] = {"shall": 0, "endeavour": 1, "may": 2, "unknown": 2, "none": 3}
KIND: Mapping[str, int] = {"bilateral": 0, "multilateral": 1, "domestic-law": 2, "reciprocity": 3, "police": 4}
FITS: Mapping[str, int] = {"in": 0, "possible": 1, "cannot-tell": 2, "out": 3}
_ROADS: Mapping[str, int] = {
    "provider": 0,
    "contact-24-7": 0,
    "direct-judicial": 1,
    "central-authorities": 2,
    "ministries-of-justice": 2,
    "interpol": 3,
    "police": 3,
    "diplomatic": 4,
}
_HOURS = {"hours": 1, "days": 24, "working-days": 34, "weeks": 168, "months": 720}


Place = tuple[int, int, int, int, int, int, int, str]


def rank(basis: Basis) -> tuple[int, Place]:
    """The place of a basis among others: smaller is better."""
    return int(basis.barred), place(basis, basis.ways, basis.clocks)


def place(road: Basis | Road, ways: Iterable[Way], clocks: Iterable[Deadline]) -> Place:
    """Its place before the case is weighed."""
    ordinary = [_ROADS[each.road] for each in ways if not each.urgent]
    due = [each.length * _HOURS[each.unit] for each in clocks if each.side == "requested" and each.bound != "min"]
    return (
        int(road.kind == "police"),
        FITS[road.fits],
        OBLIGATION[road.obligation],
        int(not road.specific),
        KIND[road.kind],
        min(ordinary, default=5),
        min(due, default=1 << 30),
        road.instrument,
    )
