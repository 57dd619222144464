# SPDX-License-Identifier: Apache-2.0
"""A body in lines: every kind's, whole, by its own titles, with nothing that steers a terminal; and its files."""

from pathlib import Path
from typing import Any

import pytest
from tests.fixtures.proofs import attached

from comity.interfaces.cli import bodies
from comity.protocol.terms import kinds

EVERY = {**kinds.request_kinds(), **kinds.move_kinds()}


def attachment(name: str, content: bytes = b"invented") -> dict[str, Any]:
    return attached(name, content)


@pytest.mark.parametrize("kind", EVERY)
def test_every_text_of_an_example_is_said(kind: str) -> None:
    body = dict(EVERY[kind].example)
    said = "\n".join(bodies.words(kind, body))
    for value in body.values():
        if isinstance(value, str) and " " in value:
            assert value in said


def test_members_have_titles_and_codes_have_labels() -> None:
    body = {"reference": "SAMPLE-1", "data_categories": ["traffic"], "mla_intended": False, "due": []}
    assert list(bodies.words("preservation", body)) == [
        "Our reference: SAMPLE-1",
        "Data categories: Traffic data",
        "Request for the data will follow: no",
    ]


def test_what_no_schema_knows_is_said_and_steers_no_terminal() -> None:
    assert list(bodies.words("preservation", {"new\n": "a\x1b[2J\n\u202eb"})) == ["new\\n: a\\x1b[2J", "  \\u202eb"]
    assert list(bodies.words("no-such-kind", {"a": {"b": 1}})) == ["a:", "  b: 1"]


def test_files_come_last_by_name_size_and_digest() -> None:
    held = attachment("list.csv")
    lines = list(bodies.words("produced", {"attachments": [held], "answer": "Invented."}))
    assert lines == ["Answer: Invented.", "Attachments:", f"  - list.csv, 8 bytes, {held['sha256']}"]


def test_a_file_is_saved_over_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    one = bodies.save(attachment("list.csv"), folder)
    assert (one, one.read_bytes()) == (folder / "list.csv", b"invented")
    assert bodies.save(attachment("list.csv"), folder) == one
    other = bodies.save(attachment("list.csv", b"other"), folder)
    assert other != one
    assert (one.read_bytes(), other.read_bytes()) == (b"invented", b"other")
    other.write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        bodies.save(attachment("list.csv", b"other"), folder)


@pytest.mark.parametrize("name", ["../../etc/x", "/etc/x", "..\\x", ".x", "-x", "x\x1b"])
def test_a_file_stays_in_its_folder(tmp_path: Path, name: str) -> None:
    assert bodies.save(attachment(name), tmp_path) == tmp_path / "x"
    assert bodies.save(attachment(".."), tmp_path) == tmp_path / "file"


def test_a_name_that_is_too_long_for_a_disk_is_cut_in_front(tmp_path: Path) -> None:
    name = "样" * 116 + ".csv"  # what a message may hold
    for content in (b"one", b"two"):
        path = bodies.save(attachment(name, content), tmp_path)
        assert path.read_bytes() == content
        assert path.name.endswith("样样.csv")
    hidden = bodies.save(attachment("x" + "." + "y" * (bodies.LONGEST_NAME - 1)), tmp_path)
    assert not hidden.name.startswith(".")
