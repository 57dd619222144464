# SPDX-License-Identifier: Apache-2.0
"""What a verification found, step by step and in plain words, for people and for scripts.

A report exists only for what holds: a failure is an error (`errors.StepFailed`) that names the step.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from comity.protocol.wire.names import Digest


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its number, what it asks, and what it found."""

    number: int
    title: str
    found: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """For scripts."""
        return {"step": self.number, "title": self.title, "found": list(self.found)}

    def lines(self) -> list[str]:
        """For people."""
        return [f"{self.number}. {self.title}: holds", *(f"   {each}" for each in self.found)]


@dataclass(frozen=True, slots=True)
class Report:
    """What holds. `facts` are the same findings as values; `summary` says them for people; `still` is what the reader
    must do, since no file can do it.

    `proven` is false where nothing could be held against a key: then the file only says something.
    """

    what: str
    file: Digest
    steps: tuple[Step, ...]
    facts: Mapping[str, Any]
    summary: tuple[str, ...] = ()
    still: tuple[str, ...] = ()
    proven: bool = True

    def as_json(self) -> dict[str, object]:
        """For scripts."""
        return {
            "holds": self.proven,
            "what": self.what,
            "file": self.file,
            "steps": [each.as_json() for each in self.steps],
            **self.facts,
            "still_to_do": list(self.still),
        }

    def as_text(self) -> str:
        """For people."""
        steps = [line for each in self.steps for line in each.lines()]
        still = [f"- {each}" for each in self.still]
        head = f"HOLDS: a {self.what}" if self.proven else f"NOT PROVEN: a {self.what}"
        parts = [
            [head, f"file {self.file}"],
            steps,
            [*self.summary],
            ["What you must still do:", *still] if still else [],
        ]
        return "\n\n".join("\n".join(part) for part in parts if part)
