# SPDX-License-Identifier: Apache-2.0
"""The published vectors are what the code makes, and the code reads them as they say."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from tests.fixtures.vectors import ROOT
from tests.unit.conformance.judges import JUDGES
from tools import publish_vectors

from comity.protocol.errors import ComityError
from comity.protocol.proof import verifier
from comity.protocol.proof.errors import StepFailed
from comity.protocol.wire import canonical

FOLDER = ROOT / "conformance/vectors"


def vectors(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["vectors"]
    return found


@pytest.mark.parametrize("name", publish_vectors.SETS)
def test_nothing_is_stale(name: str) -> None:
    kept = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    assert publish_vectors.stable(kept) == publish_vectors.stable(publish_vectors.made(name))
    assert kept["format"] == f"comity/vectors/{name}/v1"
    assert kept["provenance"]


def test_every_file_is_published_and_judged() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(publish_vectors.SETS) == {*JUDGES, "proof-files"}


def test_a_change_makes_a_file_stale_and_randomness_does_not() -> None:
    value = {"envelope": "a", "signatures": [{"keyid": "mldsa65:1", "sig": "a"}, {"keyid": "ed25519:1", "sig": "b"}]}
    other = copy.deepcopy(value)
    other["envelope"] = "b"
    other["signatures"][0]["sig"] = "c"  # type: ignore[index]
    assert publish_vectors.stable(value) == publish_vectors.stable(other)
    other["signatures"][1]["sig"] = "c"  # type: ignore[index]
    assert publish_vectors.stable(value) != publish_vectors.stable(other)


def test_the_script_writes_what_is_missing_and_says_what_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(publish_vectors, "FOLDER", tmp_path)
    monkeypatch.setattr(publish_vectors, "SETS", {"keys": publish_vectors.SETS["keys"]})
    assert publish_vectors.main(["--check"]) == 1
    assert "keys.json is stale" in capsys.readouterr().out
    assert publish_vectors.main([]) == 0
    assert publish_vectors.main(["--check"]) == 0


@pytest.mark.parametrize(
    ("name", "place"), [(name, place) for name in JUDGES for place in range(len(vectors(name)))], ids=str
)
def test_a_vector_is_read_as_it_says(name: str, place: int) -> None:
    vector = vectors(name)[place]
    if "error" not in vector:
        JUDGES[name](vector)
        return
    with pytest.raises(ComityError) as refused:
        JUDGES[name](vector)
    assert refused.value.code == vector["error"], vector["about"]


def edited(file: dict[str, Any], edit: dict[str, Any]) -> bytes:
    """The proof file after an edit, written canonically."""
    whole = copy.deepcopy(file)
    path = edit.get("drop") or edit.get("put") or []
    owner: Any = whole
    for name in path[:-1]:
        owner = owner[name]
    if "drop" in edit:
        del owner[path[-1]]
    elif path:
        owner[path[-1]] = edit["value"]
    return canonical.encode(whole, limit=1 << 20)


@pytest.mark.parametrize("place", range(len(vectors("proof-files"))))
def test_a_proof_file_proves_or_fails_as_it_says(place: int) -> None:
    all_of_them = vectors("proof-files")
    vector, file = all_of_them[place], all_of_them[0]["file"]
    data = edited(file, vector.get("edit", {}))
    if "fails" not in vector:
        report = verifier.verify(data, vector["trusted"])
        assert report.facts["thread"]["thread"] == vector["thread"]
        return
    with pytest.raises(StepFailed) as failed:
        verifier.verify(data, vector["trusted"])
    assert {"step": failed.value.failed.number, "error": failed.value.error.code} == vector["fails"]
