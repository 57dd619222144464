# SPDX-License-Identifier: Apache-2.0
"""What a reader does with each set of vectors: takes the inputs, and holds what comes out against what is written.

Raises the protocol's error where the vector must be refused. Another implementation needs these few lines of its own.
"""

import base64
from collections.abc import Callable, Mapping
from typing import Any

from comity.protocol.ledger import checkpoint, cosignature, note, proofs, receipt
from comity.protocol.ledger.commitment import commit
from comity.protocol.ledger.tree import leaf_hash, root_of
from comity.protocol.thread.fold import fold
from comity.protocol.wire import approval_check, canonical, card, dsse, envelope, statement, trust
from comity.protocol.wire.approval import Approval
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.keys import OpeningKey, SigningKeys, VerifyingKeys
from comity.protocol.wire.names import digest_of, parse_time

Vector = Mapping[str, Any]
LIMIT = 1 << 20


def raw(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def canonical_json(vector: Vector) -> None:
    data = raw(vector["bytes"])
    value = canonical.decode(data, limit=LIMIT)
    assert value == vector["value"]
    assert canonical.encode(value, limit=LIMIT) == data


def statements(vector: Vector) -> None:
    data = raw(vector["bytes"])
    said = statement.parse(data)
    assert said.to_bytes() == data
    assert (digest_of(data), said.thread) == (vector["digest"], vector["thread"])


def keys(vector: Vector) -> None:
    seeds = {name: bytes.fromhex(each) for name, each in vector["seeds"].items()}
    public = SigningKeys.from_seeds(seeds["ed25519"], seeds["mldsa65"]).public
    opening = OpeningKey.from_seed(seeds["sealing"])
    assert {**public.to_json(), "sealing": opening.public.to_json()} == vector["public"]
    assert [*public.keyids, opening.keyid] == vector["keyids"]


def signed_bytes(vector: Vector) -> None:
    signed = Signed.from_json(vector["signed"])
    dsse.verify(signed, VerifyingKeys.from_json(vector["keys"]), payload_type=vector["payload_type"])
    assert dsse.pae(signed.payload_type, signed.payload).hex() == vector.get(
        "pae", dsse.pae(signed.payload_type, signed.payload).hex()
    )


def envelopes(vector: Vector) -> None:
    key = OpeningKey.from_seed(bytes.fromhex(vector["seed"]))
    found = envelope.open_envelope(raw(vector["envelope"]), {key.keyid: key}, vector["recipient"])
    assert found == raw(vector["parcel"])


def cards(vector: Vector) -> None:
    first, *later = [Signed.from_json(each) for each in vector["cards"]]
    at = parse_time(vector["at"])
    line = trust.begin(first, at=at if not later else card.parse(first.payload).start)
    for each in later:
        line = trust.accept_successor(line, each, at=at)
    assert line.latest.card.serial == vector["serial"]


def approvals(vector: Vector) -> None:
    made = card.parse(raw(vector["card"]))
    approval = Approval.from_json(vector["approval"])
    found = approval_check.verify(approval, raw(vector["statement"]), made, parse_time(vector["at"]))
    assert (found.officer, found.soft) == (vector["officer"], vector["soft"])


def commitments(vector: Vector) -> None:
    made = commit(raw(vector["salt"]), vector["entry"].encode())
    assert made == raw(vector["commitment"])
    assert leaf_hash(made) == raw(vector["leaf_hash"])


def tree_proofs(vector: Vector) -> None:
    if "root" in vector:
        assert root_of([raw(each) for each in vector["leaves"]]) == raw(vector["root"])
    if "inclusion" in vector:
        told = vector["inclusion"]
        proof = [raw(each) for each in told["proof"]]
        proofs.verify_inclusion(raw(told["leaf"]), told["index"], told["size"], raw(told["root"]), proof)
    if "consistency" in vector:
        told = vector["consistency"]
        roots = raw(told["old_root"]), raw(told["new_root"])
        proofs.verify_consistency(told["old"], told["new"], *roots, [raw(each) for each in told["proof"]])


def checkpoints(vector: Vector) -> None:
    found = checkpoint.verify(vector["note"].encode(), note.parse_key(vector["key"]))
    assert found.checkpoint.size == vector["size"]
    if "cosigned" in vector:
        words = cosignature.verify(found.note, note.parse_key(vector["cosigned"]["witness"]))
        assert int(words.at.timestamp()) == vector["cosigned"]["time"]


def receipts(vector: Vector) -> None:
    signed, keys = Signed.from_json(vector["receipt"]), VerifyingKeys.from_json(vector["keys"])
    register = note.parse_key(vector["register"])
    found = receipt.verify_receipt(signed, keys, register, to=vector["to"], messages=vector["messages"])
    assert [each.message for each in found.receipted] == vector["messages"]
    assert found.size == vector["size"]


def threads(vector: Vector) -> None:
    data = [raw(each) for each in vector["statements"]]
    state = fold((digest_of(each), statement.parse(each)) for each in data)
    lanes = {who: "conflict" if lane.conflict else lane.state for who, lane in state.lanes.items()}
    assert lanes == vector["lanes"]
    assert {digest: outcome.value for digest, outcome in state.outcomes.items()} == vector["outcomes"]
    assert (list(state.missing), state.digest()) == (vector["missing"], vector["state"])


JUDGES: Mapping[str, Callable[[Vector], None]] = {
    "canonical": canonical_json,
    "statements": statements,
    "keys": keys,
    "signed": signed_bytes,
    "envelopes": envelopes,
    "cards": cards,
    "approvals": approvals,
    "commitments": commitments,
    "proofs": tree_proofs,
    "checkpoints": checkpoints,
    "receipts": receipts,
    "threads": threads,
}
