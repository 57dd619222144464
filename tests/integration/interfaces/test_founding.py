# SPDX-License-Identifier: Apache-2.0
"""Founding a node in a process of its own: whole, or not at all."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.fixtures.postgres import PostgresServer


def found(home: Path, *more: str) -> tuple[int, dict[str, Any]]:
    words = ["node", "init", "--home", str(home), "--authority", "ES/sample", "--name", "Muestra", "--sample", "--json"]
    command = [sys.executable, "-m", "comity.interfaces.cli.main", *words, *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert "Traceback" not in done.stderr
    return done.returncode, json.loads(done.stdout or done.stderr)


def test_what_fails_half_way_can_be_begun_again(tmp_path: Path, postgres: PostgresServer) -> None:
    home = tmp_path / "home"
    status, told = found(home, "--database", postgres.url("no_such_database"))
    assert (status, told["code"]) == (1, "configuration")
    assert not (home / "node.toml").exists()
    status, told = found(home, "--database", postgres.create("founding"))
    assert (status, told["authority"]) == (0, "ES/sample")
    status, again = found(home)
    assert (status, again["code"]) == (1, "configuration")
    assert "already holds a node" in again["text"]


def test_a_setting_that_no_node_could_use_leaves_no_trace(tmp_path: Path) -> None:
    for option, value in (
        ("--timezone", "Nowhere"),
        ("--database", "nonsense"),
        ("--role", "wizard"),
        ("--web", "x"),
        ("--language", "klingon"),
        ("--email", "nobody"),
        ("--authority", "LL/sample"),
        ("--authority", "nonsense"),
    ):
        status, told = found(tmp_path / "home", option, value)
        assert (status, told["code"]) == (1, "configuration")
        assert told["text"].startswith(option + ": ")
        assert not (tmp_path / "home").exists()


def test_what_fails_leaves_nothing_and_another_authority_can_be_founded(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "home"
    status, told = found(home, "--telephone", "x" * 99)  # no card can say it: found out half way
    assert (status, "telephone" in told["text"]) == (1, True)
    assert not home.parent.exists()
    home.mkdir(parents=True)
    (home / "keys").mkdir()
    (home / "keys" / "passphrase").write_text("only a test's passphrase")
    assert found(home, "--telephone", "x" * 99)[0] == 1
    assert [path.name for path in home.rglob("*")] == ["keys", "passphrase"]
    assert found(home, "--authority", "CN/sample")[0] == 0


def test_a_directory_that_holds_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    status, told = found(tmp_path)
    assert (status, told["code"]) == (1, "configuration")
    assert "letters.txt" in told["text"]
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]
    assert found(tmp_path / "letters.txt")[1]["text"].endswith("is no directory.")


@pytest.mark.parametrize(
    ("web", "listen"), [("http://es.localhost:8007", "127.0.0.1:8007"), ("https://x.example", "127.0.0.1:8001")]
)
def test_the_next_step_listens_where_the_web_address_says(tmp_path: Path, web: str, listen: str) -> None:
    words = [
        "node",
        "init",
        "--home",
        str(tmp_path / "home"),
        "--authority",
        "ES/sample",
        "--name",
        "Muestra",
        "--web",
        web,
    ]
    command = [sys.executable, "-m", "comity.interfaces.cli.main", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert f"--listen {listen}\n" in done.stdout


def test_the_host_of_the_endpoint_is_answered(tmp_path: Path) -> None:
    hosts = ("--web", "https://desk.example.es", "--endpoint", "https://peers.example.es/comity/v1")
    assert found(tmp_path / "home", *hosts)[0] == 0
    ask = "from comity.settings import ALLOWED_HOSTS; print(*ALLOWED_HOSTS)"
    done = subprocess.run(
        [sys.executable, "-c", ask],
        env={**os.environ, "COMITY_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["desk.example.es", "127.0.0.1", "peers.example.es"]


def test_only_this_user_opens_the_directory(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert found(home)[0] == 0
    assert home.stat().st_mode & 0o777 == 0o700
    assert not [path for path in (home / "keys").rglob("*") if path.stat().st_mode & 0o077]
