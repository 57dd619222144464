# SPDX-License-Identifier: Apache-2.0
"""The proof file: one thread, as one node holds it, with all that a stranger needs to check it and nothing else.

    {"cards":[…],"checkpoints":["comity/CN/mps\\n…"],"comity":"proof/v1","consistency":[{"from":9,"hashes":[…],
     "origin":"comity/CN/mps","to":12}],"messages":[…],"receipts":[…],"register":{"leaves":[{"entry":{…},"index":7,
     "proof":[…],"salt":"…"}],"origin":"comity/CN/mps","size":12},"revocations":[]}

Everything in it is signed by somebody, or hashed into what somebody signed. Nobody signs the file itself: it says no
more than its parts, but for `left_out`, which a file has only where its node could not prove something. It has one
spelling: canonical JSON, each list in its order, no member that the parts' signatures leave open. So any change of any
byte is refused by `parse`, or breaks what the byte belonged to; but for the codes in `left_out`, which are one node's
word.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from comity.protocol.ledger import checkpoint as checkpoints
from comity.protocol.ledger import note as notes
from comity.protocol.ledger.commitment import SALT_BYTES
from comity.protocol.ledger.tree import HASH_BYTES
from comity.protocol.proof.errors import Disordered
from comity.protocol.wire import canonical, revocation
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.errors import UnknownVersion
from comity.protocol.wire.members import Members
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest
from comity.protocol.wire.octets import from_base64, to_base64

VERSION = "proof/v1"
MAX_BYTES = 256 << 20
MAX_ENTRIES = 100_000
MAX_HASHES = 64
MAX_ORIGIN = 128
MAX_CODE = 40
_CODE = re.compile(r"[a-z]+(-[a-z]+)*")
_WHAT = "proof file"


@dataclass(frozen=True, slots=True)
class Growth:
    """The proof that a register at size `end` extends itself at size `start`."""

    origin: str
    start: int
    end: int
    hashes: tuple[bytes, ...]

    def to_json(self) -> dict[str, Any]:
        """The JSON form."""
        hashes = [to_base64(each) for each in self.hashes]
        return {"origin": self.origin, "from": self.start, "to": self.end, "hashes": hashes}

    @classmethod
    def from_json(cls, value: object) -> "Growth":
        """What `to_json` wrote. Raises `BadMember`."""
        members = Members.of(f"{_WHAT} consistency", value)
        origin = members.text("origin", at_most=MAX_ORIGIN)
        return cls(origin, members.integer("from"), members.integer("to"), _hashes(members, "hashes"))


@dataclass(frozen=True, slots=True)
class OpenLeaf:
    """A leaf of the exporting node's register, opened: the entry, its salt, its place and the proof."""

    index: int
    entry: bytes
    salt: bytes
    proof: tuple[bytes, ...]

    def to_json(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "index": self.index,
            "entry": canonical.decode(self.entry, limit=MAX_BYTES),
            "salt": to_base64(self.salt),
            "proof": [to_base64(each) for each in self.proof],
        }

    @classmethod
    def from_json(cls, value: object) -> "OpenLeaf":
        """What `to_json` wrote. Raises `BadMember`."""
        members = Members.of(f"{_WHAT} leaf", value)
        entry = canonical.encode(members.inside("entry").value, limit=MAX_BYTES)
        salt = members.base64("salt", size=SALT_BYTES)
        return cls(members.integer("index"), entry, salt, _hashes(members, "proof"))


@dataclass(frozen=True, slots=True)
class Extract:
    """The leaves of the exporting node's register that tell of the thread, proven at `size`."""

    origin: str
    size: int
    leaves: tuple[OpenLeaf, ...]

    def to_json(self) -> dict[str, Any]:
        """The JSON form."""
        return {"origin": self.origin, "size": self.size, "leaves": [each.to_json() for each in self.leaves]}

    @classmethod
    def from_json(cls, members: Members) -> "Extract":
        """What `to_json` wrote. Raises `BadMember`."""
        leaves = members.each("leaves", OpenLeaf.from_json, at_most=MAX_ENTRIES)
        return cls(members.text("origin", at_most=MAX_ORIGIN), members.integer("size"), leaves)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the exporting node has and left out, for no reader would believe it: a message, or what `by` receipted of
    it. A leaf in the file says that it was there; `code` is the named error, on the exporting node's word."""

    message: Digest
    by: AuthorityId | None
    code: str

    def to_json(self) -> dict[str, Any]:
        """The JSON form."""
        return {"message": self.message, "receipt_of": self.by, "code": self.code}

    @classmethod
    def from_json(cls, value: object) -> "LeftOut":
        """What `to_json` wrote. Raises `BadMember`."""
        members = Members.of(f"{_WHAT} left_out", value)
        by = None if members.value.get("receipt_of") is None else members.authority("receipt_of")
        return cls(members.digest("message"), by, members.text("code", at_most=MAX_CODE, form=_CODE))


@dataclass(frozen=True, slots=True)
class ProofFile:
    """The parts, none of them verified. `ordered` brings them into the file's order."""

    cards: tuple[Signed, ...]
    revocations: tuple[Signed, ...]
    messages: tuple[Message, ...]
    receipts: tuple[Signed, ...]
    checkpoints: tuple[str, ...]
    consistency: tuple[Growth, ...]
    register: Extract
    left_out: tuple[LeftOut, ...] = ()

    def ordered(self) -> "ProofFile":
        """The same parts as the file lists them; what no signature covers is left out. Cards keep their order."""
        leaves = tuple(sorted(self.register.leaves, key=lambda each: each.index))
        return ProofFile(
            cards=tuple(_tidy(each) for each in self.cards),
            revocations=tuple(sorted(map(_tidy, self.revocations), key=_revocation_order)),
            messages=tuple(sorted((_bare(each) for each in self.messages), key=lambda each: each.digest)),
            receipts=tuple(sorted(map(_tidy, self.receipts), key=lambda each: each.digest)),
            checkpoints=tuple(sorted(self.checkpoints, key=_checkpoint_order)),
            consistency=tuple(sorted(self.consistency, key=_growth_order)),
            register=replace(self.register, leaves=leaves),
            left_out=tuple(sorted(self.left_out, key=_left_order)),
        )

    def to_bytes(self) -> bytes:
        """The canonical bytes. Raises `TooLarge` or `NotCanonical`."""
        value = {
            "comity": VERSION,
            "cards": [each.to_json() for each in self.cards],
            "revocations": [each.to_json() for each in self.revocations],
            "messages": [each.to_json() for each in self.messages],
            "receipts": [each.to_json() for each in self.receipts],
            "checkpoints": list(self.checkpoints),
            "consistency": [each.to_json() for each in self.consistency],
            "register": self.register.to_json(),
            **({"left_out": [each.to_json() for each in self.left_out]} if self.left_out else {}),
        }
        return canonical.encode(value, limit=MAX_BYTES)


def parse(data: bytes) -> ProofFile:
    """The parts of a proof file.

    1. The bytes are canonical JSON of a version that we read: `TooLarge`, `TooDeep`, `NotCanonical`, `UnknownVersion`.
    2. Every part has its form: `BadMember`, `BadNote`, `BadCheckpoint`.
    3. Every list is in its order and names nothing twice; no member lies there that nothing signs: `Disordered`.
    """
    value = canonical.decode_object(data, limit=MAX_BYTES)  # 1
    if value.get("comity") != VERSION:
        raise UnknownVersion(what=_WHAT, version=str(value.get("comity"))[:20], known=VERSION)
    file = read(value)  # 2
    for name, order in _ORDERS.items():  # 3
        _in_order(name, [order(each) for each in getattr(file, name)])
    _in_order("leaves", [each.index for each in file.register.leaves])
    if file.ordered().to_bytes() != data:
        raise Disordered(what="members")
    return file


def read(value: Mapping[str, Any]) -> ProofFile:
    """The parts of a JSON object, in whatever order they are. Raises `BadMember`."""
    members = Members(_WHAT, value)
    return ProofFile(
        cards=members.each("cards", Signed.from_json, at_most=MAX_ENTRIES),
        revocations=members.each("revocations", Signed.from_json, at_most=MAX_ENTRIES),
        messages=members.each("messages", Message.from_json, at_most=MAX_ENTRIES),
        receipts=members.each("receipts", Signed.from_json, at_most=MAX_ENTRIES),
        checkpoints=members.texts("checkpoints", at_most=MAX_ENTRIES, length=notes.MAX_BYTES),
        consistency=members.each("consistency", Growth.from_json, at_most=MAX_ENTRIES),
        register=Extract.from_json(members.inside("register")),
        left_out=members.each("left_out", LeftOut.from_json, at_most=MAX_ENTRIES) if "left_out" in value else (),
    )


def is_proof(data: bytes) -> bool:
    """Whether the bytes claim to be a proof file, of any version."""
    return b'"comity":"proof/' in data


def _bare(message: Message) -> Message:
    """The message with each approval and endorsement once, in order, and without members that no signature covers."""
    approvals = {(each.officer, each.credential): replace(each, extra={}) for each in message.approvals}
    endorsements = {(each.digest, _sigs(each)): _tidy(each) for each in message.endorsements}
    return Message(
        signed=_tidy(message.signed),
        approvals=tuple(approvals[name] for name in sorted(approvals)),
        endorsements=tuple(endorsements[name] for name in sorted(endorsements)),
    )


def _tidy(signed: Signed) -> Signed:
    """The signed bytes with their signatures in the order of the key ids."""
    return replace(signed, signatures=tuple(sorted(signed.signatures, key=lambda each: each.keyid)))


def _sigs(signed: Signed) -> tuple[tuple[str, bytes], ...]:
    """What tells copies of the same bytes apart: one that somebody forged must not take the place of the true one."""
    return tuple(sorted((each.keyid, each.sig) for each in signed.signatures))


def _revocation_order(signed: Signed) -> tuple[Any, ...]:
    found = revocation.read(signed)
    return found.authority, found.since, signed.digest


def _checkpoint_order(text: str) -> tuple[Any, ...]:
    found = checkpoints.parse_text(notes.parse(text.encode()).text)
    return found.origin, found.size, found.root


def _growth_order(each: Growth) -> tuple[Any, ...]:
    return each.origin, each.start, each.end


def _left_order(each: LeftOut) -> tuple[Any, ...]:
    return each.message, each.by or ""


_ORDERS: Mapping[str, Callable[[Any], Any]] = {
    "revocations": _revocation_order,
    "messages": lambda each: each.digest,
    "receipts": lambda each: each.digest,
    "checkpoints": _checkpoint_order,
    "consistency": _growth_order,
    "left_out": _left_order,
}


def _in_order(what: str, keys: Sequence[Any]) -> None:
    if any(not one < other for one, other in pairwise(keys)):
        raise Disordered(what=what)


def _hashes(members: Members, member: str) -> tuple[bytes, ...]:
    def read_hash(value: object) -> bytes:
        return from_base64(value, members.what, member, size=HASH_BYTES)

    return members.each(member, read_hash, at_most=MAX_HASHES)
