# SPDX-License-Identifier: Apache-2.0
"""Reading whatever somebody was handed: a proof file, or one of the things that go into it. Each says only what it can.

    proof file      everything (`verifier.verify`)
    card            that the holder of its keys wrote it; whose it is, people must compare
    others          a revocation, receipt, message or checkpoint: that it holds by the cards beside it; else only words
    envelope        to whom it is sealed; the rest only the recipient can read

`proven` is true only where a signature was held. Where the reader named no cards, that is said (`trusting`).
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from comity.protocol.errors import ComityError
from comity.protocol.ledger import checkpoint as checkpoints
from comity.protocol.ledger import note as notes
from comity.protocol.ledger.checkpoint import Checkpoint
from comity.protocol.proof import files, judging, lines, registers, trusting, verifier
from comity.protocol.proof.errors import NotEvidence
from comity.protocol.proof.lines import Lines
from comity.protocol.proof.report import Report
from comity.protocol.proof.steps import Walk
from comity.protocol.proof.telling import Letter, entered_json, statement_json
from comity.protocol.wire import card as cards
from comity.protocol.wire import dsse, envelope, revocation
from comity.protocol.wire.dsse import PayloadType, Signed
from comity.protocol.wire.envelope import Header
from comity.protocol.wire.errors import KeyUnknown
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest, digest_of, format_time
from comity.protocol.wire.statement import Statement

_Trusted = Collection[Digest] | None
_READ = frozenset({PayloadType.CARD, PayloadType.REVOCATION, PayloadType.RECEIPT})


def examine(data: bytes, known: Lines | None = None, trusted: _Trusted = None) -> Report:
    """The report of these bytes; `known` are cards that the reader has beside them. Raises `StepFailed`."""
    if files.is_proof(data):
        return verifier.verify(data, trusted)
    walk, beside = Walk(digest_of(data)), known or Lines({})
    with walk.step("The file is one that we know"):
        value = _json(data)
        told = _bare(data) if value is None else _told(value)
    if isinstance(told, Header):
        return _envelope(walk, told, len(data))
    if isinstance(told, Checkpoint):
        return _checkpoint(walk, data, told, beside, trusted)
    if isinstance(told, Message):
        return _message(walk, told, beside, trusted)
    if told.payload_type == PayloadType.CARD:
        return _card(walk, told, trusted)
    read = _revocation if told.payload_type == PayloadType.REVOCATION else _receipt
    return read(walk, told, beside, trusted)


def _told(value: Mapping[str, Any]) -> Signed | Message:
    """What the JSON object is. Raises `NotEvidence`, `BadMember`, `TooLarge`."""
    if "signed" in value:
        return Message.from_json(value)
    if "payloadType" not in value:
        raise NotEvidence
    signed = Signed.from_json(value)
    if signed.payload_type == PayloadType.STATEMENT:
        return Message(signed)
    if signed.payload_type not in _READ:
        raise NotEvidence
    return signed


def cards_in(contents: Iterable[bytes]) -> Lines:
    """The lines of the cards among these files, for the other files to be held against."""
    found = []
    for data in contents:
        value = None if files.is_proof(data) else _json(data)
        if value is not None and value.get("payloadType") == PayloadType.CARD:
            try:
                found.append(Signed.from_json(value))
            except ComityError:
                continue
    return lines.known_to(found)


def _json(data: bytes) -> dict[str, Any] | None:
    """The JSON object, white space and all, for people pass these on by hand; None for anything else."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _card(walk: Walk, signed: Signed, trusted: _Trusted) -> Report:
    with walk.step("The card is signed with both of its own keys") as here:
        here.at = f"the card {signed.digest}"
        card = cards.verify(signed)
        valid = f"valid from {format_time(card.start)} until {format_time(card.until)}"
        here.say(f"It says that it is card {card.serial} of {card.authority}, {valid}.")
    known = lines.known_to([signed])
    trusting.hold(walk, known, trusted, [card.authority])
    still = list(_compare(known, card.authority))
    if card.sample:
        still.append("This is sample data: the card says so.")
    facts = {"authority": card.authority, "serial": card.serial, "card": signed.digest, "sample": card.sample}
    return Report("card", walk.file, tuple(walk.steps), facts, still=tuple(still))


def _revocation(walk: Walk, signed: Signed, beside: Lines, trusted: _Trusted) -> Report:
    with walk.step("The revocation can be read") as here:
        told = revocation.read(signed)
        here.say(
            f"It says that {told.authority} revokes {', '.join(told.keyids)} "
            f"from {format_time(told.since)} on: {told.reason}."
        )
    facts = {"authority": told.authority, "keyids": list(told.keyids), "reason": str(told.reason)}
    if told.authority not in beside.by_authority:
        return _said_only("revocation", walk, facts, told.authority)
    with walk.step("It is signed by a card of the authority") as here:
        here.at = f"the revocation {signed.digest}"
        signer = beside(told.authority).naming([each.keyid for each in signed.signatures])
        dsse.verify(signed, signer.card.keys.signing, payload_type=PayloadType.REVOCATION)
    trusting.hold(walk, beside, trusted, [told.authority])
    return Report("revocation", walk.file, tuple(walk.steps), facts, still=_compare(beside, told.authority))


def _receipt(walk: Walk, signed: Signed, beside: Lines, trusted: _Trusted) -> Report:
    with walk.step("The receipt can be read") as here:
        told = judging.claimed(signed)
        here.say(
            f"It says that {told.sender} received {len(told.entries)} messages from {told.to}, "
            f"by {format_time(told.at)}."
        )
    facts = {"from": told.sender, "to": told.to, "messages": [each.message for each in told.entries]}
    if told.sender not in beside.by_authority:
        return _said_only("receipt", walk, facts, told.sender)
    with walk.step("The receipt is signed and its places are proven") as here:
        held, card = judging.hold_receipt(signed, beside, here)
        here.say(f"They lie in its register of {held.size} leaves (card {card.serial}).")
    trusting.hold(walk, beside, trusted, [told.sender])
    return Report("receipt", walk.file, tuple(walk.steps), facts, still=_compare(beside, told.sender))


def _message(walk: Walk, message: Message, beside: Lines, trusted: _Trusted) -> Report:
    with walk.step("The message can be read") as here:
        here.at = f"the message {message.digest}"
        said = message.statement
        here.say(_claimed(said))
    facts = {
        "digest": message.digest,
        "thread": said.thread,
        "kind": said.kind,
        "from": said.sender,
        "to": list(said.to),
        "sent": format_time(said.sent),
        **entered_json(said),
        **statement_json(message),
    }
    if said.signer not in beside.by_authority:
        claimed = Letter(message.digest, said, {**facts, "approvals": []})
        return replace(_said_only("message", walk, facts, said.signer), messages=(claimed,))
    title = "The message is its author's, and approved as its kind asks"
    if said.entered:
        title = "It was entered by who says so, and approved by an officer who compared it with the letter"
    with walk.step(title) as here:
        held = judging.read_messages([message], beside, {}, said.sender, here)[0]
    trusting.hold(walk, beside, trusted, [said.signer, *held.endorsed])
    officers = [{"officer": each.officer, "role": each.role, "soft": each.soft} for each in held.approvals]
    when = "When it was written is its author's word: only receipts say more."
    if said.entered:
        when = f"What {said.sender} wrote only the letter says: ask for it, and compare its digest."
    still = (*_compare(beside, said.signer), when)
    facts["approvals"] = officers
    letter = Letter(message.digest, said, facts)
    return Report("message", walk.file, tuple(walk.steps), facts, still=still, messages=(letter,))


def _claimed(said: Statement) -> str:
    to, when = ", ".join(said.to), format_time(said.sent)
    if said.entered:
        return f"It says that {said.signer} read a {said.kind} in a letter of {said.sender}, entered on {when}."
    return f"It says that {said.sender} sends a {said.kind} to {to} on {when}."


def _bare(data: bytes) -> Checkpoint | Header:
    """A checkpoint or an envelope: neither is JSON. Raises `NotEvidence`."""
    try:
        return checkpoints.parse_text(notes.parse(data).text)
    except ComityError:
        pass
    try:
        return envelope.read_header(data)
    except ComityError:
        raise NotEvidence from None


def _checkpoint(walk: Walk, data: bytes, told: Checkpoint, beside: Lines, trusted: _Trusted) -> Report:
    signed = [each.name for each in notes.parse(data).lines]
    facts: dict[str, Any] = {"origin": told.origin, "size": told.size, "signed_by": signed}
    with walk.step("The checkpoint is of a register") as here:
        here.at = f"the checkpoint of {told.origin} at size {told.size}"
        who = registers.authority_of(told.origin)
    if who not in beside.by_authority:
        return _said_only("checkpoint", walk, facts, who)
    with walk.step("It is signed by a card of the authority") as here:
        held = registers.held_checkpoint(data, beside)
        here.say(f"{held.authority} signed its register at size {held.size}.")
        facts["cosigned"] = registers.cosigned_json(held)
        others = sum(each != told.origin for each in signed)
        here.say(f"{len(facts['cosigned'])} of {others} cosignatures hold by the cards beside it.")
    trusting.hold(walk, beside, trusted, [who, *(each["by"] for each in facts["cosigned"])])
    return Report("checkpoint", walk.file, tuple(walk.steps), facts, still=_compare(beside, who))


def _envelope(walk: Walk, header: Header, size: int) -> Report:
    facts = {"recipient": header.recipient, "key": header.key, "bytes": size}
    summary = (
        f"Sealed to {header.recipient}, key {header.key}: only that node can open it, and nobody signed the outside.",
    )
    return Report("sealed envelope", walk.file, tuple(walk.steps), facts, summary, proven=False)


def _said_only(what: str, walk: Walk, facts: Mapping[str, Any], authority: AuthorityId) -> Report:
    error = KeyUnknown(authority=authority, key="it is signed with")
    still = (f"Give the card of {authority} beside it: comity verify FILE card.json",)
    return Report(what, walk.file, tuple(walk.steps), facts, (str(error),), still, proven=False)


def _compare(beside: Lines, authority: AuthorityId) -> tuple[str, ...]:
    return (f"{trusting.question(beside(authority).latest)}; and whether it revoked any of its keys since.",)
