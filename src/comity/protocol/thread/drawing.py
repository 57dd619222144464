# SPDX-License-Identifier: Apache-2.0
"""Drawings of a state graph: Mermaid text for the documents, an SVG picture for the pages.

Both show the usual transitions; all of them are in `table`. The picture needs no script and no style sheet: it carries
presentation attributes, which any rule of the page's own style sheet overrides by class (`state`, `current`, `next`,
`conflict`, `way`). It takes its ink from the page (`currentColor`), says in words what it shows, and never tells by
colour alone.
"""

from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Literal

from comity.protocol.thread.graph import Graph, Role
from comity.protocol.thread.layout import LINE_HEIGHT, Box, Line, Plan, Point, arrange, text_width
from comity.protocol.thread.state import Conflict
from comity.protocol.thread.titles import CURRENT, IN_CONFLICT, NEXT, ROLES

_ACCENT, _ALARM = "#1f5fbf", "#b3261e"
_LEGEND_HEIGHT, _RADIUS = 30, 7


def mermaid(graph: Graph) -> str:
    """The graph as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", *(f'    state "{state.title}" as {_name(state.name)}' for state in graph.states)]
    lines.append(f"    [*] --> {_name(graph.initial.name)}")
    kinds: dict[tuple[str, str], dict[str, None]] = {}
    for each in graph.transitions:
        if each.usual:
            kinds.setdefault((each.source, each.target), {})[each.kind] = None
    lines += [f"    {_name(one)} --> {_name(other)} : {', '.join(found)}" for (one, other), found in kinds.items()]
    lines += [f"    {_name(state.name)} --> [*]" for state in graph.states if state.final]
    return "\n".join(lines) + "\n"


def table(graph: Graph) -> str:
    """Every state with who is waited for and every move out of it, as a Markdown table."""
    rows = ["| State | Waits for | The opener may send | An addressee may send |", "|---|---|---|---|"]
    for state in graph.states:
        waits = " or ".join(ROLES[each].lower() for each in state.waited_for) or "nobody"
        clock = "; the clock stops" if state.clock_stops else ""
        moves = [", ".join(f"`{kind}`" for kind in graph.moves(state.name, role)) or "–" for role in Role]
        rows.append(f"| `{state.name}` {state.title} | {waits}{clock} | {moves[0]} | {moves[1]} |")
    return "\n".join(rows) + "\n"


def svg(
    graph: Graph,
    current: str,
    conflict: Conflict | None = None,
    titles: Callable[[str], str] = str,
    direction: Literal["ltr", "rtl"] = "ltr",
    *,
    name: str = "thread",
) -> str:
    """The graph as a picture with the lane's state marked, and the states it may be in next.

    `titles` gives an English title in the reader's language; from right to left the picture is mirrored. `name` begins
    the ids in it: two pictures on one page need two names.
    """
    plan = arrange(graph, titles)
    picture = _Picture(graph, plan, current, conflict, titles, direction, name)
    return picture.document() + "\n"


def _name(state: str) -> str:
    """A state's name as Mermaid takes it."""
    return state.replace("-", "_")


class _Picture:
    """One drawing: a plan, and what is to be marked in it."""

    def __init__(
        self,
        graph: Graph,
        plan: Plan,
        current: str,
        conflict: Conflict | None,
        titles: Callable[[str], str],
        direction: Literal["ltr", "rtl"],
        name: str,
    ) -> None:
        self.graph, self.plan, self.titles, self.direction, self.name = graph, plan, titles, direction, name
        self.current = current
        self.torn = frozenset(conflict.candidates if conflict else ()) - {current}
        sources = frozenset((current,)) | self.torn
        self.next = frozenset().union(*(graph.next_states(each) for each in sources)) - sources
        self.width = max(plan.width, *(x for _, _, x in self.keys()))

    def document(self) -> str:
        """What it says in words, the ways, the states, what the marks mean."""
        width, height = f"{self.width:.0f}", f"{self.plan.height + _LEGEND_HEIGHT:.0f}"
        parts = [
            _tag("title", escape(self.titles(self.graph.title)), id=f"{self.name}-title"),
            _tag("desc", escape(self.words()), id=f"{self.name}-desc"),
            *self.arrowheads(),
            *self.ways(),
            *(self.state(box) for box in self.plan.boxes),
            *self.legend(),
        ]
        return _tag(
            "svg",
            "\n" + "\n".join(parts) + "\n",
            xmlns="http://www.w3.org/2000/svg",
            class_="state-graph",
            role="img",
            aria_labelledby=f"{self.name}-title {self.name}-desc",
            direction=self.direction,
            viewBox=f"0 0 {width} {height}",
            width=width,
            height=height,
            font_size=13,
        )

    def words(self) -> str:
        """What the picture shows, in words."""
        found = [(CURRENT, {self.current}), (IN_CONFLICT, self.torn), (NEXT, self.next)]
        ordered = [(mark, [each for each in self.graph.states if each.name in names]) for mark, names in found]
        said = [(mark, ", ".join(self.titles(each.title) for each in states)) for mark, states in ordered if states]
        return " ".join(f"{self.titles(mark)}: {states}." for mark, states in said)

    def arrowheads(self) -> Iterator[str]:
        """One arrowhead for a plain way and one for a way that may be taken next."""
        for kind, ink in (("plain", "currentColor"), ("next", _ACCENT)):
            yield _tag(
                "marker",
                _tag("path", d="M0 0L8 4L0 8z", fill=ink),
                id=f"{self.name}-{kind}",
                class_=f"arrow {kind}",
                viewBox="0 0 8 8",
                refX=7,
                refY=4,
                markerWidth=7,
                markerHeight=7,
                markerUnits="userSpaceOnUse",
                orient="auto",
            )

    def ways(self) -> Iterator[str]:
        """The lines: the plain ones faint, as one, so that none is darker where they meet; then those from here."""
        here = {self.current, *self.torn}
        plain = (self.way(line, "plain") for line in self.plan.lines if line.source not in here)
        yield _tag("g", "".join(plain), class_="ways", opacity="0.45")
        yield from (self.way(line, "next") for line in self.plan.lines if line.source in here)

    def way(self, line: Line, kind: str) -> str:
        """A line with its arrowhead."""
        return _tag(
            "path",
            class_=f"way {kind}",
            d=self.curve(line),
            fill="none",
            marker_end=f"url(#{self.name}-{kind})",
            **_WAYS[kind],
        )

    def curve(self, line: Line) -> str:
        """A path through the line's points, its corners rounded."""
        points = [(self.across(x), y) for x, y in line.points]
        drawn = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
        for before, corner, after in zip(points, points[1:], points[2:], strict=False):
            into, out = _towards(corner, before), _towards(corner, after)
            drawn += f"L{into[0]:.1f} {into[1]:.1f}Q{corner[0]:.1f} {corner[1]:.1f} {out[0]:.1f} {out[1]:.1f}"
        return f"{drawn}L{points[-1][0]:.1f} {points[-1][1]:.1f}"

    def across(self, x: float) -> float:
        """The place in the reader's direction."""
        return self.width - x if self.direction == "rtl" else x

    def mark(self, name: str) -> str:
        """How a state is marked; `plain` for most."""
        if name == self.current:
            return "current"
        return "conflict" if name in self.torn else "next" if name in self.next else "plain"

    def state(self, box: Box) -> str:
        """A box with its title."""
        mark, x = self.mark(box.name), self.across(box.x)
        first = box.y - LINE_HEIGHT * (len(box.lines) - 1) / 2 + 4.5
        texts = (
            _tag("text", escape(text), x=x, y=first + LINE_HEIGHT * place, text_anchor="middle", **_TEXTS[mark])
            for place, text in enumerate(box.lines)
        )
        left, top = x - box.width / 2, box.y - box.height / 2
        frame = _tag("rect", x=left, y=top, width=box.width, height=box.height, rx=8, **_BOXES[mark])
        return _tag("g", frame + "".join(texts), class_=f"state {mark}", data_state=box.name)

    def keys(self) -> Iterator[tuple[str, str, float]]:
        """The marks to be explained: each with its words and where it begins; last, where they all end."""
        x = 12.0
        for mark, title in (("current", CURRENT), ("conflict", IN_CONFLICT), ("next", NEXT)):
            if mark != "conflict" or self.torn:
                yield mark, self.titles(title), x
                x += 56 + text_width(self.titles(title))
        yield "", "", x

    def legend(self) -> Iterator[str]:
        """What the marks mean, below the picture."""
        y = self.plan.height + 4
        for mark, text, x in self.keys():
            if mark:
                left = self.across(x + 22) if self.direction == "rtl" else x
                key = _tag("rect", x=left, y=y, width=22, height=14, rx=4, **_BOXES[mark])
                yield key + _tag("text", escape(text), x=self.across(x + 30), y=y + 11.5, fill="currentColor")


def _towards(corner: Point, other: Point) -> Point:
    """The point a corner's radius away from it, or half way when the other end is near. Lines run across or down."""
    length = abs(other[0] - corner[0]) + abs(other[1] - corner[1])
    share = min(_RADIUS / length, 0.5)
    return corner[0] + (other[0] - corner[0]) * share, corner[1] + (other[1] - corner[1]) * share


def _tag(tag: str, inside: str = "", **attributes: str | float) -> str:
    """An element. `class_` and the like lose their underscore, others become hyphens; numbers keep one decimal."""
    written = []
    for name, value in attributes.items():
        text = value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
        written.append(f'{name.rstrip("_").replace("_", "-")}="{escape(text)}"')
    return f"<{tag} {' '.join(written)}>{inside}</{tag}>" if inside else f"<{tag} {' '.join(written)}/>"


_Ink = Mapping[str, str]

_BOXES: Mapping[str, _Ink] = {
    "plain": {"fill": "currentColor", "fill_opacity": "0.03", "stroke": "currentColor", "stroke_opacity": "0.35"},
    "current": {"fill": _ACCENT, "stroke": _ACCENT, "stroke_width": "2"},
    "next": {"fill": _ACCENT, "fill_opacity": "0.08", "stroke": _ACCENT, "stroke_width": "1.5"},
    "conflict": {
        "fill": _ALARM,
        "fill_opacity": "0.08",
        "stroke": _ALARM,
        "stroke_width": "2",
        "stroke_dasharray": "5 3",
    },
}
_TEXTS: Mapping[str, _Ink] = {
    "plain": {"fill": "currentColor"},
    "current": {"fill": "#ffffff", "font_weight": "600"},
    "next": {"fill": "currentColor"},
    "conflict": {"fill": "currentColor", "font_weight": "600"},
}
_WAYS: Mapping[str, _Ink] = {
    "plain": {"stroke": "currentColor", "stroke_width": "1.2"},
    "next": {"stroke": _ACCENT, "stroke_width": "1.8"},
}
