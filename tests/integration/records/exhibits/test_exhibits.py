# SPDX-License-Identifier: Apache-2.0
"""Taking exhibits in: hashed, encrypted so that others' tools open it, named only when whole, and never changed."""

import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from blake3 import blake3
from tests.fixtures.pairs import ADMINISTRATOR, NOBODY, a

from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.names import Digest
from comity.records.actors import CONSOLE, Role
from comity.records.casefiles import cases
from comity.records.errors import NotFound, NotPermitted
from comity.records.exhibits import adding, packing, reading, sealing, store, vault
from comity.records.exhibits.errors import NotOpened, NotSealed, Shredded, SourceChanged, SourceUnfit
from comity.records.exhibits.models import Content, CustodyStep, Exhibit
from comity.records.home import Home
from comity.records.register.models import Head

ROOT = Path(__file__).parents[4]
DATA = bytes(range(256)) * 9000
SEIZED = {
    "at": "2016-12-13T06:00:00.000Z",
    "zone": "Europe/Madrid",
    "by": "Officer 0417 (invented)",
    "place": "Calle de muestra 1, Badalona",
    "source": "The desk of the first room, beside the router",
    "power": "Warrant 1/2016 of a sample court",
    "method": "Photographed, switched off, bagged",
    "originality": "original",
    "hashes": [{"algorithm": "md5", "value": "d41d8cd98f00b204e9800998ecf8427e"}],
}


@pytest.fixture
def case(home: Home) -> str:
    return cases.new(home, CONSOLE, "Sample").id


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "phone.bin"
    path.write_bytes(DATA)
    return path


def leaves(home: Home) -> int:
    with home.active():
        return Head.objects.values_list("size", flat=True).get()


def copied(home: Home, id: str) -> bytes:
    with reading.content(home, CONSOLE, id, "copied", reason="a test") as blocks:
        return b"".join(blocks)


def stored(home: Home) -> list[Path]:
    return sorted((home.config.home / store.FOLDER).rglob("*.age"))


def test_a_file_is_kept_and_comes_back(home: Home, case: str, file: Path) -> None:
    told: list[int] = []
    made = adding.add(home, CONSOLE, case, [file], seized=SEIZED, reason="a search", progress=told.append)
    assert made.content_id == f"sha256:{hashlib.sha256(DATA).hexdigest()}"
    assert (made.content.blake3, made.content.size, made.files) == (blake3(DATA).hexdigest(), len(DATA), 1)
    assert told[-1] == len(DATA)
    assert copied(home, made.id) == DATA
    _, steps, faults = reading.history(home, CONSOLE, made.id)
    assert [each.step.step for each in steps] == ["acquired", "sealed", "copied"]
    assert faults == []
    assert steps[0].statement["acquisition"] == SEIZED
    assert (steps[0].statement["before"], steps[2].statement["reason"]) == (None, "a test")


def test_what_lies_in_the_store_is_an_age_file_that_others_open(home: Home, case: str, file: Path) -> None:
    made = adding.add(home, CONSOLE, case, [file])
    (sealed,) = stored(home)
    assert sealed.read_bytes().startswith(b"age-encryption.org/v1\n-> X25519 ")
    assert DATA[:64] not in sealed.read_bytes()
    assert made.content.identity is not None
    identity = vault.unwrap(home.config, bytes(made.content.identity), Digest(made.content_id))
    node = Path(sys.executable).parent / "node"
    opened = subprocess.run(
        [node, ROOT / "tests/fixtures/age.mjs", sealed], input=identity.encode(), capture_output=True, check=True
    )
    assert opened.stdout == DATA


def test_a_content_is_kept_once(home: Home, case: str, file: Path, tmp_path: Path) -> None:
    first = adding.add(home, CONSOLE, case, [file])
    other = tmp_path / "copy.bin"
    other.write_bytes(DATA)
    second = adding.add(home, CONSOLE, case, [other])
    assert first.id != second.id
    assert first.content_id == second.content_id
    assert len(stored(home)) == 1
    assert copied(home, second.id) == DATA
    assert list((home.config.home / store.FOLDER / "incoming").iterdir()) == []


def test_a_folder_is_one_exhibit_with_a_manifest(home: Home, case: str, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    (folder / "empty").mkdir(parents=True)
    (folder / "b.txt").write_text("two")
    (folder / "a ünïcode 中.txt").write_text("one")
    (folder / "link").symlink_to("b.txt")
    made = adding.add(home, CONSOLE, case, [folder])
    assert made.manifest is not None
    entries = {each["path"]: each for each in json.loads(bytes(made.manifest))["entries"]}
    assert list(entries) == ["report", "report/a ünïcode 中.txt", "report/b.txt", "report/empty", "report/link"]
    assert entries["report/b.txt"]["sha256"] == f"sha256:{hashlib.sha256(b'two').hexdigest()}"
    assert entries["report/link"]["to"] == "b.txt"
    assert (made.files, made.packed) == (2, True)
    with tarfile.open(fileobj=io.BytesIO(copied(home, made.id))) as archive:
        assert archive.getnames() == list(entries)
        inner = archive.extractfile("report/b.txt")
        assert inner is not None
        assert inner.read() == b"two"


def test_several_files_are_one_exhibit(home: Home, case: str, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("other")
    made = adding.add(home, CONSOLE, case, [file, other])
    assert (made.files, made.name) == (2, "other.txt, phone.bin")
    again = tmp_path / "again"
    again.mkdir()
    (again / "other.txt").write_text("x")
    with pytest.raises(SourceUnfit):
        adding.add(home, CONSOLE, case, [other, again / "other.txt"])


def test_an_empty_file_is_an_exhibit(home: Home, case: str, tmp_path: Path) -> None:
    path = tmp_path / "empty"
    path.touch()
    assert copied(home, adding.add(home, CONSOLE, case, [path]).id) == b""


@pytest.mark.parametrize("make", [os.mkfifo, Path.absolute], ids=["a pipe", "nothing"])
def test_what_is_no_content_is_refused_by_name(
    home: Home, case: str, tmp_path: Path, make: Callable[[Path], Any]
) -> None:
    before = leaves(home)
    make(tmp_path / "odd")
    with pytest.raises(SourceUnfit):
        adding.add(home, CONSOLE, case, [tmp_path / "odd"])
    assert leaves(home) == before


def test_a_file_that_changes_meanwhile_is_refused(home: Home, case: str, file: Path) -> None:
    before = leaves(home)

    def meddle(_: int) -> None:
        with file.open("ab") as more:
            more.write(b"more")

    with pytest.raises(SourceChanged):
        adding.add(home, CONSOLE, case, [file], progress=meddle)
    folder = file.parent / "folder"
    folder.mkdir()
    (folder / "one").write_bytes(DATA)
    found = list(packing.members([folder]))
    (folder / "one").write_bytes(DATA + b"more")
    with pytest.raises(SourceChanged):
        packing.pack(found, lambda _: None)
    (folder / "one").write_bytes(b"")
    with pytest.raises(SourceChanged):
        packing.pack(found, lambda _: None)
    assert (leaves(home), stored(home)) == (before, [])


def test_a_full_disk_keeps_nothing(home: Home, case: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program that encrypts may write no file larger than a page: as a disk that is full."""
    box = file.parent / "box.py"
    limited = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    limited += "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
    box.write_text(limited + Path(sealing._PROGRAM).read_text())
    monkeypatch.setattr(sealing, "_PROGRAM", box)
    before = leaves(home)
    with pytest.raises(NotSealed):
        adding.add(home, CONSOLE, case, [file])
    assert (leaves(home), stored(home)) == (before, [])
    with home.active():
        assert not Exhibit.objects.exists()


def test_what_was_changed_in_the_store_is_noticed(home: Home, case: str, file: Path) -> None:
    made = adding.add(home, CONSOLE, case, [file])
    (sealed,) = stored(home)
    whole = sealed.read_bytes()
    for place in (10, len(whole) // 2, len(whole) - 1):
        sealed.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(NotOpened):
            copied(home, made.id)
    for length in (0, len(whole) - 1, len(whole) // 2):
        sealed.write_bytes(whole[:length])
        with pytest.raises(NotOpened):
            copied(home, made.id)
    sealed.unlink()
    with pytest.raises(NotOpened):
        copied(home, made.id)


def test_another_contents_file_in_its_place_is_noticed(home: Home, case: str, file: Path, tmp_path: Path) -> None:
    made = adding.add(home, CONSOLE, case, [file])
    other = tmp_path / "other"
    other.write_bytes(b"other")
    swapped = adding.add(home, CONSOLE, case, [other])
    with home.active():
        Content.objects.filter(digest=made.content_id).update(identity=swapped.content.identity)
    with pytest.raises(NotOpened):
        copied(home, made.id)


def test_without_its_key_nobody_reads_it(home: Home, case: str, file: Path) -> None:
    made = adding.add(home, CONSOLE, case, [file])
    with home.active():
        Content.objects.filter(digest=made.content_id).update(identity=None)
    with pytest.raises(Shredded):
        copied(home, made.id)
    again = adding.add(home, CONSOLE, case, [file])
    assert copied(home, again.id) == DATA


@pytest.mark.parametrize(
    ("change", "member"),
    [
        ({"at": "2016-12-13"}, "at"),
        ({"zone": "Mars"}, "zone"),
        ({"power": ""}, "power"),
        ({"originality": "fake"}, "originality"),
        ({"hashes": [{"algorithm": "crc", "value": "1"}]}, "hashes.0.algorithm"),
    ],
)
def test_a_record_of_seizure_has_its_form(
    home: Home, case: str, file: Path, change: dict[str, Any], member: str
) -> None:
    with pytest.raises(BadMember) as error:
        adding.add(home, CONSOLE, case, [file], seized={**SEIZED, **change})
    assert error.value.data["member"] == member
    assert stored(home) == []


def test_who_may(home: Home, case: str, file: Path) -> None:
    made = adding.add(home, CONSOLE, case, [file])
    before = leaves(home)
    for actor in (NOBODY, ADMINISTRATOR, a(Role.DRAFTER)):
        with pytest.raises(NotPermitted):
            adding.add(home, actor, case, [file])
    for actor in (NOBODY, ADMINISTRATOR):
        assert reading.exhibits(home, actor) == []
        with pytest.raises(NotFound):
            reading.history(home, actor, made.id)
        with pytest.raises(NotFound), reading.content(home, actor, made.id, "viewed", reason="curious"):
            pass
    with pytest.raises(NotFound):
        adding.add(home, CONSOLE, "01a20000-0000-7000-8000-000000000000", [file])
    assert leaves(home) == before


def test_lists_are_by_case(home: Home, case: str, file: Path) -> None:
    other = cases.new(home, CONSOLE, "Another").id
    one = adding.add(home, CONSOLE, case, [file])
    two = adding.add(home, CONSOLE, other, [file])
    newest = [each.id for each in reading.exhibits(home, CONSOLE)]
    assert sorted(newest, reverse=True) == newest
    assert set(newest) == {one.id, two.id}
    assert [each.id for each in reading.exhibits(home, CONSOLE, case)] == [one.id]
    assert [each.id for each in reading.exhibits(home, CONSOLE, before=newest[0])] == newest[1:]


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("not-as-registered", {"statement": b'{"v":1}'}),
        ("not-as-registered", {"leaf": None}),
        ("not-as-registered", {"leaf": 0}),
        ("time-goes-back", {"at": None}),
        ("no-beginning", {}),
    ],
)
def test_a_chain_that_does_not_fit_is_shown(
    home: Home, case: str, file: Path, code: str, change: dict[str, Any]
) -> None:
    made = adding.add(home, CONSOLE, case, [file])
    copied(home, made.id)
    with home.active():
        rows = CustodyStep.objects.filter(exhibit=made).order_by("id")
        if "statement" in change:
            data = bytes(rows[2].statement).replace(b"a test", b"a lie!")
            CustodyStep.objects.filter(pk=rows[2].pk).update(statement=data)
        elif "at" in change:
            CustodyStep.objects.filter(pk=rows[2].pk).update(at="2001-01-01T00:00:00Z")
        elif change:
            CustodyStep.objects.filter(pk=rows[2].pk).update(**change)
        else:
            rows[0].delete()
    _, _, faults = reading.history(home, CONSOLE, made.id)
    assert code in {each.code for each in faults}


def test_memory_does_not_grow_with_the_content(home: Home, case: str, tmp_path: Path) -> None:
    """256 MiB of a sparse file, in a process whose own memory may not hold half of it."""
    path = tmp_path / "sparse"
    with path.open("wb") as file:
        file.truncate(256 << 20)
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from comity.records.exhibits.sealing import Sealing\n"
        "def peak(pid):\n"
        "    lines = Path(f'/proc/{pid}/status').read_text().splitlines()\n"
        "    return next(int(each.split()[1]) for each in lines if each.startswith('VmHWM'))\n"
        "with Sealing(Path(sys.argv[2])) as sealing, open(sys.argv[1], 'rb', buffering=0) as file:\n"
        "    while block := file.read(1 << 20):\n"
        "        sealing.write(block)\n"
        "    high = max(peak('self'), peak(sealing._box.pid))\n"
        "    print(sealing.finish().size, high)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, path, tmp_path / "store"], capture_output=True, check=True, text=True
    )
    size, peak = map(int, ended.stdout.split())
    assert size == 256 << 20
    assert peak < 128 << 10
    assert home.authority
    assert case
