# SPDX-License-Identifier: Apache-2.0
"""Labels: every one in all twelve languages, whole, in its script, and none that nobody asks for."""

import re
from typing import get_args

import pytest

from comity.formats.letters.checklist import ANSWERED_BY
from comity.formats.letters.content import How, Words
from comity.formats.letters.coverage import covered
from comity.formats.letters.printable import printable
from comity.formats.letters.wording import Wording, own_labels, own_terms
from comity.law.facts.terms import Content
from comity.protocol.terms import kinds
from comity.protocol.terms.labels import TRANSLATED, translations
from comity.protocol.terms.languages import LANGUAGES
from comity.protocol.terms.texts import texts

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


@pytest.mark.parametrize("language", CODES)
def test_every_label_is_there_and_whole(language: str) -> None:
    english, found = own_labels("en"), own_labels(language)
    assert list(found) == list(english)
    for code, text in found.items():
        assert text == text.strip() != "", code
        assert sorted(PLACE.findall(text)) == sorted(PLACE.findall(english[code])), code
        assert ("comity verify" in text) == (code == "check"), code


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
