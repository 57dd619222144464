# SPDX-License-Identifier: Apache-2.0
"""The one list of languages: of the interface, the vocabularies and the letters."""

from dataclasses import dataclass

from comity.protocol.terms.vocabulary import Term, Vocabulary


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its BCP 47 code, its own name, its English label, and the direction of its script: ltr or rtl."""

    code: str
    own_name: str
    label: str
    direction: str = "ltr"


LANGUAGES = (
    Language("en", "English", "English"),
    Language("zh-Hans", "简体中文", "Chinese (simplified)"),
    Language("zh-Hant", "繁體中文", "Chinese (traditional)"),
    Language("es", "Español", "Spanish"),
    Language("fr", "Français", "French"),
    Language("ar", "العربية", "Arabic", "rtl"),
    Language("ru", "Русский", "Russian"),
    Language("my", "မြန်မာ", "Burmese"),
    Language("th", "ไทย", "Thai"),
    Language("vi", "Tiếng Việt", "Vietnamese"),
    Language("km", "ខ្មែរ", "Khmer"),
    Language("lo", "ລາວ", "Lao"),
)

LANGUAGE_CODES = Vocabulary("languages", "Languages", tuple(Term(each.code, each.label) for each in LANGUAGES))
