# SPDX-License-Identifier: Apache-2.0
"""`comity verify` as a stranger runs it: a process of its own, no node, no network, and an exit status to rely on."""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.fixtures.proofs import NOTE, NOTED, SPAIN, case

from comity.protocol.wire import envelope

HEAVY = {"django", "numba", "icu", "httpx", "sqlite3"}
RUN = "from comity.interfaces.cli.main import main; import sys; sys.exit(main())"
ASK = """
import sys
from comity.interfaces.cli.main import main
status = main()
print("loaded:", *sorted({name.partition(".")[0] for name in sys.modules}))
sys.exit(status)
"""
CUT_OFF = ("unshare", "-n")


def cut_off_works() -> bool:
    """Whether this machine lets us have a network namespace without interfaces."""
    return bool(shutil.which("unshare")) and subprocess.run([*CUT_OFF, "true"], capture_output=True).returncode == 0


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """One file of each sort."""
    made = case()
    whole = made.file().to_bytes()
    (tmp_path / "proof.json").write_bytes(whole)
    (tmp_path / "changed.json").write_bytes(whole[:20_000] + bytes([whole[20_000] ^ 1]) + whole[20_001:])
    (tmp_path / "card.json").write_text(json.dumps(made.cards[0].to_json()))
    (tmp_path / "message.json").write_text(json.dumps(made.request.to_json()))
    (tmp_path / "sealed").write_bytes(envelope.seal(b"parcel", SPAIN, made.spanish.opening.public))
    return tmp_path


def verify(
    folder: Path, *arguments: str, script: str = RUN, before: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    """The command, run in a folder."""
    command = [*before, sys.executable, "-c", script, "verify", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_a_proof_holds_in_words_and_in_json(files: Path) -> None:
    said = verify(files, "proof.json")
    assert said.returncode == 0, said.stderr
    assert "HOLDS, IF THESE CARDS ARE THE AUTHORITIES' OWN: a proof of a thread" in said.stdout
    assert "Data to preserve: Call records and subscriber data of the line." in said.stdout
    told = json.loads(verify(files, "proof.json", "--json").stdout)
    assert (told["holds"], told["cards_checked"]) == (True, False)
    assert told["thread"]["kind"] == "preservation"
    assert list(told["files"]) == ["proof.json"]


def test_what_does_not_hold_ends_with_one(files: Path) -> None:
    said = verify(files, "changed.json", "--json")
    assert said.returncode == 1
    told = json.loads(said.stdout)
    assert told["holds"] is False
    assert {"step", "title", "statement", "error"} == set(told["failed"])
    assert verify(files, "proof.json", "changed.json").returncode == 1


def test_trust_is_the_readers(files: Path) -> None:
    digests = [each.digest for each in case().cards]
    good = verify(files, "proof.json", "--trust", digests[0], "--trust", digests[1], "--json")
    assert good.returncode == 0
    assert json.loads(good.stdout)["authorities"][0]["compare"][0]["trusted"] is True
    assert json.loads(good.stdout)["cards_checked"] is True
    assert verify(files, "proof.json", "--trust", digests[0]).returncode == 1
    assert verify(files, "proof.json", "--trust", "nonsense").returncode == 1


def test_a_message_is_proven_by_the_card_beside_it(files: Path) -> None:
    assert verify(files, "message.json").returncode == 1
    assert verify(files, "message.json", "card.json").returncode == 0
    assert verify(files, "sealed").returncode == 1


def test_wrong_use_ends_with_two(files: Path) -> None:
    assert verify(files).returncode == 2
    assert verify(files, "nowhere.json").returncode == 1


def test_nothing_of_a_node_is_loaded(files: Path) -> None:
    said = verify(files, "proof.json", "message.json", script=ASK)
    loaded = set(said.stdout.rpartition("loaded:")[2].split())
    assert {"comity", "cryptography"} <= loaded
    assert not HEAVY & loaded


@pytest.mark.namespace
@pytest.mark.skipif(not cut_off_works(), reason="this machine allows no network namespaces")
def test_it_needs_no_network(files: Path) -> None:
    listed = subprocess.run([*CUT_OFF, "cat", "/proc/net/dev"], capture_output=True, text=True, check=True)
    assert {line.split(":")[0].strip() for line in listed.stdout.splitlines()[2:]} <= {"lo"}
    (files / NOTE).write_bytes(NOTED)
    said = verify(files, "proof.json", "--match", NOTE, "--extract", "out", before=CUT_OFF)
    assert said.returncode == 0, said.stderr
    assert (files / "out" / NOTE).read_bytes() == NOTED
