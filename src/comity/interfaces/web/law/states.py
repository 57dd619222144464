# SPDX-License-Identifier: Apache-2.0
"""The names of states and territories in the reader's language, as Unicode's CLDR has them."""

from functools import cache

from babel import Locale
from django.utils.translation import get_language

from comity.interfaces.web.law import collation
from comity.law.states import BESIDES, ISO

_LOCALES = {"zh-hans": "zh_Hans", "zh-hant": "zh_Hant"}


def name(code: str) -> str:
    """A name, or the code where there is none."""
    return _names(get_language() or "en").get(code, code)


def every() -> list[tuple[str, str]]:
    """Every code with its name, in the order of the names."""
    names = _names(get_language() or "en")
    named = ((code, names.get(code, code)) for code in ISO | BESIDES)
    return sorted(named, key=lambda each: collation.key(each[1]))


def locale() -> Locale:
    """The reader's language, as CLDR knows it."""
    return _locale(get_language() or "en")


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(_LOCALES.get(language.lower(), language.replace("-", "_")))


@cache
def _names(language: str) -> dict[str, str]:
    found = _locale(language).territories
    return {code: str(found[code]) for code in ISO | BESIDES if code in found}
