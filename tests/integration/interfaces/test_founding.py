# SPDX-License-Identifier: Apache-2.0
"""Founding a node in a process of its own: whole, or not at all."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

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
    for more in (("--timezone", "Nowhere"), ("--database", "nonsense"), ("--role", "wizard"), ("--web", "x")):
        status, told = found(tmp_path / "home", *more)
        assert (status, told["code"]) == (1, "configuration")
        assert not (tmp_path / "home").exists()


def test_only_this_user_opens_the_directory(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert found(home)[0] == 0
    assert home.stat().st_mode & 0o777 == 0o700
    assert not [path for path in (home / "keys").rglob("*") if path.stat().st_mode & 0o077]
