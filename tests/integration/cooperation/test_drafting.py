# SPDX-License-Identifier: Apache-2.0
"""Writing a request: it may be wrong until it is submitted; then it is whole, frozen, and frozen once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connections
from tests.fixtures.copies import CHINA, SPAIN
from tests.fixtures.nodes import SimulatedNode
from tests.fixtures.pairs import NOBODY, a, example, size

from comity.cooperation.dispatch.models import Outgoing
from comity.cooperation.drafting import actions as drafting
from comity.cooperation.drafting.models import Draft
from comity.protocol.errors import ComityError
from comity.protocol.terms.errors import BodyInvalid, UnknownKind
from comity.protocol.terms.handling import DEFAULT
from comity.protocol.wire import statement
from comity.protocol.wire.errors import BadMember, NotCanonical, TooDeep, TooLarge
from comity.protocol.wire.names import AuthorityId
from comity.records.actors import CONSOLE, Role
from comity.records.authorities.errors import AlarmStanding
from comity.records.authorities.models import Watch
from comity.records.casefiles import cases
from comity.records.errors import NotFound, NotInSeason, NotPermitted, StandingError
from comity.records.threads import reading

MISSING = "01a20000-0000-7000-8000-000000000000"


def started(node: SimulatedNode, kind: str = "preservation", body: dict[str, Any] | None = None, **more: Any) -> Draft:
    given = {"to": [SPAIN], "handling": DEFAULT, "body": example(kind) if body is None else body, **more}
    return drafting.start(node.home, CONSOLE, kind=kind, **given)


def frozen(node: SimulatedNode) -> int:
    with node.home.active():
        return Outgoing.objects.count()


def test_a_draft_may_lack_everything_and_says_what(china: SimulatedNode) -> None:
    draft = started(china, body={}, to=[])
    lacks = {each.path: each.code for each in drafting.problems(draft)}
    assert lacks["data"] == "missing"
    whole = drafting.revise(china.home, CONSOLE, draft.id, 1, body=example("preservation"), to=[SPAIN])
    assert (whole.revision, drafting.problems(whole)) == (2, ())
    assert drafting.draft(china.home, CONSOLE, draft.id).to == [SPAIN]


def test_problems_never_repeat_the_value(china: SimulatedNode) -> None:
    draft = started(china, body={"reference": 5, "facts": ["Muestra inventada"]})
    assert "Muestra" not in str(drafting.problems(draft))


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"to": ["nobody"]}, BadMember),
        ({"to": [5]}, BadMember),
        ({"via": ["ES/"]}, BadMember),
        ({"body": {"amount": 0.5}}, NotCanonical),
        ({"body": {"facts": "a\0b"}}, BadMember),
        ({"body": {"facts": "\ud800"}}, NotCanonical),
        ({"handling": {"conditions": "\\\0"}}, BadMember),
        ({"body": {"facts": "x" * (1 << 20)}}, TooLarge),
        ({"case": MISSING}, NotFound),
    ],
)
def test_what_no_draft_can_hold_is_named_at_once(china: SimulatedNode, change: dict[str, Any], error: type) -> None:
    before = size(china)
    given = {"body": {}, **change}
    with pytest.raises(error):
        started(china, **given)
    assert size(china) == before
    draft = started(china)
    with pytest.raises(error):
        drafting.revise(china.home, CONSOLE, draft.id, 1, **change)
    assert drafting.draft(china.home, CONSOLE, draft.id).revision == 1


def test_a_draft_too_deep_is_named(china: SimulatedNode) -> None:
    deep: Any = {}
    for _ in range(100):
        deep = {"x": deep}
    with pytest.raises(TooDeep):
        started(china, body=deep)


def test_a_backslash_is_not_the_character_nul(china: SimulatedNode) -> None:
    assert started(china, body={"facts": "\\u0000"}).body == {"facts": "\\u0000"}


def test_unknown_kinds_and_members_are_named(china: SimulatedNode) -> None:
    with pytest.raises(UnknownKind):
        started(china, "acknowledged", body={})
    with pytest.raises(BadMember):
        drafting.revise(china.home, CONSOLE, started(china).id, 1, author="ES-0001")


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ANALYST, Role.CUSTODIAN, Role.ADMINISTRATOR])
def test_only_who_drafts_writes(china: SimulatedNode, role: Role) -> None:
    draft, actor, before = started(china), a(role), size(china)
    for do in (
        lambda: drafting.start(china.home, actor, kind="nonsense", to=[], body={}, handling={}),
        lambda: drafting.revise(china.home, actor, draft.id, 1, body={}),
        lambda: drafting.discard(china.home, actor, draft.id),
        lambda: drafting.submit(china.home, actor, draft.id),
    ):
        with pytest.raises(NotPermitted):
            do()
    assert size(china) == before


def test_two_hands_at_once_one_of_them_is_told(china: SimulatedNode) -> None:
    draft = started(china)
    drafting.revise(china.home, CONSOLE, draft.id, 1, body={"reference": "first"})
    with pytest.raises(NotInSeason, match="at revision 2"):
        drafting.revise(china.home, CONSOLE, draft.id, 1, body={"reference": "second"})
    assert drafting.draft(china.home, CONSOLE, draft.id).body == {"reference": "first"}


def _at_once(node: SimulatedNode, do: Any) -> list[str]:
    """Do it from four threads; what each ended with."""

    def one(number: int) -> str:
        try:
            do(number)
        except ComityError as error:
            return error.code
        finally:
            connections[node.home.alias].close()
        return "done"

    with ThreadPoolExecutor(4) as pool:
        return sorted(pool.map(one, range(4)))


def test_of_many_that_revise_at_one_moment_one_is_kept(china: SimulatedNode) -> None:
    draft = started(china)
    ended = _at_once(
        china, lambda number: drafting.revise(china.home, CONSOLE, draft.id, 1, body={"reference": str(number)})
    )
    assert ended == ["done", "not-in-season", "not-in-season", "not-in-season"]
    assert drafting.draft(china.home, CONSOLE, draft.id).revision == 2


def test_a_draft_submitted_by_many_at_one_moment_is_frozen_once(china: SimulatedNode) -> None:
    draft, before = started(china), frozen(china)
    ended = _at_once(china, lambda _: drafting.submit(china.home, CONSOLE, draft.id))
    assert ended == ["done", "not-in-season", "not-in-season", "not-in-season"]
    assert frozen(china) == before + 1


def test_what_is_submitted_is_whole_and_carries_its_due_times(china: SimulatedNode) -> None:
    by_hand = {"what": "Before the hearing", "at": "2027-01-05T12:00:00.000Z"}
    body = example("police-information", due=[by_hand], urgency="normal")
    draft = started(china, "police-information", body)
    prepared = drafting.submit(china.home, CONSOLE, draft.id)
    with china.home.active():
        said = statement.parse(bytes(Outgoing.objects.get(id=prepared.id).statement))
    assert (said.id, said.thread, said.sender, said.to, said.after) == (said.thread, prepared.id, CHINA, (SPAIN,), ())
    assert said.body["due"][0] == by_hand
    assert {**said.body, "due": 0} == {**body, "due": 0}
    assert drafting.draft(china.home, CONSOLE, draft.id).outgoing == prepared.id
    assert draft.id not in {each.id for each in drafting.drafts(china.home, CONSOLE)}
    for do in (
        lambda: drafting.revise(china.home, CONSOLE, draft.id, 1, body={}),
        lambda: drafting.discard(china.home, CONSOLE, draft.id),
        lambda: drafting.submit(china.home, CONSOLE, draft.id),
    ):
        with pytest.raises(NotInSeason, match="submitted"):
            do()


@dataclass
class Refusal:
    """A draft that the gate keeps, and why."""

    change: dict[str, Any]
    error: type[ComityError]


@pytest.mark.parametrize(
    "refusal",
    [
        Refusal({"body": {}}, BodyInvalid),
        Refusal({"body": {"due": 5, "basis": "x"}}, BodyInvalid),
        Refusal({"body": example("preservation", due="soon")}, BodyInvalid),
        Refusal({"body": example("preservation", basis=["x"])}, BodyInvalid),
        Refusal({"to": []}, BadMember),
        Refusal({"to": [AuthorityId("XX/nobody")]}, StandingError),
        Refusal({"to": [SPAIN, AuthorityId("XX/nobody")]}, StandingError),
        Refusal({"to": [CHINA]}, StandingError),
        Refusal({"to": [SPAIN, SPAIN]}, BadMember),
        Refusal({"via": [AuthorityId("XX/nobody")]}, StandingError),
    ],
    ids=str,
)
def test_the_gate_keeps_what_may_not_leave_and_the_draft_stays_open(china: SimulatedNode, refusal: Refusal) -> None:
    draft = started(china, **refusal.change)
    before, held = size(china), frozen(china)
    with pytest.raises(refusal.error):
        drafting.submit(china.home, CONSOLE, draft.id)
    assert (size(china), frozen(china)) == (before, held)
    assert drafting.draft(china.home, CONSOLE, draft.id).outgoing == ""


def test_nothing_is_frozen_for_a_peer_whose_register_raised_an_alarm(china: SimulatedNode) -> None:
    draft = started(china)
    with china.home.active():
        Watch.objects.filter(authority=SPAIN).update(alarm="A fork.")
    try:
        with pytest.raises(AlarmStanding):
            drafting.submit(china.home, CONSOLE, draft.id)
    finally:
        with china.home.active():
            Watch.objects.filter(authority=SPAIN).update(alarm="")


def test_what_needs_no_approval_leaves_at_once_and_lies_under_its_case(china: SimulatedNode) -> None:
    case = cases.new(china.home, CONSOLE, "Muestra").id
    prepared = drafting.submit(china.home, CONSOLE, started(china, "legal-advice", case=case).id)
    assert prepared.awaiting == 0
    with china.home.active():
        assert reading.thread(CONSOLE, prepared.thread).case_id == case


def test_a_draft_is_thrown_away(china: SimulatedNode) -> None:
    draft = started(china)
    drafting.discard(china.home, CONSOLE, draft.id)
    with pytest.raises(NotFound):
        drafting.draft(china.home, CONSOLE, draft.id)
    with pytest.raises(NotFound):
        drafting.discard(china.home, CONSOLE, draft.id)


def test_drafts_are_for_those_who_draft(china: SimulatedNode) -> None:
    draft = started(china)
    assert draft.id in {each.id for each in drafting.drafts(china.home, a(Role.DRAFTER))}
    assert drafting.drafts(china.home, NOBODY) == []
