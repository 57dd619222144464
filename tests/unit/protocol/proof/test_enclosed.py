# SPDX-License-Identifier: Apache-2.0
"""The files of a body are told by what their bytes are; whatever is no file stays with the body."""

from typing import Any

import pytest
from tests.fixtures.proofs import NOTE, NOTED, attached

from comity.protocol.proof.enclosed import Enclosed, attachments, described, exhibits, without_files
from comity.protocol.wire.names import digest_of

FALSE = digest_of(b"another")
ODD: list[Any] = [3, {"name": "a"}, {"data": 1}, {"data": "???"}, {"data": "é"}]


def test_size_and_digest_are_those_of_the_bytes() -> None:
    (found,) = attachments({"attachments": [attached(NOTE, NOTED, sha256=FALSE, size=1)]})
    assert found.as_json() == {
        "name": NOTE,
        "media_type": "text/plain",
        "size": len(NOTED),
        "sha256": digest_of(NOTED),
    }


@pytest.mark.parametrize("body", [{}, {"attachments": "no", "exhibits": 4}, {"attachments": ODD, "exhibits": ODD}])
def test_what_is_no_file_is_left_to_the_words(body: dict[str, Any]) -> None:
    assert attachments(body) == exhibits(body) == ()
    assert without_files(body) == described(body) == body


def test_words_are_left_without_the_files() -> None:
    body = {"answer": "yes", "attachments": [attached(NOTE, NOTED), "odd"], "exhibits": [FALSE]}
    assert exhibits(body) == (FALSE,)
    assert without_files(body) == {"answer": "yes", "attachments": ["odd"]}
    assert "data" not in described(body)["attachments"][0]
    assert described(body)["exhibits"] == [FALSE]
    assert without_files({"attachments": [attached(NOTE, NOTED)]}) == {}


@pytest.mark.parametrize("name", ["", ".", "..", "../a", "/etc/passwd", "a\\b", "a/"])
def test_a_path_is_no_name(name: str) -> None:
    assert Enclosed(name, "", b"").is_path
    assert not Enclosed("a.pdf", "", b"").is_path
