# SPDX-License-Identifier: Apache-2.0
"""The command line as scripts use it: two nodes founded, befriended, and made to speak, by files and by a line.

Every command runs in a process of its own, as a script would run it. One story, so that the nodes are founded once.
"""

import contextlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from comity.protocol.terms import kinds


@dataclass
class Shell:
    """Runs `comity` and reads its one JSON object."""

    place: Path

    def run(self, *words: str | Path, status: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "comity.interfaces.cli.main", *map(str, words)],
            capture_output=True,
            text=True,
            cwd=self.place,
            timeout=120,
        )
        assert done.returncode == status, done.stderr + done.stdout
        return done

    def json(self, *words: str | Path, status: int = 0) -> dict[str, Any]:
        done = self.run(*words, "--json", status=status)
        found = json.loads(done.stdout if done.stdout.strip() else done.stderr.strip().splitlines()[-1])
        assert isinstance(found, dict)
        return found

    def write(self, name: str, value: object) -> Path:
        path = self.place / name
        path.write_text(json.dumps(value), encoding="utf-8")
        return path


@dataclass
class Pair:
    """China's and Spain's homes, and the shell."""

    shell: Shell
    china: Path
    spain: Path
    port: int


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    place = tmp_path_factory.mktemp("shell")
    shell = Shell(place)
    port = _free_port()
    for name, authority, web in (("cn", "CN/mps", 0), ("es", "ES/policia-nacional", port)):
        found = shell.json(
            *("node", "init", "--home", name, "--authority", authority, "--name", "Sample", "--sample"),
            *("--web", f"http://{name}.localhost:{web or 9}", "--endpoint", f"http://127.0.0.1:{web or 9}/comity/v1"),
        )
        assert found["authority"] == authority
        for _ in range(2):
            assert shell.json("approver", "enrol", "--home", name, "--soft")["soft"]
        (place / f"{name}.json").write_text(shell.run("node", "card", "--home", name).stdout, encoding="utf-8")
    heard = shell.json("peer", "invite", "--home", "cn", "es.json")["words"]
    said = shell.json("peer", "invite", "--home", "es", "cn.json")
    assert heard == said["words"]
    invited = shell.run("peer", "invite", "--home", "cn", "es.json").stdout
    assert "The card says: no telephone." in invited.splitlines()[-1]
    refused = shell.json("peer", "accept", "--home", "cn", "es.json", "--words", "wrong words", status=1)
    assert refused["code"] == "words-differ"
    assert shell.json("peer", "accept", "--home", "cn", "es.json", "--words", said["words"])["standing"] == "accepted"
    assert shell.json("peer", "accept", "--home", "es", "cn.json", "--words", said["digits"])["standing"] == "accepted"
    return Pair(shell, place / "cn", place / "es", port)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def _serving(pair: Pair, home: Path) -> Iterator[None]:
    where = ("--home", str(home), "--listen", f"127.0.0.1:{pair.port}")
    process = subprocess.Popen(
        [sys.executable, "-m", "comity.interfaces.cli.main", "node", "serve", *where],
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", pair.port), 1):
                break
            time.sleep(0.1)
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def _asked(pair: Pair, kind: str = "preservation") -> dict[str, Any]:
    body = pair.shell.write("body.json", dict(kinds.request_kinds()[kind].example))
    draft = pair.shell.json(
        *("request", "draft", "--home", pair.china, "--kind", kind, "--to", "ES/policia-nacional", "--body", body)
    )
    assert draft["lacks"] == []
    approved = pair.shell.json("request", "approve", "--home", pair.china, draft["id"], "--soft")
    assert approved["status"] == "sent"
    return approved


def test_a_request_goes_by_file_and_its_receipt_comes_back_by_file(pair: Pair) -> None:
    shell = pair.shell
    thread = _asked(pair)["thread"]
    assert shell.json("envelope", "export", "--home", pair.china, "out.env")["messages"] == 1
    assert shell.json("envelope", "import", "--home", pair.spain, "out.env")["new"] == 1
    assert shell.json("envelope", "import", "--home", pair.spain, "out.env")["new"] == 0
    answer = shell.json("answer", "--home", pair.spain, thread, "acknowledge")
    assert answer["awaiting"] == 0
    shell.run("envelope", "export", "--home", pair.spain, "back.env")
    shell.run("envelope", "import", "--home", pair.china, "back.env")
    told = shell.json("request", "show", "--home", pair.china, thread, "--proof", "proof.json")
    taken = shell.json("request", "show", "--home", pair.china, thread, "--proof", "proof.json", status=1)
    assert taken["code"] == "file-taken"
    there = shell.json("request", "show", "--home", pair.spain, thread)
    assert told["state_digest"] == there["state_digest"]
    verified = shell.json("verify", "proof.json")
    assert verified
    damaged = (pair.shell.place / "proof.json").read_bytes().replace(b"preservation", b"preserwation", 1)
    (pair.shell.place / "damaged.json").write_bytes(damaged)
    shell.run("verify", "damaged.json", status=1)


def test_a_request_goes_by_line_and_is_receipted(pair: Pair) -> None:
    shell = pair.shell
    approved = _asked(pair, "police-information")
    down = shell.json("request", "send", "--home", pair.china, approved["id"], status=1)
    assert not down["delivered"]
    with _serving(pair, pair.spain):
        until = time.monotonic() + 60
        while time.monotonic() < until:
            done = shell.run("request", "send", "--home", pair.china, approved["id"], "--json", status=_any())
            if json.loads(done.stdout)["delivered"]:
                break
            time.sleep(1)
        sent = shell.json("request", "send", "--home", pair.china, approved["id"])
        assert sent["delivered"]
        lines = shell.json("peer", "list", "--home", pair.china)["peers"]
        assert [each["line"] for each in lines] == ["open"]


class _any(int):  # noqa: N801  stands where a status stands
    """Equal to either status of a command that may still be waiting."""

    def __eq__(self, other: object) -> bool:
        return other in (0, 1)

    __hash__ = int.__hash__


def test_what_was_said_is_shown_saved_and_told_from_what_came(pair: Pair) -> None:
    shell = pair.shell
    (shell.place / "list.csv").write_bytes(b"invented,1\n")
    body = shell.write("body.json", dict(kinds.request_kinds()["preservation"].example))
    draft = shell.json(
        *("request", "draft", "--home", pair.china, "--kind", "preservation", "--to", "ES/policia-nacional"),
        *("--body", body, "--file", shell.place / "list.csv"),
    )["id"]
    assert draft in [each["id"] for each in shell.json("request", "list", "--home", pair.china, "--drafts")["requests"]]
    assert "Data to preserve: Call records" in shell.run("request", "show", "--home", pair.china, draft).stdout
    thread = shell.json("request", "approve", "--home", pair.china, draft, "--soft")["thread"]
    again = shell.json("request", "approve", "--home", pair.china, draft, "--soft", status=1)
    assert again["code"] == "already-sent"
    shown = shell.run("request", "show", "--home", pair.china, draft).stdout
    told = shell.json("request", "show", "--home", pair.china, thread)
    assert told["history"][0]["digest"] in shown
    assert "Data to preserve: Call records" in shown
    assert f"- list.csv, 11 bytes, {told['history'][0]['body']['attachments'][0]['sha256']}" in shown
    assert "waiting at the line to ES/policia-nacional since " in shown
    listed = shell.run("request", "list", "--home", pair.china).stdout
    assert "sent; waiting at the line to ES/policia-nacional since " in next(
        each for each in listed.splitlines() if thread in each
    )
    for _ in range(2):
        saved = shell.json("request", "show", "--home", pair.china, thread, "--save", "files")["saved"]
        assert saved == ["files/list.csv"]
    assert (shell.place / "files" / "list.csv").read_bytes() == b"invented,1\n"
    shell.run("envelope", "export", "--home", pair.china, "shown.env", "--to", "ES/policia-nacional")
    shell.run("envelope", "import", "--home", pair.spain, "shown.env")
    shell.run("envelope", "export", "--home", pair.spain, "shown-back.env")
    shell.run("envelope", "import", "--home", pair.china, "shown-back.env")
    listed = shell.run("request", "list", "--home", pair.china).stdout
    assert "received by ES/policia-nacional at " in next(each for each in listed.splitlines() if thread in each)


def test_what_waits_for_approval_is_listed_shown_and_thrown_away(pair: Pair) -> None:
    shell = pair.shell
    body = shell.write("body.json", dict(kinds.request_kinds()["preservation"].example))
    draft = shell.json(
        *("request", "draft", "--home", pair.china, "--kind", "preservation", "--to", "ES/policia-nacional"),
        *("--body", body),
    )["id"]
    shell.run("request", "approve", "--home", pair.china, draft, "--wait", "0", status=1)
    (waiting,) = shell.json("request", "list", "--home", pair.china, "--to-approve")["requests"]
    assert waiting["how_far"] == "0 of 1 approvals"
    for id in (draft, waiting["id"]):
        assert "Data to preserve: Call records" in shell.run("request", "show", "--home", pair.china, id).stdout
    shell.run("request", "discard", "--home", pair.china, draft)
    assert shell.json("request", "list", "--home", pair.china, "--to-approve")["requests"] == []
    assert shell.json("request", "discard", "--home", pair.china, draft, status=1)["code"] == "not-in-season"


def test_a_draft_may_be_incomplete_but_does_not_leave(pair: Pair) -> None:
    shell = pair.shell
    body = shell.write("short.json", {"reference": "SAMPLE-1"})
    draft = shell.json(
        *("request", "draft", "--home", pair.china, "--kind", "preservation", "--to", "ES/policia-nacional"),
        *("--body", body),
    )
    assert {"path": "data", "problem": "missing"} in draft["lacks"]
    assert "still lacks data: missing" in shell.run("request", "show", "--home", pair.china, draft["id"]).stdout
    refused = shell.json("request", "approve", "--home", pair.china, draft["id"], "--soft", status=1)
    assert refused["code"] == "body-invalid"
    assert "SAMPLE-1" not in refused["text"]
    assert shell.json("request", "discard", "--home", pair.china, draft["id"])["discarded"]
    assert shell.json("request", "discard", "--home", pair.china, draft["id"], status=1)["code"] == "not-found"


def test_what_is_not_there_is_named_and_usage_is_two(pair: Pair) -> None:
    shell = pair.shell
    missing = shell.json("request", "show", "--home", pair.china, "01a20000-0000-7000-8000-000000000000", status=1)
    assert missing["code"] == "not-found"
    kind = shell.json(
        *("request", "draft", "--home", pair.china, "--kind", "no-such-kind", "--to", "ES/policia-nacional"),
        *("--body", shell.write("empty.json", {})),
        status=1,
    )
    assert kind["code"] == "unknown-kind"
    again = shell.json(
        *("node", "init", "--home", pair.china, "--authority", "CN/mps", "--name", "Sample"),
        status=1,
    )
    assert again["code"] == "configuration"
    shell.run("request", "draft", status=2)
    shell.run("node", "serve", "--home", pair.china, "--listen", "nonsense", status=1)


def test_cases_and_register(pair: Pair) -> None:
    shell = pair.shell
    case = shell.json("case", "new", "--home", pair.china, "--title", "Sample case (invented)")["id"]
    assert case in [each["id"] for each in shell.json("case", "list", "--home", pair.china)["cases"]]
    assert shell.json("case", "show", "--home", pair.china, case)["threads"] == []
    head = shell.json("register", "head", "--home", pair.china)
    proven = shell.json("register", "prove", "--home", pair.china, str(head["size"] - 1))
    assert proven["entry"]
    assert shell.json("register", "check", "--home", pair.china)["holds"]
    past = shell.json("register", "prove", "--home", pair.china, "1000000", status=1)
    assert past["code"] == "out-of-range"
    assert shell.json("node", "doctor", "--home", pair.china)["healthy"]
    assert len(shell.json("request", "kinds")["kinds"]) >= 31


def test_an_administrator_who_lost_the_passkey_is_let_in_again(pair: Pair) -> None:
    shell = pair.shell
    ask = ("node", "administrator", "--home", pair.spain)
    waiting = shell.json(*ask)["officer"]
    one = shell.json("approver", "enrol", "--home", pair.spain, "--soft", "--role", "administrator")["officer"]
    refused = shell.json(*ask, status=1)
    assert (refused["code"], one in refused["text"]) == ("administered", True)
    before = shell.json("register", "head", "--home", pair.spain)["size"]
    assert shell.json(*ask, "--again")["officer"] == one
    assert shell.json("register", "prove", "--home", pair.spain, str(before))["entry"]["event"] == "enrolment-opened"
    other = shell.json("approver", "enrol", "--home", pair.spain, "--soft", "--role", "administrator")["officer"]
    assert shell.json(*ask, "--again", status=1)["code"] == "administered"
    assert shell.json(*ask, "--again", waiting, status=1)["code"] == "administered"
    assert shell.json(*ask, "--again", other)["officer"] == other


def test_keys_are_rotated_and_the_old_ones_revoked(pair: Pair) -> None:
    shell = pair.shell
    revoke = ("node", "revoke", "--home", pair.china, "--reason", "superseded")
    assert shell.json(*revoke, status=1)["code"] == "no-earlier-keys"
    fresh = shell.json("node", "rotate", "--home", pair.china)["keyids"]
    for unsound in ("yesterday", "2099-01-01T00:00:00.000Z", "2020-01-01T00:00:00.000Z"):
        assert shell.json(*revoke, "--since", unsound, status=1)["code"] == "time-unsound"
    revoked = shell.json(*revoke)["keyids"]
    assert revoked
    assert not set(fresh) & set(revoked)
    shell.run("envelope", "export", "--home", pair.china, "rotated.env", "--to", "ES/policia-nacional")
    shell.run("envelope", "import", "--home", pair.spain, "rotated.env")
    thread = _asked(pair)["thread"]
    shell.run("envelope", "export", "--home", pair.china, "after.env", "--to", "ES/policia-nacional")
    assert shell.json("envelope", "import", "--home", pair.spain, "after.env")["new"] >= 1
    assert shell.json("request", "show", "--home", pair.spain, thread)
    _every_checkpoint_is_held_to_the_key_of_its_time(pair)
    _a_peers_keys_are_named_before_they_are_revoked(pair, fresh, revoked)


def _every_checkpoint_is_held_to_the_key_of_its_time(pair: Pair) -> None:
    shell = pair.shell
    shell.run("register", "head", "--home", pair.china)
    checked = shell.json("register", "check", "--home", pair.china)
    assert (checked["holds"], checked["keys"]) == (True, 2)
    assert checked["signatures"] == checked["checkpoints"] > 1
    with sqlite3.connect(pair.china / "comity.sqlite3") as database:
        name = next(
            each for (each,) in database.execute("SELECT name FROM sqlite_master") if each.endswith("_checkpoint")
        )
        size, note = database.execute(f"SELECT size, note FROM {name} ORDER BY size LIMIT 1").fetchone()  # noqa: S608  a table of ours
        text, _, line = note.rpartition(" ")
        forged = text + " " + line[:20] + ("A" if line[20] != "A" else "B") + line[21:]
        database.execute(f"UPDATE {name} SET note = ? WHERE size = ?", (forged, size))  # noqa: S608
    refused = shell.json("register", "check", "--home", pair.china, status=1)
    assert "does not hold" in refused["text"]
    with sqlite3.connect(pair.china / "comity.sqlite3") as database:
        database.execute(f"UPDATE {name} SET note = ? WHERE size = ?", (note, size))  # noqa: S608


def _a_peers_keys_are_named_before_they_are_revoked(pair: Pair, fresh: list[str], stolen: list[str]) -> None:
    shell = pair.shell
    revoke = ("peer", "revoke", "--home", pair.spain, "--reason", "compromise", "CN/mps")
    unnamed = shell.json(*revoke, status=1)
    assert unnamed["code"] == "keys-not-named"
    assert all(each in unnamed["text"] for each in (*fresh, *stolen))
    assert ", from 20" in unnamed["text"]
    for unsound in ("2099-01-01T00:00:00.000Z", "2020-01-01T00:00:00.000Z"):
        assert shell.json(*revoke, *stolen, "--since", unsound, status=1)["code"] == "time-unsound"
    assert shell.json(*revoke, "ed25519:0000000000000000", status=1)["code"] == "key-unknown"
    assert shell.json(*revoke, *stolen)["keyids"] == stolen
    assert set(shell.json(*revoke, "--all")["keyids"]) >= {*fresh, *stolen}
