# SPDX-License-Identifier: Apache-2.0
"""Every text of the pages, the thread and the errors that officers meet is there in every language of the pages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from tests.fixtures.sentences import templates
from tests.fixtures.vectors import ROOT

from comity.cooperation.dispatch import errors as dispatch
from comity.cooperation.exchange.errors import ThreadFull
from comity.formats.letters import errors as letters
from comity.law import clock_words
from comity.law import errors as law
from comity.law.requests.checklist import WORDS as CONTENTS
from comity.law.view import shipped_index
from comity.protocol.errors import ComityError
from comity.protocol.terms import errors as terms
from comity.protocol.terms import labels
from comity.protocol.thread import errors as threads
from comity.protocol.thread.titles import titles
from comity.protocol.wire import errors as wire
from comity.protocol.wire import trust_errors
from comity.records import errors as records
from comity.records.accounts import errors as accounts
from comity.records.authorities import errors as authorities
from comity.records.register import errors as registers

ERRORS = (accounts, authorities, dispatch, law, letters, records, registers, terms, threads, trust_errors, wire)
BETWEEN_NODES = {
    *("ApprovalInvalid", "ApprovalMissing", "CannotOpen", "EndorsementInvalid", "EndorsementMissing", "NotForUs"),
    *("NotTheirsToRevoke", "RevokedAhead", "RevokesNothing", "SentInDoubt"),
}
"""What one node says to another, as all of `exchange.errors` but `ThreadFull`: no page raises it."""
FAULTS_OF_OURS = {"DigestReused", "GraphFaulty", "NotOneThread"}
WEB = ROOT / "src" / "comity" / "interfaces" / "web"
LANGUAGES = ("zh_Hans", "es", "my")
TRANSLATE = re.compile(r"""{%\s*translate\s+(["'])(.*?)\1(?:\s+context\s+"(.*?)")?\s*%}|_\((["'])(.*?)\4\)""")
BLOCK = re.compile(r"{%\s*blocktranslate.*?%}(.*?)(?:{%\s*plural\s*%}.*?)?{%\s*endblocktranslate\s*%}", re.DOTALL)
CALL = re.compile(r'(?<![\w.])(?:n?gettext(?:_noop)?|_)\(\s*"(.*?)"', re.DOTALL)
STRAIGHT = re.compile(r'(?<![\w.])n?gettext\(\s*"(.*?)"', re.DOTALL)
"""What is translated where it stands, unlike what `gettext_noop` only marks."""


def catalogue(language: str) -> Catalog:
    with (WEB / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as stream:
        return read_po(stream, locale=language)


def of_templates(path: Path) -> Iterator[tuple[str, str | None]]:
    text = path.read_text()
    for _, said, context, _, marked in TRANSLATE.findall(text):
        yield said or marked, context or None
    for said in BLOCK.findall(text):
        yield re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", said), None


def texts() -> set[tuple[str, str | None]]:
    found = {each for path in (WEB / "templates").rglob("*.html") for each in of_templates(path)}
    found |= {(said, None) for path in WEB.rglob("*.py") for said in CALL.findall(path.read_text())}
    found |= {(title, None) for title in titles()} | {(words, None) for words in CONTENTS.values()}
    found |= {(template, None) for template in templates()}
    found |= {(words, None) for words in (*clock_words.WHAT.values(), *clock_words.AFTER.values())}
    return found | {(words, None) for error in errors() for words in (error.text, error.advice) if words}


def errors() -> Iterator[type[ComityError]]:
    """Every error that a page can raise."""
    yield ThreadFull
    for error in {each for module in ERRORS for each in vars(module).values() if isinstance(each, type)}:
        if issubclass(error, ComityError) and error.__name__ not in BETWEEN_NODES | FAULTS_OF_OURS:
            yield error


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    held = catalogue(language)
    terms = labels.translations(language.replace("_", "-"))
    found = {(said, context): held.get(said, context) for said, context in texts() if said not in terms}
    assert not [key for key, message in found.items() if message is None or not message.string]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_page_looks_for_in_its_catalogue_is_there(language: str) -> None:
    """`translate` and `gettext` do not look among the terms' translations; `words.said` does."""
    held = catalogue(language)
    asked = {each for path in (WEB / "templates").rglob("*.html") for each in of_templates(path)}
    asked |= {(said, None) for path in WEB.rglob("*.py") for said in STRAIGHT.findall(path.read_text())}
    found = {(said, context): held.get(said, context) for said, context in asked}
    assert not [key for key, message in found.items() if message is None or not message.string]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_safeguard_that_is_shipped_is_translated(language: str) -> None:
    held = catalogue(language)
    texts = {each.text for each in shipped_index().rules["any"] if each.topic.startswith("safeguard")}
    assert texts
    for text in texts:
        message = held.get(text, "safeguard")
        assert message is not None, text
        assert message.string not in ("", text)
    assert {each.id for each in held if each.context == "safeguard"} == texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_lost_a_placeholder(language: str) -> None:
    for message in catalogue(language):
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        wanted = set(re.findall(r"%\(\w+\)[sd]|\{\w+\}", ids[-1]))
        for string in strings:
            assert set(re.findall(r"%\(\w+\)[sd]|\{\w+\}", string)) == wanted, ids
