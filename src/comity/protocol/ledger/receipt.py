# SPDX-License-Identifier: Apache-2.0
"""Receipts: the recipient's signed word that messages came, with their places in its register and the proof.

    {"at":"…","checkpoint":"comity/ES/policia-nacional\\n…","entries":[{"entry":{"at":"…","by":"system","event":"received",…},
     "index":4,"message":"sha256:…","proof":["…"],"salt":"…"}],"from":"ES/policia-nacional","to":"CN/mps","v":1}

Signed as DSSE with both signatures. A receipt is whole in itself: with the recipient's card anybody can verify it,
offline and years later. It binds the recipient to its register: having given it, it can no longer show a register in
which the message never came.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, Self

from comity.protocol.ledger import checkpoint as checkpoints
from comity.protocol.ledger.checkpoint import SignedCheckpoint, origin_of
from comity.protocol.ledger.commitment import SALT_BYTES, commit
from comity.protocol.ledger.errors import BadReceipt, NotReceipted
from comity.protocol.ledger.note import VerifierKey
from comity.protocol.ledger.proofs import verify_inclusion
from comity.protocol.ledger.tree import HASH_BYTES, leaf_hash
from comity.protocol.wire import canonical, dsse
from comity.protocol.wire.dsse import PayloadType, Signed
from comity.protocol.wire.keys import SigningKeys, VerifyingKeys
from comity.protocol.wire.members import Members
from comity.protocol.wire.names import AuthorityId, Digest, format_time
from comity.protocol.wire.octets import from_base64, to_base64

VERSION = 1
MAX_BYTES = 1 << 20
MAX_ENTRIES = 256
MAX_PROOF = 64
EVENT = "received"
_MEMBERS = frozenset({"v", "from", "to", "at", "checkpoint", "entries"})


class Leaf(Protocol):
    """A leaf with its proof, as a register gives it; of an erased one, salt and entry are None."""

    @property
    def index(self) -> int: ...  # noqa: D102  told above
    @property
    def salt(self) -> bytes | None: ...  # noqa: D102
    @property
    def entry(self) -> bytes | None: ...  # noqa: D102
    @property
    def proof(self) -> Sequence[bytes]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Receipted:
    """One message's place in the recipient's register: the entry that tells of it, its salt, its leaf and the proof."""

    message: Digest
    entry: bytes
    salt: bytes
    index: int
    proof: tuple[bytes, ...]

    @classmethod
    def of_leaf(cls, message: Digest, leaf: Leaf) -> Self:
        """The message's leaf, as the register proves it. Raises `BadReceipt` when it was erased."""
        if leaf.entry is None or leaf.salt is None:
            raise BadReceipt(member="entry", why="was erased from the register")
        return cls(message, leaf.entry, leaf.salt, leaf.index, tuple(leaf.proof))

    def to_json(self) -> dict[str, Any]:
        """The entry of a receipt."""
        return {
            "message": self.message,
            "entry": canonical.decode(self.entry, limit=MAX_BYTES),
            "salt": to_base64(self.salt),
            "index": self.index,
            "proof": [to_base64(each) for each in self.proof],
        }


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a recipient signs. `checkpoint` is the note; members that this version does not know are kept in `extra`."""

    sender: AuthorityId
    to: AuthorityId
    at: datetime
    checkpoint: str
    entries: tuple[Receipted, ...]
    extra: dict[str, Any] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """The canonical bytes. Raises `TooLarge` or `NotCanonical`."""
        value = {
            **self.extra,
            "v": VERSION,
            "from": self.sender,
            "to": self.to,
            "at": format_time(self.at),
            "checkpoint": self.checkpoint,
            "entries": [each.to_json() for each in self.entries],
        }
        return canonical.encode(value, limit=MAX_BYTES)


@dataclass(frozen=True, slots=True)
class VerifiedReceipt:
    """A receipt that holds: who received which messages for whom, and the checkpoint under which they lie."""

    sender: AuthorityId
    to: AuthorityId
    at: datetime
    checkpoint: SignedCheckpoint
    receipted: tuple[Receipted, ...]

    @property
    def size(self) -> int:
        """The size of the recipient's register at the receipt's checkpoint."""
        return self.checkpoint.checkpoint.size


def parse(data: bytes) -> Receipt:
    """The receipt that these bytes are. Raises `TooLarge`, `TooDeep`, `NotCanonical`, `BadMember`, `UnknownVersion`."""
    members = Members.of("receipt", canonical.decode_object(data, limit=MAX_BYTES))
    members.version(VERSION)
    return Receipt(
        sender=members.authority("from"),
        to=members.authority("to"),
        at=members.time("at"),
        checkpoint=members.text("checkpoint", at_most=MAX_BYTES),
        entries=members.each("entries", _entry, at_most=MAX_ENTRIES),
        extra=members.others(_MEMBERS),
    )


def sign(receipt: Receipt, keys: SigningKeys) -> Signed:
    """The receipt with both signatures of its sender."""
    return dsse.sign(PayloadType.RECEIPT, receipt.to_bytes(), keys)


def verify_receipt(
    signed: Signed, keys: VerifyingKeys, register: VerifierKey, *, to: AuthorityId, messages: Collection[Digest] = ()
) -> VerifiedReceipt:
    """The receipt, held to prove that its sender received the messages in it.

    1. Both signatures of the sender hold.                  BadMember, SignatureMissing, SignatureInvalid
    2. The bytes are a receipt of this version.             NotCanonical, TooLarge, BadMember, UnknownVersion
    3. It is from the authority whose register key this is, and to `to`.                     BadReceipt
    4. Its checkpoint is signed by that register.           BadNote, NoteUnsigned, NoteForged, WrongOrigin …
    5. It names at least one message, and none twice.                                        BadReceipt
    6. Each entry says that this very message was received.                                  BadReceipt
    7. Each entry, under its salt, is the leaf at its index under the checkpoint.            BadProof
    8. Each of `messages` is among them.                                                     NotReceipted

    The caller must still hold that `keys` and `register` are of the sender's card as it was at the receipt's time
    (`trust`), that the checkpoint extends the last one seen of this register (`watch`), and that the digests are
    those of messages that it sent.
    """
    receipt = parse(dsse.verify(signed, keys, payload_type=PayloadType.RECEIPT))  # 1, 2
    if origin_of(receipt.sender) != register.name:  # 3
        raise BadReceipt(member="from", why="is not the authority whose register this is")
    if receipt.to != to:
        raise BadReceipt(member="to", why="is another authority")
    held = checkpoints.verify(receipt.checkpoint.encode(), register)  # 4
    named = {each.message for each in receipt.entries}  # 5
    if not named or len(named) < len(receipt.entries):
        raise BadReceipt(member="entries", why="names no message, or one twice")
    for each in receipt.entries:
        _hold(each, held)  # 6, 7
    for message in messages:  # 8
        if message not in named:
            raise NotReceipted(message=message)
    return VerifiedReceipt(receipt.sender, receipt.to, receipt.at, held, receipt.entries)


def _hold(each: Receipted, held: SignedCheckpoint) -> None:
    said = canonical.decode_object(each.entry, limit=MAX_BYTES)
    if said.get("event") != EVENT or said.get("message") != each.message:
        raise BadReceipt(member="entry", why="does not say that this message was received")
    leaf = leaf_hash(commit(each.salt, each.entry))
    verify_inclusion(leaf, each.index, held.checkpoint.size, held.checkpoint.root, each.proof)


def _entry(value: object) -> Receipted:
    members = Members.of("receipt entry", value)
    return Receipted(
        message=members.digest("message"),
        entry=canonical.encode(members.inside("entry").value, limit=MAX_BYTES),
        salt=members.base64("salt", size=SALT_BYTES),
        index=members.integer("index"),
        proof=members.each("proof", _hash, at_most=MAX_PROOF),
    )


def _hash(value: object) -> bytes:
    return from_base64(value, "receipt entry", "proof", size=HASH_BYTES)
