# SPDX-License-Identifier: Apache-2.0
"""The processes of the sample: for each node one player (its people) and one server (its desk, its endpoint, its
outbox).

A process that ends by itself is a fault, told with what it last said. All are children of this one and end with it.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from comity.interfaces.cli.sample.errors import PlayerFailed, ServerFailed, StillWaiting
from comity.interfaces.cli.sample.story import CAST, Cast

_LOOK = 0.05
_COMITY = (sys.executable, "-m", "comity.interfaces.cli.main")


@dataclass(frozen=True, slots=True)
class LogIn:
    """An officer with password and code, and what they do."""

    does: str
    officer: str
    secret: str

    def code(self) -> str:
        """The TOTP code of this moment."""
        import pyotp

        return str(pyotp.TOTP(self.secret).now())


@dataclass(frozen=True, slots=True)
class Desk:
    """Where somebody can sign in, and as whom; `passkey` is the link for an approver."""

    address: str
    name: str
    logins: tuple[LogIn, ...]
    passkey: str


def folder_of(cast: Cast) -> str:
    """The name of a node's directory."""
    return cast.host.partition(".")[0]


class Company:
    """All three nodes. `stack` takes everything down."""

    def __init__(self, path: Path, stack: ExitStack, ports: dict[str, int]) -> None:
        self._path, self._stack, self._ports = path, stack, ports
        self._players = {cast.authority: _Player(self._folder(cast), stack) for cast in CAST}
        self._founded: dict[str, dict[str, Any]] = {}

    def tell(self, who: str, do: str, /, **told: Any) -> dict[str, Any]:
        """Let one node's people do something."""
        return self._players[who].tell(do, **told)

    def found(self) -> None:
        """All three nodes, side by side."""
        with ThreadPoolExecutor(len(CAST)) as pool:
            for cast, founded in zip(CAST, pool.map(self._found, CAST), strict=True):
                self._founded[cast.authority] = founded

    def serve(self) -> None:
        """Start the servers and wait until each answers."""
        servers = [Server(self._folder(cast), self._ports[cast.authority], self._stack) for cast in CAST]
        for server in servers:
            server.wait()

    def befriend(self) -> None:
        """Every two nodes take in each other's card and read each other the words."""
        for one, other in combinations(self._founded, 2):
            heard = self.tell(one, "invite", card=self._founded[other]["card"])["words"]
            said = self.tell(other, "invite", card=self._founded[one]["card"])["words"]
            self.tell(one, "accept", authority=other, words=said)
            self.tell(other, "accept", authority=one, words=heard)

    def wait_for(self, authorities: set[str], digest: str, patience: float) -> None:
        """Until every one of them holds the message. Raises `StillWaiting`."""
        until = time.monotonic() + patience
        for authority in authorities:
            while not self.tell(authority, "settled", digests=[digest])["held"]:
                if time.monotonic() > until:
                    raise StillWaiting(authority=authority, what=digest)
                time.sleep(_LOOK)

    def wait_until_idle(self, patience: float) -> None:
        """Until no outbox holds anything. Raises `StillWaiting`."""
        until = time.monotonic() + patience
        for authority in self._players:
            while self.tell(authority, "settled", digests=[])["waiting"]:
                if time.monotonic() > until:
                    raise StillWaiting(authority=authority, what="the outbox to empty")
                time.sleep(_LOOK)

    def outcome(self, threads: dict[str, str]) -> dict[str, Any]:
        """What the three hold, compared."""
        reports = {each: self.tell(each, "report", threads=list(threads.values())) for each in self._players}
        states: dict[str, set[str]] = {}
        for report in reports.values():
            for thread, digest in report["states"].items():
                states.setdefault(thread, set()).add(digest)
        return {
            "requests": len(threads),
            "answers": sum(report["messages"] for report in reports.values()) - len(threads),
            "receipts_verified": sum(report["receipts"] for report in reports.values()),
            "thread_states_equal": len(states) == len(threads) and all(len(found) == 1 for found in states.values()),
            "registers": {each: report["register"] for each, report in reports.items()},
        }

    def open_desks(self, password: str) -> list[Desk]:
        """Make the sample log-ins."""
        return [self._desk(cast, password) for cast in CAST]

    def _desk(self, cast: Cast, password: str) -> Desk:
        logins = tuple(
            LogIn(
                each["does"],
                each["officer"],
                self.tell(cast.authority, "sign_in", token=each["token"], password=password)["secret"],
            )
            for each in self._founded[cast.authority]["desk"]
        )
        passkey = self.tell(cast.authority, "passkey_link", officer_name="Sample visitor (invented)")["url"]
        return Desk(self._web(cast), cast.name, logins, passkey)

    def _found(self, cast: Cast) -> dict[str, Any]:
        return self.tell(
            cast.authority,
            "found",
            authority=cast.authority,
            name=cast.name,
            languages=cast.languages,
            timezone=cast.timezone,
            calendar=cast.authority[:2],
            telephone=cast.telephone,
            sample=True,
            web=self._web(cast),
            endpoint=f"http://127.0.0.1:{self._ports[cast.authority]}/comity/v1",
        )

    def _web(self, cast: Cast) -> str:
        return f"http://{cast.host}:{self._ports[cast.authority]}"

    def _folder(self, cast: Cast) -> Path:
        return self._path / folder_of(cast)


class _Player:
    """One node's people, in a process of their own."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._errors = _log(folder, "player.log")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "comity.interfaces.cli.sample.player", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors.open("wb"),
            text=True,
            bufsize=1,
        )
        stack.callback(_stop, self._process)

    def tell(self, do: str, /, **told: Any) -> dict[str, Any]:
        """Raises `PlayerFailed` when they cannot."""
        if self._process.stdin is None or self._process.stdout is None:
            raise PlayerFailed(what=do, why="it was never started", log=str(self._errors))
        self._process.stdin.write(json.dumps({"do": do, **told}) + "\n")
        line = self._process.stdout.readline()
        answer: dict[str, Any] = json.loads(line) if line else {"error": {"text": "the process ended"}}
        if "error" in answer:
            raise PlayerFailed(what=do, why=answer["error"]["text"], log=str(self._errors))
        return answer


class Server:
    """One node's server, in a process of its own."""

    def __init__(self, folder: Path, port: int, stack: ExitStack) -> None:
        self._port, self._errors = port, _log(folder, "serve.log")
        self._process = subprocess.Popen(
            [*_COMITY, "node", "serve", "--home", str(folder), "--listen", f"127.0.0.1:{port}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._errors.open("wb"),
            start_new_session=True,
        )
        stack.callback(_stop, self._process)

    def wait(self, patience: float = 30.0) -> None:
        """Until it answers. Raises `ServerFailed`."""
        until = time.monotonic() + patience
        while self._process.poll() is None and time.monotonic() < until:
            with socket.socket() as probe:
                probe.settimeout(0.2)
                if probe.connect_ex(("127.0.0.1", self._port)) == 0:
                    return
            time.sleep(_LOOK)
        raise ServerFailed(port=self._port, log=str(self._errors))


def free_port(wished: int, taken: set[int]) -> int:
    """The port wished for if it is free, else the next that is; any free one for 0."""
    for port in range(wished, wished + 200) if wished else [0]:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if port in taken or (probe.connect_ex(("127.0.0.1", port)) == 0 and port):
                continue
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise ServerFailed(port=wished, log="no free port")


def _log(folder: Path, name: str) -> Path:
    folder.parent.mkdir(parents=True, exist_ok=True)
    return folder.parent / f"{folder.name}-{name}"


def _stop(process: "subprocess.Popen[Any]") -> None:
    """End a process, and its group if it leads one; kill it if it will not."""
    if process.poll() is not None:
        return
    leads = os.getpgid(process.pid) == process.pid
    os.killpg(process.pid, signal.SIGTERM) if leads else process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL) if leads else process.kill()
        process.wait()
