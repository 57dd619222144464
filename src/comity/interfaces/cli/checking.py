# SPDX-License-Identifier: Apache-2.0
"""What `comity verify` does with the files that it is given, in this order:

1. Each is read. One that cannot be is told in a line and ends nothing.
2. Each is examined, held against the cards among them (`recognising.examine`).
3. Files in hand are matched with the attachments and exhibits of the messages that hold.
4. The attachments of these are written, over nothing, under safe names.

All of it is said in printable text, the verdicts in a line for each file; several have theirs at the end, together.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from comity.interfaces.cli import bodies
from comity.interfaces.cli.matching import Found, written
from comity.interfaces.cli.matching import match as matched
from comity.protocol.proof import files, recognising
from comity.protocol.proof.errors import StepFailed
from comity.protocol.proof.printable import json_text, printable
from comity.protocol.proof.report import Report
from comity.protocol.proof.telling import Letter, Words
from comity.protocol.wire.names import Digest

LINE, LINES = 240, 40
"""Of a body are shown so many characters of a line, and so many lines, unless all of it is asked for."""


@dataclass(frozen=True, slots=True)
class NotRead:
    """A file that could not be read, and why."""

    why: str

    @property
    def headline(self) -> str:
        """The verdict in one line."""
        return f"NOT READ: {self.why}"

    def as_json(self) -> dict[str, object]:
        """For scripts."""
        return {"holds": False, "verdict": "not-read", "cards_checked": False, "why": self.why}


@dataclass(slots=True)
class Checked:
    """What was found of each file, and of what was asked besides."""

    found: Mapping[Path, Report | StepFailed | NotRead]
    words: Words
    matches: list[Found] = field(default_factory=list)
    writes: list[Found] = field(default_factory=list)
    matching: bool = False
    writing: bool = False

    @property
    def letters(self) -> list[Letter]:
        """The messages that hold."""
        proven = [each for each in self.found.values() if isinstance(each, Report) and each.proven]
        return [letter for each in proven for letter in each.messages]

    @property
    def good(self) -> bool:
        """Whether everything given holds, and everything asked was done."""
        return all(self._values("holds")) and all(each.good for each in [*self.matches, *self.writes])

    def match(self, paths: Iterable[Path]) -> None:
        """Match files in hand with the messages that hold."""
        self.matching = True
        self.matches = [one for path in paths for one in matched(path, self.letters)]

    def extract(self, folder: Path) -> None:
        """Write the attachments of the messages that hold."""
        self.writing = True
        self.writes = [written(each, letter, folder) for letter in self.letters for each in letter.attachments]

    def as_json(self) -> str:
        """For scripts; of one file its own report besides."""
        told = {str(path): each.as_json() for path, each in self.found.items()}
        value: dict[str, Any] = dict(next(iter(told.values()))) if len(told) == 1 else {}
        value |= {"holds": all(self._values("holds")), "cards_checked": all(self._values("cards_checked"))}
        value |= {"matched": [each.as_json() for each in self.matches]} if self.matching else {}
        value |= {"extracted": [each.as_json() for each in self.writes]} if self.writing else {}
        return json_text({**value, "files": told})

    def as_text(self) -> str:
        """For people."""
        parts = [text for path, each in self.found.items() if (text := self._report(path, each))]
        parts += [_listed("Files in hand:", self.matches)] if self.matching else []
        parts += [_listed("Attachments:", self.writes, "none in a message that holds")] if self.writing else []
        return "\n\n".join([*parts, *self._verdicts()])

    def _report(self, path: Path, found: Report | StepFailed | NotRead) -> str:
        if isinstance(found, NotRead):
            return ""
        text = found.as_text(self.words) if isinstance(found, Report) else found.as_text()
        return f"{printable(str(path))}\n{text}"

    def _verdicts(self) -> list[str]:
        lines = [f"{printable(str(path))}: {printable(each.headline)}" for path, each in self.found.items()]
        if len(lines) == 1:
            return lines if any(isinstance(each, NotRead) for each in self.found.values()) else []
        held = [each.as_json() for each in self.found.values() if each.as_json()["holds"]]
        known = all(each["cards_checked"] for each in held)
        condition = "" if known else ", if these cards are the authorities' own"
        return ["\n".join([*lines, f"{len(held)} of {len(lines)} hold{condition}."])]

    def _values(self, member: str) -> list[object]:
        return [each.as_json()[member] for each in self.found.values()]


def check(paths: Sequence[Path], trusted: Collection[Digest] | None, *, full: bool) -> Checked:
    """Read and examine these files."""
    contents = {path: _read(path) for path in paths}
    beside = recognising.cards_in(each for each in contents.values() if isinstance(each, bytes))
    found: dict[Path, Report | StepFailed | NotRead] = {}
    for path, data in contents.items():
        try:
            found[path] = recognising.examine(data, beside, trusted) if isinstance(data, bytes) else data
        except StepFailed as failed:
            found[path] = failed
    return Checked(found, bodies.words if full else _cut)


def _read(path: Path) -> bytes | NotRead:
    """The bytes, as far as any file of ours could reach."""
    if path.is_dir():
        return NotRead("it is a folder; name the files in it")
    try:
        with path.open("rb") as file:
            return file.read(files.MAX_BYTES + 1)
    except OSError as error:
        return NotRead(error.strerror or "it cannot be opened")


def _cut(kind: str, body: Mapping[str, Any]) -> Iterable[str]:
    lines = list(bodies.words(kind, body))
    yield from (
        each if len(each) <= LINE else f"{each[:LINE]}… {len(each) - LINE} more: --full" for each in lines[:LINES]
    )
    if len(lines) > LINES:
        yield f"… {len(lines) - LINES} more lines: --full"


def _listed(title: str, found: Sequence[Found], none: str = "") -> str:
    return "\n".join([title, *(f"- {printable(each.told)}" for each in found), *([] if found else [f"- {none}"])])
