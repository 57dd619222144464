# SPDX-License-Identifier: Apache-2.0
"""Files in hand and the files of messages: which is which, by SHA-256 alone; and an attachment written to disk.

Names prove nothing and are only told. An attachment is written over nothing, under its name without what would hide it
or lead out of the folder; one whose name is a path is refused.
"""

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from comity.interfaces.cli import bodies
from comity.protocol.proof.enclosed import Enclosed
from comity.protocol.proof.telling import Letter
from comity.protocol.wire.names import Digest


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: in a line for people, as values for scripts, and whether it is as the reader hopes."""

    told: str
    facts: Mapping[str, object]
    good: bool = True

    def as_json(self) -> dict[str, object]:
        """For scripts."""
        return {"ok": self.good, **self.facts}


def match(path: Path, letters: Sequence[Letter]) -> list[Found]:
    """Every attachment and exhibit that this file is; or the one finding that it is none, or cannot be read."""
    try:
        with path.open("rb") as file:
            digest = Digest("sha256:" + hashlib.file_digest(file, "sha256").hexdigest())
    except OSError as error:
        why = error.strerror or "it cannot be opened"
        return [Found(f"{path}: NOT READ: {why}", {"path": str(path), "sha256": None, "why": why}, good=False)]
    facts = {"path": str(path), "sha256": digest}
    found = [
        Found(
            f"{path} is the {what} of the {letter.name}{_doubt(letter)}",
            {**facts, "as": sort, "name": name, "message": letter.digest},
            good=not letter.doubtful,
        )
        for letter in letters
        for sort, what, name in _places(digest, letter)
    ]
    none = Found(f"{path} is NONE of the files of these messages: it is {digest}", {**facts, "as": None}, good=False)
    return found or [none]


def written(each: Enclosed, letter: Letter, folder: Path) -> Found:
    """Write an attachment; where to, or why not."""
    facts: dict[str, object] = {**each.as_json(), "message": letter.digest}
    if each.is_path:
        return _unwritten(each, facts, "its name is a path")
    try:
        path = bodies.save({"name": each.name, "data": base64.b64encode(each.content).decode()}, folder)
    except OSError as error:
        return _unwritten(each, facts, error.strerror or "it cannot be written")
    return Found(f"{path} of the {letter.name}{_doubt(letter)}", {**facts, "path": str(path)})


def _unwritten(each: Enclosed, facts: Mapping[str, object], why: str) -> Found:
    return Found(f"NOT WRITTEN: {each.name}, {each.digest}: {why}", {**facts, "path": None, "why": why}, good=False)


def _places(digest: Digest, letter: Letter) -> Iterator[tuple[str, str, str | None]]:
    for each in letter.attachments:
        if each.digest == digest:
            yield "attachment", f"attachment {each.name}", each.name
    if digest in letter.exhibits:
        yield "exhibit", "exhibit that is named in the body", None


def _doubt(letter: Letter) -> str:
    return ", WHICH CANNOT BE RELIED ON" if letter.doubtful else ""
