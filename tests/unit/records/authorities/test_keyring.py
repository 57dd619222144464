# SPDX-License-Identifier: Apache-2.0
"""Key files: useless without the passphrase, useless when moved or changed, never half written, never overwritten."""

import json
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from comity.protocol.wire.names import AuthorityId
from comity.records.authorities import keyring
from comity.records.config import NodeConfig
from comity.records.errors import ConfigurationError


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scrypt at a cost that a test can bear."""
    monkeypatch.setattr(keyring, "_COST", {"n": 2, "r": 8, "p": 1})


@pytest.fixture
def config(tmp_path: Path) -> NodeConfig:
    made = NodeConfig(home=tmp_path, authority=AuthorityId("ES/x"), name="Sample", country="ES")
    keyring.found_passphrase(made, os.urandom)
    keyring.add_generation(made, os.urandom)
    return made


def test_what_is_made_is_opened_again(config: NodeConfig) -> None:
    second = keyring.add_generation(config, os.urandom)
    ring = keyring.load(config)
    assert [each.number for each in ring.generations] == [1, 2]
    assert ring.current.signing.public == second.signing.public
    assert ring.generations[0].signing.public != second.signing.public
    assert set(ring.opening) == {each.opening.keyid for each in ring.generations}
    assert ring.generation_of(ring.generations[0].signing.public).number == 1


def test_keys_that_are_not_here_are_named(config: NodeConfig, tmp_path: Path) -> None:
    stranger = keyring.add_generation(replace(config, keys="file:elsewhere"), os.urandom)
    with pytest.raises(ConfigurationError, match="restore the key files"):
        keyring.load(config).signing_as(stranger.signing.public)


def test_only_this_user_reads_them(config: NodeConfig) -> None:
    folder = keyring.keys_folder(config)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()} == {
        "1.json": 0o600,
        "passphrase": 0o600,
        "session": 0o600,
    }


def test_no_seed_lies_in_the_file(config: NodeConfig, tmp_path: Path) -> None:
    drawn: list[bytes] = []

    def random(size: int) -> bytes:
        drawn.append(os.urandom(size))
        return drawn[-1]

    keyring.add_generation(config, random)
    text = (keyring.keys_folder(config) / "2.json").read_text()
    assert not [seed for seed in drawn[:5] if seed.hex() in text]


def _another_passphrase(folder: Path) -> None:
    (folder / "passphrase").write_bytes(b"another")


def _a_changed_byte(folder: Path) -> None:
    value = json.loads((folder / "1.json").read_text())
    value["sealed"] = f"{int(value['sealed'][:2], 16) ^ 1:02x}" + value["sealed"][2:]
    (folder / "1.json").write_text(json.dumps(value))


def _swapped(folder: Path) -> None:
    (folder / "1.json").rename(folder / "2.json")


def _cut_off(folder: Path) -> None:
    (folder / "1.json").write_bytes((folder / "1.json").read_bytes()[:100])


def _a_member_less(folder: Path) -> None:
    value = json.loads((folder / "1.json").read_text())
    del value["salt"]
    (folder / "1.json").write_text(json.dumps(value))


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (_another_passphrase, "does not open"),
        (_a_changed_byte, "does not open"),
        (_swapped, "does not open"),
        (_cut_off, "is not a key file"),
        (_a_member_less, "is not a key file"),
    ],
)
def test_what_was_changed_does_not_open(config: NodeConfig, harm: Callable[[Path], None], why: str) -> None:
    harm(keyring.keys_folder(config))
    with pytest.raises(ConfigurationError, match=why):
        keyring.load(config)


def test_another_authoritys_files_do_not_open(config: NodeConfig) -> None:
    with pytest.raises(ConfigurationError, match="does not open"):
        keyring.load(replace(config, authority=AuthorityId("ES/y")))


def test_a_node_without_keys_is_told_so(config: NodeConfig) -> None:
    (keyring.keys_folder(config) / "1.json").unlink()
    for ring in (keyring.load, lambda told: keyring.live(told).generations):
        with pytest.raises(ConfigurationError, match="holds no key"):
            ring(config)


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"keys": "pkcs11:token=x"}, "pkcs11: keys are not served"),
        ({"passphrase": "env:COMITY_NOT_SET"}, "the environment has no COMITY_NOT_SET"),
        ({"passphrase": "file:nowhere"}, "cannot be read"),
        ({"passphrase": "secret"}, "is neither file: nor env:"),
    ],
)
def test_a_place_that_is_none_is_named(config: NodeConfig, settings: dict[str, str], why: str) -> None:
    with pytest.raises(ConfigurationError, match=why):
        keyring.load(replace(config, **settings))


def test_the_passphrase_may_come_from_the_environment(config: NodeConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_SAMPLE", keyring.read_passphrase(config).decode())
    assert keyring.load(replace(config, passphrase="env:COMITY_SAMPLE")).current.number == 1


def test_a_passphrase_is_made_once(config: NodeConfig) -> None:
    before = keyring.read_passphrase(config)
    keyring.found_passphrase(config, os.urandom)
    assert keyring.read_passphrase(config) == before


def test_a_running_node_reads_keys_that_another_process_added(config: NodeConfig) -> None:
    running = keyring.live(config)
    assert running.current.number == 1
    assert running.generations is running.generations, "what did not change is not read again"
    keyring.add_generation(config, os.urandom)
    assert running.current.number == 2


def test_a_running_node_sees_keys_added_while_it_read(config: NodeConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder's time of change may be the same before and after; the names are not."""
    folder = keyring.keys_folder(config)
    at = folder.stat()
    running = keyring.live(config)
    os.utime(folder, ns=(at.st_atime_ns, at.st_mtime_ns))
    assert running.current.number == 1
    keyring.add_generation(config, os.urandom)
    os.utime(folder, ns=(at.st_atime_ns, at.st_mtime_ns))
    assert running.current.number == 2


def test_a_running_node_whose_folder_is_gone_says_so(config: NodeConfig) -> None:
    running = keyring.live(config)
    assert running.current.number == 1
    folder = keyring.keys_folder(config)
    os.utime(folder, ns=(0, 0))
    assert running.current.number == 1
    shutil.rmtree(folder)
    with pytest.raises(ConfigurationError, match="holds no key"):
        _ = running.current


def test_a_crash_before_the_name_appears_leaves_the_old_keys(
    config: NodeConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Crash(Exception):
        pass

    def crash(*_: object) -> None:
        raise Crash

    with monkeypatch.context() as patched:
        patched.setattr(os, "link", crash)
        with pytest.raises(Crash):
            keyring.add_generation(config, os.urandom)
    (keyring.keys_folder(config) / "tmpabc.new").write_bytes(b"half of it")  # what a power cut leaves
    assert [each.number for each in keyring.load(config).generations] == [1]
    keyring.add_generation(config, os.urandom)
    assert [each.number for each in keyring.load(config).generations] == [1, 2]


def test_two_that_add_at_once_lose_no_keys(config: NodeConfig) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: keyring.add_generation(config, os.urandom), range(8)))
    held = {each.signing.public.keyids for each in keyring.load(config).generations}
    assert {each.signing.public.keyids for each in made} < held
    assert len(held) == 9
