# SPDX-License-Identifier: Apache-2.0
"""Telling what a proof file proves: the thread's state, each message with its receipts, what is left to the reader."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from comity.protocol.proof import completeness, lines, trusting
from comity.protocol.proof.files import LeftOut
from comity.protocol.proof.judging import JudgedReceipt
from comity.protocol.proof.lines import Lines
from comity.protocol.proof.losses import Loss
from comity.protocol.proof.message import VerifiedMessage
from comity.protocol.proof.registers import Registers, Told, cosigned_json
from comity.protocol.proof.telling import entered_json, statement_json
from comity.protocol.thread.moves import whose_move
from comity.protocol.thread.state import ThreadState
from comity.protocol.thread.titles import CONDITIONS
from comity.protocol.wire.names import AuthorityId, Digest, format_time


def thread_json(state: ThreadState) -> dict[str, Any]:
    """The state of a thread for scripts: the fold's own account, whose move it is, and the digest to compare."""
    told = state.as_json()
    return {
        **{name: told[name] for name in ("thread", "condition", "kind", "graph", "requester", "lanes")},
        **{name: told[name] for name in ("missing", "heads", "recalls")},
        **({"read_by": told["read_by"]} if "read_by" in told else {}),
        "whose_move": sorted(whose_move(state)),
        "state_digest": state.digest(),
    }


def standing(state: ThreadState) -> list[str]:
    """Where the thread stands, for people."""
    if state.graph is None:
        return [f"{CONDITIONS[state.condition]}; nothing can be judged without it."]
    told = [f"A {state.kind} by {state.requester}."]
    for who, lane in state.lanes.items():
        title = state.graph.state(lane.state).title
        torn = f"; {len(lane.conflict.moves)} moves contradict one another" if lane.conflict else ""
        told.append(f"{who}: {title}, since {format_time(lane.since)}{torn}.")
    for who, reader in sorted(state.read_by.items()):
        told.append(f"What {who} says here stands on letters as {reader} read them; {who} signed nothing here.")
    waited = ", ".join(sorted(whose_move(state)))
    told.append(f"The next move is for {waited}." if waited else "Nobody has a move to make.")
    if state.missing:
        told.append(f"{len(state.missing)} earlier messages are named and not here: {', '.join(state.missing)}.")
    for recall in state.recalls.values():
        holding = ", ".join(recall.still_holding) or "nobody"
        told.append(f"{recall.author} recalled {len(recall.of)} of its messages; {holding} still holds them.")
    return [*told, f"The digest of this state is {state.digest()}."]


def messages_json(
    state: ThreadState,
    messages: Sequence[VerifiedMessage],
    seen: Registers,
    leaves: Sequence[Told],
    receipts: Sequence[JudgedReceipt],
    lost: Sequence[Loss],
) -> list[dict[str, Any]]:
    """Every message in the fold's order: who wrote it, who stood behind it, who received it when, and whether the keys
    that signed it are good."""
    by_digest = {each.message.digest: each for each in messages}
    order = [*(each for each in state.order if each in by_digest), *sorted(by_digest.keys() - set(state.order))]
    return [
        {
            **_message_json(by_digest[digest]),
            "outcome": state.outcomes[digest].value,
            "key": _key(each for each in lost if each.message == digest),
            "receipts": [_receipt_json(each, digest, seen) for each in receipts if digest in each.places],
            "leaves": [_leaf_json(each, seen) for each in leaves if each.message == digest],
        }
        for digest in order
    ]


def _message_json(held: VerifiedMessage) -> dict[str, Any]:
    said = held.statement
    return {
        "digest": held.message.digest,
        "id": said.id,
        "kind": said.kind,
        "from": said.sender,
        "to": list(said.to),
        "sent": format_time(said.sent),
        **entered_json(said),
        "after": list(said.after),
        "card": {"serial": held.card.serial, "digest": held.card.digest},
        "approvals": [{"officer": each.officer, "role": each.role, "soft": each.soft} for each in held.approvals],
        "endorsed_by": list(held.endorsed),
        "endorsements_elsewhere": [each for each in said.via if each not in held.endorsed],
        **statement_json(held.message),
    }


def _key(lost: Iterable[Loss]) -> str:
    """`in-doubt` if one of these is, `revoked-later` if there is any, or `good`."""
    return min((str(each.as_json()["key"]) for each in lost), default="good")


def _receipt_json(judged: JudgedReceipt, digest: Digest, seen: Registers) -> dict[str, Any]:
    place = judged.places[digest]
    return {
        "by": place.by,
        "to": judged.receipt.to,
        "received": format_time(place.at),
        "given": format_time(judged.receipt.at),
        "index": place.index,
        "size": place.size,
        "cosigned": cosigned_json(seen.seen.get((place.origin, place.size))),
    }


def _leaf_json(leaf: Told, seen: Registers) -> dict[str, Any]:
    covering = seen.covering(leaf.origin, leaf.index)
    return {"event": leaf.event, "index": leaf.index, "at": format_time(leaf.at), "cosigned": cosigned_json(covering)}


def missing(left_out: Sequence[LeftOut], exporter: AuthorityId) -> tuple[str, ...]:
    """What the exporting node could not prove, for people; nothing where there is none."""
    told = [f"- {completeness.left_out_text(each, exporter)}" for each in left_out]
    return ("Missing, on the exporting node's word:", *told, "") if told else ()


def revoked(lost: Sequence[Loss], exporter: AuthorityId) -> tuple[str, ...]:
    """What is signed with keys that were revoked since, for people; nothing where there is none."""
    told = [f"- {each.what} {each.name}: {each.told(exporter)}" for each in lost]
    return ("Signed with a key that was revoked since:", *told, "") if told else ()


def still(known: Lines, trusted: Collection[Digest] | None, messages: Iterable[VerifiedMessage]) -> tuple[str, ...]:
    """What the reader must still do, since no file can."""
    told = []
    for line in known.by_authority.values():
        for run in lines.runs(line):
            if trusted is None:
                told.append(f"{trusting.question(run[-1])}; then say so: --trust {run[-1].digest}.")
        told.append(
            f"Ask {line.authority} whether it revoked any of its keys since {format_time(line.held[0].card.start)}."
        )
    if any(one.soft for each in messages for one in each.approvals):
        told.append("Some approvals were made by software, not by a passkey in a person's hand: they prove no person.")
    if known.sample:
        told.append("This is sample data: its cards say so, and nothing in it may be used as real.")
    told.append("The times are each authority's own word, but for those of receipts and cosignatures of another.")
    told.append(
        "Messages that nobody in this file names may exist: ask the other parties for their proof of the thread."
    )
    return tuple(told)
