# SPDX-License-Identifier: Apache-2.0
"""The benchmarks' runner: every figure in the table, results kept, and an end that tells good from bad."""

import json
from pathlib import Path

import pytest
from benchmarks.figure import Figure, amount
from benchmarks.run import main

GOOD = """
from benchmarks.figure import Figure, report
report([Figure(what="rows appended", value=52000.0, unit="rows/s", at_least=40000, peer="pymerkle", peer_value=160000)])
"""


@pytest.fixture
def folder(tmp_path: Path, project: Path) -> Path:
    """A folder of benchmarks of the test's own, with the house's figures in it."""
    made = tmp_path / "benchmarks"
    made.mkdir()
    for name in ("__init__.py", "figure.py"):
        (made / name).write_bytes((project / "benchmarks" / name).read_bytes())
    return made


def test_a_good_run_is_kept_and_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "register.py").write_text(GOOD)
    assert main([], folder) == 0
    shown = capsys.readouterr().out
    assert "rows appended  52,000 rows/s  ≥ 40,000  holds  pymerkle: 160,000" in shown
    kept = json.loads((folder / "results" / "register.json").read_text())
    assert kept["benchmark"] == "register"
    assert kept["figures"][0]["value"] == 52000.0
    assert kept["cores"] >= 1


def test_a_missed_bar_ends_badly(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "register.py").write_text(GOOD.replace("52000.0", "12.5"))
    assert main([], folder) == 1
    assert "MISSED" in capsys.readouterr().out


def test_a_broken_benchmark_is_named_and_the_others_still_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a_broken.py").write_text("raise SystemExit(3)\n")
    (folder / "register.py").write_text(GOOD)
    assert main([], folder) == 1
    shown = capsys.readouterr().out
    assert "a_broken broke" in shown
    assert "holds" in shown


def test_a_name_chooses_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a_broken.py").write_text("raise SystemExit(3)\n")
    (folder / "register.py").write_text(GOOD)
    assert main(["register"], folder) == 0


@pytest.mark.parametrize(("value", "holds"), [(1.0, False), (2.0, True), (3.0, True), (4.0, True), (4.5, False)])
def test_a_bar_includes_its_ends(value: float, holds: bool) -> None:
    assert Figure(what="x", value=value, unit="s", at_least=2, at_most=4).holds is holds


@pytest.mark.parametrize(
    ("value", "words"), [(40000, "40,000"), (1300.4, "1,300"), (999.9, "1,000"), (1.3, "1.3"), (0.0421, "0.0421")]
)
def test_amounts_read_well(value: float, words: str) -> None:
    assert amount(value) == words
