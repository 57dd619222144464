# SPDX-License-Identifier: Apache-2.0
"""The command line before any node: every promised command is understood, help is light, usage ends with two."""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.interfaces.cli import shared
from comity.interfaces.cli.errors import NotJson
from comity.interfaces.cli.main import main, parser
from comity.interfaces.cli.requests import ANSWERS
from comity.protocol.terms import kinds

HEAVY = {"django", "numba", "icu", "httpx", "sqlite3", "pydantic", "granian"}
ASK = """
import sys
from comity.interfaces.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print("loaded:", *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""
ID = "01a20000-0000-7000-8000-000000000000"
PROMISED = f"""
demo --once --json
node init --home DIR --authority ES/policia-nacional --name TEXT
node init --home DIR --authority ES/policia-nacional --name TEXT --database postgresql:///x
node serve --home DIR --listen 127.0.0.1:8001
node doctor --home DIR
node relay --home DIR --listen 127.0.0.1:8001
law parties ETS185 --on 2026-11-22 --known 2026-11-22 --json
law bases --from CN --to MM --measure extradition --offence fraud-telecom --on 2026-11-22 --facts FILE --json
law matrix --from CN --to TH --json
law offences --country ES --like CN:266 --json
law check
law check FOLDER --json
peer invite --home DIR card.json
peer accept --home DIR card.json --words x
peer list --home DIR
peer doctor --home DIR
approver enrol --home DIR
envelope export --home DIR FILE
envelope import --home DIR FILE
request kinds
request draft --home DIR --kind preservation --to CN/mps --body FILE
request approve --home DIR {ID}
request send --home DIR {ID}
request recall --home DIR {ID}
request show --home DIR {ID}
request letter --home DIR --thread {ID} --language es --out FILE
request list --home DIR
letter address LA/moj --home DIR --name TEXT --address TEXT --source TEXT --timezone Asia/Vientiane
letter enter --home DIR --from LA/moj --came 2026-11-20T09:00Z --kind preservation --body FILE --scan FILE
letter list --home DIR
letter scan --home DIR --thread {ID} --digest x --out FILE
letter posted --home DIR --thread {ID} --message x --on 2026-11-22 --road post --language lo
letter arrived --home DIR --thread {ID} --message x --on 2026-11-22 --road e-mail
answer --home DIR {ID} accept
answer --home DIR {ID} refuse --body FILE
answer --home DIR {ID} clarify
answer --home DIR {ID} produce --file FILE
register head --home DIR
register prove --home DIR 7
register check --home DIR
case new --home DIR --title TEXT
case list --home DIR
case show --home DIR {ID}
exhibit add --home DIR --case {ID} PATH PATH --seized FILE --json
exhibit list --home DIR
exhibit show --home DIR {ID}
exhibit custody --home DIR {ID} --json
exhibit copy --home DIR {ID} --reason TEXT --out FILE
verify FILE FILE
conformance http://127.0.0.1:8001
"""
LINES = [each for each in PROMISED.strip().splitlines() if each]


@pytest.mark.parametrize("line", LINES)
def test_every_promised_command_is_understood(line: str) -> None:
    chosen = parser().parse_args(line.split())
    assert callable(chosen.run)


def commands(made: argparse.ArgumentParser, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command and group by its words."""
    yield path
    for action in made._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, each in action.choices.items():
                yield from commands(each, (*path, name))


@pytest.mark.parametrize("words", list(commands(parser())), ids=" ".join)
def test_every_command_helps(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    assert ended.value.code == 0
    said = capsys.readouterr()
    assert said.out.startswith(" ".join(("usage: comity", *words)))
    assert not said.err


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nonsense"],
        ["node"],
        ["node", "init"],
        ["request", "draft", "--home", "x"],
        ["register", "prove", "--home", "x", "seven"],
        ["answer", "--home", "x", ID, "nonsense"],
        ["approver", "enrol", "--home", "x", "--role", "wizard"],
        ["verify"],
        ["peer", "suspend", "--home", "x", "ES/x", "--reason", "whim"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    said = capsys.readouterr()
    assert (said.out, "usage: comity" in said.err) == ("", True)


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["node", "init", "--help"], ["verify", "--help"], []])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", ASK, *words], capture_output=True, text=True, check=True)
    loaded = set(done.stderr.rpartition("loaded:")[2].split())
    assert "comity" in loaded
    assert not HEAVY & loaded


def test_a_directory_without_a_node_ends_with_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = "from comity.interfaces.cli.main import main; import sys; sys.exit(main(sys.argv[1:]))"
    run = [sys.executable, "-c", script, "request", "list", "--home", str(tmp_path)]
    said = subprocess.run(run, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout) == (1, "")
    assert "comity node init" in said.stderr
    told = subprocess.run([*run, "--json"], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout) == (1, "")
    assert json.loads(told.stderr)["code"] == "configuration"


def test_json_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["request", "kinds", "--json"]) == 0
    said = capsys.readouterr()
    assert {each["kind"] for each in json.loads(said.out)["kinds"]} == set(kinds.request_kinds())
    assert (said.out.count("\n"), said.err) == (1, "")
    assert main(["request", "kinds"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(kinds.request_kinds())


@pytest.mark.parametrize(("text", "why"), [("{", "line 1, column 2"), ("[" * 100_000, "nested"), ("\udcff", "UTF-8")])
def test_a_body_that_cannot_be_read_is_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, text: str, why: str
) -> None:
    (tmp_path / "body.json").write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(NotJson, match=why):
        shared.read_body(tmp_path / "body.json")
    made = argparse.Namespace(run=lambda _: shared.read_body(tmp_path / "body.json"), json=False)
    monkeypatch.setattr(argparse.ArgumentParser, "parse_args", lambda *_: made)
    assert main([]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.startswith(f"comity: {tmp_path / 'body.json'} is not JSON")) == ("", True)


@pytest.mark.parametrize(
    ("error", "code", "text"),
    [
        (FileNotFoundError(2, "No such file or directory", "a.json"), "file", "a.json: No such file or directory."),
        (FileExistsError(17, "File exists", "a.json"), "file-taken", "a.json is there already."),
        (IsADirectoryError(21, "Is a directory", "a"), "file", "a: Is a directory."),
        (json.JSONDecodeError("Expecting value", "", 0), "not-json", "the file is not JSON (Expecting value: "),
        (RecursionError(), "not-json", "the file is not JSON (it is nested too deeply)."),
    ],
)
def test_what_the_machine_refuses_is_said_in_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, error: Exception, code: str, text: str
) -> None:
    def refused(_: argparse.Namespace) -> int:
        raise error

    for as_json in (True, False):
        made = argparse.Namespace(run=refused, json=as_json)
        monkeypatch.setattr(argparse.ArgumentParser, "parse_args", lambda *_, made=made: made)
        assert main([]) == 1
        said = capsys.readouterr().err
        assert "[Errno" not in said
        assert json.loads(said)["code"] == code if as_json else said.startswith(f"comity: {text}")


def test_whoever_stops_reading_is_told_nothing_more() -> None:
    script = f"{sys.executable} -m comity.interfaces.cli.main request kinds | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert (done.stdout in ("141\n", "0\n"), done.stderr) == (True, "")


def test_nobody_at_the_address_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["conformance", "http://127.0.0.1:9/comity/v1"]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.splitlines()[0]) == (
        "",
        "comity: Nobody answers at http://127.0.0.1:9/comity/v1 (Connection refused).",
    )
    assert main(["conformance", "http://[none"]) == 1
    assert capsys.readouterr().err.startswith("comity: Nobody answers at http://[none")


def test_a_file_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "proof.json"
    with pytest.raises(ZeroDivisionError), shared.new_file(path):
        _ = 1 // 0
    assert not path.exists()
    with shared.new_file(path) as file:
        file.write(b"one")
    with pytest.raises(FileExistsError), shared.new_file(path):
        pass
    with shared.new_file(path, force=True) as file:
        file.write(b"two")
    assert path.read_bytes() == b"two"
    with pytest.raises(TypeError), shared.new_file(path, force=True) as file:
        file.writelines([b"half of thr", None])  # type: ignore[list-item]
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def test_a_body_is_an_object(tmp_path: Path) -> None:
    from comity.protocol.wire.errors import BadMember

    (tmp_path / "list.json").write_text("[]")
    with pytest.raises(BadMember, match="is not a JSON object"):
        shared.read_body(tmp_path / "list.json")
    (tmp_path / "body.json").write_text('{"facts": "ñ"}', encoding="utf-8")
    assert shared.read_body(tmp_path / "body.json") == {"facts": "ñ"}
    assert shared.read_body(None) == {}


def test_every_move_has_its_word() -> None:
    assert set(ANSWERS.values()) | {"recall"} == set(kinds.move_kinds())


def test_an_interruption_ends_as_shells_expect(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: argparse.Namespace) -> int:
        raise KeyboardInterrupt

    made = argparse.Namespace(run=interrupted, json=False)
    monkeypatch.setattr(argparse.ArgumentParser, "parse_args", lambda *_: made)
    assert main([]) == 130
