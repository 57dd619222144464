# SPDX-License-Identifier: Apache-2.0
"""A graph that contradicts itself is never made."""

import pytest

from comity.protocol.thread.errors import GraphFaulty
from comity.protocol.thread.graph import Graph, Role, State, Transition

OPENER, ADDRESSEE = Role.OPENER, Role.ADDRESSEE
SENT = State("sent", "Sent", ADDRESSEE)
DONE = State("done", "Done", final=True)
CLOSED = Transition("sent", "closed", ADDRESSEE, "done")


def test_a_sound_graph_answers_questions() -> None:
    graph = Graph("small", "Small", (SENT, DONE), (CLOSED, Transition("sent", "withdrawn", OPENER, "done")))
    assert graph.initial is SENT
    assert graph.state("done") is DONE
    assert graph.moves("sent", ADDRESSEE) == ("closed",)
    assert graph.moves("done", OPENER) == ()
    assert graph.roles("closed") == {ADDRESSEE}
    assert graph.roles("refused") == frozenset()
    assert graph.target("sent", "closed", ADDRESSEE) == "done"
    assert graph.target("sent", "closed", OPENER) is None
    assert graph.next_states("sent") == {"done"}
    with pytest.raises(KeyError):
        graph.state("lost")


def test_the_mark_complete_is_read_only_where_the_graph_says_so() -> None:
    parts = (
        Transition("sent", "produced", ADDRESSEE, "half", complete=False),
        Transition("sent", "produced", ADDRESSEE, "done", complete=True),
        Transition("half", "produced", ADDRESSEE, "half", complete=False),
        Transition("half", "produced", ADDRESSEE, "done", complete=True),
        CLOSED,
    )
    graph = Graph("parts", "Parts", (SENT, State("half", "Half", ADDRESSEE), DONE), parts)
    assert graph.reads_complete("produced")
    assert not graph.reads_complete("closed")
    assert graph.target("sent", "produced", ADDRESSEE, complete=False) == "half"
    assert graph.target("half", "produced", ADDRESSEE) == "done"
    assert graph.target("sent", "closed", ADDRESSEE, complete=False) == "done"


def test_a_kind_may_lead_each_side_elsewhere() -> None:
    ways = (
        Transition("sent", "settlement-proposed", OPENER, "ours"),
        Transition("sent", "settlement-proposed", ADDRESSEE, "theirs"),
        Transition("ours", "settled", ADDRESSEE, "done"),
        Transition("theirs", "settled", OPENER, "done"),
    )
    states = (State("sent", "Sent", ADDRESSEE, both=True), State("ours", "Ours", ADDRESSEE))
    graph = Graph("sides", "Sides", (*states, State("theirs", "Theirs", OPENER), DONE), ways)
    assert graph.target("sent", "settlement-proposed", OPENER) == "ours"
    assert graph.target("sent", "settlement-proposed", ADDRESSEE) == "theirs"
    assert graph.initial.waited_for == (OPENER, ADDRESSEE)
    assert graph.state("ours").waited_for == (ADDRESSEE,)
    assert graph.state("done").waited_for == ()


@pytest.mark.parametrize(
    ("states", "transitions", "why"),
    [
        ((), (), "it has no state"),
        ((SENT, SENT, DONE), (CLOSED,), "two of one name"),
        ((SENT, DONE), (CLOSED, Transition("sent", "closed", OPENER, "lost")), "not both states"),
        ((SENT, DONE), (CLOSED, Transition("lost", "closed", OPENER, "done")), "not both states"),
        ((SENT, DONE), (CLOSED, Transition("sent", "sung", OPENER, "done")), "sung is not a kind"),
        ((SENT, DONE), (CLOSED, Transition("sent", "closed", ADDRESSEE, "sent")), "closed has two targets"),
        ((SENT, DONE), (CLOSED, CLOSED), "given twice"),
        (
            (SENT, DONE),
            (CLOSED, Transition("sent", "produced", ADDRESSEE, "done", complete=True)),
            "produced from sent does not say where both",
        ),
        (
            (SENT, State("other", "Other", ADDRESSEE), DONE),
            (CLOSED, Transition("other", "refused", ADDRESSEE, "done")),
            "other cannot be reached",
        ),
        (
            (SENT, State("stuck", "Stuck", ADDRESSEE), DONE),
            (
                CLOSED,
                Transition("sent", "refused", ADDRESSEE, "stuck"),
                Transition("stuck", "refused", ADDRESSEE, "stuck"),
            ),
            "stuck never ends",
        ),
        (
            (SENT, DONE),
            (CLOSED, Transition("done", "closed", ADDRESSEE, "done")),
            "done is final and yet goes on",
        ),
        ((SENT, State("done", "Done", OPENER, final=True)), (CLOSED,), "done is final and yet goes on"),
        ((State("sent", "Sent"), DONE), (CLOSED,), "sent waits for somebody who has no move"),
        ((State("sent", "Sent", OPENER), DONE), (CLOSED,), "sent waits for somebody who has no move"),
        ((State("sent", "Sent", ADDRESSEE, both=True), DONE), (CLOSED,), "sent waits for somebody who has no move"),
        (
            (SENT, State("offered", "Offered", ADDRESSEE), DONE),
            (
                CLOSED,
                Transition("sent", "settlement-proposed", ADDRESSEE, "offered"),
                Transition("offered", "settled", ADDRESSEE, "done"),
            ),
            "settled from offered accepts what the other side did not propose",
        ),
    ],
)
def test_a_faulty_graph_is_refused(states: tuple[State, ...], transitions: tuple[Transition, ...], why: str) -> None:
    with pytest.raises(GraphFaulty, match=why) as caught:
        Graph("bad", "Bad", states, transitions)
    assert caught.value.code == "graph-faulty"
    assert caught.value.data["graph"] == "bad"
