# SPDX-License-Identifier: Apache-2.0
"""Cases: opened by who drafts, listed page by page, hidden from who may not read, and never titled in the register."""

import pytest
from tests.fixtures.nodes import SimulatedNode
from tests.fixtures.pairs import ADMINISTRATOR, NOBODY, a, size

from comity.protocol.wire.errors import BadMember
from comity.records.actors import CONSOLE, Role
from comity.records.casefiles import cases
from comity.records.errors import NotFound, NotPermitted
from comity.records.register.models import Leaf


def test_a_case_is_opened_and_its_title_stays_here(china: SimulatedNode) -> None:
    made = cases.new(china.home, CONSOLE, "  Muestra inventada  ")
    assert cases.case(china.home, a(Role.AUDITOR), made.id).title == "Muestra inventada"
    with china.home.active():
        leaf = bytes(Leaf.objects.order_by("-index").values_list("entry", flat=True)[0])
    assert made.id.encode() in leaf
    assert b"inventada" not in leaf


@pytest.mark.parametrize("title", ["", " \n", "a\0b"])
def test_a_title_says_something(china: SimulatedNode, title: str) -> None:
    before = size(china)
    with pytest.raises(BadMember):
        cases.new(china.home, CONSOLE, title)
    assert size(china) == before


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ANALYST, Role.CUSTODIAN, Role.ADMINISTRATOR])
def test_who_does_not_draft_opens_none(china: SimulatedNode, role: Role) -> None:
    with pytest.raises(NotPermitted):
        cases.new(china.home, a(role), "Sample")


@pytest.mark.parametrize("actor", [NOBODY, ADMINISTRATOR])
def test_who_may_not_read_cannot_tell_a_case_from_none(china: SimulatedNode, actor: object) -> None:
    made = cases.new(china.home, CONSOLE, "Sample")
    said = []
    for id in (made.id, made.id[:-1] + ("0" if made.id[-1] != "0" else "1")):
        with pytest.raises(NotFound) as refused:
            cases.case(china.home, actor, id)  # type: ignore[arg-type]
        said.append(str(refused.value).replace(id, "…"))
    assert said[0] == said[1]
    assert cases.newest(china.home, actor) == []  # type: ignore[arg-type]


def test_pages_show_every_case_once_the_newest_first(china: SimulatedNode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "PAGE", 3)
    made = [cases.new(china.home, CONSOLE, f"Sample {number}").id for number in range(8)]
    seen: list[str] = []
    page = cases.newest(china.home, CONSOLE)
    while page:
        seen += [each.id for each in page]
        page = cases.newest(china.home, CONSOLE, page[-1].id)
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == len(set(seen))
    assert seen[: len(made)] == sorted(made, reverse=True)
