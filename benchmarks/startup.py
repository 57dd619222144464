# SPDX-License-Identifier: Apache-2.0
"""How long somebody waits for `comity --help`, beside Python doing nothing at all."""

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

from benchmarks.figure import Figure, report

RUNS = 21
BAR = 200.0


def median(command: Sequence[str]) -> float:
    """Milliseconds of wall time, the median of several whole processes."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main() -> None:
    """Print the figure."""
    bare = median([sys.executable, "-c", "pass"])
    ours = median([sys.executable, "-m", "comity.interfaces.cli.main", "--help"])
    report([Figure(what="comity --help", value=ours, unit="ms", at_most=BAR, peer="python -c pass", peer_value=bare)])


if __name__ == "__main__":
    main()
