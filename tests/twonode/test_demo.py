# SPDX-License-Identifier: Apache-2.0
"""`comity demo --once`: three nodes as real processes, the whole sample case, and a proof that a stranger can check."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from comity.interfaces.cli.sample.story import CAST, STORY
from comity.protocol.ledger import checkpoint
from comity.protocol.terms import kinds

COMITY = (sys.executable, "-m", "comity.interfaces.cli.main")
AUTHORITIES = {each.authority for each in CAST}


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The demo, played once."""
    place = tmp_path_factory.mktemp("demo")
    done = subprocess.run(
        [*COMITY, "demo", "--once", "--json", "--home", str(place / "nodes")],
        capture_output=True,
        text=True,
        timeout=500,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == "", "with --json nothing but the object is said"
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def test_every_request_and_answer_was_receipted(outcome: dict[str, Any]) -> None:
    opened = [scene for scene in STORY if scene.to]
    parties: dict[str, int] = {scene.thread: 1 + len(scene.to) for scene in opened}
    assert outcome["requests"] == len(opened)
    assert outcome["answers"] == len(STORY) - len(opened)
    assert outcome["receipts_verified"] == sum(parties[scene.thread] - 1 for scene in STORY)
    assert outcome["thread_states_equal"] is True
    assert outcome["seconds"] > 0


def test_each_register_is_cosigned_by_the_others(outcome: dict[str, Any]) -> None:
    assert set(outcome["registers"]) == AUTHORITIES
    for authority, register in outcome["registers"].items():
        told = checkpoint.parse_text(register["checkpoint"].partition("\n\n")[0] + "\n")
        assert told.size == register["size"] > 0
        assert told.origin == checkpoint.origin_of(authority)
        others = {checkpoint.witness_of(each) for each in AUTHORITIES - {authority}}
        assert others <= set(register["cosigned_by"])


def test_the_proof_holds_for_a_stranger(outcome: dict[str, Any]) -> None:
    done = subprocess.run([*COMITY, "verify", outcome["proof_file"], "--json"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["holds"], told["thread"]["kind"]) == (True, "subscriber-information")
    data = Path(outcome["proof_file"]).read_bytes()
    Path(outcome["proof_file"]).with_name("changed.json").write_bytes(data.replace(b"subscriber", b"subscribed", 1))
    changed = Path(outcome["proof_file"]).with_name("changed.json")
    assert subprocess.run([*COMITY, "verify", str(changed)], capture_output=True).returncode == 1


def test_no_process_is_left(outcome: dict[str, Any]) -> None:
    import psutil

    place = str(Path(outcome["proof_file"]).parent)
    left = [each for each in psutil.process_iter(["cmdline"]) if place in " ".join(each.info["cmdline"] or ())]
    assert not left


def test_no_log_holds_a_word_of_the_case(outcome: dict[str, Any]) -> None:
    folder = Path(outcome["proof_file"]).parent
    logs = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.log"))
    for line in logs.splitlines():
        assert isinstance(json.loads(line), dict), line
    for word in ("Sample Jia", "样本甲", "000 0000 0004", "invented", "Sample Trading"):
        assert word not in logs


def test_every_scene_is_a_kind_that_exists() -> None:
    assert {scene.kind for scene in STORY} <= {*kinds.request_kinds(), *kinds.move_kinds()}
    opened = [scene.thread for scene in STORY if scene.to]
    assert len(opened) == len(set(opened))
    assert {scene.thread for scene in STORY} == set(opened)
