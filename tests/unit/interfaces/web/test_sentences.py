# SPDX-License-Identifier: Apache-2.0
"""The law's sentences in the reader's language: whole, escaped, and marked where a part of them stays English."""

import re

import pytest
from django.template import engines
from django.utils.html import conditional_escape
from django.utils.translation import override
from tests.fixtures.sentences import templates
from tests.unit.interfaces.web.test_locale import LANGUAGES, catalogue

from comity.interfaces.web import problems
from comity.interfaces.web.law import clocks, sentences
from comity.law.bases.question import known_measure
from comity.law.errors import GateClosed, QuestionUnsound
from comity.law.facts.terms import Deadline
from comity.law.sentences import join, listed, quoted, say, term
from comity.law.view import shipped_index

ASKED = say(
    "a request for {measure} from {one} to {to}",
    measure=term("measure", "extradition"),
    one=term("state", "ES"),
    to=term("state", "CN"),
)
WRITTEN = say("{state}: {words}", state=term("state", "ES"), words=quoted("only <b>in writing</b>"))
UNTRANSLATED = say("Nobody has translated {what}.", what="this")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_law_is_translated_with_the_same_placeholders(language: str) -> None:
    held = catalogue(language)
    for template in sorted(templates()):
        message = held.get(template)
        assert message is not None, f"add a translation of: {template}"
        assert message.string, template
        assert sorted(re.findall(r"{\w*}", str(message.string))) == sorted(re.findall(r"{\w*}", template))


def test_a_sentence_is_said_with_all_that_stands_in_it() -> None:
    said = say("Cannot tell whether anything carries {asked}: ask {to} first.", asked=ASKED, to=term("state", "CN"))
    with override("es"):
        assert sentences.told(said) == (
            "No puede determinarse si algo ampara una solicitud de extradición de España a China: "
            "consulte antes a China."
        )
    with override("zh-hans"):
        assert sentences.told(said) == "无法判断西班牙向中国提出的引渡请求是否有依据：请先询问中国。"
    with override("my"):
        assert "စပိန်" in sentences.told(said)
    with override("en"):
        assert sentences.told(said) == said


SAFEGUARD = next(each.text for each in shipped_index().rules["any"] if each.topic == "safeguard-torture")


def test_a_safeguard_is_translated_and_any_other_words_of_a_fact_are_marked() -> None:
    own = quoted("a safeguard that this node wrote")
    with override("es"):
        assert sentences.told(quoted(SAFEGUARD)).startswith("nadie será expulsado")
        assert not sentences.english(quoted(SAFEGUARD))
        assert (sentences.told(own), sentences.english(own)) == (str(own), ' lang="en" dir="ltr"')
        assert 'lang="en"' not in sentences.told(say("{state}: {words}", state="X", words=quoted(SAFEGUARD)))
        assert "nadie será" in sentences.plain(say("{state}: {words}", state="X", words=quoted(SAFEGUARD)))
    with override("en"):
        assert sentences.told(quoted(SAFEGUARD)) == SAFEGUARD
        assert sentences.english(quoted(SAFEGUARD))


def test_codes_are_said_in_words() -> None:
    grounds = listed(term("ground", "fiscal-offence"), term("ground", "nationality"))
    facts = say("{fact} ({how})", fact="ETS185 ES", how=term("verification", "memory"))
    kept = say(
        "{state}, {kind} on {where}: {words}", state="X", kind=term("statement", "reservation"), where="1", words=""
    )
    with override("es"):
        assert sentences.told(grounds) == "Delito fiscal, La persona es nacional del Estado requerido"
        assert sentences.told(facts) == "ETS185 ES (de memoria)"
        assert sentences.told(kept) == "X, reserva sobre 1: "
        assert sentences.told(say("{state}: {bound}", state=term("state", "any"), bound="")) == "cualquier Estado: "
        assert (
            sentences.told(say("{first}; {then}", first=term("content", "warrant"), then=1)) == "Orden de detención; 1"
        )


def test_sentences_that_follow_one_another_are_each_said() -> None:
    with override("zh-hans"):
        assert sentences.told(join(say("It is no offence."), say("See the threshold."))) == "不构成犯罪。见刑罚门槛。"


def test_the_words_of_a_fact_stay_english_are_marked_and_carry_no_marks_of_their_own() -> None:
    with override("es"):
        said = sentences.told(WRITTEN)
        assert said == 'España: <span lang="en" dir="ltr">only &lt;b&gt;in writing&lt;/b&gt;</span>'
        assert conditional_escape(said) == said
        assert sentences.plain(WRITTEN) == "España: only <b>in writing</b>"


@pytest.mark.parametrize("language", ["en", "es"])
def test_nothing_reaches_a_page_unescaped(language: str) -> None:
    named = say("{basis}: {why}", basis="<script>", why=quoted("<i>"))
    page = engines["django"].from_string("{% load comity %}{{ a|told }} {{ b|told }}")
    with override(language):
        shown = page.render({"a": named, "b": quoted("<b>")})
    assert "<script>" not in shown
    assert "<i>" not in shown
    assert "<b>" not in shown
    assert "&lt;script&gt;" in shown


def test_an_element_is_marked_as_english_only_where_it_is() -> None:
    with override("es"):
        assert sentences.english(quoted("only in writing")) == sentences.english("text") == ' lang="en" dir="ltr"'
        assert sentences.english(UNTRANSLATED) == ' lang="en" dir="ltr"'
        assert sentences.english(ASKED) == sentences.english(WRITTEN) == sentences.english("") == ""
        assert sentences.told(UNTRANSLATED) == "Nobody has translated this."
        assert sentences.told("text") == sentences.plain("text") == "text"
    with override("en"):
        assert sentences.english(ASKED) == ' lang="en" dir="ltr"'
        assert sentences.plain(ASKED) == ASKED


def test_an_error_of_the_law_tells_its_reason_in_the_readers_language() -> None:
    closed = GateClosed(why=say("Informal help is given only to whoever says that it will not be used as evidence."))
    with override("es"):
        assert problems.text(closed) == (
            "Esto no puede salir tal como está: "
            "La ayuda informal solo se da a quien declara que no se usará como prueba."
        )
        with pytest.raises(QuestionUnsound) as raised:
            known_measure("magic")
        assert "magic no es una medida" in problems.text(raised.value)


@pytest.mark.parametrize(
    ("bound", "length", "unit", "english", "spanish"),
    [
        ("max", 60, "days", "at most 60 days", "como máximo 60 días"),
        ("min", 1, "hours", "at least 1 hour", "como mínimo 1 hora"),
        ("target", 2, "working-days", "as a target 2 working days", "como objetivo 2 días hábiles"),
        ("max", 1, "weeks", "at most 1 week", "como máximo 1 semana"),
        ("max", 18, "months", "at most 18 months", "como máximo 18 meses"),
    ],
)
def test_a_clock_runs_in_the_readers_words(bound: str, length: int, unit: str, english: str, spanish: str) -> None:
    clock = Deadline(what="decide", after="received", length=length, unit=unit, bound=bound)
    with override("en"):
        assert clocks.time(clock) == english
    with override("es"):
        assert clocks.time(clock) == spanish
