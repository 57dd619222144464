# SPDX-License-Identifier: Apache-2.0
"""A message of a file as its reader is told of it: who says what to whom, what became of it, its files, who stood
behind it, and who had it when.

How a body is put into words is the door's to say (`Words`): a reader wants long texts cut, or whole, or none.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from comity.protocol.proof import enclosed
from comity.protocol.proof.enclosed import Enclosed
from comity.protocol.thread.titles import OUTCOMES
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import Digest
from comity.protocol.wire.statement import Statement

Words = Callable[[str, Mapping[str, Any]], Iterable[str]]
"""Puts the body of a kind into lines; of no kind, an object under its own names."""


def wordless(*_: object) -> Iterable[str]:
    """Says nothing of a body."""
    return ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A message, and what was found of it (as `accounting.messages_json` says it)."""

    digest: Digest
    said: Statement
    found: Mapping[str, Any]

    @property
    def doubtful(self) -> bool:
        """Whether it is signed with a revoked key and nothing shows that it is older."""
        return self.found.get("key") == "in-doubt"

    @property
    def attachments(self) -> tuple[Enclosed, ...]:
        """The files that lie in it."""
        return enclosed.attachments(self.said.body)

    @property
    def exhibits(self) -> tuple[Digest, ...]:
        """The digests of material that it names."""
        return enclosed.exhibits(self.said.body)

    @property
    def name(self) -> str:
        """Which message it is, in a few words."""
        return f"{self.said.kind} of {self.said.sender}, {self.digest}"

    def lines(self, words: Words, exporter: str = "") -> list[str]:
        """For people."""
        return [*self._head(), *(f"    {each}" for each in [*self._body(words), *self._files(), *self._road(exporter)])]

    def _head(self) -> list[str]:
        said = self.said
        head = f"- {said.kind} of {said.sender} to {', '.join(said.to)}, sent {self.found['sent']}"
        outcome = f": {_outcome(self.found['outcome'])}" if "outcome" in self.found else ""
        return [
            head + outcome,
            f"    {self.digest}",
            *(f"    {each}" for each in entered_lines(entered_json(said).get("entered"))),
        ]

    def _body(self, words: Words) -> list[str]:
        doubt = "CANNOT BE RELIED ON: signed with a revoked key, and nothing shows that it is older"
        told = {
            "says:": words(self.said.kind, enclosed.without_files(self.said.body)),
            "to be handled as:": words("", self.said.handling),
        }
        found = {title: [f"  {each}" for each in lines] for title, lines in told.items()}
        parts = [line for title, lines in found.items() if lines for line in (title, *lines)]
        return [*([doubt] if self.doubtful else []), *parts]

    def _files(self) -> list[str]:
        told = []
        for each in self.attachments:
            told += [f"attached: {each.name}", f"  {len(each.content)} bytes, {each.digest}"]
        return [*told, *(f"exhibit, sent apart: {each}" for each in self.exhibits)]

    def _road(self, exporter: str) -> list[str]:
        approvals = ", ".join(_officer(each) for each in self.found["approvals"])
        told = [f"approved by {approvals}"] if approvals else []
        for each in self.found.get("receipts", ()):
            told.append(f"received by {each['by']} at {each['received']}, leaf {each['index']}{_by(each)}")
        for each in self.found.get("leaves", ()):
            told.append(f"{each['event']} at {exporter} on {each['at']}, leaf {each['index']}{_by(each)}")
        return told


def entered_json(said: Statement) -> dict[str, Any]:
    """The letter that a message was entered from, for scripts; nothing where there is none."""
    return {"entered": said.entered.to_json()} if said.entered else {}


def entered_lines(entered: Mapping[str, Any] | None) -> list[str]:
    """The letter that a message was entered from, for people, as `entered_json` tells it; nothing where there is
    none."""
    if entered is None:
        return []
    dated = f", dated {entered['dated']}" if "dated" in entered else ""
    head = f"ENTERED FROM A LETTER{dated}, which {entered['by']} says came on {entered['came']}"
    scan = f"  the letter, scanned: {entered['letter']}" if "letter" in entered else "  no scan of it was made"
    return [head, scan]


def statement_json(message: Message) -> dict[str, Any]:
    """What a message says, for scripts; of its attachments all but the bytes."""
    said = message.statement
    return {
        "handling": dict(said.handling),
        "body": enclosed.described(said.body),
        "attachments": [each.as_json() for each in enclosed.attachments(said.body)],
    }


def _outcome(outcome: str) -> str:
    return {each.value: title for each, title in OUTCOMES.items()}[outcome]


def _officer(one: Mapping[str, Any]) -> str:
    return f"{one['officer']} ({one['role']}{', software' if one['soft'] else ''})"


def _by(one: Mapping[str, Any]) -> str:
    words = ", ".join(
        f"{each['by']} at {each['at']}{' (key revoked)' if 'key' in each else ''}" for each in one["cosigned"]
    )
    return f"; cosigned by {words}" if words else ""
