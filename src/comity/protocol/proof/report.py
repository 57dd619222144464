# SPDX-License-Identifier: Apache-2.0
"""What a verification found, step by step and in plain words, for people and for scripts.

A report exists only for what holds: a failure is an error (`errors.StepFailed`) that names the step. Whether the cards
are the authorities' own no file can say: unless the reader has named them, that step is told as not checked, and the
verdict with it. Every line is made `printable`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from comity.protocol.proof.printable import printable
from comity.protocol.proof.telling import Letter, Words, wordless
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

_UNCHECKED = "IF THESE CARDS ARE THE AUTHORITIES' OWN"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its number, what it asks, and what it found. `unchecked` says why it could not be taken."""

    number: int
    title: str
    found: tuple[str, ...] = ()
    unchecked: str = ""

    def as_json(self) -> dict[str, object]:
        """For scripts."""
        return {"step": self.number, "title": self.title, "checked": not self.unchecked, "found": list(self.found)}

    def lines(self) -> list[str]:
        """For people."""
        outcome = f"not checked: {self.unchecked}" if self.unchecked else "holds"
        return [f"{self.number}. {self.title}: {outcome}", *(f"   {each}" for each in self.found)]


@dataclass(frozen=True, slots=True)
class Report:
    """What holds. `facts` are the same findings as values; `summary` says them for people; `still` is what the reader
    must do, since no file can do it. `messages` are those that hold, in order.

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
    messages: tuple[Letter, ...] = ()

    @property
    def cards_checked(self) -> bool:
        """Whether the reader named the cards that this stands on."""
        return self.proven and not any(each.unchecked for each in self.steps)

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
            "cards_checked": self.cards_checked,
            "what": self.what,
            "file": self.file,
            "steps": [each.as_json() for each in self.steps],
            **self.facts,
            "still_to_do": list(self.still),
        }

    @property
    def headline(self) -> str:
        """The verdict in one line."""
        known = self.cards_checked or not self.proven
        return f"{_HEADS[self.verdict]}{'' if known else f', {_UNCHECKED}'}: a {self.what}"

    def as_text(self, words: Words = wordless) -> str:
        """For people, the bodies of messages in these words."""
        steps = [line for each in self.steps for line in each.lines()]
        still = [f"- {each}" for each in self.still]
        parts = [
            [self.headline, f"file {self.file}"],
            steps,
            [*self.summary],
            [*self._messages(words)],
            ["What you must still do:", *still] if still else [],
        ]
        return "\n\n".join("\n".join(map(printable, part)) for part in parts if part)

    def _messages(self, words: Words) -> list[str]:
        exporter = str(self.facts.get("exported_by", ""))
        told = [line for each in self.messages for line in each.lines(words, exporter)]
        head = "What is said" if not self.proven else "What is proven"
        condition = "" if self.cards_checked or not self.proven else f", {_UNCHECKED.lower()}"
        return [f"{head}{condition}:", *told] if told else []
