# SPDX-License-Identifier: Apache-2.0
"""A letter says all that was signed, in every kind and language; what an officer wrote stays as written."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.fixtures.letters import ATTACHED, FILE, SPAIN, request

from comity.formats.letters.compose import Address, Answered, Said, compose, qr_text
from comity.formats.letters.content import Entry, How, Letter, Party, Section, Words
from comity.formats.letters.wording import Wording
from comity.protocol.terms import kinds
from comity.protocol.terms.errors import UnknownTerm
from comity.protocol.terms.languages import LANGUAGES
from comity.protocol.wire.names import AuthorityId

CODES = [each.code for each in LANGUAGES]


def spoken(part: object) -> Iterator[Words]:
    """All words of a letter, or of a part of one."""
    if isinstance(part, Words):
        yield part
    elif isinstance(part, (list, tuple)):
        for each in part:
            yield from spoken(each)
    elif isinstance(part, (Entry, Section, Party, Letter)) or hasattr(part, "__dataclass_fields__"):
        for name in part.__dataclass_fields__:
            yield from spoken(getattr(part, name))


def texts(letter: Letter) -> set[str]:
    return {each.text for each in spoken(letter)}


def section(letter: Letter, name: str) -> Section:
    (found,) = [each for each in letter.sections if each.name == name]
    return found


def leaves(value: object) -> Iterator[str]:
    """Every text of a body but the files' content."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from leaves(each) if name != "data" or not isinstance(each, str) or len(value) < 4 else ()


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("kind", kinds.names())
def test_every_kind_speaks_every_language(kind: str, language: str) -> None:
    made = compose(request(kind), language)
    assert (made.language, made.direction) == (language, "rtl" if language == "ar" else "ltr")
    assert [each.name for each in made.sections if not each.entries] == []
    said = list(spoken(made))
    assert all(each.text for each in said)
    assert sum(each.how == How.ENGLISH for each in said) * 10 <= len(said)


@pytest.mark.parametrize("kind", kinds.names())
def test_nothing_that_was_written_is_left_out(kind: str) -> None:
    asked = request(kind)
    found = texts(compose(asked, "fr"))
    whole = "\n".join(found)
    codes = {"T", "-"}  # times are said for people, codes by their labels
    lost = [each for each in leaves(dict(asked.body)) if " " in each and each not in found]
    assert [each for each in lost if not codes & set(each[10:11]) and each not in whole] == []


def test_what_the_author_wrote_is_authentic_and_never_translated() -> None:
    for language in CODES:
        made = compose(request(language="zh-Hant", facts="案情。*#x*"), language)
        assert Words("案情。*#x*", How.AUTHENTIC) in section(made, "facts").entries[0].words
        assert made.authentic_language == "zh-Hant"
    spanish = compose(request(language="zh-Hant"), "es")
    assert spanish.authentic.text == "Texto auténtico · Chino (tradicional)"
    assert any("Chino (tradicional)" in each.text for each in spanish.notes)


def test_the_kind_is_the_title() -> None:
    titles = {language: compose(request("takedown"), language).title for language in CODES}
    assert titles["en"] == Words("Takedown", How.SAID)
    assert {each.how for each in titles.values()} == {How.SAID}
    assert len({each.text for each in titles.values()}) == len(CODES)


def test_the_law_the_case_the_persons_then_what_is_asked() -> None:
    made = compose(request(wished_by="2017-02-28", reciprocity="Promised."), "en")
    names = [each.name for each in made.sections]
    assert names == ["basis", "offence", "facts", "persons", "measure", "assurances", "checklist", "annexes"]
    basis = section(made, "basis").entries
    assert [each.label.text for each in basis][:2] == ["Instrument", "Article"]
    assert basis[0].words[0].text.endswith("(UNTOC)")
    assert section(made, "offence").entries[-1].words == (Words("Life imprisonment", How.PLAIN),)


def test_head_and_addresses() -> None:
    asked = request(urgency="urgent", urgency_reason="The money is leaving.")
    made = compose(asked, "es")
    assert (made.sender.name, made.sender.id) == ("Policía Nacional (muestra)", SPAIN)
    assert {"+34 600 000 000", "duty@es.example", "Europe/Madrid"} <= {each.text for each in spoken(made.sender)}
    assert [(each.name, each.id, each.entries) for each in made.recipients] == [("CN/mps", "CN/mps", ())]
    assert made.sender.entries[0].words == (Words("España"),)
    head = {each.text for each in spoken(made.head)}
    assert {"2026-11-22 09:00 UTC", "SAMPLE-2016-0117", "Urgente", "The money is leaving."} <= head
    assert made.handling == "TLP:AMBER+STRICT · PAP:GREEN"
    assert made.banner.startswith("Datos de muestra")
    assert compose(replace(asked, cards={}), "es").banner == ""


def test_handling_is_said_with_what_it_means() -> None:
    asked = request()
    handling: dict[str, Any] = {
        "tlp": "GREEN",
        "europol": ["H1", "H9"],
        "evaluation": {"source": "B", "information": "2"},
        "conditions": "Not to the press.",
    }
    said = replace(asked.said, handling=handling, via=(AuthorityId("ES/mj"),))
    made = compose(replace(asked, said=said), "es")
    assert made.handling == "TLP:GREEN · PAP:RED · H1 · H9"
    head = {each.text: each.how for each in spoken(made.head)}
    assert "TLP:GREEN: Para la comunidad del destinatario." in head
    assert (head["H9"], head["Not to the press."]) == (How.PLAIN, How.AUTHENTIC)
    assert any(each.startswith("B: ") for each in head)
    assert "ES/mj" in head
    silent = compose(replace(asked, said=replace(asked.said, handling={"evaluation": {"scale": "x"}})), "es")
    assert silent.handling == "TLP:RED · PAP:RED"


def test_annexes_name_each_file_by_its_fingerprint() -> None:
    made = section(compose(request(), "en"), "annexes")
    (group,) = made.entries[0].groups
    assert [each.words[0].text for each in group] == ["sample.txt", "text/plain", str(len(FILE)), ATTACHED["sha256"]]
    assert "annexes" not in [each.name for each in compose(request(attachments=[]), "en").sections]


def test_due_times_of_clocks_are_translated_and_others_stay() -> None:
    due = [
        {"what": "Decide on the request (public holidays unknown)", "at": "2026-12-22T22:59:59.999Z"},
        {"what": "Answer the order", "at": "2026-12-22T22:59:59.000Z", "instrument": "CETS224", "article": "7"},
        {"what": "Wished", "at": "2026-12-24T12:00:00.000Z"},
    ]
    said = {each.text: each.how for each in spoken(section(compose(request(due=due), "es"), "due"))}
    assert "Decidir sobre la solicitud (días festivos desconocidos)" in said
    assert said["Wished"] == How.PLAIN
    assert "2026-12-24 12:00 UTC" in said
    assert "2026-12-22 22:59:59.999 UTC" in said


def test_the_checklist_says_where_and_never_that_it_is_whole() -> None:
    asked = request(legal_texts="All.")
    listed = {each.label.text: each.words[0].text for each in section(compose(asked, "en"), "checklist").entries}
    assert listed == {
        "Instrument": "UNTOC 18",
        "The authority that asks": "Letterhead",
        "The offence": "Offence",
        "The facts": "Facts",
        "The procedure to follow": "Not found in this letter",
    }
    assert asked.asked
    other = replace(asked, asked=replace(asked.asked, contents=("penalties", "unheard-of")))
    listed = {each.label.text: each.words[0].text for each in section(compose(other, "en"), "checklist").entries}
    assert (listed["The penalties"], listed["unheard-of"]) == ("Offence", "Not found in this letter")
    wished = replace(asked.asked, contents=("facts", "procedure"), if_wished=frozenset({"facts", "procedure"}))
    listed = [each.label.text for each in section(compose(replace(asked, asked=wished), "en"), "checklist").entries]
    assert listed == ["Instrument", "The facts"]
    nothing = replace(asked.asked, contents=("procedure",), if_wished=frozenset({"procedure"}))
    for none in (None, replace(asked.asked, contents=()), nothing):
        names = [each.name for each in compose(replace(asked, asked=none), "en").sections]
        assert "checklist" not in names


def test_the_seal_is_what_a_stranger_compares() -> None:
    asked = request()
    made = compose(asked, "ru").seal
    assert made.digest == asked.digest
    assert made.code == qr_text(asked) == f"comity:{asked.digest}?from=ES/policia-nacional&id={asked.said.id}"
    assert {asked.said.id, SPAIN, "ES-64A2"} <= {each.text for each in spoken(made.entries)}
    assert "comity verify" in made.check.text
    assert len(compose(replace(asked, approved_by=()), "ru").seal.entries) == len(made.entries) - 1


def test_what_the_schema_does_not_know_is_said_as_it_is() -> None:
    asked = request(later={"deep": [1, None]}, remark="*as written*", number=7, flag=True, facts=["odd"])
    made = compose(asked, "es")
    said = {each.label.text: each.words for each in section(made, "measure").entries}
    assert said["remark"] == (Words("*as written*", How.AUTHENTIC),)
    assert said["number"] == (Words("7", How.PLAIN),)
    assert '"deep"' in said["later"][0].text
    assert '"odd"' in section(made, "facts").entries[0].words[0].text
    strange = replace(asked, said=replace(asked.said, kind="tide-table", body={"place": "Madrid"}))
    made = compose(strange, "es")
    assert made.title == Words("tide-table", How.ENGLISH)
    assert section(made, "measure").entries == (Entry(Words("place", How.PLAIN), (Words("Madrid", How.AUTHENTIC),)),)
    assert (made.authentic_language, made.authentic.text) == ("", "Texto auténtico")


def test_parts_keep_what_their_schema_does_not_know() -> None:
    person = {"name": "样本甲", "role": "suspect", "height": "1.80", "birth_date": 1985}
    said = {
        each.label.text: each.words[0].text
        for each in section(compose(request(persons=[person]), "en"), "persons").entries
    }
    assert said["height"] == "1.80"
    assert said["Date of birth"] == "1985"
    odd = compose(request(persons=["nobody"], basis="UNTOC"), "en")
    assert "nobody" in texts(odd)
    assert "UNTOC" in texts(odd)


def test_a_language_that_is_none_of_ours_is_refused() -> None:
    with pytest.raises(UnknownTerm):
        compose(request(), "de")


def test_an_answer_names_what_it_answers_and_where_it_goes() -> None:
    asked = request("preservation")
    said = replace(asked.said, kind="refused", body=dict(kinds.kind("refused").example))
    there = Address("Ministerio de muestra", "Calle 1\nVientián", "+856 20 0000 0000")
    to = said.to[0]
    answers = Answered("preservation", "LA 7", "2026-01-02")
    made = compose(replace(asked, said=said, addresses={to: there}, answers=answers), "es")
    assert made.title == Wording("es").term(kinds.kind("refused").title)
    assert section(made, "measure").title.text == "Nuestra respuesta"
    head = {each.label.text: each.words[0].text for each in made.head if each.words}
    assert (head["Su referencia"], head["Su escrito de fecha"]) == ("LA 7", "2026-01-02")
    assert made.recipients[0].name == "Ministerio de muestra"
    assert [each.words[0].text for each in made.recipients[0].entries] == [there.lines, there.telephone]


def test_a_language_that_nobody_told_is_not_named() -> None:
    asked = request("preservation")
    said = replace(asked.said, body={name: value for name, value in asked.said.body.items() if name != "language"})
    made = compose(replace(asked, said=said), "es")
    assert made.authentic == Words("Texto auténtico")
    assert len(made.notes) == 1


def answer(kind: str = "acknowledged", *, answers: Answered | None = None, paper: bool = True) -> Said:
    """An answer to an authority that is written to on paper, or to one with a node."""
    asked = request("preservation")
    body = {**kinds.kind(kind).example, "language": "en"}
    there = {to: Address("Ministry of samples", "1 Sample Road") for to in asked.said.to} if paper else {}
    said = replace(asked.said, kind=kind, body=body, paper=paper)
    return replace(asked, said=said, addresses=there, answers=answers, asked=None)


@pytest.mark.parametrize("language", CODES)
def test_it_opens_with_what_it_answers(language: str) -> None:
    kind = "mutual-legal-assistance"
    named = Wording(language).term(kinds.titles()[kind]).text
    opened = compose(answer(answers=Answered(kind, "114/{MOJ}", "2026-11-09")), language).opening
    assert opened
    assert opened.how == How.SAID
    said = opened.text.replace("\u200e", "")
    assert all(each in said for each in (named, "114/{MOJ}", "2026-11-09"))
    assert ("\u200e114/{MOJ}\u200e" in opened.text) == ("\u200e2026-11-09\u200e" in opened.text) == (language == "ar")
    for less in (Answered(kind, day="2026-11-09"), Answered(kind, "114/{MOJ}")):
        shorter = compose(answer(answers=less), language).opening
        assert shorter
        assert (less.reference in shorter.text, less.day in shorter.text) == (True, True)
        assert len(shorter.text) < len(opened.text)
    alone = compose(answer(answers=Answered(kind)), language).opening
    assert alone == Words(Wording(language).own("answers").text.format(what=named))


def test_the_opening_is_a_sentence_and_only_where_something_is_answered() -> None:
    answered = Answered("mutual-legal-assistance", "114/MOJ", "2026-11-09")
    made = compose(answer(answers=answered, paper=False), "en")
    assert made.opening == Words("In answer to: Mutual legal assistance, no. 114/MOJ, of 2026-11-09")
    arabic = compose(answer(answers=Answered("tide-table", "رقم ٧")), "ar").opening
    assert arabic
    assert "\u200e" not in arabic.text
    assert "tide-table" in arabic.text
    assert compose(answer(), "en").opening is None
    assert compose(request(), "en").opening is None


@pytest.mark.parametrize("language", CODES)
def test_what_goes_on_paper_is_signed_by_hand_and_checked_with_its_author(language: str) -> None:
    wording = Wording(language)
    paper, ours = compose(answer(), language), compose(answer(paper=False), language)
    assert paper.signing
    assert paper.signing.stamp == wording.own("stamp")
    assert paper.signing.lines == tuple(map(wording.own, ("place_and_date", "signature", "name", "function")))
    assert (paper.seal.check, ours.seal.check) == (wording.own("check_paper"), wording.own("check"))
    assert ours.signing is None
    assert compose(replace(request(), addresses={SPAIN: Address("A", "1 Road")}), language).signing is None


def test_the_head_says_the_minute_in_universal_time() -> None:
    asked = request()
    sent = datetime(2026, 11, 22, 20, 59, 47, 797_000, UTC)
    made = compose(replace(asked, said=replace(asked.said, sent=sent)), "en")
    assert made.head[0].words == (Words("2026-11-22 20:59 UTC", How.PLAIN),)
