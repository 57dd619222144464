# SPDX-License-Identifier: Apache-2.0
"""The names of states and territories in the reader's language, as Unicode's CLDR has them."""

from functools import cache

from babel import Locale
from django.utils.translation import get_language

from comity.law.states import BESIDES, ISO

_LOCALES = {"zh-hans": "zh_Hans", "zh-hant": "zh_Hant"}


def name(code: str) -> str:
    """A name, or the code where there is none."""
    return _names(get_language() or "en").get(code, code)


def every() -> list[tuple[str, str]]:
    """Every code with its name, in the order of the names."""
    names = _names(get_language() or "en")
    return sorted(((code, names.get(code, code)) for code in ISO | BESIDES), key=lambda each: each[1])


@cache
def _names(language: str) -> dict[str, str]:
    found = Locale.parse(_LOCALES.get(language.lower(), language.replace("-", "_"))).territories
    return {code: str(found[code]) for code in ISO | BESIDES if code in found}
