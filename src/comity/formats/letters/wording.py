# SPDX-License-Identifier: Apache-2.0
"""The letter's labels in a language. English stays where there is no translation, and says that it is English.

`own` are the letter's alone, by their code in `labels/LANGUAGE.json` under `letter`: every language has every one.
`term` are the field's words, by their English text: first those of `protocol/terms/translations`, then the file's
`terms`. States are named as Unicode's CLDR names them.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from babel import Locale

from comity.formats.letters.content import How, Words
from comity.protocol.terms.labels import translations
from comity.protocol.terms.languages import LANGUAGE_CODES, LANGUAGES
from comity.protocol.terms.vocabularies import VOCABULARIES

ENGLISH = "en"
_LEFT_TO_RIGHT = "\u200e"
_TURNING = re.compile("[\u0590-\u08ff]")
"""Scripts that run from the right."""

_DIRECTIONS = {each.code: each.direction for each in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a letter in one of the twelve languages. Raises `UnknownTerm` for another."""

    language: str

    def __post_init__(self) -> None:
        LANGUAGE_CODES[self.language]  # raises

    @property
    def direction(self) -> str:
        """The direction of the language's script: ltr or rtl."""
        return _DIRECTIONS[self.language]

    def own(self, code: str) -> Words:
        """A label of the letter's own."""
        return Words(own_labels(self.language)[code])

    def term(self, text: str) -> Words:
        """An English text of the terms."""
        found = self.known(text)
        return Words(text, How.ENGLISH) if found is None else found

    def known(self, text: str) -> Words | None:
        """The same, or nothing where there is no translation."""
        if self.language == ENGLISH:
            return Words(text)
        found = translations(self.language).get(text) or own_terms(self.language).get(text)
        return Words(found) if found else None

    def code(self, vocabulary: str, code: str) -> Words:
        """A code of a vocabulary by its label; one that this version does not know stays a code."""
        found = VOCABULARIES.get(vocabulary)
        return self.term(found[code].label) if found and code in found else Words(code, How.PLAIN)

    def language_name(self, code: str) -> Words:
        """A language's name; another text than a code of ours stays as it is."""
        return self.code(LANGUAGE_CODES.name, code)

    def state(self, code: str) -> Words:
        """The name of a state or territory; a code that nobody named stays a code."""
        found = Locale.parse(self.language.replace("-", "_")).territories.get(code)
        return Words(found) if found else Words(code, How.PLAIN)

    def kept(self, text: str) -> str:
        """A number or a code within a sentence: it keeps its order where the sentence runs from the right."""
        if self.direction == "ltr" or _TURNING.search(text):
            return text
        return f"{_LEFT_TO_RIGHT}{text}{_LEFT_TO_RIGHT}"


def own_labels(language: str) -> Mapping[str, str]:
    """Code → label of the letter's own."""
    return _file(language)["letter"]


def own_terms(language: str) -> Mapping[str, str]:
    """English text of the terms → translation, for languages that `protocol/terms/translations` does not have yet."""
    return _file(language)["terms"]


@cache
def _file(language: str) -> Mapping[str, Mapping[str, str]]:
    text = files("comity.formats.letters").joinpath("labels", f"{language}.json").read_text("utf-8")
    return MappingProxyType(json.loads(text))
