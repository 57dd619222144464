# SPDX-License-Identifier: Apache-2.0
"""Talking to the node under test as one authority: parcels out, answers opened and verified as any peer would."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from comity.interfaces.conformance.errors import CheckFailed
from comity.interfaces.conformance.identity import OFFICER, ORIGIN, RP_ID, Identity
from comity.interfaces.conformance.line import Answer, Ask, post
from comity.protocol.ledger import checkpoint, receipt, watch
from comity.protocol.ledger.checkpoint import register_key
from comity.protocol.ledger.receipt import VerifiedReceipt
from comity.protocol.terms import kinds
from comity.protocol.terms.definitions import MoveKind, RequestKind
from comity.protocol.wire import dsse, statement
from comity.protocol.wire.card import Card
from comity.protocol.wire.envelope import MEDIA_TYPE, open_envelope, seal
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest, new_id
from comity.protocol.wire.parcel import Parcel, Progress, pack, unpack
from comity.protocol.wire.statement import Statement


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that was opened and verified: the parcel, and its receipts by message."""

    parcel: Parcel
    receipts: dict[Digest, VerifiedReceipt]

    @property
    def refusals(self) -> dict[Digest, str]:
        """The codes of refused messages."""
        return {each.message: each.code for each in self.parcel.refusals}

    def place(self, message: Message) -> int:
        """The leaf of a receipted message. Raises `CheckFailed`."""
        found = self.receipts.get(message.digest)
        if found is None:
            why = self.refusals.get(message.digest, "no refusal either")
            raise CheckFailed(why=f"there is no receipt for {message.digest}: {why}")
        return next(each.index for each in found.receipted if each.message == message.digest)


@dataclass(slots=True)
class Talk:
    """The line, who we are, whom we ask, and our clock and chance."""

    ask: Ask
    me: Identity
    node: Card
    clock: Callable[[], datetime]
    random: Callable[[int], bytes]

    def now(self) -> datetime:
        """The instant, cut to milliseconds."""
        found = self.clock()
        return found.replace(microsecond=found.microsecond // 1000 * 1000)

    def parcel(self, *messages: Message, **changes: Any) -> Parcel:
        """A parcel to the node, without a checkpoint unless one is given."""
        now = self.now()
        made = Parcel(
            id=new_id(now, self.random(10)),
            sender=self.me.authority,
            to=self.node.authority,
            at=now,
            card=self.me.signed.digest,
            messages=messages,
            seen=self.me.seen.size if self.me.seen else None,
        )
        return replace(made, **changes)

    def sealed(self, parcel: Parcel) -> bytes:
        """The parcel, signed and sealed to the node."""
        return seal(pack(parcel, self.me.signing), self.node.authority, self.node.keys.sealing)

    def post(self, envelope: bytes) -> Answer:
        """Post an envelope, whatever it is."""
        return post(self.ask, envelope)

    def send(self, parcel: Parcel) -> Answer:
        """Post a parcel."""
        return self.post(self.sealed(parcel))

    def exchange(self, parcel: Parcel, envelope: bytes | None = None) -> Reply:
        """Post a parcel and open the answer. Raises `CheckFailed`, or the protocol's own error about the answer."""
        return self.opened(parcel, self.post(envelope or self.sealed(parcel)))

    def say(self, *messages: Message, **changes: Any) -> Reply:
        """Send messages and open the answer."""
        return self.exchange(self.parcel(*messages, **changes))

    def opened(self, parcel: Parcel, answer: Answer) -> Reply:
        """The answer to a parcel: sealed to us, signed by the node, of this parcel, showing its register grow."""
        if answer.status != 200 or answer.media_type != MEDIA_TYPE:
            raise CheckFailed(why=f"answered {answer.status} {answer.media_type} {answer.code}".rstrip())
        data = open_envelope(answer.body, {self.me.opening.keyid: self.me.opening}, self.me.authority)
        found = unpack(data).verify(self.node.keys.signing, self.me.authority)
        if found.sender != self.node.authority or found.reply_to != parcel.id:
            raise CheckFailed(why="the answer is another authority's, or of another parcel")
        self._watch(found)
        return Reply(found, self._receipts(found))

    def _watch(self, found: Parcel) -> None:
        """Each answer shows a checkpoint that extends the one before."""
        if found.checkpoint is None:
            raise CheckFailed(why="the answer shows no checkpoint")
        key = register_key(self.node.authority, self.node.keys.register)
        shown = checkpoint.verify(found.checkpoint.note.encode(), key).checkpoint
        seen = self.me.seen
        if seen is not None and found.checkpoint.from_size != seen.size and shown.size != seen.size:
            raise CheckFailed(why=f"the proof starts at {found.checkpoint.from_size}, not at {seen.size} as asked")
        grown = found.checkpoint.hashes if seen is None or shown.size != seen.size else ()
        self.me.seen = watch.advance(seen, shown, grown)
        self.me.save()

    def _receipts(self, found: Parcel) -> dict[Digest, VerifiedReceipt]:
        key = register_key(self.node.authority, self.node.keys.register)
        held = [
            receipt.verify_receipt(each, self.node.keys.signing, key, to=self.me.authority) for each in found.receipts
        ]
        return {one.message: each for each in held for one in each.receipted}

    def statement(self, kind: str = "legal-advice", after: Sequence[Message] = (), **changes: Any) -> Statement:
        """A request to the node, or a move in its thread, with the kind's own example as its body."""
        now = self.now()
        id = new_id(now, self.random(10))
        known: dict[str, RequestKind | MoveKind] = {**kinds.request_kinds(), **kinds.move_kinds()}
        made = Statement(
            id=id,
            thread=after[0].statement.thread if after else id,
            kind=kind,
            sender=self.me.authority,
            to=(self.node.authority,),
            sent=now,
            after=tuple(each.digest for each in after),
            handling={},
            body=dict(known[kind].example) if kind in known else {},
        )
        return replace(made, **changes)

    def message(self, said: Statement | None = None, *, approved: Statement | None = None) -> Message:
        """A statement signed with both keys, and with our officer's approval of `approved`."""
        data = (said or self.statement()).to_bytes()
        given = () if approved is None else (self.me.officer.approve(approved.to_bytes(), OFFICER, RP_ID, ORIGIN),)
        return Message(dsse.sign(statement.PAYLOAD_TYPE, data, self.me.signing), given)

    def progress(self, start: int, size: int, story: str = "") -> Progress:
        """Our register's checkpoint at a size, proven from another."""
        note = self.me.checkpoint(size, story).note.to_bytes().decode()
        return Progress(note, start, self.me.growth(start, size))

    def stranger(self) -> AuthorityId:
        """An authority that nobody knows."""
        return AuthorityId(f"ZZ/nobody-{self.random(4).hex()}")
