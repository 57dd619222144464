# SPDX-License-Identifier: Apache-2.0
"""Checking a folder of facts: each has the form of its family, and none contradicts another.

In this order: what is no YAML or has not its family's form is told, file by file; then the facts of all files that have
no such fault are held against each other, and a node's own also against those shipped.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comity.law.facts import contradictions, reading
from comity.law.facts.book import Book
from comity.law.facts.families import FAMILIES
from comity.law.facts.reading import Fault, Placed


@dataclass(frozen=True, slots=True)
class Checked:
    """The facts of a folder, and what is wrong with them, file by file."""

    book: Book
    faults: tuple[Fault, ...]


def check(folder: Path, beside: Book | None = None) -> Checked:
    """Check a folder; `beside` are the facts that its own stand next to."""
    placed, faults = reading.read(folder)
    others = [Placed(fact, "", 0) for fact in beside.facts()] if beside else []
    found = [each for each in contradictions.faults([*others, *placed]) if each.file]
    return Checked(Book.of(each.fact for each in placed), tuple(sorted([*faults, *found])))


def schemas() -> dict[str, Any]:
    """The JSON Schema of each family's facts, by the family's name."""
    return {name: reading.form(name).json_schema() for name in FAMILIES}
