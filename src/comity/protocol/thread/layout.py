# SPDX-License-Identifier: Apache-2.0
"""Where the states of a graph lie on paper: rows from top to bottom, lines that pass between the boxes.

The usual way of layered drawings, in four steps: rank each state by its longest way from the first; put a stop in each
row that a long line passes; order every row so that few lines cross; shift the boxes so that lines run straight.
Everything is computed from the graph and the titles alone, so the same graph always gives the same picture.
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from comity.protocol.thread.graph import Graph

LINE_HEIGHT, ROW_GAP, GAP, MARGIN = 16, 36, 18, 12
_WIDEST_LINE = 106.0
_STOP_WIDTH = 14.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A state on paper: its title in lines, its centre and size, in pixels."""

    name: str
    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """A way from one state to another: where it leaves, the stops between boxes, where it arrives."""

    source: str
    target: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole picture."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


_Node = tuple[str, str, int]
"""A state (name, "", 0), or the stop of a line in a row (source, target, row)."""

_Block = tuple[float, list[tuple[_Node, float]]]
"""Nodes of a row that touch: the centre of the first, and each one's distance from it."""


def arrange(graph: Graph, titles: Callable[[str], str]) -> Plan:
    """The plan of the graph's usual transitions, with each state's title as `titles` words it."""
    texts = {state.name: wrap(titles(state.title)) for state in graph.states}
    ways = list(dict.fromkeys((t.source, t.target) for t in graph.transitions if t.usual and t.source != t.target))
    ranks = _ranks(graph, ways)
    chains = {way: _chain(way, ranks) for way in ways if ranks[way[0]] < ranks[way[1]]}
    rows = _ordered(_rows(graph, ranks, chains), chains)
    widths = {_state(name): max(map(text_width, lines)) + 26 for name, lines in texts.items()}
    widest = max(widths.values())
    centres = _centres(rows, chains, {node: widest if not node[1] else _STOP_WIDTH for row in rows for node in row})
    return _plan(texts, rows, chains, centres, widest)


def wrap(title: str) -> tuple[str, ...]:
    """The title in as few lines as fit; broken at spaces, or anywhere where the script has none."""
    lines, line = list[str](), ""
    for word in title.split(" "):
        longer = f"{line} {word}" if line else word
        if line and text_width(longer) > _WIDEST_LINE:
            lines.append(line)
            longer = word
        line = longer
    return (*lines, line)


def text_width(text: str) -> float:
    """About how wide the text is at 13 pixels: full for Chinese, nothing for marks above and below."""
    return sum(map(_glyph_width, text))


def _glyph_width(glyph: str) -> float:
    if unicodedata.category(glyph) in ("Mn", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(glyph) in "WF":
        return 13.0
    return 7.0 if glyph.isascii() else 9.0


def _state(name: str) -> _Node:
    return name, "", 0


def _ranks(graph: Graph, ways: list[tuple[str, str]]) -> dict[str, int]:
    """The row of each state: its longest way from the first, where ways that lead back do not count."""
    onward = list(_onward(graph.initial.name, ways, [], set()))
    ranks = {state.name: 0 for state in graph.states}
    for _ in graph.states:
        for source, target in onward:
            ranks[target] = max(ranks[target], ranks[source] + 1)
    return ranks


def _onward(name: str, ways: list[tuple[str, str]], trail: list[str], seen: set[str]) -> Iterator[tuple[str, str]]:
    """The ways that do not lead back to a state that they came from, depth first."""
    seen.add(name)
    for source, target in ways:
        if source == name and target not in (*trail, name):
            yield source, target
            if target not in seen:
                yield from _onward(target, ways, [*trail, name], seen)


def _chain(way: tuple[str, str], ranks: Mapping[str, int]) -> list[_Node]:
    """The nodes that a line passes: its first state, a stop in each row between, its last state."""
    source, target = way
    stops = [(source, target, row) for row in range(ranks[source] + 1, ranks[target])]
    return [_state(source), *stops, _state(target)]


def _rows(graph: Graph, ranks: Mapping[str, int], chains: Mapping[tuple[str, str], list[_Node]]) -> list[list[_Node]]:
    rows: list[list[_Node]] = [[] for _ in range(max(ranks.values()) + 1)]
    for state in graph.states:
        rows[ranks[state.name]].append(_state(state.name))
    for chain in chains.values():
        for node in chain[1:-1]:
            rows[node[2]].append(node)
    return rows


def _neighbours(chains: Mapping[tuple[str, str], list[_Node]]) -> tuple[dict[_Node, list[_Node]], ...]:
    """For each node, the nodes that its lines come from and those that they go to."""
    above: dict[_Node, list[_Node]] = {}
    below: dict[_Node, list[_Node]] = {}
    for chain in chains.values():
        for upper, lower in pairwise(chain):
            above.setdefault(lower, []).append(upper)
            below.setdefault(upper, []).append(lower)
    return above, below


def _ordered(rows: list[list[_Node]], chains: Mapping[tuple[str, str], list[_Node]]) -> list[list[_Node]]:
    """The rows, each ordered by where its neighbours lie; the best of some sweeps down and up."""
    above, below = _neighbours(chains)
    best, rows = [list(row) for row in rows], [list(row) for row in rows]
    for _ in range(12):
        for near, sweep in ((above, range(1, len(rows))), (below, range(len(rows) - 2, -1, -1))):
            for row in sweep:
                places = {node: place for each in rows for place, node in enumerate(each)}
                wanted = {node: _mean(near, node, places) for node in rows[row]}
                rows[row].sort(key=wanted.__getitem__)
            if _crossings(rows, below) < _crossings(best, below):
                best = [list(row) for row in rows]
    return best


def _mean(near: Mapping[_Node, list[_Node]], node: _Node, places: Mapping[_Node, float]) -> float:
    """Where the neighbours lie on average; the node's own place when it has none."""
    found = [places[each] for each in near.get(node, ())] or [places[node]]
    return sum(found) / len(found)


def _crossings(rows: list[list[_Node]], below: Mapping[_Node, list[_Node]]) -> int:
    places = {node: place for row in rows for place, node in enumerate(row)}
    count = 0
    for row in rows:
        ends = [(places[upper], places[lower]) for upper in row for lower in below.get(upper, ())]
        count += sum(1 for one in ends for two in ends if one[0] < two[0] and one[1] > two[1])
    return count


def _centres(
    rows: list[list[_Node]], chains: Mapping[tuple[str, str], list[_Node]], widths: Mapping[_Node, float]
) -> dict[_Node, float]:
    """The horizontal centre of each node: moved towards its neighbours again and again, never into its row's next."""
    above, below = _neighbours(chains)
    centres: dict[_Node, float] = {}
    for row in rows:
        _spread(row, {node: float(place) for place, node in enumerate(row)}, widths, centres)
    for turn in range(40):
        near = above if turn % 2 else below
        for row in rows if turn % 2 else reversed(rows):
            _spread(row, {node: _mean(near, node, centres) for node in row}, widths, centres)
    left = min(centre - widths[node] / 2 for node, centre in centres.items())
    return {node: centre - left + MARGIN for node, centre in centres.items()}


def _spread(
    row: list[_Node], wanted: Mapping[_Node, float], widths: Mapping[_Node, float], centres: dict[_Node, float]
) -> None:
    """Place a row as near as possible to where its nodes want to be: those that would overlap form a block about its
    mean.
    """
    blocks: list[_Block] = []
    for node in row:
        block: _Block = (wanted[node], [(node, 0.0)])
        while blocks and _overlaps(blocks[-1], block, widths):
            block = _joined(blocks.pop(), block, wanted, widths)
        blocks.append(block)
    for begin, members in blocks:
        for node, offset in members:
            centres[node] = begin + offset


def _distance(one: _Node, other: _Node, widths: Mapping[_Node, float]) -> float:
    return (widths[one] + widths[other]) / 2 + GAP


def _overlaps(left: _Block, right: _Block, widths: Mapping[_Node, float]) -> bool:
    last, offset = left[1][-1]
    return left[0] + offset + _distance(last, right[1][0][0], widths) > right[0]


def _joined(left: _Block, right: _Block, wanted: Mapping[_Node, float], widths: Mapping[_Node, float]) -> _Block:
    last, offset = left[1][-1]
    gap = offset + _distance(last, right[1][0][0], widths)
    members = [*left[1], *((node, gap + each) for node, each in right[1])]
    begin = sum(wanted[node] - each for node, each in members) / len(members)
    return begin, members


def _plan(
    texts: Mapping[str, tuple[str, ...]],
    rows: list[list[_Node]],
    chains: Mapping[tuple[str, str], list[_Node]],
    centres: Mapping[_Node, float],
    width: float,
) -> Plan:
    height = LINE_HEIGHT * max(map(len, texts.values())) + 16
    tops = {node: MARGIN + place * (height + ROW_GAP) for place, row in enumerate(rows) for node in row}
    boxes = (
        Box(name, lines, centres[_state(name)], tops[_state(name)] + height / 2, width, height)
        for name, lines in texts.items()
    )
    turns = _turns(rows, chains, centres)
    lines = (Line(*way, tuple(_points(chain, centres, tops, height, turns))) for way, chain in chains.items())
    right = max(centre + (_STOP_WIDTH if node[1] else width) / 2 for node, centre in centres.items())
    return Plan(right + MARGIN, max(tops.values()) + height + MARGIN, tuple(boxes), tuple(lines))


def _points(
    chain: list[_Node],
    centres: Mapping[_Node, float],
    tops: Mapping[_Node, float],
    height: float,
    turns: Mapping[tuple[_Node, _Node], float],
) -> Iterator[Point]:
    """Down from the first box to the last, turning twice between rows where the next node is not straight below."""
    yield centres[chain[0]], tops[chain[0]] + height
    for upper, lower in pairwise(chain):
        turn = tops[lower] - turns[upper, lower]
        if abs(centres[upper] - centres[lower]) >= 1:
            yield centres[upper], turn
            yield centres[lower], turn
    yield centres[chain[-1]], tops[chain[-1]]


def _turns(
    rows: list[list[_Node]], chains: Mapping[tuple[str, str], list[_Node]], centres: Mapping[_Node, float]
) -> dict[tuple[_Node, _Node], float]:
    """How far above the lower row each piece of a line runs across: pieces that share an end run together, and bundles
    that would lie on each other run at different heights.
    """
    above, below = _neighbours(chains)
    turns: dict[tuple[_Node, _Node], float] = {}
    for row in rows:
        bundles: dict[_Node, list[tuple[_Node, _Node]]] = {}
        for upper in row:
            for lower in below.get(upper, ()):
                end = upper if len(below[upper]) > 1 or len(above[lower]) == 1 else lower
                bundles.setdefault(end, []).append((upper, lower))
        levels = _levels({end: _span(pieces, centres) for end, pieces in bundles.items()})
        for end, pieces in bundles.items():
            turns |= dict.fromkeys(pieces, ROW_GAP * (levels[end] + 1) / (max(levels.values()) + 2))
    return turns


def _span(pieces: list[tuple[_Node, _Node]], centres: Mapping[_Node, float]) -> tuple[float, float]:
    ends = [centres[node] for piece in pieces for node in piece]
    return min(ends), max(ends)


def _levels(spans: Mapping[_Node, tuple[float, float]]) -> dict[_Node, int]:
    """A level for each span, the shortest lowest, so that no two on one level meet."""
    levels: dict[_Node, int] = {}
    for node, (left, right) in sorted(spans.items(), key=lambda each: each[1][1] - each[1][0]):
        taken = {levels[each] for each in levels if spans[each][0] <= right and left <= spans[each][1]}
        levels[node] = min(set(range(len(taken) + 1)) - taken)
    return levels
