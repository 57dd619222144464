# SPDX-License-Identifier: Apache-2.0
"""Writes conformance/vectors/*.json by running the code over the samples in tests/fixtures.

    python -m tools.publish_vectors            write what is stale
    python -m tools.publish_vectors --check    only say whether the files are current

ML-DSA-65 signatures and HPKE encapsulations hold fresh randomness: a file is stale only when something else in it
changed, and the signatures that lie there stay. All persons, numbers and keys are invented; every seed is public.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tools.vectors import ledger, threads, wire

FOLDER = Path(__file__).resolve().parents[1] / "conformance/vectors"
PROVENANCE = (
    "Made by Comity's tools/publish_vectors.py from invented samples and public seeds. What lies under them is held "
    "against published vectors (RFC 8785, DSSE, RFC 8032, FIPS 204, RFC 9180, RFC 9162, C2SP) in Comity's own tests."
)
SETS: Mapping[str, tuple[str, Callable[[], Iterator[wire.Vector]]]] = {
    "canonical": ("canonical JSON, good and bad", wire.canonical_json),
    "statements": ("statements, good and bad", wire.statements),
    "keys": ("keys grown from seeds", wire.keys),
    "signed": ("signed bytes (DSSE) with both signatures", wire.signed_bytes),
    "envelopes": ("sealed envelopes and the seed that opens them", wire.envelopes),
    "cards": ("authority cards and what may follow them", wire.cards),
    "approvals": ("approvals by WebAuthn", wire.approvals),
    "commitments": ("register entries and their commitments", ledger.commitments),
    "proofs": ("tree roots, inclusion and consistency proofs", ledger.proofs),
    "checkpoints": ("checkpoints and cosignatures", ledger.checkpoints),
    "receipts": ("receipts", ledger.receipts),
    "threads": ("threads and the state they fold into", threads.folds),
    "proof-files": ("proof files and the step that fails", threads.proof_files),
}


def made(name: str) -> dict[str, Any]:
    """One file's content, made now."""
    about, make = SETS[name]
    value = {"format": f"comity/vectors/{name}/v1", "about": about, "provenance": PROVENANCE, "vectors": list(make())}
    plain: dict[str, Any] = json.loads(json.dumps(value))
    return plain


def stable(value: Any) -> Any:
    """The value without what is random each time."""
    if isinstance(value, list):
        return [stable(each) for each in value]
    if not isinstance(value, dict):
        return value
    random = {"envelope"} | ({"sig"} if str(value.get("keyid", "")).startswith("mldsa65:") else set())
    return {name: "…" if name in random else stable(each) for name, each in value.items()}


def stale() -> dict[str, dict[str, Any]]:
    """The files that are not what the code makes now, with what they should be."""
    found = {}
    for name in SETS:
        path, fresh = FOLDER / f"{name}.json", made(name)
        if not path.exists() or stable(json.loads(path.read_text(encoding="utf-8"))) != stable(fresh):
            found[name] = fresh
    return found


def main(arguments: list[str]) -> int:
    """Publish, or check. 0 when the files are current afterwards."""
    found = stale()
    if "--check" in arguments:
        for name in found:
            print(f"{name}.json is stale: run python -m tools.publish_vectors")
        return 1 if found else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, fresh in found.items():
        text = json.dumps(fresh, indent=1, ensure_ascii=False)
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
