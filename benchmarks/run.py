# SPDX-License-Identifier: Apache-2.0
"""Runs every benchmark in turn, keeps what each reported, and prints one table: figure, bar, peer.

Each is a process of its own, so that none warms another. What it reported is kept in `benchmarks/results/NAME.json`
with the machine that it ran on. Ends with 1 when a benchmark broke or a bar was missed.
Names on the command line choose: `python -m benchmarks.run wire register`.
"""

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.figure import Figure, amount

HERE = Path(__file__).parent
OURSELVES = {"__init__", "figure", "run"}


def main(chosen: list[str], folder: Path = HERE) -> int:
    """Runs the benchmarks of `folder`, or those chosen."""
    names = chosen or sorted(path.stem for path in folder.glob("*.py") if path.stem not in OURSELVES)
    results = {name: run(name, folder) for name in names}
    table = [row(figure) for figures in results.values() for figure in figures or ()]
    print_table([("figure", "value", "bar", "", "peer"), *table])
    broken = [name for name, figures in results.items() if figures is None]
    for name in broken:
        print(f"{name} broke: see above")
    missed = [figure for figures in results.values() for figure in figures or () if not figure.holds]
    return 1 if broken or missed else 0


def run(name: str, folder: Path) -> list[Figure] | None:
    """What one benchmark reported, kept beside it; None when it broke."""
    print(f"running {name}", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", f"{folder.name}.{name}"]
    ended = subprocess.run(command, cwd=folder.parent, stdout=subprocess.PIPE, text=True, check=False)
    if ended.returncode != 0:
        return None
    reported = json.loads(ended.stdout)
    kept = folder / "results" / f"{name}.json"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(json.dumps({"benchmark": name, **surroundings(), **reported}, ensure_ascii=False, indent=1) + "\n")
    return [Figure(**figure) for figure in reported["figures"]]


def surroundings() -> dict[str, object]:
    """What a figure depends on besides the code."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
    }


def row(figure: Figure) -> tuple[str, ...]:
    """One line of the table."""
    peer = f"{figure.peer}: {amount(figure.peer_value)}" if figure.peer_value is not None else figure.peer
    verdict = "" if not figure.bar else "holds" if figure.holds else "MISSED"
    return (figure.what, f"{amount(figure.value)} {figure.unit}", figure.bar, verdict, peer)


def print_table(rows: list[tuple[str, ...]]) -> None:
    """Columns as wide as their longest cell."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for cells in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
