# SPDX-License-Identifier: Apache-2.0
"""Makes the law explorer's map of the world from the package @svg-maps/world: its outlines, coarser.

Each place keeps its largest outline, and the others as long as they can be seen; points nearer than a few pixels are
left out. A page draws a place by `<use>`, so that the outlines are fetched once and kept.
"""

import json
import re
import shutil
from pathlib import Path

_WORD = re.compile(r"[a-z]|-?\d*\.?\d+(?:e-?\d+)?")
NEAR = 2.2
"""Points that lie nearer to the last one are left out, in units of a map that is 1010 wide."""

Point = tuple[float, float]


def make(package: Path, to: Path) -> None:
    """Write `world.svg`, in which each place is a path with its two letters as id, and the licence."""
    text = (package / "index.js").read_text(encoding="utf-8")
    drawn = json.loads(text[text.index("{") : text.rindex("}") + 1])
    places = {each["id"].upper(): coarser(each["path"]) for each in drawn["locations"] if len(each["id"]) == 2}
    to.mkdir(parents=True)
    paths = "".join(f'<path id="{code}" d="{path}"/>' for code, path in sorted(places.items()))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{drawn["viewBox"]}">{paths}</svg>'
    (to / "world.svg").write_text(svg)
    shutil.copy(package / "LICENSE.md", to / "LICENSE")


def coarser(path: str) -> str:
    """The same outlines with fewer points. Only relative lines are drawn in this map."""
    outlines = sorted(map(thinned, rings(path)), key=extent, reverse=True)
    seen = [each for each in outlines if len(each) > 2 and extent(each) > NEAR] or outlines[:1]
    return "".join("M" + " ".join(f"{x:g},{y:g}" for x, y in each) + "Z" for each in seen)


def rings(path: str) -> list[list[Point]]:
    """The outlines of a path, in absolute points."""
    found: list[list[Point]] = []
    numbers: list[float] = []
    at = (0.0, 0.0)
    for word in _WORD.findall(path):
        if word == "m":
            found.append([])
        elif word == "z":
            at = found[-1][0]
        else:
            numbers.append(float(word))
            if len(numbers) == 2:
                at = (at[0] + numbers[0], at[1] + numbers[1])
                found[-1].append(at)
                numbers.clear()
    return found


def thinned(outline: list[Point]) -> list[Point]:
    """Without the points that nobody could tell apart."""
    kept: list[Point] = []
    for x, y in outline:
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= NEAR:
            kept.append((round(x, 1), round(y, 1)))
    return kept if len(kept) > 2 else [(round(x, 1), round(y, 1)) for x, y in outline[:: max(1, len(outline) // 5)]]


def extent(outline: list[Point]) -> float:
    """How wide or high it is."""
    return max(max(each[axis] for each in outline) - min(each[axis] for each in outline) for axis in (0, 1))
