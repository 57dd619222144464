# SPDX-License-Identifier: Apache-2.0
"""The vocabularies: each code once and in one form, every source a known instrument, none forgotten in the register."""

import pkgutil
import re
from importlib import import_module

import pytest

from comity.protocol import terms
from comity.protocol.terms import notices, offences
from comity.protocol.terms.data_categories import EMERGENCIES
from comity.protocol.terms.errors import UnknownTerm
from comity.protocol.terms.instruments import INSTRUMENTS
from comity.protocol.terms.languages import LANGUAGE_CODES, LANGUAGES
from comity.protocol.terms.refusals import REFUSALS
from comity.protocol.terms.vocabularies import VOCABULARIES, vocabulary
from comity.protocol.terms.vocabulary import Source, Term, Vocabulary

CODE = re.compile(r"[A-Za-z0-9]+(?:[-+][A-Za-z0-9]+)*")


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_code_has_one_form_and_a_label(name: str) -> None:
    for term in VOCABULARIES[name]:
        assert CODE.fullmatch(term.code)
        assert term.label == term.label.strip() != ""


def test_no_vocabulary_is_forgotten() -> None:
    modules = [import_module(f"{terms.__name__}.{each.name}") for each in pkgutil.iter_modules(terms.__path__)]
    declared = {each.name for module in modules for each in vars(module).values() if isinstance(each, Vocabulary)}
    assert declared == set(VOCABULARIES)


def test_every_source_is_a_known_instrument() -> None:
    sources = [source for each in VOCABULARIES.values() for term in each for source in term.sources]
    assert len(sources) > 50
    assert {source.instrument for source in sources} <= set(INSTRUMENTS.codes)


def test_a_term_is_found_by_its_code() -> None:
    assert offences.OFFENCES["money-mule"].label == "Renting or selling accounts (money mules)"
    assert "money-mule" in offences.OFFENCES
    assert "red" in [term.code for term in notices.INTERPOL_NOTICES]


def test_an_unknown_term_is_refused_by_its_vocabulary() -> None:
    with pytest.raises(UnknownTerm) as refused:
        offences.OFFENCES["jaywalking"]
    assert refused.value.data == {"vocabulary": "offence-categories"}


def test_a_vocabulary_is_found_by_its_name() -> None:
    assert vocabulary("offence-categories") is offences.OFFENCES
    with pytest.raises(UnknownTerm):
        vocabulary("colours")


def test_a_code_twice_is_refused_when_declared() -> None:
    with pytest.raises(ValueError, match="twice"):
        Vocabulary("fruit", "Fruit", (Term("fig", "Fig"), Term("fig", "Another fig")))


def test_what_was_only_remembered_is_marked() -> None:
    assert Source("UNTOC", "18(21)", verified=False) in REFUSALS["essential-interests"].sources
    assert Source("ETS185", "27(4)") in REFUSALS["essential-interests"].sources
    directive = [source for term in REFUSALS for source in term.sources if source.instrument == "EU-2023-977"]
    assert not any(source.verified for source in directive)


def test_the_two_emergencies_stay_two() -> None:
    assert EMERGENCIES.codes == ("risk-to-life", "threat-to-life-or-infrastructure")


def test_there_are_twelve_languages_and_one_runs_from_the_right() -> None:
    assert LANGUAGE_CODES.codes == ("en", "zh-Hans", "zh-Hant", "es", "fr", "ar", "ru", "my", "th", "vi", "km", "lo")
    assert [each.code for each in LANGUAGES if each.direction == "rtl"] == ["ar"]
    assert len({each.own_name for each in LANGUAGES}) == 12
