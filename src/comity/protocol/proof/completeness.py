# SPDX-License-Identifier: Apache-2.0
"""Whether the parts of a proof file call for one another: what was taken out, or put in, shows.

Every message has its leaf in the exporting node's register: `received`, `entered` from a letter, or `sent` for each
authority that it went to from there. Every receipt that the node got has its `receipted` leaf, and each such leaf its
receipt. Every line of cards is that of somebody who wrote, receives or relays a message.

What the exporting node left out by name has its leaf all the same, and is called missing instead.

What was never in the file cannot be missed: a message that nobody else in it names, left out with all its leaves.
"""

from collections.abc import Collection, Iterable, Sequence

from comity.protocol.proof.errors import Incomplete, Unconnected
from comity.protocol.proof.files import LeftOut
from comity.protocol.proof.judging import JudgedReceipt
from comity.protocol.proof.lines import Lines
from comity.protocol.proof.message import VerifiedMessage
from comity.protocol.proof.registers import Told
from comity.protocol.proof.steps import Here
from comity.protocol.wire.names import AuthorityId, Digest
from comity.protocol.wire.statement import Statement

EVENTS = ("received", "entered", "sent", "relayed", "receipted")
"""The events of the exporting node's register that a proof opens."""


def hold(
    exporter: AuthorityId,
    messages: Sequence[VerifiedMessage],
    leaves: Sequence[Told],
    receipts: Sequence[JudgedReceipt],
    known: Lines,
    here: Here,
    left_out: Sequence[LeftOut] = (),
) -> None:
    """Hold that nothing is missing and nothing too much. Raises `Incomplete` or `Unconnected`."""
    said = {each.message.digest: each.statement for each in messages}
    gone = {each.message for each in left_out if each.by is None}
    _hold_left_out(left_out, said, leaves, receipts, here)
    for each in leaves:
        here.at = f"leaf {each.index} of {exporter}"
        _hold_leaf(each, said.keys() | gone)
    for digest, statement in said.items():
        here.at = f"the {statement.kind} of {statement.sender}, {digest}"
        _hold_message(exporter, digest, statement, leaves)
    excused = {(each.message, each.by) for each in left_out}
    _hold_receipts(exporter, [each for each in leaves if each.message not in gone], receipts, excused, here)
    parts = {who for statement in said.values() for who in parties(statement)}
    for authority in known.by_authority:
        here.at = f"the cards of {authority}"
        if authority not in parts | {exporter}:
            raise Unconnected(what="The line of cards of", name=authority)
    for one in left_out:
        here.say(f"MISSING: {left_out_text(one, exporter)}")
    here.say(f"All {len(said)} messages are in the register of {exporter}, and every leaf is of one of them.")


def parties(statement: Statement) -> tuple[AuthorityId, ...]:
    """Who has a part in a message: its author, its recipients, its relays."""
    return (statement.sender, *statement.to, *statement.via)


def left_out_text(one: LeftOut, exporter: AuthorityId) -> str:
    """For people."""
    what = f"the receipt of {one.by} for {one.message}" if one.by else f"the message {one.message}"
    return f"{what}, which {exporter} left out, for it does not hold ({one.code})."


def _hold_left_out(
    left_out: Iterable[LeftOut],
    said: dict[Digest, Statement],
    leaves: Sequence[Told],
    receipts: Iterable[JudgedReceipt],
    here: Here,
) -> None:
    """Whatever is called missing has a leaf that calls for it, and is not here. Raises `Unconnected`."""
    given = {(digest, each.receipt.sender) for each in receipts for digest in each.places}
    came = {(each.message, each.sender) for each in leaves if each.event == "receipted"} - given
    named = {each.message for each in leaves} - said.keys()
    for each in left_out:
        here.at = "what was left out"
        if (each.message, each.by) not in came if each.by else each.message not in named:
            raise Unconnected(what="The gap", name=each.message)


def _hold_leaf(leaf: Told, said: Collection[Digest]) -> None:
    if leaf.event not in EVENTS:
        raise Unconnected(what="The leaf", name=str(leaf.index))
    if leaf.message not in said:
        raise Incomplete(what="Message", name=leaf.message, why="a leaf names it")


def _hold_message(exporter: AuthorityId, digest: Digest, said: Statement, leaves: Iterable[Told]) -> None:
    of_it = [each for each in leaves if each.message == digest]
    if said.sender != exporter:
        came = "entered" if said.entered else "received"
        if not any(each.event == came for each in of_it):
            raise Incomplete(what="The leaf of", name=digest, why=f"the exporting node {came} it")
        return
    gone = {each.to for each in of_it if each.event == "sent"}
    for hop in said.via[:1] or said.to:
        if hop not in gone:
            raise Incomplete(what="The leaf of", name=digest, why=f"the exporting node sent it to {hop}")


def _hold_receipts(
    exporter: AuthorityId,
    leaves: Iterable[Told],
    receipts: Iterable[JudgedReceipt],
    excused: Collection[tuple[Digest, AuthorityId | None]],
    here: Here,
) -> None:
    noted = {(each.message, each.sender) for each in leaves if each.event == "receipted"}
    given = {
        (digest, each.receipt.sender) for each in receipts if each.receipt.to == exporter for digest in each.places
    }
    for digest, by in sorted(noted - given - set(excused), key=str):
        here.at = f"the message {digest}"
        raise Incomplete(what="The receipt of", name=str(by), why=f"a leaf says that it came, for {digest}")
    for digest, by in sorted(given - noted, key=str):
        here.at = f"the receipt of {by}"
        raise Incomplete(what="The leaf of the receipt for", name=digest, why=f"{by} gave it to the exporting node")
