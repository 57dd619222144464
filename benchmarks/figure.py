# SPDX-License-Identifier: Apache-2.0
"""A measured figure: what was measured, the bar that it must reach, and the peer measured beside it.

A benchmark's last act is `report(figures)`: one JSON object on stdout, `{"figures": [...]}`. What it says to the person
who waits goes to stderr.
"""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`value` in `unit`; the bar is `at_least`, `at_most` or neither, in the same unit, and so is the peer's value."""

    what: str
    value: float
    unit: str
    at_least: float | None = None
    at_most: float | None = None
    peer: str = ""
    peer_value: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the bar is reached. A figure without a bar always holds."""
        above = self.at_least is None or self.value >= self.at_least
        below = self.at_most is None or self.value <= self.at_most
        return above and below

    @property
    def bar(self) -> str:
        """The bar in words, empty when there is none."""
        least = f"≥ {amount(self.at_least)}" if self.at_least is not None else ""
        most = f"≤ {amount(self.at_most)}" if self.at_most is not None else ""
        return " ".join(part for part in (least, most) if part)


def amount(value: float) -> str:
    """A number as a person reads it: thousands apart, three significant places below a hundred."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def report(figures: Iterable[Figure]) -> None:
    """Prints the figures for `make bench`."""
    json.dump({"figures": [asdict(figure) for figure in figures]}, sys.stdout, ensure_ascii=False, indent=1)
    print()
