# SPDX-License-Identifier: Apache-2.0
"""Checkpoints (c2sp.org/tlog-checkpoint): the register's own word on its size and root, as a signed note.

    comity/ES/policia-nacional                      origin: the register's name, and that of the key that signs it
    3                                               size
    5oT7…Y5A=                                       root, base64

    — comity/ES/policia-nacional sGgM…

A register must never sign two checkpoints of which one does not extend the other.
"""

import base64
import binascii
import re
from dataclasses import dataclass

from comity.protocol.ledger import note as notes
from comity.protocol.ledger.errors import BadCheckpoint, WrongOrigin
from comity.protocol.ledger.note import Kind, Note, Signer, VerifierKey
from comity.protocol.ledger.tree import HASH_BYTES
from comity.protocol.wire.names import AuthorityId

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
MAX_SIZE = (1 << 63) - 1


def origin_of(authority: AuthorityId) -> str:
    """The name of an authority's register and of the key that signs its checkpoints."""
    return f"comity/{authority}"


def witness_of(authority: AuthorityId) -> str:
    """The name under which an authority cosigns the checkpoints of others."""
    return f"comity/{authority}/witness"


def register_key(authority: AuthorityId, public: bytes) -> VerifierKey:
    """The verifier key of an authority's register, from the raw key on its card. Raises `BadKey`."""
    return VerifierKey(origin_of(authority), public)


def witness_key(authority: AuthorityId, public: bytes) -> VerifierKey:
    """The verifier key of an authority's cosignatures, from the raw key on its card. Raises `BadKey`."""
    return VerifierKey(witness_of(authority), public, Kind.COSIGNATURE)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A register's size and root. `extensions` are further lines, kept as they came; Comity writes none."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def to_text(self) -> str:
        """The note text, its last newline included."""
        lines = (self.origin, str(self.size), base64.b64encode(self.root).decode(), *self.extensions)
        return "".join(line + "\n" for line in lines)


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint whose signature by its register holds, with the note that says it."""

    checkpoint: Checkpoint
    note: Note


def parse_text(text: str) -> Checkpoint:
    """The checkpoint that a note's text is. Raises `BadCheckpoint`."""
    lines = text.split("\n")
    if len(lines) < 4 or lines.pop() or not all(lines):
        raise BadCheckpoint(why="it has fewer than three lines, an empty line, or no last newline")
    if not _SIZE.fullmatch(lines[1]) or int(lines[1]) > MAX_SIZE:
        raise BadCheckpoint(why="its size is not a plain number")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except (binascii.Error, ValueError):
        root = b""
    if len(root) != HASH_BYTES or base64.b64encode(root).decode() != lines[2]:
        raise BadCheckpoint(why=f"its root is not the base64 of {HASH_BYTES} bytes")
    return Checkpoint(lines[0], int(lines[1]), root, tuple(lines[3:]))


def sign(checkpoint: Checkpoint, by: Signer) -> SignedCheckpoint:
    """The checkpoint signed by its register. Raises `WrongOrigin` when the key is another register's."""
    if by.key.name != checkpoint.origin:
        raise WrongOrigin(found=checkpoint.origin, expected=by.key.name)
    return SignedCheckpoint(checkpoint, notes.sign(checkpoint.to_text(), by))


def verify(data: bytes, key: VerifierKey) -> SignedCheckpoint:
    """The checkpoint that the register with this key signed.

    1. The bytes are a signed note.                                                        BadNote
    2. One line is by the key, and holds.                        NoteUnsigned, DuplicateLine, NoteForged
    3. The text is a checkpoint.                                                           BadCheckpoint
    4. Its origin is the key's name: a key speaks for its own register only.               WrongOrigin

    The caller must still hold that the key was on the authority's card at the time, and that the checkpoint extends
    the one that it saw before (`watch.advance`).
    """
    note = notes.parse(data)  # 1
    checkpoint = parse_text(notes.verify(note, key))  # 2, 3
    if checkpoint.origin != key.name:  # 4
        raise WrongOrigin(found=checkpoint.origin, expected=key.name)
    return SignedCheckpoint(checkpoint, note)
