# SPDX-License-Identifier: Apache-2.0
"""A parcel: what one envelope holds, from one node to another.

    {"keyid":"ed25519:…","payloadType":"application/vnd.comity.parcel+json","sig":"…"}⏎
    {"at":"…","card":"sha256:…","cards":[…],"checkpoint":null,"cosignatures":[],"from":"CN/mps","have":[],"id":"…",
     "messages":[…],"need":[],"pending":null,"receipts":[],"refusals":[],"reply_to":null,"seen":null,"to":"ES/policia-nacional","v":1}

A parcel is of its transmission only: it is signed once (Ed25519 of the sender's card), answered by another parcel, and
not kept. Everything in it that must last (messages, receipts, cards) carries signatures of its own. The signature is
DSSE's, over type and payload, but lies in a line before the payload: as a member of a DSSE object the payload would
have to be base64 once more.

Reading, in order:

1. `unpack`: a line with the signature, then a canonical parcel, every member in its one form. Nothing is believed yet,
   but the sender it claims tells where to look for the key;
2. `Packed.verify`: the claimed sender's key signed it, and it is for us.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from comity.protocol.wire import canonical, dsse
from comity.protocol.wire.dsse import PayloadType, Signature, Signed
from comity.protocol.wire.envelope import MAX_PARCEL_BYTES
from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.keys import SigningKeys, VerifyingKeys
from comity.protocol.wire.members import Members
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest, MessageId, format_time
from comity.protocol.wire.octets import from_base64, to_base64

VERSION = 1
MAX_MESSAGES = 1024
MAX_CARDS = 64
MAX_THREADS = 1024
MAX_DIGESTS = 4096
MAX_NOTE = 1 << 16
MAX_HASHES = 64
MAX_LINE_BYTES = 512

_LINE_MEMBERS = frozenset({"keyid", "payloadType", "sig"})
_MEMBERS = frozenset(
    {"v", "id", "from", "to", "at", "reply_to", "card", "cards", "messages", "receipts", "refusals"}
    | {"have", "need", "checkpoint", "cosignatures", "seen", "pending"}
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """That a message was not accepted: its digest, the code of the error, and its English text for people."""

    message: Digest
    code: str
    text: str

    def to_json(self) -> dict[str, Any]:
        """The JSON form."""
        return {"message": self.message, "code": self.code, "text": self.text}

    @classmethod
    def from_json(cls, value: object) -> Self:
        """What `to_json` wrote. Raises `BadMember`."""
        members = Members.of("refusal", value)
        return cls(members.digest("message"), members.text("code", at_most=64), members.text("text", at_most=1000))


@dataclass(frozen=True, slots=True)
class Digests:
    """Messages of one thread by digest: those the sender has, or those it needs."""

    thread: MessageId
    digests: tuple[Digest, ...]

    def to_json(self) -> dict[str, Any]:
        """The JSON form."""
        return {"thread": self.thread, "digests": list(self.digests)}

    @classmethod
    def from_json(cls, value: object) -> Self:
        """What `to_json` wrote. Raises `BadMember`."""
        members = Members.of("digests", value)
        return cls(members.id("thread"), members.digests("digests", at_most=MAX_DIGESTS))


@dataclass(frozen=True, slots=True)
class Progress:
    """The sender's newest checkpoint (a signed note), and the proof that it continues what the recipient saw."""

    note: str
    from_size: int
    hashes: tuple[bytes, ...]

    def to_json(self) -> dict[str, Any]:
        """The JSON form: `{note, consistency {from_size, hashes}}`."""
        proof = {"from_size": self.from_size, "hashes": [to_base64(each) for each in self.hashes]}
        return {"note": self.note, "consistency": proof}

    @classmethod
    def from_json(cls, value: object) -> Self:
        """What `to_json` wrote. Raises `BadMember`."""
        members = Members.of("checkpoint", value)
        proof = members.inside("consistency")
        return cls(
            note=members.text("note", at_most=MAX_NOTE),
            from_size=proof.integer("from_size"),
            hashes=proof.each("hashes", _hash, at_most=MAX_HASHES),
        )


@dataclass(frozen=True, slots=True)
class Parcel:
    """One transmission. `card` is the digest of the sender's current card; `seen` the size of the recipient's register
    that the sender has verified; `cosignatures` the sender's cosignature lines on the recipient's checkpoints;
    `pending` the sender's parcel before this one, when its answer is still on the way: what that answer shows of the
    recipient's register will have been verified before the answer to this one is read."""

    id: MessageId
    sender: AuthorityId
    to: AuthorityId
    at: datetime
    card: Digest
    reply_to: MessageId | None = None
    cards: tuple[Signed, ...] = ()
    messages: tuple[Message, ...] = ()
    receipts: tuple[Signed, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    have: tuple[Digests, ...] = ()
    need: tuple[Digests, ...] = ()
    checkpoint: Progress | None = None
    cosignatures: tuple[str, ...] = ()
    seen: int | None = None
    pending: MessageId | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """The canonical bytes. Raises `TooLarge` or `NotCanonical`."""
        value = {
            **{name: self.extra[name] for name in self.extra if name not in _MEMBERS},
            "v": VERSION,
            "id": self.id,
            "from": self.sender,
            "to": self.to,
            "at": format_time(self.at),
            "reply_to": self.reply_to,
            "card": self.card,
            "cards": [each.to_json() for each in self.cards],
            "messages": [each.to_json() for each in self.messages],
            "receipts": [each.to_json() for each in self.receipts],
            "refusals": [each.to_json() for each in self.refusals],
            "have": [each.to_json() for each in self.have],
            "need": [each.to_json() for each in self.need],
            "checkpoint": self.checkpoint.to_json() if self.checkpoint else None,
            "cosignatures": list(self.cosignatures),
            "seen": self.seen,
            "pending": self.pending,
        }
        return canonical.encode(value, limit=MAX_PARCEL_BYTES - MAX_LINE_BYTES - 1)


@dataclass(frozen=True, slots=True)
class Packed:
    """A parcel as it came out of its envelope: `claimed` is what it says, and nobody vouches for that yet."""

    signed: Signed
    claimed: Parcel

    def verify(self, keys: VerifyingKeys, me: AuthorityId) -> Parcel:
        """The parcel, once `keys` (of the claimed sender's card) signed it and it is for `me`.

        Raises `SignatureMissing`, `SignatureInvalid`, or `BadMember` for a parcel of ours sent on to somebody else.
        """
        dsse.verify_once(self.signed, keys, payload_type=PayloadType.PARCEL)
        if self.claimed.to != me:
            raise BadMember(what="parcel", member="to", why="is another authority than the envelope was sealed to")
        return self.claimed


def pack(parcel: Parcel, keys: SigningKeys) -> bytes:
    """The bytes to seal: the parcel signed once. Raises `TooLarge` or `NotCanonical`."""
    signed = dsse.sign_once(PayloadType.PARCEL, parcel.to_bytes(), keys)
    line = {"payloadType": PayloadType.PARCEL, **signed.signatures[0].to_json()}
    return canonical.encode(line, limit=MAX_LINE_BYTES) + b"\n" + signed.payload


def unpack(data: bytes) -> Packed:
    """What `pack` wrote, believed by nobody yet. Raises the `WireError`s of the text itself."""
    end = data.find(b"\n", 0, MAX_LINE_BYTES + 1)
    if end < 0:
        raise BadMember(what="parcel", member="sig", why=f"is not in a first line of at most {MAX_LINE_BYTES} bytes")
    line = Members("parcel", canonical.decode_object(data[:end], limit=MAX_LINE_BYTES))
    if line.value.get("payloadType") != PayloadType.PARCEL:
        line.bad("payloadType", f"is not {PayloadType.PARCEL}")
    if line.others(_LINE_MEMBERS):
        line.bad("sig", "has more beside it than keyid and payloadType")
    payload = data[end + 1 :]
    signed = Signed(PayloadType.PARCEL, payload, (Signature.from_json(line.value),))
    return Packed(signed, parse(payload))


def parse(data: bytes) -> Parcel:
    """The parcel that these bytes are; or `TooLarge`, `TooDeep`, `NotCanonical`, `BadMember`, `UnknownVersion`."""
    members = Members("parcel", canonical.decode_object(data, limit=MAX_PARCEL_BYTES))
    members.version(VERSION)
    return Parcel(
        id=members.id("id"),
        sender=members.authority("from"),
        to=members.authority("to"),
        at=members.time("at"),
        reply_to=members.maybe("reply_to", members.id),
        card=members.digest("card"),
        cards=members.each("cards", Signed.from_json, at_most=MAX_CARDS),
        messages=members.each("messages", Message.from_json, at_most=MAX_MESSAGES),
        receipts=members.each("receipts", Signed.from_json, at_most=MAX_MESSAGES),
        refusals=members.each("refusals", Refusal.from_json, at_most=MAX_MESSAGES),
        have=members.each("have", Digests.from_json, at_most=MAX_THREADS),
        need=members.each("need", Digests.from_json, at_most=MAX_THREADS),
        checkpoint=members.maybe("checkpoint", lambda name: Progress.from_json(members.value.get(name))),
        cosignatures=members.texts("cosignatures", at_most=MAX_MESSAGES, length=MAX_NOTE),
        seen=members.maybe("seen", members.integer),
        pending=members.maybe("pending", members.id),
        extra=members.others(_MEMBERS),
    )


def _hash(value: object) -> bytes:
    return from_base64(value, "checkpoint", "hashes", size=32)
