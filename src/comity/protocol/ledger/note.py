# SPDX-License-Identifier: Apache-2.0
"""Signed notes (c2sp.org/signed-note): a short text and, below a blank line, one line for each key that signed it.

    ES register, sample
                                            the blank line
    — comity/ES/policia-nacional 5VGQ…==    em dash, key name, base64 of key id ‖ signature

Promises, in order: the bytes are a note and nothing else, in one spelling; lines by unknown keys are kept and ignored;
a line by the key that we trust is there once and holds. Nobody should read the text before that.
"""

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from comity.protocol.ledger.errors import BadKey, BadNote, DuplicateLine, NoteForged, NoteUnsigned

MAX_BYTES = 1 << 18
MAX_LINES = 64
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_NAME = re.compile(r"[^\s+\ud800-\udfff]+")
_MARK = "\u2014 "


class Kind(IntEnum):
    """The signature types of the specification that a register uses: the byte that enters the key id."""

    ED25519 = 0x01
    COSIGNATURE = 0x04


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with the name and the signature type that it is trusted for. Raises `BadKey`."""

    name: str
    public: bytes
    kind: Kind = Kind.ED25519

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or _CONTROL.search(self.name):
            raise BadKey(why="its name is empty, or has a space, a plus or a control character")
        if len(self.public) != 32:
            raise BadKey(why="an Ed25519 public key has 32 bytes")

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def to_text(self) -> str:
        """`name+key id+base64`: the form in which operators pass keys on."""
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(bytes([self.kind]) + self.public).decode()}"

    def holds(self, signature: bytes, message: bytes) -> None:
        """Verify one Ed25519 signature by this key. Raises `NoteForged`."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            raise NoteForged(name=self.name, key=self.key_id.hex()) from None


def parse_key(text: str) -> VerifierKey:
    """The key that `VerifierKey.to_text` wrote. Raises `BadKey`."""
    parts = text.split("+", 2)
    raw = _unbase64(parts[2]) if len(parts) == 3 else None
    if not raw or raw[0] not in set(Kind):
        raise BadKey(why="it is not of the form name+id+base64 of an Ed25519 key")
    key = VerifierKey(parts[0], raw[1:], Kind(raw[0]))
    if key.key_id.hex() != parts[1]:
        raise BadKey(why="its id is not that of its name and key")
    return key


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key with its name: signs as the `VerifierKey` beside it verifies."""

    key: VerifierKey
    sign: Callable[[bytes], bytes]


def signer(name: str, private: Ed25519PrivateKey, kind: Kind = Kind.ED25519) -> Signer:
    """The signer of this name. Raises `BadKey` when the name cannot be a key's."""
    return Signer(VerifierKey(name, private.public_key().public_bytes_raw(), kind), private.sign)


@dataclass(frozen=True, slots=True)
class Line:
    """One signature line. `signature` is what stands after the four bytes of the key id."""

    name: str
    key_id: bytes
    signature: bytes

    def to_text(self) -> str:
        """The line without its newline."""
        return f"{_MARK}{self.name} {base64.b64encode(self.key_id + self.signature).decode()}"

    def by(self, key: VerifierKey) -> bool:
        """Whether the line claims to be by this key."""
        return self.name == key.name and self.key_id == key.key_id


def parse_line(text: str) -> Line:
    """The line that `Line.to_text` wrote. Raises `BadNote`."""
    name, space, encoded = text.removeprefix(_MARK).partition(" ")
    raw = _unbase64(encoded) if text.startswith(_MARK) and space else None
    if raw is None or len(raw) < 5 or not _NAME.fullmatch(name):
        raise BadNote(why="a line below the blank line is no signature")
    return Line(name, raw[:4], raw[4:])


@dataclass(frozen=True, slots=True)
class Note:
    """A text, its newline included, and the lines below it."""

    text: str
    lines: tuple[Line, ...] = ()

    def to_bytes(self) -> bytes:
        """The note as it travels."""
        return (self.text + "\n" + "".join(line.to_text() + "\n" for line in self.lines)).encode()

    def with_line(self, line: Line) -> "Note":
        """The note with one more line, or with this one in place of the line by the same key."""
        kept = tuple(each for each in self.lines if (each.name, each.key_id) != (line.name, line.key_id))
        return replace(self, lines=(*kept, line))

    def line_by(self, key: VerifierKey) -> Line:
        """The one line that claims to be by `key`, not yet verified. Raises `NoteUnsigned` or `DuplicateLine`."""
        found = [line for line in self.lines if line.by(key)]
        if not found:
            raise NoteUnsigned(name=key.name, key=key.key_id.hex())
        if len(found) > 1:
            raise DuplicateLine(name=key.name, key=key.key_id.hex(), count=len(found))
        return found[0]


def parse(data: bytes) -> Note:
    """The note that these bytes are. Raises `BadNote`. Nothing is verified yet."""
    if len(data) > MAX_BYTES:
        raise BadNote(why=f"it has more than {MAX_BYTES} bytes")
    try:
        whole = data.decode()
    except UnicodeDecodeError:
        raise BadNote(why="it is not UTF-8") from None
    if _CONTROL.search(whole):
        raise BadNote(why="it has control characters")
    head, blank, below = whole.rpartition("\n\n")
    if not blank or not head or not below.endswith("\n"):
        raise BadNote(why="it is cut short, or no blank line stands above its signatures")
    lines = below[:-1].split("\n")
    if len(lines) > MAX_LINES:
        raise BadNote(why=f"it has more than {MAX_LINES} signatures")
    return Note(head + "\n", tuple(parse_line(each) for each in lines))


def sign(text: str, by: Signer) -> Note:
    """The text signed by one key. Raises `BadNote` when the text cannot be a note's."""
    if not text.endswith("\n") or len(text) < 2 or _CONTROL.search(text):
        raise BadNote(why="its text is empty, lacks its last newline or has control characters")
    return Note(text, (Line(by.key.name, by.key.key_id, by.sign(text.encode())),))


def verify(note: Note, key: VerifierKey) -> str:
    """The text, held to be signed by `key`. Raises `NoteUnsigned`, `DuplicateLine` or `NoteForged`."""
    key.holds(note.line_by(key).signature, note.text.encode())
    return note.text


def _unbase64(text: str) -> bytes | None:
    """The bytes, if `text` is their one standard base64 spelling."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if base64.b64encode(raw).decode() == text else None
