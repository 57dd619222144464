# SPDX-License-Identifier: Apache-2.0
"""What a verification found, step by step and in plain words, for people and for scripts.

A report exists only for what holds: a failure is an error (`errors.StepFailed`) that names the step.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from comity.protocol.wire.names import Digest


class Verdict(StrEnum):
    """What a file is worth; one that fails has `does-not-hold`."""

    HOLDS = "holds"
    DISPUTED = "disputed"  # a key was revoked since, and all that it signed is shown to be older
    INDETERMINATE = "indeterminate"  # something may be the thief's, or was left out
    SAID = "not-proven"  # nothing could be held against a key


_HEADS = {
    Verdict.HOLDS: "HOLDS",
    Verdict.DISPUTED: "HOLDS, THOUGH A KEY WAS REVOKED SINCE",
    Verdict.INDETERMINATE: "HOLDS IN PART",
    Verdict.SAID: "NOT PROVEN",
}


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

    `proven` is false where nothing could be held against a key: then the file only says something. `keys` is what
    revocations and gaps leave of it.
    """

    what: str
    file: Digest
    steps: tuple[Step, ...]
    facts: Mapping[str, Any]
    summary: tuple[str, ...] = ()
    still: tuple[str, ...] = ()
    proven: bool = True
    keys: Verdict = Verdict.HOLDS

    @property
    def verdict(self) -> Verdict:
        """What the file is worth, in a word."""
        return self.keys if self.proven else Verdict.SAID

    @property
    def holds(self) -> bool:
        """Whether all of it can be relied on, as far as the file shows."""
        return self.verdict in (Verdict.HOLDS, Verdict.DISPUTED)

    def as_json(self) -> dict[str, object]:
        """For scripts."""
        return {
            "holds": self.holds,
            "verdict": str(self.verdict),
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
        head = f"{_HEADS[self.verdict]}: a {self.what}"
        parts = [
            [head, f"file {self.file}"],
            steps,
            [*self.summary],
            ["What you must still do:", *still] if still else [],
        ]
        return "\n\n".join("\n".join(part) for part in parts if part)
