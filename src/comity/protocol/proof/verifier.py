# SPDX-License-Identifier: Apache-2.0
"""Whether a proof file holds: offline, with nothing but the file and what the reader trusts.

 1. The file is canonical JSON of a version that we read, each part in its form, its order and once.
 2. Cards: each is signed with both of its own keys, and those that follow one another with the keys before. Revocations
    are signed by a card of their authority.
 3. Trust: where the reader says which cards are trusted, each line holds one; else the step is told as not checked,
    with what to compare (`trusting`).
 4. Checkpoints: each is signed by its register and each cosignature by its witness; no two contradict one another; each
    growth between two of them is proven.
 5. Leaves: each leaf of the exporting node opens, tells of this thread, and lies under its checkpoint.
 6. Receipts: each is signed by its giver and proves the places of the messages in the giver's register.
 7. Messages: each is signed with both keys of its author's card of the time, approved by as many officers as its kind
    asks, and endorsed by its relays (`message.verify_message`); all are of one thread.
 8. Nothing is missing and nothing too much: every message has its leaves in the exporting node's register, every
    receipt to that node its leaf, every authority its part.
 9. The state of the thread is folded anew from the messages.

Whether a key was revoked since is another question than who signed: it ends no step. What is signed with such a key is
told by name, with what shows that it is older or that nothing does (`losses`); the verdict says so (`Report.verdict`).

What no file can do is told to the reader at the end (`Report.still`).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from comity.protocol.proof import accounting, completeness, files, judging, lines, losses, registers, trusting
from comity.protocol.proof.errors import Incomplete
from comity.protocol.proof.files import LeftOut
from comity.protocol.proof.judging import JudgedReceipt
from comity.protocol.proof.lines import Lines
from comity.protocol.proof.losses import Evidence, Loss
from comity.protocol.proof.message import VerifiedMessage
from comity.protocol.proof.registers import Registers, Told
from comity.protocol.proof.report import Report, Verdict
from comity.protocol.proof.steps import Here, Walk
from comity.protocol.proof.telling import Letter
from comity.protocol.thread.errors import NotOneThread
from comity.protocol.thread.fold import fold
from comity.protocol.thread.state import ThreadState
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest, MessageId, digest_of


def verify(data: bytes, trusted: Collection[Digest] | None = None) -> Report:
    """The report of a proof file that holds. `trusted` are digests of cards. Raises `StepFailed`."""
    walk = Walk(digest_of(data))
    with walk.step("The file is whole and in its one form"):
        file = files.parse(data)
    with walk.step("The cards and revocations hold") as here:
        known = lines.read_revocations(lines.read_cards(file.cards, here), file.revocations, here)
    trusting.hold(walk, known, trusted)
    with walk.step("The checkpoints hold and none contradicts another") as here:
        seen = registers.read_checkpoints(file.checkpoints, known, here)
        registers.read_growth(file.consistency, seen, here)
    with walk.step("The leaves of the exporting node lie in its register") as here:
        thread = _one_thread(file.messages, here)
        leaves, noted = registers.open_leaves(file.register, thread, seen, known, here)
        exporter = registers.authority_of(file.register.origin)
        evidence = Evidence(exporter, known, seen, leaves, noted)
        lost = evidence.of_leaves(seen.seen[file.register.origin, file.register.size])
    with walk.step("The receipts hold") as here:
        gone = {each.message for each in file.left_out if each.by is None}
        receipts = judging.read_receipts(file.receipts, file.messages, known, seen, here, gone)
        lost += [*evidence.of_receipts(receipts), *evidence.of_checkpoints(_receipted(receipts))]
    with walk.step(_whose(file.messages)) as here:
        arrived = judging.arrivals(receipts, leaves)
        messages = judging.read_messages(file.messages, known, arrived, exporter, here)
        lost += evidence.of_messages(messages, arrived, receipts)
    with walk.step("Nothing is missing and nothing is too much") as here:
        registers.hold_joined(file.register, seen, _receipted(receipts), here)
        completeness.hold(exporter, messages, leaves, receipts, known, here, file.left_out)
    with walk.step("The thread stands as its messages say") as here:
        state = _fold(messages, here)
    gaps = {"left_out": [each.to_json() for each in file.left_out]}
    facts = gaps | _facts(exporter, known, trusted, seen, leaves, receipts, messages, state, lost)
    told = [*accounting.missing(file.left_out, exporter), *accounting.revoked(lost, exporter)]
    still = (*accounting.still(known, trusted, messages), *losses.still(lost))
    return Report(
        "proof of a thread",
        walk.file,
        tuple(walk.steps),
        facts,
        tuple(told[:-1]),
        still,
        keys=_verdict(lost, file.left_out),
        messages=_letters(facts, messages),
    )


def _letters(facts: Mapping[str, Any], messages: Sequence[VerifiedMessage]) -> tuple[Letter, ...]:
    said = {each.message.digest: each.statement for each in messages}
    return tuple(Letter(each["digest"], said[each["digest"]], each) for each in facts["messages"])


def _verdict(lost: Sequence[Loss], left_out: Sequence[LeftOut]) -> Verdict:
    if left_out or any(each.shown is None for each in lost):
        return Verdict.INDETERMINATE
    return Verdict.DISPUTED if lost else Verdict.HOLDS


def _whose(messages: Iterable[Message]) -> str:
    if any(each.statement.entered for each in messages):
        return "The messages are their authors', or of those who entered them from letters"
    return "The messages are their authors'"


def _one_thread(messages: tuple[Message, ...], here: Here) -> MessageId:
    """The thread that all the messages are of. Raises `NotOneThread`, `Incomplete`."""
    threads = set()
    for each in messages:
        here.at = f"the message {each.digest}"
        threads.add(each.statement.thread)
    here.at = "the messages"
    if not threads:
        raise Incomplete(what="Message", name="", why="a proof is of one thread at least")
    if len(threads) != 1:
        raise NotOneThread(count=len(threads))
    return threads.pop()


def _receipted(receipts: list[JudgedReceipt]) -> set[tuple[str, int]]:
    return {(each.receipt.checkpoint.checkpoint.origin, each.receipt.size) for each in receipts}


def _fold(messages: list[VerifiedMessage], here: Here) -> ThreadState:
    here.at = "the thread"
    state = fold((each.message.digest, each.statement) for each in messages)
    for line in accounting.standing(state):
        here.say(line)
    return state


def _facts(
    exporter: AuthorityId,
    known: Lines,
    trusted: Collection[Digest] | None,
    seen: Registers,
    leaves: list[Told],
    receipts: list[JudgedReceipt],
    messages: list[VerifiedMessage],
    state: ThreadState,
    lost: list[Loss],
) -> dict[str, Any]:
    return {
        "exported_by": exporter,
        "sample": known.sample,
        "authorities": lines.as_json(known, trusted),
        "thread": accounting.thread_json(state),
        "messages": accounting.messages_json(state, messages, seen, leaves, receipts, lost),
        "registers": [each.as_json() for _, each in sorted(seen.seen.items())],
        "revoked": [each.as_json() for each in lost],
    }
