# SPDX-License-Identifier: Apache-2.0
"""How fast the law answers: the facts read, one question warm, and the matrix of all states and measures.

The matrix stands beside the same cells asked one by one, from a sample: the simple version that it must equal. The
facts stand beside `json.loads` of the same file, which makes no fact of them.
"""

import json
import random
import statistics
import subprocess
import sys
import time
from datetime import date

from benchmarks.figure import Figure, report
from comity.law.bases.asking import bases
from comity.law.bases.question import Question
from comity.law.facts.book import COMPILED
from comity.law.facts.measures import MEASURES
from comity.law.matrix import matrix
from comity.law.states import UN_MEMBERS
from comity.law.view import View, shipped_index

DAY = date(2026, 11, 22)
READ = """
import time, comity.law.view
start = time.perf_counter()
comity.law.view.shipped_index()
print((time.perf_counter() - start) * 1000)
"""
RUNS = 11
SAMPLE = 2000


def read() -> float:
    """Milliseconds to read the compiled facts and order them for asking, the median of several whole processes."""
    command = [sys.executable, "-c", READ]
    return statistics.median(
        float(subprocess.run(command, check=True, capture_output=True, text=True).stdout) for _ in range(RUNS)
    )


def parse() -> float:
    """Milliseconds for the same file as plain JSON."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        json.loads(COMPILED.read_bytes())
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def questions() -> list[Question]:
    """Questions at random, each of two states, with an offence and without."""
    chosen = random.Random(1)  # noqa: S311  a sample, and the same one every time
    return [
        Question(requesting=one, requested=other, measure=chosen.choice(MEASURES), offence=chosen.choice(("", "fraud")))
        for one, other in (chosen.sample(UN_MEMBERS, 2) for _ in range(SAMPLE))
    ]


def main() -> None:
    """Print the figures."""
    index = shipped_index()
    asked = questions()
    bases(View(index, DAY, DAY), asked[0])
    times = []
    for question in asked:
        view = View(index, DAY, DAY)  # nothing that another question learnt helps this one
        start = time.perf_counter()
        bases(view, question)
        times.append((time.perf_counter() - start) * 1000)
    print("the matrix of 193 states", file=sys.stderr, flush=True)
    start = time.perf_counter()
    cells = sum(1 for _ in matrix(View(index, DAY, DAY)))
    whole = time.perf_counter() - start
    one_by_one = statistics.mean(times) / 1000 * cells
    report(
        [
            Figure(
                what="facts of law, read", value=read(), unit="ms", at_most=100, peer="json.loads", peer_value=parse()
            ),
            Figure(what="one answer, median", value=statistics.median(times), unit="ms", at_most=5),
            Figure(what="one answer, 99 of 100", value=statistics.quantiles(times, n=100)[98], unit="ms", at_most=5),
            Figure(
                what=f"matrix, {cells:,} cells",
                value=whole,
                unit="s",
                at_most=60,
                peer="one by one, reckoned",
                peer_value=one_by_one,
            ),
        ]
    )


if __name__ == "__main__":
    main()
