# SPDX-License-Identifier: Apache-2.0
"""Cosignatures (c2sp.org/tlog-cosignature, `cosignature/v1`): a witness's word, with its time, on another's checkpoint.

    — comity/CN/mps/witness XqMi…           key id ‖ eight bytes of POSIX seconds ‖ Ed25519 signature

It says: of all that I saw of this register until then, this is the largest tree, and it extends every earlier one. So a
witness cosigns only what `watch.advance` gave it. What is signed: `cosignature/v1`, `time N`, the checkpoint's text.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from comity.protocol.ledger.errors import BadKey, NoteForged
from comity.protocol.ledger.note import Kind, Line, Note, Signer, VerifierKey

_LATEST = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp())


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A cosignature that holds: who, and when by their own clock."""

    name: str
    at: datetime


def cosign(note: Note, by: Signer, at: datetime) -> Line:
    """The witness's line for this checkpoint note. Raises `BadKey` when the key is not of the cosignature type."""
    if by.key.kind is not Kind.COSIGNATURE:
        raise BadKey(why="it is not a witness's key")
    seconds = int(at.timestamp())
    return Line(by.key.name, by.key.key_id, seconds.to_bytes(8, "big") + by.sign(_message(seconds, note.text)))


def verify(note: Note, key: VerifierKey) -> Cosigned:
    """Hold that the witness with this key cosigned the note. Raises `NoteUnsigned`, `DuplicateLine` or `NoteForged`.

    The caller must still hold that the note is a checkpoint signed by its register, and judge the time.
    """
    line = note.line_by(key)
    seconds = int.from_bytes(line.signature[:8], "big")
    if key.kind is not Kind.COSIGNATURE or seconds > _LATEST:
        raise NoteForged(name=key.name, key=key.key_id.hex())
    key.holds(line.signature[8:], _message(seconds, note.text))
    return Cosigned(key.name, datetime.fromtimestamp(seconds, UTC))


def _message(seconds: int, text: str) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()
