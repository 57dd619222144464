# SPDX-License-Identifier: Apache-2.0
"""`comity verify` over several files: a line for each, files in hand matched by digest, attachments written over
nothing, and nothing printed that steers a terminal."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.fixtures.cards import START, revoked, ring
from tests.fixtures.proofs import DAY_TWO, NOTE, NOTED, attached, case, exchange, minutes, say

from comity.interfaces.cli.checking import LINE, LINES
from comity.interfaces.cli.main import main
from comity.protocol.terms import kinds
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.names import digest_of

IF = "IF THESE CARDS ARE THE AUTHORITIES' OWN"
APART = b"too large for a message"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a proof, to run in."""
    monkeypatch.chdir(tmp_path)
    Path("proof.json").write_bytes(case().file().to_bytes())
    return tmp_path


def answered(kind: str = "acknowledged", revocations: tuple[Signed, ...] = (), **members: Any) -> None:
    """Another proof in its place, whose answer says this besides."""
    body = {**dict(kinds.move_kinds()["acknowledged"].example), **members}
    answer = say(
        "acknowledged",
        ring("spanish"),
        (case().request,),
        at=DAY_TWO + minutes(5),
        approve=False,
        body=body,
        kind=kind,
    )
    Path("proof.json").write_bytes(exchange(case().request, answer).file(revocations=revocations).to_bytes())


def run(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    assert main(["verify", *arguments]) == status
    return capsys.readouterr().out


def test_several_files_have_a_line_each(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("changed.json").write_bytes(case().file().to_bytes()[:-1])
    Path("folder").mkdir()
    said = run(capsys, "proof.json", "changed.json", "nowhere.json", "folder", status=1).splitlines()
    assert said[-5:] == [
        f"proof.json: HOLDS, {IF}: a proof of a thread",
        "changed.json: DOES NOT HOLD: step 1, The file is whole and in its one form",
        "nowhere.json: NOT READ: No such file or directory",
        "folder: NOT READ: it is a folder; name the files in it",
        "1 of 4 hold, if these cards are the authorities' own.",
    ]
    told = json.loads(run(capsys, "proof.json", "folder", "--json", status=1))
    assert (told["holds"], told["cards_checked"]) == (False, False)
    assert told["files"]["folder"]["verdict"] == "not-read"


def test_one_unreadable_file_is_one_line(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "nowhere.json", status=1) == "nowhere.json: NOT READ: No such file or directory\n"
    told = json.loads(run(capsys, "nowhere.json", "--json", status=1))
    assert (told["holds"], told["verdict"]) == (False, "not-read")


def test_named_cards_need_no_condition(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    named = [word for each in case().cards for word in ("--trust", each.digest)]
    Path("card.json").write_text(json.dumps(case().cards[0].to_json()))
    assert run(capsys, "proof.json", "card.json", *named).endswith("2 of 2 hold.\n")


def test_long_texts_are_cut_unless_all_is_asked(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answered(remarks="x" * 3000 + "\n" * 3 * LINES + "the end")
    said = run(capsys, "proof.json")
    assert "more: --full" in said
    assert "more lines: --full" in said
    assert "x" * (LINE + 1) not in said
    assert "the end" not in said
    whole = run(capsys, "proof.json", "--full")
    assert "x" * 3000 in whole
    assert "the end" in whole


def test_a_file_in_hand_is_told_by_its_digest(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answered(exhibits=[digest_of(APART)])
    Path("renamed.bin").write_bytes(NOTED)
    Path("exhibit").write_bytes(APART)
    said = run(capsys, "proof.json", "--match", "renamed.bin", "exhibit")
    assert f"- renamed.bin is the attachment {NOTE} of the preservation of CN/mps, {case().request.digest}" in said
    assert "- exhibit is the exhibit that is named in the body of the acknowledged of ES/policia-nacional" in said
    Path("other").write_bytes(b"other")
    said = run(capsys, "proof.json", "--match", "other", "nowhere", status=1)
    assert f"- other is NONE of the files of these messages: it is {digest_of(b'other')}" in said
    assert "- nowhere: NOT READ: No such file or directory" in said
    told = json.loads(run(capsys, "proof.json", "--json", "--match", "renamed.bin"))
    assert told["matched"][0]["message"] == case().request.digest
    assert (told["matched"][0]["as"], told["matched"][0]["name"]) == ("attachment", NOTE)


def test_what_does_not_hold_matches_nothing(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("message.json").write_text(json.dumps(case().request.to_json()))
    Path(NOTE).write_bytes(NOTED)
    said = run(capsys, "message.json", "--match", NOTE, "--extract", "out", status=1)
    assert "is NONE of the files" in said
    assert "- none in a message that holds" in said
    assert not Path("out").exists()


def test_what_may_be_a_thiefs_is_told_as_such(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answered(attachments=[attached("a.txt", b"a")], revocations=(revoked(ring("spanish"), ring("spanish"), START),))
    Path("a.txt").write_bytes(b"a")
    said = run(capsys, "proof.json", "--match", "a.txt", "--extract", "out", status=1)
    assert said.startswith(f"proof.json\nHOLDS IN PART, {IF}: ")
    assert "\n\nSigned with a key that was revoked since:\n- " in said
    assert "\n\n\n" not in said
    assert said.count(", WHICH CANNOT BE RELIED ON\n") == 2


def test_attachments_are_written_over_nothing(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = Path("out")
    assert f"- out/{NOTE} of the preservation of CN/mps" in run(capsys, "proof.json", "--extract", "out")
    run(capsys, "proof.json", "--extract", "out")
    assert [each.name for each in out.iterdir()] == [NOTE]
    (out / NOTE).write_bytes(b"mine")
    told = json.loads(run(capsys, "proof.json", "--extract", "out", "--json"))
    assert (out / NOTE).read_bytes() == b"mine"
    assert Path(told["extracted"][0]["path"]).read_bytes() == NOTED
    Path("taken").write_bytes(b"")
    assert "NOT WRITTEN: note.txt" in run(capsys, "proof.json", "--extract", "taken", status=1)


def test_names_are_made_safe_and_paths_refused(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    long = "证" * 110 + ".pdf"
    strange = ["a\u202efdp.exe", ".hidden", long]
    answered(attachments=[attached(name, name.encode()) for name in strange])
    run(capsys, "proof.json", "--extract", "out")
    names = {each.name for each in Path("out").iterdir()}
    assert {NOTE, "afdp.exe", "hidden"} < names
    assert len(names) == 4
    answered("unheard-of", attachments=[attached("../up.txt", b"up")])
    said = run(capsys, "proof.json", "--extract", "out", status=1)
    assert f"NOT WRITTEN: ../up.txt, {digest_of(b'up')}: its name is a path" in said
    assert not Path("up.txt").exists()


def test_nothing_printed_steers_the_terminal(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answered(remarks="a\u202eb\x9bc\u2066", attachments=[attached("a\u202efdp.exe", b"x")])
    for name in ("b\x1b[2J\u202e.json", "\udcff.json"):
        Path(name).write_bytes(Path("proof.json").read_bytes())
        for extra in ([], ["--json"]):
            said = run(capsys, name, "no\x1b\u202e", "--match", name, "--extract", "out\u2066", *extra, status=1)
            assert all(line.isprintable() for line in said.splitlines())
            said.encode()
