# SPDX-License-Identifier: Apache-2.0
"""Writes the examples into docs/protocol/{register,receipt}.md, between their marks, by running the code.

    python -m tools.publish_register            write
    python -m tools.publish_register --check    only say whether the pages are current

The sample register lies in tests/fixtures/receipts.py. All of it is invented; salts and seeds are public.
"""

import base64
import json
import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

from tests.fixtures.ledger import CHINA, register_signer, witness_signer
from tests.fixtures.receipts import AT, CHECKPOINT, ENTRIES, MESSAGES, SALTS, TREE, sample_receipt, signed
from tests.fixtures.wire import SPANISH_KEYS

from comity.protocol.ledger.commitment import commit
from comity.protocol.ledger.cosignature import cosign
from comity.protocol.ledger.receipt import verify_receipt
from comity.records.register.events import EVENTS

FOLDER = Path(__file__).resolve().parents[1] / "docs/protocol"
SIZE = len(ENTRIES)


def _64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _block(text: str, language: str = "") -> str:
    return f"```{language}\n{text.rstrip()}\n```\n"


def leaf() -> str:
    """Leaf 1 of the sample register: what it says, its commitment, its hash."""
    told = {
        "entry": ENTRIES[1].decode(),
        "salt": _64(SALTS[1]),
        "commitment": _64(commit(SALTS[1], ENTRIES[1])),
        "leaf hash": _64(TREE.hashes[1]),
    }
    return _block("\n".join(f"{name:<10}  {value}" for name, value in told.items()))


def checkpoint() -> str:
    """The sample register's checkpoint with a cosignature, and the keys by which both hold."""
    witness = witness_signer()
    note = CHECKPOINT.note.with_line(cosign(CHECKPOINT.note, witness, AT + timedelta(seconds=30)))
    keys = f"{register_signer().key.to_text()}\n{witness.key.to_text()}"
    return f"{_block(note.to_bytes().decode())}\nThe keys by which these two lines hold:\n\n{_block(keys)}"


def proofs() -> str:
    """That leaf 1 is in the register, and that the register at 5 extends itself at 3."""
    told = {
        "inclusion": {"index": 1, "size": SIZE, "proof": [_64(each) for each in TREE.inclusion(1, SIZE)]},
        "consistency": {
            "from_size": 3,
            "from_root": _64(TREE.root(3)),
            "size": SIZE,
            "proof": [_64(each) for each in TREE.consistency(3, SIZE)],
        },
    }
    return _block(json.dumps(told, indent=2), "json")


def events() -> str:
    """Every event, its members and what it says."""
    lines = ["| Event | Members | Says |", "|---|---|---|"]
    for name, known in sorted(EVENTS.items()):
        members = ", ".join(f"`{each}`" + ("?" if each in known.optional else "") for each in known.members)
        lines.append(f"| `{name}` | {members} | {' '.join(known.says.split())} |")
    return "\n".join(lines) + "\n"


def receipt() -> str:
    """The sample receipt, held first, as it is signed."""
    whole = signed(sample_receipt())
    verify_receipt(whole, SPANISH_KEYS.public, register_signer().key, to=CHINA, messages=MESSAGES[:2])
    return _block(json.dumps(json.loads(whole.payload), indent=2), "json")


EXAMPLES: Mapping[str, Mapping[str, Callable[[], str]]] = {
    "register.md": {"leaf": leaf, "checkpoint": checkpoint, "proofs": proofs, "events": events},
    "receipt.md": {"receipt": receipt},
}


def published(page: str, examples: Mapping[str, Callable[[], str]]) -> str:
    """The page with its examples as they are now. Raises `ValueError` when a mark is missing."""
    for name, make in examples.items():
        begin = f"<!-- {name} begin: written by python -m tools.publish_register -->\n"
        end = f"<!-- {name} end -->\n"
        before, mark, rest = page.partition(begin)
        _, closing, after = rest.partition(end)
        if not mark or not closing:
            raise ValueError(f"the page has no place for the example {name}")
        page = f"{before}{begin}\n{make()}\n{end}{after}"
    return page


def main(arguments: list[str]) -> int:
    """Publish, or check. 0 when the pages are current afterwards."""
    stale = 0
    for name, examples in EXAMPLES.items():
        path = FOLDER / name
        page = path.read_text(encoding="utf-8")
        current = published(page, examples)
        if page != current and "--check" in arguments:
            sys.stdout.write(f"{name} is stale: run python -m tools.publish_register\n")
            stale = 1
        elif page != current:
            path.write_text(current, encoding="utf-8")
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
