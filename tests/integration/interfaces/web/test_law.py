# SPDX-License-Identifier: Apache-2.0
"""The law on the pages: the explorer, the bases beside a draft and beside a request that came in, and the gate."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import escape
from tests.fixtures.copies import SPAIN, ask, move, settle
from tests.fixtures.nodes import Network, SimulatedNode
from tests.fixtures.pairs import example

from comity.cooperation.drafting import actions as drafting
from comity.cooperation.drafting import law
from comity.law.errors import GateClosed
from comity.law.view import shipped_index
from comity.protocol.terms import labels
from comity.protocol.terms.handling import DEFAULT
from comity.protocol.terms.offences import OFFENCES
from comity.records import doctor, lawbook
from comity.records.actors import CONSOLE

OWN = """\
rules:
  - jurisdiction: ES
    topic: informal-help
    text: only to whoever says that it will not be used as evidence (invented)
    effect: not-as-evidence-only
    source: invented
    verification: secondary
    seen_at: 2016-01-01
"""


CLOCK = """\
provisions:
  - instrument: CN-ES-EXT2005
    article: "99"
    heading: an invented article
    measures: [extradition]
    modality: shall
    deadlines:
      - {what: answer, after: received, length: 30, unit: days, bound: max, article: "99"}
    source: invented
    verification: secondary
    seen_at: 2016-01-01
"""


@pytest.fixture
def own_rules(served: SimulatedNode) -> Iterator[Path]:
    """The folder of the node's own facts, gone afterwards: other tests share the node's files."""
    folder = served.home.config.home / "rules"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)


def extradition(node: SimulatedNode) -> str:
    body = example("extradition")
    body.pop("assurances")
    return drafting.start(node.home, CONSOLE, kind="extradition", to=[SPAIN], body=body, handling=DEFAULT).id


@pytest.mark.parametrize(
    "path",
    [
        "/law",
        "/law/ask?from=CN&to=ES&measure=extradition&offence=fraud-telecom&on=2026-11-22",
        "/law/pairs/CN/MM?on=2026-11-22",
        "/law/states/ES",
        "/law/instruments/ETS185?on=2010-10-01",
        "/law/world?from=ES&measure=preservation",
    ],
)
def test_every_page_of_the_explorer_is_there(desk: Client, path: str) -> None:
    answer = desk.get(path)
    assert answer.status_code == 200
    assert "The law" in answer.content.decode()


def test_an_answer_tells_what_it_rests_on(desk: Client) -> None:
    page = desk.get("/law/ask?from=CN&to=MM&measure=extradition&offence=fraud-telecom&on=2026-11-22").content.decode()
    assert "Not verified: " in page
    assert "excluded" in page or "does not consider itself bound" in page
    assert "An authority decides; nothing here grants anything." in page


@pytest.mark.parametrize(
    ("language", "says"), [("es", "Sin verificar: "), ("zh-hans", "未核实："), ("my", "မစိစစ်ရသေး — ")]
)
def test_an_answer_is_said_in_the_readers_language(desk: Client, language: str, says: str) -> None:
    path = "/law/ask?from=CN&to=MM&measure=extradition&offence=fraud-telecom&on=2026-11-22"
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = desk.get(path).content.decode()
    assert says in page
    assert "Not verified: " not in page
    assert "Ask on reciprocity" not in page
    assert 'lang="en" dir="ltr"' in page  # the facts' own words


def test_a_question_that_cannot_be_put_is_said_in_the_readers_language(desk: Client) -> None:
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
    page = desk.get("/law/ask?from=CN&to=CN&measure=extradition").content.decode()
    assert "China es a la vez Estado requirente y Estado requerido" in page


@pytest.mark.parametrize(
    "path",
    ["/law/states/QQ", "/law/instruments/NONE", "/law/pairs/CN/CN", "/law/world?from=QQ", "/law/world?measure=magic"],
)
def test_what_is_not_there_is_not_found(desk: Client, path: str) -> None:
    assert desk.get(path).status_code == 404


def test_a_question_that_cannot_be_put_is_said_above_the_form(desk: Client) -> None:
    answer = desk.get("/law/ask?from=CN&to=CN&measure=extradition")
    assert answer.status_code == 422
    assert "CN asks itself" in answer.content.decode()


@pytest.mark.parametrize("day", ["2026-13-40", "yesterday", "0000-01-01"])
def test_a_day_that_is_none_is_said_above_the_form(desk: Client, day: str) -> None:
    answer = desk.get("/law/ask", {"from": "CN", "to": "ES", "measure": "extradition", "on": day})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"{day} is no day of the calendar. Write year, month and day, such as 2026-11-22." in page
    assert '<option value="ES" selected>' in page
    assert desk.get(f"/law/states/ES?on={day}").status_code == 422


def test_a_question_begins_with_nothing_chosen(desk: Client) -> None:
    page = desk.get("/law").content.decode()
    assert "selected" not in page
    for name in ("from", "to", "measure"):
        assert re.search(rf'<select [^>]*name="{name}" required><option value="">Choose</option>', page)
    answer = desk.get("/law/ask?from=CN&to=&measure=extradition")
    assert answer.status_code == 422
    assert "Choose who asks, who is asked, and for what." in answer.content.decode()


def test_offences_are_named_in_the_readers_language(desk: Client) -> None:
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
    page = desk.get("/law").content.decode()
    for each in OFFENCES.terms:
        if each.code != "other":
            assert f'<option value="{each.code}">{escape(labels.label(each.label, "es"))}</option>' in page


def test_a_basis_tells_whose_day_is_whose_and_names_its_languages(desk: Client) -> None:
    path = "/law/ask?from=CN&to=JP&measure=mutual-legal-assistance&on=2026-11-22"
    page = desk.get(path).content.decode()
    assert "<bdi>China</bdi>: 2003-10-23 · <bdi>Japan</bdi>: 2017-08-10" in page
    assert "<dd>2008-11-23</dd>" in page  # the treaty of the two binds both since one day
    assert "<dd>Japanese</dd>" in page
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    assert "<bdi>中国</bdi>：2003-10-23 · <bdi>日本</bdi>：2017-08-10" in desk.get(path).content.decode()


@pytest.mark.parametrize(("language", "says"), [("es", "nadie será expulsado"), ("zh-hans", "有充分理由相信")])
def test_safeguards_are_said_in_the_readers_language(desk: Client, language: str, says: str) -> None:
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = desk.get("/law/ask?from=CN&to=ES&measure=extradition").content.decode()
    assert f"<li>{says}" in page
    assert "nobody is expelled" not in page


def test_nobody_reads_the_law_here_without_signing_in(stranger: Client) -> None:
    assert stranger.get("/law").status_code == 302


def test_a_draft_shows_its_bases_and_can_stand_on_one(served: SimulatedNode, desk: Client) -> None:
    id = extradition(served)
    page = desk.get(f"/drafts/{id}").content.decode()
    assert "What it can stand on" in page
    assert 'value="CN-ES-extradition 3"' in page or "The request stands on this." in page
    answer = desk.post(f"/drafts/{id}", {"revision": "1", "stand": "CN-ES-extradition 3"})
    assert answer.status_code == 302
    kept = drafting.draft(served.home, CONSOLE, id)
    assert kept.body["basis"] == {"instrument": "CN-ES-extradition", "article": "3"}
    page = desk.get(f"/drafts/{id}").content.decode()
    assert "The request stands on this." in page
    assert "What the basis asks for" in page


def test_what_the_basis_asks_for_and_the_draft_lacks_is_told(served: SimulatedNode) -> None:
    body = example("preservation", basis={"instrument": "UNTOC", "article": "16"})
    codes = {each.code for each in law.reasons(served.home, "preservation", [SPAIN], body)}
    assert "basis-unknown" in codes or "basis-rejected" in codes


def test_the_one_who_is_asked_sees_the_same_law(served: SimulatedNode, desk: Client) -> None:
    thread = ask(served, SPAIN)
    page = desk.get(f"/threads/{thread}").content.decode()
    assert "What the law says" in page


def test_informal_help_as_evidence_is_a_gate_where_the_other_law_says_so(
    served: SimulatedNode, own_rules: Path
) -> None:
    folder = own_rules
    (folder / "own.yaml").write_text(OWN)
    body = example("police-information", evidence_use_asked=True)
    kept = drafting.start(served.home, CONSOLE, kind="police-information", to=[SPAIN], body=body, handling=DEFAULT)
    with pytest.raises(GateClosed):
        drafting.submit(served.home, CONSOLE, kept.id)
    body["evidence_use_asked"] = False
    drafting.revise(served.home, CONSOLE, kept.id, 1, body=body)
    assert drafting.submit(served.home, CONSOLE, kept.id).id


def test_own_facts_are_used_whole_or_not_at_all(served: SimulatedNode, own_rules: Path) -> None:
    folder = own_rules
    (folder / "own.yaml").write_text(OWN)
    assert len(lawbook.index(served.home).rules["ES"]) > len(shipped_index().rules["ES"])
    assert {each.what: each.good for each in doctor.examine(served.home)}["law"]
    (folder / "own.yaml").write_text(OWN.replace("effect", "efect"))
    assert lawbook.index(served.home) is shipped_index()
    found = next(each for each in doctor.examine(served.home) if each.what == "law")
    assert not found.good
    assert "comity law check" in found.words


def test_an_answer_is_weighed_as_evidence_where_it_was_asked(
    network: Network, china: SimulatedNode, spain: SimulatedNode, desk: Client
) -> None:
    thread = ask(china, SPAIN, kind="police-information")
    settle(network)
    move(spain, thread, "accepted")
    move(spain, thread, "produced")
    settle(network)
    page = desk.get(f"/threads/{thread}").content.decode()
    assert "May it be used as evidence here?" in page
    assert "intelligence, unless the giver consents" in page
    assert "/compose?kind=use-upgrade" in page


def test_the_law_is_asked_again_as_the_form_is_filled_in(served: SimulatedNode, desk: Client) -> None:
    id = extradition(served)
    typed = {"offence.categories": "fraud-telecom", "person.nationality": "ES", "basis.instrument": "CN-ES-extradition"}
    answer = desk.post(f"/drafts/{id}/law", typed)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "What it can stand on" in page
    assert "The request stands on this." in page
    assert "Its own law refuses unless the treaty provides otherwise" in page
    assert "<html" not in page
    assert drafting.draft(served.home, CONSOLE, id).revision == 1


def test_a_due_time_is_counted_by_the_clock_of_the_basis_chosen(
    served: SimulatedNode, desk: Client, own_rules: Path
) -> None:
    """Of a treaty whose clock no kind knows: here one that the node's own facts give."""
    (own_rules / "own.yaml").write_text(CLOCK)
    kind, basis = "extradition", {"instrument": "CN-ES-extradition", "article": "3"}
    body = example(kind, basis=basis, due=[])
    draft = drafting.start(served.home, CONSOLE, kind=kind, to=[SPAIN], body=body, handling=DEFAULT)
    (due,) = drafting.due(served.home, draft)
    assert (due["what"], due["instrument"], due["article"]) == ("Give the answer", "CN-ES-extradition", "99")
    assert due["at"][:10] in desk.get(f"/drafts/{draft.id}/preview").content.decode()
    elsewhere = drafting.start(
        served.home, CONSOLE, kind=kind, to=[SPAIN], body={**body, "basis": {"instrument": "UNTOC"}}, handling=DEFAULT
    )
    assert drafting.due(served.home, elsewhere) == []
