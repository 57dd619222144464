# SPDX-License-Identifier: Apache-2.0
"""The pictures say what the state says, lie well, and need nothing that the pages' policy forbids."""

import re
import subprocess
import sys
from itertools import combinations
from xml.etree import ElementTree

import pytest
from tests.fixtures.vectors import ROOT

from comity.protocol.thread.drawing import mermaid, svg, table
from comity.protocol.thread.graph import Graph, Role, State, Transition
from comity.protocol.thread.graphs import GRAPHS, HANDSHAKE, RECALL, REQUEST
from comity.protocol.thread.layout import Plan, arrange, text_width, wrap
from comity.protocol.thread.state import Conflict, Outcome
from comity.protocol.wire.names import digest_of

ALL = (*GRAPHS.values(), RECALL)
SVG = "{http://www.w3.org/2000/svg}"
CONFLICT = Conflict((digest_of(b"one"), digest_of(b"two")), ("accepted", "received", "withdrawn"))


def read(picture: str) -> ElementTree.Element:
    """The picture as a tree."""
    return ElementTree.fromstring(picture)


def states(picture: str) -> dict[str, str]:
    """The mark of each state in a picture."""
    groups = read(picture).iter(f"{SVG}g")
    return {each.attrib["data-state"]: each.attrib["class"] for each in groups if "data-state" in each.attrib}


@pytest.mark.parametrize("graph", ALL, ids=lambda graph: graph.name)
def test_every_state_is_drawn_and_the_current_one_marked(graph: Graph) -> None:
    for state in graph.states:
        found = states(svg(graph, state.name))
        assert found.keys() == {each.name for each in graph.states}
        assert [name for name, mark in found.items() if mark == "state current"] == [state.name]
        onward = graph.next_states(state.name) - {state.name}
        assert {name for name, mark in found.items() if mark == "state next"} == onward


def test_a_conflict_marks_its_branches() -> None:
    picture = svg(REQUEST, "received", CONFLICT)
    found = states(picture)
    assert {name for name, mark in found.items() if mark == "state conflict"} == {"accepted", "withdrawn"}
    assert found["received"] == "state current"
    assert found["closed"] == "state next"
    assert "In conflict: Accepted, Withdrawn." in picture


def test_a_picture_says_in_words_what_it_shows() -> None:
    root = read(svg(REQUEST, "confirmed", name="lane-1"))
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == "lane-1-title lane-1-desc"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert (title.attrib["id"], title.text) == ("lane-1-title", "Request")
    assert description is not None
    assert description.text == "Current state: Confirmed. Possible next: Produced in part, Produced, Closed."


def test_titles_are_in_the_readers_language_and_escaped() -> None:
    picture = svg(HANDSHAKE, "offered", titles=lambda title: f"<{title} & 'more'>")
    assert "<Offered" not in picture
    texts = "".join(read(picture).itertext())
    assert "Current state & 'more'>" in texts


@pytest.mark.parametrize("graph", ALL, ids=lambda graph: graph.name)
def test_a_picture_needs_no_style_and_no_script(graph: Graph) -> None:
    picture = svg(graph, graph.initial.name)
    assert not re.search(r"style|script|\son\w+=|href", picture)
    ids = re.findall(r'\bid="([^"]+)"', picture)
    assert len(ids) == len(set(ids))
    assert all(each.startswith("thread-") for each in ids)
    assert set(re.findall(r"url\(#([^)]+)\)", picture)) <= set(ids)


def test_from_right_to_left_the_picture_is_mirrored() -> None:
    def centres(picture: str) -> tuple[float, dict[str, float]]:
        root = read(picture)
        found = {}
        for group in root.iter(f"{SVG}g"):
            frame = group.find(f"{SVG}rect")
            if "data-state" in group.attrib and frame is not None:
                found[group.attrib["data-state"]] = float(frame.attrib["x"]) + float(frame.attrib["width"]) / 2
        return float(root.attrib["width"]), found

    width, plain = centres(svg(HANDSHAKE, "received"))
    same, mirrored = centres(svg(HANDSHAKE, "received", direction="rtl"))
    assert width == same
    assert mirrored == pytest.approx({name: width - x for name, x in plain.items()}, abs=1)
    assert 'direction="rtl"' in svg(HANDSHAKE, "received", direction="rtl")


def test_the_legend_fits_even_a_narrow_picture() -> None:
    root = read(svg(RECALL, "asked", titles=lambda title: title * 4))
    ends = [float(each.attrib["x"]) + text_width(each.text or "") for each in root.findall(f"{SVG}text")]
    assert max(ends) <= float(root.attrib["width"])


def overlaps(plan: Plan) -> list[tuple[str, str]]:
    """The pairs of boxes that lie on each other."""
    return [
        (one.name, two.name)
        for one, two in combinations(plan.boxes, 2)
        if abs(one.x - two.x) < (one.width + two.width) / 2 and abs(one.y - two.y) < (one.height + two.height) / 2
    ]


def crossed(plan: Plan) -> list[tuple[str, str, str]]:
    """The lines that run through a box that is not their end."""
    found = []
    for line in plan.lines:
        for (x1, y1), (x2, y2) in zip(line.points, line.points[1:], strict=False):
            for box in plan.boxes:
                left, right, top, bottom = (
                    box.x - box.width / 2 + 1,
                    box.x + box.width / 2 - 1,
                    box.y - box.height / 2 + 1,
                    box.y + box.height / 2 - 1,
                )
                if max(x1, x2) > left and min(x1, x2) < right and max(y1, y2) > top and min(y1, y2) < bottom:
                    found.append((line.source, line.target, box.name))
    return found


@pytest.mark.parametrize("graph", ALL, ids=lambda graph: graph.name)
@pytest.mark.parametrize(
    "titles", [str, lambda title: title * 3, lambda title: "状态" * (len(title) // 3)], ids=["en", "long", "wide"]
)
def test_nothing_lies_on_anything_else(graph: Graph, titles: type[str]) -> None:
    plan = arrange(graph, titles)
    assert overlaps(plan) == []
    assert crossed(plan) == []
    assert min(box.x - box.width / 2 for box in plan.boxes) >= 12
    assert max(box.x + box.width / 2 for box in plan.boxes) <= plan.width - 11.9


def test_a_way_back_is_not_drawn_upwards() -> None:
    waiting = State("waiting", "Waiting", Role.ADDRESSEE)
    graph = Graph(
        "circle",
        "Circle",
        (State("sent", "Sent", Role.ADDRESSEE), waiting, State("closed", "Closed", final=True)),
        (
            Transition("sent", "postponed", Role.ADDRESSEE, "waiting", usual=True),
            Transition("waiting", "accepted", Role.ADDRESSEE, "sent", usual=True),
            Transition("sent", "closed", Role.ADDRESSEE, "closed", usual=True),
        ),
    )
    assert {(line.source, line.target) for line in arrange(graph, str).lines} == {
        ("sent", "waiting"),
        ("sent", "closed"),
    }


def test_long_titles_are_wrapped() -> None:
    assert wrap("Accepted with conditions") == ("Accepted with", "conditions")
    assert wrap("Sent") == ("Sent",)
    assert wrap("အခြေအနေများဖြင့်လက်ခံသည်") == ("အခြေအနေများဖြင့်လက်ခံသည်",)


def test_width_counts_what_the_eye_sees() -> None:
    assert text_width("已收到") > text_width("abc")
    assert text_width("e\N{COMBINING ACUTE ACCENT}") == text_width("e")


def test_mermaid_names_states_and_kinds() -> None:
    drawn = mermaid(REQUEST)
    assert drawn.startswith('stateDiagram-v2\n    state "Sent" as sent\n')
    assert "    [*] --> sent\n" in drawn
    assert "    accepted_with_conditions --> conditions_accepted : conditions-accepted\n" in drawn
    assert drawn.endswith("    closed --> [*]\n")


def test_the_table_has_every_move() -> None:
    rows = {row.split("`")[1]: row for row in table(REQUEST).splitlines()[2:]}
    assert rows.keys() == {state.name for state in REQUEST.states}
    assert "the opener; the clock stops" in rows["clarification"]
    assert rows["closed"].endswith("| nobody | – | – |")
    for state in REQUEST.states:
        for role in Role:
            assert all(f"`{kind}`" in rows[state.name] for kind in REQUEST.moves(state.name, role))


def test_the_documents_show_the_graphs_as_they_are() -> None:
    command = [sys.executable, str(ROOT / "tools/publish_graphs.py"), "--check"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, "")


def test_the_documents_tell_every_outcome() -> None:
    told = re.findall(r"^\| `([a-z-]+)` \| ", (ROOT / "docs/protocol/threads.md").read_text(), re.MULTILINE)
    assert {each.value for each in Outcome} <= set(told)
