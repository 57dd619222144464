# SPDX-License-Identifier: Apache-2.0
"""The facts of law that this node knows: those shipped with the program, and its own from `rules/` in its home.

Its own are used whole or not at all: with a fault in them the node asks the shipped ones alone, and `node doctor` says
which file to mend. They are read again when a file of theirs changes.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from comity.law.errors import FactsUnsound
from comity.law.facts.book import shipped
from comity.law.facts.checking import check
from comity.law.view import Index, View, shipped_index
from comity.records.home import Home

FOLDER = "rules"


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a folder came to, as it was: an index, or how many faults it has."""

    state: tuple[tuple[str, int, int], ...]
    index: Index | None
    faults: int = 0


_KEPT: dict[Path, _Kept] = {}


def view(home: Home, on: date | None = None, known: date | None = None) -> View:
    """The law on a day, today without one, as it was known on another; without one all that is at hand is known,
    whatever the node's clock says."""
    today, facts = home.now().date(), index(home)
    return View(facts, on or today, known or max(today, facts.newest))


def index(home: Home) -> Index:
    """The facts of this node; the shipped ones where its own have faults."""
    try:
        return own_index(home.config.home / FOLDER)
    except FactsUnsound:
        return shipped_index()


def own_index(folder: Path) -> Index:
    """The shipped facts and those of a folder beside them. Raises `FactsUnsound`."""
    state = _state(folder)
    if not state:
        return shipped_index()
    kept = _KEPT.get(folder)
    if kept is None or kept.state != state:
        checked = check(folder, beside=shipped())
        own = None if checked.faults else Index(shipped().beside(checked.book))
        kept = _KEPT[folder] = _Kept(state, own, len(checked.faults))
    if kept.index is None:
        raise FactsUnsound(count=kept.faults, folder=FOLDER)
    return kept.index


def _state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """The files as they are: names, sizes and times."""
    if not folder.is_dir():
        return ()
    found = ((path, path.lstat()) for path in sorted(folder.rglob("*.yaml")))
    return tuple((path.as_posix(), stat.st_size, stat.st_mtime_ns) for path, stat in found)
