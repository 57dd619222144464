# SPDX-License-Identifier: Apache-2.0
"""The law's sentences in the reader's language.

A sentence is said by its template, and what stands in it by what it is: codes in words, sentences by their own
templates, and a fact's own words as they are, marked as English; only the safeguards, the same in every answer, are
translated. Whoever reads English reads what the law wrote.
"""

import re
from collections.abc import Callable, Mapping

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext

from comity.interfaces.web.law import states, words
from comity.law.sentences import Kind, Sentence, Term, Value

_ENGLISH = SafeString(' lang="en" dir="ltr"')
_CODES: Mapping[Kind, Callable[[str], str]] = {
    "state": lambda code: states.name(code) if code != "any" else words.word(code),
    "measure": words.word,
    "ground": words.ground,
    "content": words.content,
    "statement": words.word,
    "verification": words.word,
}
_PLACEHOLDER = re.compile(r"{\w+}")
_LETTER = re.compile(r"\w")


def told(text: str) -> str:
    """A sentence for a page; the words of facts in it are marked as English. Any other text as it is."""
    if isinstance(text, Term) and not _reads_english():
        return _safeguard(text) or str(text)
    return _marked(text) if isinstance(text, Sentence) and not _reads_english() else str(text)


def plain(text: str) -> str:
    """A sentence where no marks can stand, such as in the text of an error. Any other text as it is."""
    return _plain(text) if isinstance(text, Sentence) and not _reads_english() else str(text)


def english(text: str) -> str:
    """The attributes of an element that shows a text: those of English, where the text is a fact's own or a sentence
    that nobody has translated."""
    if not isinstance(text, Sentence) or _reads_english():
        translated = isinstance(text, Term) and not _reads_english() and _safeguard(text)
        return _ENGLISH if text and not translated else ""
    says = _LETTER.search(_PLACEHOLDER.sub("", text.template))
    return _ENGLISH if says and gettext(text.template) == text.template else ""


def _marked(sentence: Sentence) -> SafeString:
    template = escape(gettext(sentence.template))
    values = {name: _mark(each) for name, each in sentence.values.items()}
    return format_html(template, **values) if values else template


def _mark(value: Value) -> Value:
    if isinstance(value, Sentence):
        return _marked(value)
    if isinstance(value, Term) and value.kind == "words" and not _safeguard(value):
        return format_html('<span lang="en" dir="ltr">{}</span>', value)
    return _coded(value)


def _plain(sentence: Sentence) -> str:
    values = {
        name: _plain(each) if isinstance(each, Sentence) else _coded(each) for name, each in sentence.values.items()
    }
    return gettext(sentence.template).format(**values)


def _safeguard(text: Term) -> str:
    """The translation of a safeguard's words; nothing for any other words, and where nobody has translated them."""
    found = pgettext("safeguard", text) if text.kind == "words" and text else ""
    return found if found != text else ""


def _coded(value: Value) -> Value:
    if isinstance(value, Term) and value.kind == "words":
        return _safeguard(value) or value
    return _CODES[value.kind](value.code) if isinstance(value, Term) and value.kind in _CODES else value


def _reads_english() -> bool:
    return (get_language() or "en").partition("-")[0] == "en"
