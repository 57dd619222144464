# SPDX-License-Identifier: Apache-2.0
"""The primitives under our keys, held against other people's vectors: Wycheproof and CCTV.

The vectors are of bare signatures, so they meet the keys as `dsse.verify` uses them. What an edge case decides is
written down here, so that a new version of the library cannot change it unseen.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from tests.fixtures.wire import SPANISH_KEYS

from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.keys import VerifyingKeys, ed25519_public


def groups(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text())["testGroups"]
    return found


def holds_ed25519(raw: bytes, signature: bytes, text: bytes) -> bool:
    try:
        ed25519_public(raw).verify(signature, text)
    except (InvalidSignature, BadMember):
        return False
    return True


def holds_mldsa65(raw: bytes, test: dict[str, Any]) -> bool:
    context = bytes.fromhex(test.get("ctx", "")) or None
    try:
        keys = VerifyingKeys(SPANISH_KEYS.public.ed25519, raw)
        keys.mldsa65_key.verify(bytes.fromhex(test["sig"]), bytes.fromhex(test["msg"]), context)
    except (InvalidSignature, BadMember, ValueError):
        return False
    return True


def test_wycheproof_ed25519(shared_data: Path) -> None:
    seen = 0
    for group in groups(shared_data / "tlog/wycheproof/ed25519_test.json"):
        raw = bytes.fromhex(group["publicKey"]["pk"])
        for test in group["tests"]:
            held = holds_ed25519(raw, bytes.fromhex(test["sig"]), bytes.fromhex(test["msg"]))
            assert held is (test["result"] == "valid"), test["tcId"]
            seen += 1
    assert seen == 151


def test_wycheproof_mldsa65(shared_data: Path) -> None:
    seen = 0
    for group in groups(shared_data / "tlog/wycheproof/mldsa_65_verify_test.json"):
        for test in group["tests"]:
            held = holds_mldsa65(bytes.fromhex(group["publicKey"]), test)
            assert held is (test["result"] == "valid"), test["tcId"]
            seen += 1
    assert seen == 210


def test_cctv_ed25519(shared_data: Path) -> None:
    """We refuse keys of small order; else, as most do, R that is not canonical and what only a cofactor would mend."""
    vectors = json.loads((shared_data / "tlog/cctv/ed25519/ed25519vectors.json").read_text())
    assert len(vectors) == 914
    for vector in vectors:
        flags = set(vector["flags"] or ())
        text = vector["msg"].encode()
        held = holds_ed25519(bytes.fromhex(vector["key"]), bytes.fromhex(vector["sig"]), text)
        refused = flags & {"low_order_A", "non_canonical_A", "non_canonical_R", "low_order_residue", "reencoded_k"}
        assert held is (not refused), vector["number"]


@pytest.mark.parametrize("name", ["ed25519_test", "mldsa_65_verify_test"])
def test_the_vectors_hold_both_kinds(shared_data: Path, name: str) -> None:
    results = {
        test["result"] for group in groups(shared_data / f"tlog/wycheproof/{name}.json") for test in group["tests"]
    }
    assert results == {"valid", "invalid"}
