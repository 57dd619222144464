# SPDX-License-Identifier: Apache-2.0
"""The pages on the register and the receipt show what the code does; a reader can compute it from them alone."""

import base64
import hashlib
import json
import re

import pytest
from tools import publish_register

from comity.protocol.ledger import checkpoint, cosignature, note
from comity.protocol.ledger.proofs import verify_consistency, verify_inclusion

PAGE = (publish_register.FOLDER / "register.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(publish_register.EXAMPLES))
def test_the_examples_are_current(name: str) -> None:
    page = (publish_register.FOLDER / name).read_text(encoding="utf-8")
    assert publish_register.published(page, publish_register.EXAMPLES[name]) == page, (
        "run python -m tools.publish_register"
    )


def test_the_tool_agrees() -> None:
    assert publish_register.main(["--check"]) == 0


def test_a_page_without_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="no place"):
        publish_register.published("# The register\n", publish_register.EXAMPLES["register.md"])


def blocks() -> list[str]:
    return re.findall(r"^```(?:json)?\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_a_reader_comes_to_the_same_leaf_and_root() -> None:
    leaf, whole, keys, proofs = blocks()
    told = dict(re.split(r" {2,}", line, maxsplit=1) for line in leaf.splitlines())
    salt = base64.b64decode(told["salt"])
    commitment = hashlib.sha256(b"comity/register/v1\x00" + salt + told["entry"].encode()).digest()
    assert base64.b64encode(commitment).decode() == told["commitment"]
    found = hashlib.sha256(b"\x00" + commitment).digest()
    assert base64.b64encode(found).decode() == told["leaf hash"]
    register, witness = map(note.parse_key, keys.split())
    held = checkpoint.verify(whole.encode(), register)
    assert cosignature.verify(held.note, witness).name == "comity/CN/mps/witness"
    root = held.checkpoint.root
    shown = json.loads(proofs)
    inclusion, consistency = shown["inclusion"], shown["consistency"]
    verify_inclusion(found, inclusion["index"], inclusion["size"], root, decoded(inclusion["proof"]))
    old = base64.b64decode(consistency["from_root"])
    verify_consistency(consistency["from_size"], consistency["size"], old, root, decoded(consistency["proof"]))


def decoded(proof: list[str]) -> list[bytes]:
    return [base64.b64decode(each) for each in proof]
