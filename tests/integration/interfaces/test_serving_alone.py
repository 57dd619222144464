# SPDX-License-Identifier: Apache-2.0
"""A port is served by one node, a home by one server: the second is told so at once, in one line."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from tests.fixtures.serving import free_port, serving

from comity.interfaces import serving as served
from comity.interfaces.serving import HomeServed, PortTaken
from comity.records.errors import ConfigurationError

COMITY = (sys.executable, "-m", "comity.interfaces.cli.main")


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMITY, *map(str, words)], capture_output=True, text=True, check=False, timeout=60)


def found(home: Path, authority: str, port: int) -> None:
    web = ("--web", f"http://{home.name}.localhost:{port}", "--endpoint", f"http://127.0.0.1:{port}/comity/v1")
    done = run("node", "init", "--home", home, "--authority", authority, "--name", "Sample", "--sample", *web)
    assert done.returncode == 0, done.stderr


def refused(*words: str | Path) -> str:
    done = run("node", "serve", *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) <= 2
    return done.stderr


def test_the_second_server_of_a_port_or_a_home_is_refused(tmp_path: Path) -> None:
    port, other = free_port(), free_port()
    one, two = tmp_path / "one", tmp_path / "two"
    found(one, "ES/sample", port)
    found(two, "CN/sample", port)
    with serving(one, port, until="Serving ES/sample at"):
        assert "Address already in use" in refused("--home", two, "--listen", f"127.0.0.1:{port}")
        for more in ((), ("--only", "web"), ("--only", "outbox")):
            assert "is served already" in refused("--home", one, "--listen", f"127.0.0.1:{other}", *more)
    (one / "keys" / "passphrase").unlink()
    assert "passphrase: cannot be read" in refused("--home", one, "--listen", f"127.0.0.1:{other}")


def test_a_home_without_a_node_is_one_line(tmp_path: Path) -> None:
    for command in ("serve", "relay"):
        done = run("node", command, "--home", tmp_path, "--listen", f"127.0.0.1:{free_port()}")
        assert (done.returncode, "Traceback" in done.stderr) == (1, False)
        assert "there is no such file; `comity node init` makes one" in done.stderr


def test_a_taken_port_is_named() -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(PortTaken, match=listen):
            served.require_free(listen)
    served.require_free(listen)
    with pytest.raises(ConfigurationError):
        served.require_free("nowhere")


def test_each_half_of_a_home_is_held_once(tmp_path: Path) -> None:
    hold = "import sys, time; from pathlib import Path; from comity.interfaces.serving import held\n"
    hold += "with held(Path(sys.argv[1]), ('web',)): print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", hold, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with served.held(tmp_path, ("outbox",)):
            pass
        with pytest.raises(HomeServed), served.held(tmp_path, ("web", "outbox")):
            pass
        other.communicate("")
    with served.held(tmp_path, ("web", "outbox")):
        pass
