# SPDX-License-Identifier: Apache-2.0
"""Labels: every text that people see is in every translated language, whole, and nothing else is."""

import re

import pytest

from comity.protocol.terms import kinds
from comity.protocol.terms.labels import TRANSLATED, label, translations
from comity.protocol.terms.languages import LANGUAGE_CODES
from comity.protocol.terms.texts import texts

PLACEHOLDER = re.compile(r"\{\w+\}|`[^`]+`|docs/\S+\.md")
SCRIPTS = {"zh-Hans": r"[\u4e00-\u9fff]", "my": r"[\u1000-\u109f]"}
UNCHANGED = re.compile(r"IBAN|H[0-3]")


def test_there_is_something_to_say() -> None:
    found = texts()
    assert len(found) == len(set(found)) > 900
    assert "Preservation of stored data" in found
    assert "Sovereignty, security, ordre public or other essential interests" in found
    assert "Source port" in found


def test_the_translated_languages_are_of_the_twelve() -> None:
    assert set(TRANSLATED) < set(LANGUAGE_CODES.codes)


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_missing_and_nothing_is_left_over(language: str) -> None:
    known = set(translations(language))
    assert [text for text in texts() if text not in known] == []
    assert known - set(texts()) == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_is_whole(language: str) -> None:
    for text, translation in translations(language).items():
        assert translation == translation.strip() != ""
        assert sorted(PLACEHOLDER.findall(text)) == sorted(
            found.rstrip("။。，၊；") for found in PLACEHOLDER.findall(translation)
        ), text
        assert text.endswith(".") == translation.endswith((".", "。", "။")), text


@pytest.mark.parametrize("language", SCRIPTS)
def test_a_translation_is_in_its_script(language: str) -> None:
    bare = [text for text, said in translations(language).items() if not re.search(SCRIPTS[language], said)]
    assert [text for text in bare if not UNCHANGED.fullmatch(text)] == []


def test_a_label_is_in_the_readers_language() -> None:
    title = kinds.titles()["preservation"]
    assert label(title, "en") == "Preservation of stored data"
    assert label(title, "zh-Hans") == "保全已存储的数据"
    assert label(title, "es") == "Conservación de datos almacenados"
    assert label(title, "my").startswith("သိမ်းဆည်းထားသော")


def test_without_a_translation_english_is_shown() -> None:
    assert label("Preservation of stored data", "lo") == "Preservation of stored data"
    assert label("Never heard of", "es") == "Never heard of"
