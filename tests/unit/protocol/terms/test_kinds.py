# SPDX-License-Identifier: Apache-2.0
"""The kinds: all that the issue names, each wholly declared, and one more by adding one file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.protocol.terms import answers, bodies, discovery, kinds, schemas
from comity.protocol.terms.definitions import MoveKind, RequestKind
from comity.protocol.terms.errors import UnknownKind
from comity.protocol.terms.instruments import INSTRUMENTS
from comity.protocol.terms.procedure import EVENTS, LIMITS, SIDES, STAGES, UNITS, URGENCIES
from comity.protocol.terms.refusals import REFUSALS
from comity.protocol.terms.vocabulary import Source

REQUESTS = """preservation preservation-extension subscriber-information traffic-data content-data emergency-disclosure
search-seizure real-time-traffic interception mutual-legal-assistance police-information locate-person criminal-record
public-material legal-advice spontaneous-information stop-payment fiu-request freezing confiscation extradition
provisional-arrest transfer-of-proceedings transfer-of-person service-of-documents witness-interview surveillance
hosted-officers joint-investigation takedown use-upgrade
jurisdiction-consultation dispute"""

MOVES = """acknowledged clarification accepted accepted-in-part accepted-with-conditions postponed refused impossible
preserved produced clarified conditions-accepted conditions-declined confirmed withdrawn closed note recall
recall-sealed recall-destroyed recall-refused criteria-stated allocation-proposed allocation-agreed
allocation-carried-out not-agreed dispute-answered dispute-consultation dispute-conciliation settlement-proposed settled
referred"""

ONE_MORE = '''# A kind that a country adds of its own.
"""Weather report.

Not a real kind.
"""

from pydantic import Field

from comity.protocol.terms.definitions import RequestKind
from comity.protocol.terms.requests import RequestBody
from comity.protocol.terms.samples import REQUEST
from comity.protocol.terms.values import Line


class WeatherReport(RequestBody):
    """Where."""

    place: Line = Field(title="Place", description="Where.")


KIND = RequestKind(
    name="NAME",
    title="Weather report",
    description="Ask for the weather.",
    body=WeatherReport,
    example={**REQUEST, "place": "Madrid"},
    graph="request",
    stage="inform",
    approvals=0,
    coercive=False,
)
'''


@pytest.fixture
def extra_folder(tmp_path: Path) -> Iterator[Path]:
    """One more folder in which kinds are looked for."""
    kinds.__path__.append(str(tmp_path))
    kinds.request_kinds.cache_clear()
    yield tmp_path
    kinds.__path__.remove(str(tmp_path))
    kinds.request_kinds.cache_clear()


def every_request() -> list[RequestKind]:
    return list(kinds.request_kinds().values())


def every_move() -> list[MoveKind]:
    return list(kinds.move_kinds().values())


def test_all_kinds_of_the_field_are_there() -> None:
    assert set(kinds.names()) == set(kinds.request_kinds()) == set(REQUESTS.split())
    assert set(kinds.move_names()) == set(kinds.move_kinds()) == set(MOVES.split())


def test_titles_are_known_without_the_bodies() -> None:
    assert kinds.titles() == {each.name: each.title for each in every_request()}
    assert kinds.move_titles() == {each.name: each.title for each in every_move()}


def test_a_kind_is_found_by_its_name() -> None:
    assert kinds.kind("preservation") is kinds.request_kinds()["preservation"]
    assert kinds.kind("note") is kinds.move_kinds()["note"]


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UnknownKind) as refused:
        kinds.kind("teleportation")
    assert refused.value.data == {"kind": "teleportation"}


@pytest.mark.parametrize("kind", every_request(), ids=lambda kind: kind.name)
def test_a_request_kind_is_wholly_declared(kind: RequestKind) -> None:
    assert kind.stage in STAGES
    assert kind.graph in ("request", "preservation", "handshake", "invitation", "consultation", "dispute")
    assert set(kind.refusals) <= set(REFUSALS.codes)
    assert len(set(kind.refusals)) == len(kind.refusals)
    assert {source.instrument for source in kind.sources} <= set(INSTRUMENTS.codes)
    assert "nvented" in str(kind.example)


@pytest.mark.parametrize("kind", every_request(), ids=lambda kind: kind.name)
def test_clocks_are_of_the_vocabularies(kind: RequestKind) -> None:
    for clock in kind.clocks:
        assert clock.length > 0
        assert clock.extension >= 0
        assert clock.unit in UNITS
        assert clock.limit in LIMITS
        assert clock.start in EVENTS
        assert clock.side in SIDES
        assert clock.urgency == "" or clock.urgency in URGENCIES
        assert clock.source.instrument in INSTRUMENTS


@pytest.mark.parametrize("move", every_move(), ids=lambda move: move.name)
def test_a_move_is_wholly_declared(move: MoveKind) -> None:
    assert move.side in SIDES
    assert move.approvals in (0, 1)
    assert "nvented" in str(move.example)


def test_graphs_are_those_that_the_threads_know() -> None:
    apart = {kind.name: kind.graph for kind in every_request() if kind.graph != "request"}
    assert apart == {
        "preservation": "preservation",
        "preservation-extension": "preservation",
        "spontaneous-information": "handshake",
        "joint-investigation": "invitation",
        "hosted-officers": "invitation",
        "jurisdiction-consultation": "consultation",
        "dispute": "dispute",
    }


def test_two_officers_stand_behind_what_touches_liberty_home_or_communications() -> None:
    assert {kind.name for kind in every_request() if kind.approvals == 2} == {
        "extradition",
        "interception",
        "provisional-arrest",
        "real-time-traffic",
        "search-seizure",
        "surveillance",
        "transfer-of-person",
        "transfer-of-proceedings",
    }


def test_nothing_coercive_leaves_without_an_officer() -> None:
    assert all(kind.approvals >= 1 for kind in every_request() if kind.coercive)
    assert {kind.name for kind in every_request() if kind.approvals == 0} == {"legal-advice", "public-material"}
    assert {move.name for move in every_move() if move.approvals == 0} == {
        "acknowledged",
        "clarification",
        "closed",
        "confirmed",
        "note",
    }


def test_clocks_are_chosen_by_instrument_and_urgency() -> None:
    preservation = kinds.request_kinds()["preservation"]
    (budapest,) = preservation.clocks_for("ETS185", "normal")
    assert (budapest.length, budapest.unit, budapest.limit, budapest.start) == (60, "days", "min", "preserved")
    assert budapest.source == Source("ETS185", "29(7)")
    subscriber = kinds.request_kinds()["subscriber-information"]
    hand_over = [clock for clock in subscriber.clocks_for("EU-2023-1543", "emergency") if clock.start == "received"]
    assert [(clock.length, clock.unit) for clock in hand_over] == [(8, "hours"), (96, "hours")]
    assert subscriber.clocks_for("no such treaty", "normal") == ()


@pytest.mark.parametrize("instrument", ["CETS224", "UNCC", "EU-2014-41", "EU-2018-1805", "EU-2023-977", "EU-2002-584"])
def test_remembered_clocks_are_marked(instrument: str) -> None:
    clocks = [clock for kind in every_request() for clock in kind.clocks if clock.source.instrument == instrument]
    assert clocks
    assert not any(clock.source.verified for clock in clocks)


def test_an_urgent_question_has_two_clocks_because_access_decides() -> None:
    police = kinds.request_kinds()["police-information"]
    for urgency in ("urgent", "emergency"):
        clocks = police.clocks_for("EU-2023-977", urgency)
        assert [(clock.length, clock.unit) for clock in clocks] == [(8, "hours"), (3, "days")]
    (normal,) = police.clocks_for("EU-2023-977", "normal")
    assert (normal.length, normal.unit) == (7, "days")


def test_a_summons_is_counted_back_from_its_hearing() -> None:
    (clock,) = kinds.request_kinds()["service-of-documents"].clocks
    assert (clock.length, clock.unit, clock.start, clock.before) == (3, "months", "hearing", True)


def test_the_steps_of_a_dispute_are_a_target_of_our_own_and_no_law() -> None:
    kind = kinds.request_kinds()["dispute"]
    for instrument in ("UNTOC", "ETS185", "no such treaty", ""):
        assert kind.clocks_for(instrument, "normal") == kind.clocks
    assert {(each.length, each.unit, each.limit, each.source.instrument) for each in kind.clocks} == {
        (30, "days", "target", "COMITY-PRACTICE")
    }
    answer = kind.clocks[0]
    assert answer.length_in({"times": {"answer_days": 12}}) == 12
    for said in ({}, {"times": {}}, {"times": {"answer_days": True}}, {"times": [12]}):
        assert answer.length_in(said) == 30


def test_a_consultation_has_no_clock_because_no_source_sets_a_number() -> None:
    assert kinds.request_kinds()["jurisdiction-consultation"].clocks == ()


def test_adding_a_kind_is_adding_one_file(extra_folder: Path) -> None:
    (extra_folder / "weather_report.py").write_text(ONE_MORE.replace("NAME", "weather-report"))
    assert "weather-report" in kinds.names()
    assert kinds.titles()["weather-report"] == "Weather report"
    example = kinds.kind("weather-report").example
    assert bodies.as_body(bodies.validate("weather-report", example)) == example
    assert "place" in schemas.schema("weather-report")["required"]


def test_a_file_and_its_kind_have_one_name(extra_folder: Path) -> None:
    (extra_folder / "climate_report.py").write_text(ONE_MORE.replace("NAME", "weather-report"))
    with pytest.raises(ValueError, match=r"climate_report\.py holds the kind weather-report"):
        kinds.request_kinds()


def test_a_folder_without_source_has_no_title(tmp_path: Path) -> None:
    (tmp_path / "stray").mkdir()
    answers.__path__.append(str(tmp_path))
    try:
        with pytest.raises(ValueError, match="not a module of Python source"):
            discovery.title(f"{answers.__name__}.stray")
    finally:
        answers.__path__.remove(str(tmp_path))
