# SPDX-License-Identifier: Apache-2.0
"""What a form consists of. A field's `name` is its path in the body, which is its name in the POST as well."""

from dataclasses import dataclass
from enum import StrEnum


class Widget(StrEnum):
    """How a field is shown; each has its template."""

    LINE = "line"
    WORDS = "words"
    LINES = "lines"
    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    YES_NO = "yes-no"
    TICK = "tick"
    CHOICE = "choice"
    TICKS = "ticks"
    GROUP = "group"
    ROWS = "rows"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a closed list."""

    value: str
    label: str
    help: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """A file that the draft already holds."""

    digest: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Field:
    """One member of a body as its form shows it. `value` is what stands in the input; `problem` is said beside it;
    `needed` says when a member is asked for that may else be left out; `zone` is where a time is typed."""

    name: str
    widget: Widget
    label: str
    help: str = ""
    required: bool = False
    needed: str = ""
    value: str = ""
    zone: str = ""
    longest: int = 0
    options: tuple[Option, ...] = ()
    fields: tuple["Field", ...] = ()
    files: tuple[File, ...] = ()
    problem: str = ""
    open: bool = True

    @property
    def id(self) -> str:
        """The element's id: a name without the dots that CSS would take for classes."""
        return "f-" + self.name.replace(".", "-")

    @property
    def described_by(self) -> str:
        """The ids of the help and the problem, for screen readers."""
        return " ".join(f"{self.id}-{part}" for part in ("help", "problem") if getattr(self, part))

    @property
    def problems(self) -> int:
        """How many problems this field and those in it have."""
        return bool(self.problem) + sum(each.problems for each in self.fields)


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together, under one heading."""

    name: str
    fields: tuple[Field, ...]

    @property
    def problems(self) -> int:
        """How many problems the section has."""
        return sum(each.problems for each in self.fields)
