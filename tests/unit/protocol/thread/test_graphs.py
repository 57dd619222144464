# SPDX-License-Identifier: Apache-2.0
"""The graphs let the practice of the field through, and hold back what the law does."""

from typing import Any

import pytest
from tests.fixtures.threads import CHINA, SPAIN, Talk

from comity.protocol.terms import kinds as term_kinds
from comity.protocol.thread.graph import KINDS, MOVES, PROPOSALS, RECALL_ANSWERS, Graph, Role
from comity.protocol.thread.graphs import GRAPHS, RECALL, graph_of
from comity.protocol.thread.moves import allowed_moves, standing
from comity.protocol.wire.names import AuthorityId

ALL = (*GRAPHS.values(), RECALL)


@pytest.mark.parametrize("graph", ALL, ids=lambda graph: graph.name)
def test_the_drawn_ways_join_all_states(graph: Graph) -> None:
    joined = {graph.initial.name} | {each.target for each in graph.transitions if each.usual}
    assert joined == {state.name for state in graph.states}


def test_every_kind_is_used_by_some_graph() -> None:
    assert {each.kind for graph in ALL for each in graph.transitions} == {*MOVES, *RECALL_ANSWERS}


def test_the_kinds_are_those_of_the_terms() -> None:
    assert set(term_kinds.move_kinds()) == KINDS


def test_each_kind_of_request_follows_the_graph_that_the_terms_name() -> None:
    named = {name: kind.graph for name, kind in term_kinds.request_kinds().items()}
    assert {name: graph_of(name).name for name in named} == named


def test_the_terms_name_the_side_that_the_request_graph_gives_a_move_to() -> None:
    sides = {"requested": {Role.ADDRESSEE}, "requesting": {Role.OPENER}, "either": {Role.OPENER, Role.ADDRESSEE}}
    for name, kind in term_kinds.move_kinds().items():
        roles = {
            each.role
            for graph in ("request", "preservation")
            for each in GRAPHS[graph].transitions
            if each.kind == name
        }
        if roles:
            assert roles == sides[kind.side], name


def test_the_thread_reads_body_members_that_the_terms_have() -> None:
    moves = term_kinds.move_kinds()
    assert {"complete", "towards"} <= moves["produced"].body.model_fields.keys()
    assert "of" in moves["recall"].body.model_fields
    assert all("accepts" in moves[each].body.model_fields for each in PROPOSALS)
    assert all("recall" in moves[each].body.model_fields for each in RECALL_ANSWERS)


def body_of(talk: Talk, kind: str, who: AuthorityId) -> dict[str, Any]:
    """What an acceptance must say: the last proposal that stands."""
    return {"accepts": standing(talk.state(), who)[-1]} if kind in PROPOSALS else {}


def walk(opening: str, *moves: str) -> str:
    """Where the moves lead one after the other; `<` marks the opener's, `…` a part of what is produced."""
    talk = Talk(opening, CHINA, SPAIN)
    for move in moves:
        kind, who = move.strip("<…"), CHINA if move[0] == "<" else SPAIN
        body: dict[str, Any] = {"complete": False} if move[-1] == "…" else body_of(talk, kind, who)
        said = talk.say(kind, who, **body)
        assert talk.outcome(said) == "applied", move
    return talk.stands()


@pytest.mark.parametrize(
    ("moves", "state"),
    [
        ("", "sent"),
        ("acknowledged", "received"),
        ("acknowledged accepted produced <confirmed <closed", "closed"),
        ("acknowledged accepted produced… produced… produced <confirmed closed", "closed"),
        ("accepted produced", "produced"),
        ("produced", "produced"),
        ("acknowledged clarification", "clarification"),
        ("acknowledged clarification <clarified clarification <clarified accepted-in-part produced", "produced"),
        ("clarification impossible <closed", "closed"),
        ("acknowledged accepted clarification <clarified produced", "produced"),
        ("acknowledged accepted-with-conditions <conditions-accepted produced", "produced"),
        (
            "acknowledged accepted-with-conditions <conditions-declined accepted-with-conditions",
            "accepted-with-conditions",
        ),
        ("acknowledged accepted-with-conditions <conditions-declined refused closed", "closed"),
        ("acknowledged postponed postponed accepted postponed accepted produced", "produced"),
        ("refused", "refused"),
        ("refused accepted produced <confirmed", "confirmed"),
        ("impossible accepted-in-part", "accepted-in-part"),
        ("accepted refused", "refused"),
        ("accepted produced… refused", "refused"),
        ("accepted produced… <withdrawn closed", "closed"),
        ("accepted produced <confirmed produced <confirmed", "confirmed"),
        ("<withdrawn", "withdrawn"),
    ],
)
def test_a_request(moves: str, state: str) -> None:
    assert walk("traffic-data", *moves.split()) == state


@pytest.mark.parametrize(
    ("moves", "state"),
    [
        ("acknowledged accepted preserved preserved", "preserved"),
        ("preserved produced… preserved produced <confirmed", "confirmed"),
        ("preserved impossible", "impossible"),
        ("preserved <withdrawn closed", "closed"),
        ("preserved <closed", "closed"),
        ("accepted-with-conditions <conditions-accepted preserved produced <confirmed preserved", "preserved"),
    ],
)
def test_a_preservation(moves: str, state: str) -> None:
    assert walk("preservation", *moves.split()) == state


@pytest.mark.parametrize(
    ("moves", "state"),
    [
        ("", "offered"),
        ("acknowledged conditions-accepted <produced confirmed <closed", "closed"),
        ("clarification <clarified conditions-accepted <produced… <produced", "produced"),
        ("conditions-declined <withdrawn closed", "closed"),
        ("conditions-declined <produced confirmed", "confirmed"),
        ("conditions-declined conditions-accepted", "conditions-accepted"),
        ("<withdrawn", "withdrawn"),
    ],
)
def test_a_handshake(moves: str, state: str) -> None:
    assert walk("spontaneous-information", *moves.split()) == state


@pytest.mark.parametrize(
    ("moves", "state"),
    [
        ("", "invited"),
        ("acknowledged accepted produced <confirmed closed", "closed"),
        ("accepted-with-conditions <conditions-accepted produced <confirmed produced <confirmed", "confirmed"),
        ("accepted-with-conditions <conditions-declined refused accepted", "accepted"),
        ("postponed refused <closed", "closed"),
        ("accepted produced <withdrawn", "withdrawn"),
    ],
)
def test_an_invitation(moves: str, state: str) -> None:
    assert walk("joint-investigation", *moves.split()) == state
    assert walk("hosted-officers", *moves.split()) == state


@pytest.mark.parametrize(
    ("moves", "state"),
    [
        ("", "opened"),
        ("acknowledged criteria-stated <allocation-proposed allocation-agreed", "agreed"),
        ("criteria-stated <allocation-proposed allocation-proposed <allocation-agreed", "agreed"),
        ("criteria-stated allocation-proposed <allocation-proposed <allocation-proposed allocation-agreed", "agreed"),
        ("criteria-stated <allocation-proposed allocation-agreed <allocation-carried-out closed", "closed"),
        (
            "criteria-stated allocation-proposed <allocation-agreed allocation-carried-out <allocation-carried-out",
            "carried-out",
        ),
        ("criteria-stated <criteria-stated <allocation-proposed not-agreed <allocation-proposed", "proposed-by-opener"),
        ("criteria-stated <not-agreed <closed", "closed"),
        ("refused criteria-stated", "criteria"),
        ("criteria-stated allocation-proposed <withdrawn closed", "closed"),
    ],
)
def test_a_consultation_on_jurisdiction(moves: str, state: str) -> None:
    assert walk("jurisdiction-consultation", *moves.split()) == state


@pytest.mark.parametrize(
    ("moves", "state"),
    [
        ("", "raised"),
        ("acknowledged dispute-answered <dispute-consultation settlement-proposed <settled closed", "closed"),
        ("dispute-answered <dispute-consultation dispute-conciliation <referred <closed", "closed"),
        ("dispute-answered dispute-consultation <dispute-consultation <settlement-proposed settled", "settled"),
        ("<dispute-consultation <dispute-conciliation referred settlement-proposed <settled", "settled"),
        ("settlement-proposed <settled", "settled"),
        ("dispute-answered <withdrawn", "withdrawn"),
        ("<referred <withdrawn closed", "closed"),
    ],
)
def test_a_dispute(moves: str, state: str) -> None:
    assert walk("dispute", *moves.split()) == state


@pytest.mark.parametrize(
    ("opening", "before", "held_back"),
    [
        ("traffic-data", "accepted-with-conditions", "produced"),
        ("traffic-data", "accepted-with-conditions <conditions-declined", "produced"),
        ("traffic-data", "refused", "produced"),
        ("traffic-data", "<withdrawn", "accepted"),
        ("traffic-data", "accepted", "preserved"),
        ("traffic-data", "accepted produced… ", "<confirmed"),
        ("traffic-data", "produced", "<withdrawn"),
        ("traffic-data", "refused closed", "accepted"),
        ("spontaneous-information", "acknowledged", "<produced"),
        ("joint-investigation", "", "produced"),
        ("joint-investigation", "acknowledged", "impossible"),
        ("jurisdiction-consultation", "", "<allocation-proposed"),
        ("jurisdiction-consultation", "acknowledged", "allocation-proposed"),
        ("jurisdiction-consultation", "criteria-stated", "allocation-agreed"),
        ("jurisdiction-consultation", "criteria-stated <allocation-proposed", "<allocation-agreed"),
        ("jurisdiction-consultation", "criteria-stated allocation-proposed", "allocation-agreed"),
        ("jurisdiction-consultation", "criteria-stated <allocation-proposed criteria-stated", "allocation-agreed"),
        ("jurisdiction-consultation", "criteria-stated", "allocation-carried-out"),
        ("dispute", "", "dispute-consultation"),
        ("dispute", "dispute-answered settlement-proposed", "settled"),
        ("dispute", "dispute-answered <settlement-proposed", "<settled"),
        ("dispute", "<withdrawn", "dispute-answered"),
    ],
)
def test_what_is_held_back(opening: str, before: str, held_back: str) -> None:
    talk = Talk(opening, CHINA, SPAIN)
    for move in before.split():
        by = CHINA if move[0] == "<" else SPAIN
        talk.say(move.strip("<…"), by, **{"complete": move[-1] != "…", **body_of(talk, move.strip("<…"), by)})
    stood, who = talk.stands(), CHINA if held_back[0] == "<" else SPAIN
    assert held_back.strip("<") not in allowed_moves(talk.state(), who)
    body = body_of(talk, held_back.strip("<"), who)
    assert talk.outcome(talk.say(held_back.strip("<"), who, **body)) == "not-allowed"
    assert talk.stands() == stood


def test_the_requester_may_withdraw_whatever_is_open() -> None:
    answered = {"refused", "impossible", "produced", "confirmed", "withdrawn", "closed"}
    for name in ("request", "preservation"):
        graph = GRAPHS[name]
        leave = {state.name for state in graph.states if "withdrawn" in graph.moves(state.name, Role.OPENER)}
        assert leave == {state.name for state in graph.states} - answered


def test_only_a_clarification_stops_the_clock() -> None:
    assert {state.name for graph in ALL for state in graph.states if state.clock_stops} == {"clarification"}


def test_a_kind_that_is_not_known_yet_can_be_answered() -> None:
    assert graph_of("a-kind-to-come") is GRAPHS["request"]
    assert walk("a-kind-to-come", "impossible", "<closed") == "closed"
