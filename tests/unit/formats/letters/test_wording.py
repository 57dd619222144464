# SPDX-License-Identifier: Apache-2.0
"""Labels: every one in all twelve languages, whole, in its script, and none that nobody asks for."""

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from comity.formats.letters.checklist import ANSWERED_BY
from comity.formats.letters.content import How, Words
from comity.formats.letters.coverage import covered
from comity.formats.letters.printable import printable
from comity.formats.letters.wording import Wording, own_labels, own_terms
from comity.law.facts.terms import Content
from comity.law.states import BESIDES, ISO
from comity.protocol.terms import handling, kinds, schemas
from comity.protocol.terms.authorities import AUTHORITY_ROLES
from comity.protocol.terms.instruments import INSTRUMENTS
from comity.protocol.terms.labels import TRANSLATED, translations
from comity.protocol.terms.languages import LANGUAGE_CODES, LANGUAGES
from comity.protocol.terms.texts import texts
from comity.protocol.terms.vocabularies import VOCABULARIES

CODES = [each.code for each in LANGUAGES]
PLACE = re.compile(r"\{\w+\}")
SCRIPTS = {
    "zh-Hans": r"[\u4e00-\u9fff]",
    "zh-Hant": r"[\u4e00-\u9fff]",
    "ar": r"[\u0600-\u06ff]",
    "ru": r"[\u0400-\u04ff]",
    "my": r"[\u1000-\u109f]",
    "th": r"[\u0e00-\u0e7f]",
    "km": r"[\u1780-\u17ff]",
    "lo": r"[\u0e80-\u0eff]",
}
SAME = re.compile(r"IBAN|BIC|H[0-3]|(TLP|PAP):\S+|Message|Note|Article|Provisions")


def shown(schema: object) -> Iterator[str]:
    """What a letter says of its own accord of a body with this schema: titles of members, labels of their codes."""
    if isinstance(schema, list):
        for each in schema:
            yield from shown(each)
    elif isinstance(schema, dict):
        for name, each in schema.items():
            if name == "properties":
                yield from (member["title"] for member in each.values() if "title" in member)
                yield from shown(list(each.values()))
            elif name == "x-vocabulary":
                yield from (term.label for term in VOCABULARIES[each])
            elif name != "examples":
                yield from shown(each)


def of_kind(kind: str) -> set[str]:
    """All texts of the terms that a letter of this kind could say beside those of every letter."""
    found: dict[str, Any] = schemas.schema(kind)
    return {found["title"], *shown(found)}


def of_every_letter() -> set[str]:
    """Who writes, how to handle it, what is due: what the letter of any kind could say."""
    evaluations = [vocabulary for scale in handling.SCALES.values() for vocabulary in scale]
    meanings = {term.description for codes in (handling.TLP, handling.PAP, handling.EUROPOL) for term in codes}
    clocks = {clock.what for kind in kinds.request_kinds().values() for clock in kind.clocks}
    listed = (AUTHORITY_ROLES, LANGUAGE_CODES, INSTRUMENTS, *evaluations)
    return meanings | clocks | {term.label for vocabulary in listed for term in vocabulary}


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("kind", [*kinds.names(), *kinds.move_names()])
def test_no_letter_of_a_request_or_a_move_falls_back_to_english(kind: str, language: str) -> None:
    wording = Wording(language)
    assert sorted(text for text in of_kind(kind) | of_every_letter() if wording.known(text) is None) == []


def test_what_is_demanded_reaches_into_the_parts_and_their_codes() -> None:
    assert {
        "Produced",
        "Data handed over",
        "Time range",
        "Identifiers",
        "IBAN",
        "Subscriber data",
        "Return the material",
    } <= (of_kind("produced"))
    assert {"Refused", "Refusal ground", "Political offence", "Our reference", "Towards"} <= of_kind("refused")
    assert {"Answer the clarification", "A: completely reliable", "Prosecutor"} <= of_every_letter()


@pytest.mark.parametrize("language", CODES)
def test_every_label_is_there_and_whole(language: str) -> None:
    english, found = own_labels("en"), own_labels(language)
    assert list(found) == list(english)
    for code, text in found.items():
        assert text == text.strip() != "", code
        assert sorted(PLACE.findall(text)) == sorted(PLACE.findall(english[code])), code
        assert ("comity verify" in text) == (code in {"check", "check_paper"}), code


@pytest.mark.parametrize("language", SCRIPTS)
def test_every_label_is_in_its_script(language: str) -> None:
    said = {**own_labels(language), **own_terms(language)}
    assert [text for text in said.values() if not re.search(SCRIPTS[language], text) and not SAME.fullmatch(text)] == []


@pytest.mark.parametrize("language", CODES)
def test_terms_are_the_fields_own_and_stand_in_for_no_translation(language: str) -> None:
    known = set(texts())
    assert set(own_terms(language)) <= known
    if language in TRANSLATED or language == "en":
        assert own_terms(language) == {}


@pytest.mark.parametrize("language", CODES)
def test_the_fonts_show_every_label(language: str) -> None:
    said = [*own_labels(language).values(), *own_terms(language).values(), *translations(language).values()]
    assert [text for text in said if printable(text, covered())[1]] == []


def test_the_checklist_knows_every_code_of_the_law_and_names_members_that_are() -> None:
    codes = set(get_args(Content))
    assert set(ANSWERED_BY) == codes
    assert {f"content:{each}" for each in codes} == {each for each in own_labels("en") if ":" in each}
    members = {name for kind in kinds.request_kinds().values() for name in kind.body.model_fields}
    assert {each.partition(".")[0] for names in ANSWERED_BY.values() for each in names} <= members


def test_english_stays_and_says_so() -> None:
    text = "Significant and imminent risk to the life or safety of a person"
    for language in CODES:
        found = Wording(language).term(text)
        assert found == Words(text) if language == "en" else found.how != How.PLAIN
        assert found.how == How.ENGLISH or found.text != text or language == "en"
    assert Wording("th").term("no such text") == Words("no such text", How.ENGLISH)
    assert Wording("th").code("no-such", "x") == Words("x", How.PLAIN)


@pytest.mark.parametrize("language", CODES)
def test_every_state_has_a_name_that_can_be_printed(language: str) -> None:
    named = {code: Wording(language).state(code) for code in sorted(ISO | BESIDES | {"UN"})}
    assert [code for code, name in named.items() if name.how != How.SAID or name.text == code] == []
    assert [name.text for name in named.values() if printable(name.text, covered())[1]] == []
    pattern = SCRIPTS.get(language, ".")
    assert [name.text for name in named.values() if not re.search(pattern, name.text)] == []
    assert Wording(language).state("QQ") == Words("QQ", How.PLAIN)
