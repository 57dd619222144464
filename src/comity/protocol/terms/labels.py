# SPDX-License-Identifier: Apache-2.0
"""Every text of the terms in the reader's language. The English text is the key, and is shown when there is no other.

`texts.texts` lists what must be translated; a test fails for each that one of `TRANSLATED` lacks.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

TRANSLATED = ("zh-Hans", "es", "my")
"""The languages that have a file in `translations/`; the others of `languages.LANGUAGES` read English until they do."""


def label(text: str, language: str) -> str:
    """The text in this language, or in English when there is no translation."""
    return translations(language).get(text, text)


@cache
def translations(language: str) -> Mapping[str, str]:
    """English text → translation; empty for English and for languages that have none yet."""
    if language not in TRANSLATED:
        return MappingProxyType({})
    text = files("comity.protocol.terms").joinpath("translations", f"{language}.json").read_text("utf-8")
    return MappingProxyType(json.loads(text))
