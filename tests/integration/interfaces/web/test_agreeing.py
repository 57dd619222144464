# SPDX-License-Identifier: Apache-2.0
"""A consultation and a dispute on their pages: the criteria as a table, proposals to choose from, a step's time."""

import re

from django.conf import settings
from django.test import Client
from tests.fixtures.copies import SPAIN, ask, move, settle
from tests.fixtures.nodes import Network, SimulatedNode
from tests.fixtures.pairs import example


def cells(page: str) -> dict[str, list[str]]:
    """The table's rows without tags and the numbers of their sources, by what heads each."""
    found = re.search(r'id="criteria".*?<tbody>(.*?)</tbody>', page, re.DOTALL)
    assert found
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in found[1].split("</tr>") if row]
    plain = [
        [" ".join(re.sub(r"<[^>]*>", "", re.sub(r"<sup>.*?</sup>", "", cell)).split()) for cell in row] for row in rows
    ]
    return {head: rest for head, *rest in plain}


def test_the_criteria_stand_side_by_side(
    network: Network, served: SimulatedNode, desk: Client, spain: SimulatedNode
) -> None:
    thread = ask(served, SPAIN, kind="jurisdiction-consultation")
    settle(network)
    before = cells(desk.get(f"/threads/{thread}").content.decode())
    assert before["Stage of the proceedings"] == ["Investigation", "not stated", "CN/mps"]
    move(spain, thread, "criteria-stated", criteria={"act": [{"country": "CN"}], "stage": "judged"})
    settle(network)
    page = desk.get(f"/threads/{thread}").content.decode()
    after = cells(page)
    both = "CN/mps, ES/policia-nacional"
    assert after["Place of the act"] == ["Spain, Madrid (The calls were made there)", "China", both]
    assert after["Nationality or residence of the victims"] == ["China: 37 of its nationals", "not stated", "CN/mps"]
    assert after["Stage of the proceedings"] == ["Investigation", "Judged", both]
    assert after["Where the evidence is"] == ["Spain, Madrid; China, Hangzhou", "not stated", both]
    assert after["Lapse of the prosecution"] == ["not stated", "not stated", "–"]
    notes = re.findall(r'<li id="criteria-source-(\d+)">(.*?)</li>', page)
    assert [number for number, _ in notes] == [str(each) for each in range(1, len(notes) + 1)]
    assert len({told for _, told in notes}) == len(notes) > 0
    assert set(re.findall(r'href="#criteria-source-(\d+)"', page)) == {number for number, _ in notes}
    assert "not yet verified" in page
    assert "It decides nothing" in page


def test_the_criteria_are_said_in_the_readers_language(network: Network, served: SimulatedNode, desk: Client) -> None:
    thread = ask(served, SPAIN, kind="jurisdiction-consultation")
    settle(network)
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    page = desk.get(f"/threads/{thread}").content.decode()
    assert "标准并列对照" in page
    assert "中国：其国民 37 人" in page
    assert "西班牙 Madrid（The calls were made there）" in page


def test_a_thread_of_another_kind_has_no_table(network: Network, served: SimulatedNode, desk: Client) -> None:
    thread = ask(served, SPAIN)
    settle(network)
    assert "It decides nothing" not in desk.get(f"/threads/{thread}").content.decode()


def test_the_other_sides_proposal_is_chosen_from_what_stands(
    network: Network, served: SimulatedNode, desk: Client, spain: SimulatedNode
) -> None:
    thread = ask(served, SPAIN, kind="jurisdiction-consultation")
    settle(network)
    move(spain, thread, "criteria-stated")
    first = move(spain, thread, "allocation-proposed").digest
    last = move(spain, thread, "allocation-proposed", reasons="Another. Invented example.").digest
    settle(network)
    assert "Agree to their proposal" in desk.get(f"/threads/{thread}").content.decode()
    form = desk.get(f"/threads/{thread}/moves/allocation-agreed").content.decode()
    assert f'value="{last}"' in form
    assert f'value="{first}"' not in form


def test_a_step_begins_with_the_time_that_was_accepted(
    network: Network, served: SimulatedNode, desk: Client, spain: SimulatedNode
) -> None:
    thread = ask(served, SPAIN, kind="dispute")
    settle(network)
    move(spain, thread, "dispute-answered")
    settle(network)
    form = desk.get(f"/threads/{thread}/moves/dispute-consultation").content.decode()
    assert 'value="Conclude the consultation"' in form
    assert 'value="COMITY-PRACTICE"' in form
    assert "Conclude" not in desk.get(f"/threads/{thread}/moves/settlement-proposed").content.decode()
    assert "times" not in example("dispute-answered")
