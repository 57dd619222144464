# SPDX-License-Identifier: Apache-2.0
"""Vectors of the ledger: commitments, trees and their proofs, checkpoints, cosignatures, receipts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.fixtures.ledger import CHINA, Tree, leaves, register_signer, witness_signer
from tests.fixtures.receipts import AT, CHECKPOINT, ENTRIES, MESSAGES, SALTS, receipted, sample_receipt, signed
from tests.fixtures.wire import SPANISH_KEYS
from tools.vectors.wire import Vector

from comity.protocol.ledger.commitment import commit
from comity.protocol.ledger.cosignature import cosign
from comity.protocol.ledger.tree import leaf_hash
from comity.protocol.wire.octets import to_base64

SIZE = 11


def commitments() -> Iterator[Vector]:
    """Entries, salts, and what the register keeps of them."""
    for number, (entry, salt) in enumerate(zip(ENTRIES, SALTS, strict=True)):
        made = commit(salt, entry)
        yield {
            "about": f"entry {number} of the sample register",
            "entry": entry.decode(),
            "salt": to_base64(salt),
            "commitment": to_base64(made),
            "leaf_hash": to_base64(leaf_hash(made)),
        }


def proofs() -> Iterator[Vector]:
    """Roots, inclusion and consistency proofs of small trees (RFC 9162), and proofs that do not hold."""
    tree = Tree(leaves(SIZE))
    hashes = [to_base64(each) for each in tree.hashes]
    for size in range(SIZE + 1):
        yield {"about": f"the root at {size}", "leaves": hashes[:size], "root": to_base64(tree.root(size))}
    for index, size in ((0, 1), (0, 8), (7, 8), (5, 11), (10, 11)):
        good = _inclusion(tree, index, size)
        yield {"about": f"leaf {index} in {size}", **good}
        if good["inclusion"]["proof"]:
            short = {**good["inclusion"], "proof": good["inclusion"]["proof"][:-1]}
            yield {"about": f"leaf {index} in {size}, a hash short", "inclusion": short, "error": "bad-proof"}
    wrong = _inclusion(tree, 5, 11)["inclusion"]
    yield {"about": "another index", "inclusion": {**wrong, "index": 4}, "error": "bad-proof"}
    for old, new in ((0, 4), (1, 2), (3, 7), (4, 8), (6, 11), (11, 11)):
        yield {"about": f"from {old} to {new}", "consistency": _consistency(tree, old, new)}
    grown = _consistency(tree, 6, 11)
    forked = {**grown, "old_root": to_base64(Tree(leaves(SIZE, b"other")).root(6))}
    yield {"about": "another past", "consistency": forked, "error": "bad-proof"}
    yield {"about": "no proof", "consistency": {**grown, "proof": []}, "error": "bad-proof"}


def checkpoints() -> Iterator[Vector]:
    """Checkpoint notes by the register's key, with and without a cosignature, and those that are refused."""
    witness, key = witness_signer(), register_signer().key.to_text()
    line = cosign(CHECKPOINT.note, witness, AT + timedelta(seconds=30))
    plain = CHECKPOINT.note.to_bytes().decode()
    cosigned = CHECKPOINT.note.with_line(line).to_bytes().decode()
    size = CHECKPOINT.checkpoint.size
    yield {"about": "signed by its register", "note": plain, "key": key, "size": size}
    words = {"witness": witness.key.to_text(), "time": int(AT.timestamp()) + 30}
    yield {"about": "and cosigned", "note": cosigned, "key": key, "size": size, "cosigned": words}
    for about, text, code in (
        ("another size", plain.replace(f"\n{size}\n", f"\n{size + 1}\n"), "note-forged"),
        ("cut short", plain[:-1], "bad-note"),
        ("signed by nobody", plain.partition("\n\n")[0] + "\n\n— other 5VGQAAAA\n", "note-unsigned"),
        ("signed twice", plain + plain.partition("\n\n")[2], "duplicate-line"),
    ):
        yield {"about": about, "note": text, "key": key, "error": code}
    other = register_signer(CHINA, 9).key.to_text()
    yield {"about": "another register's key", "note": plain, "key": other, "error": "note-unsigned"}


def receipts() -> Iterator[Vector]:
    """Receipts by the recipient's keys, and those that do not hold."""
    good = sample_receipt()
    common = {"keys": SPANISH_KEYS.public.to_json(), "register": register_signer().key.to_text(), "to": CHINA}
    holds = {**common, "messages": list(MESSAGES[:2]), "size": CHECKPOINT.checkpoint.size}
    yield {**holds, "about": "it holds", "receipt": signed(good).to_json()}
    first = receipted(0)
    for about, value, code in (
        ("another salt", replace(good, entries=(replace(first, salt=bytes(32)),)), "bad-proof"),
        ("another place", replace(good, entries=(replace(first, index=2),)), "bad-proof"),
        ("an entry of another message", replace(good, entries=(replace(first, message=MESSAGES[2]),)), "bad-receipt"),
        ("to somebody else", replace(good, to=good.sender), "bad-receipt"),
        ("nothing in it", replace(good, entries=()), "bad-receipt"),
        ("one message twice", replace(good, entries=(first, first)), "bad-receipt"),
    ):
        yield {**common, "about": about, "messages": [], "receipt": signed(value).to_json(), "error": code}
    asked = [MESSAGES[2]]
    yield {
        **common,
        "about": "of other messages",
        "messages": asked,
        "receipt": signed(good).to_json(),
        "error": "not-receipted",
    }


def _inclusion(tree: Tree, index: int, size: int) -> dict[str, Any]:
    proof = [to_base64(each) for each in tree.inclusion(index, size)]
    told = {"leaf": to_base64(tree.hashes[index]), "index": index, "size": size, "root": to_base64(tree.root(size))}
    return {"inclusion": {**told, "proof": proof}}


def _consistency(tree: Tree, old: int, new: int) -> dict[str, Any]:
    roots = {"old_root": to_base64(tree.root(old)), "new_root": to_base64(tree.root(new))}
    return {"old": old, "new": new, **roots, "proof": [to_base64(each) for each in tree.consistency(old, new)]}
