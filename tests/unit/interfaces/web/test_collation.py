# SPDX-License-Identifier: Apache-2.0
"""Names stand where a reader looks for them: accents and capitals make no difference, ñ follows n."""

from django.utils.translation import override

from comity.interfaces.web import words as terms
from comity.interfaces.web.law import collation, states, words
from comity.law.states import BESIDES, ISO


def test_accents_make_no_difference_and_n_with_tilde_follows_n() -> None:
    names = ["zona", "Ñandú", "Nube", "época", "ébano", "Eco", "Oca"]
    assert sorted(names, key=collation.key) == ["ébano", "Eco", "época", "Nube", "Ñandú", "Oca", "zona"]


def test_names_that_differ_in_accents_alone_are_still_in_one_order() -> None:
    assert sorted(["é", "e"], key=collation.key) == sorted(["e", "é"], key=collation.key)


def test_scripts_without_accents_keep_their_characters() -> None:
    for name in ("ကမ္ဘောဒီးယား", "中国"):
        assert collation.key(name)[0] == name


def test_states_and_measures_are_in_the_order_of_spanish() -> None:
    with override("es"):
        names = [name for _, name in states.every()]
        measures = [name for _, name in words.measures()]
    assert len(names) == len(ISO | BESIDES)
    assert names.index("Afganistán") < names.index("Bélgica") < names.index("Benín") < names.index("Zambia")
    assert measures == sorted(measures, key=collation.key)


def test_languages_are_named_where_anybody_knows_their_names() -> None:
    with override("es"):
        told = [words.language(code) for code in ("es", "zh", "it", "qq")]
        assert told == [terms.term("languages", "es"), "Chino", "Italiano", "Qq"]


def test_a_move_is_said_by_the_terms_where_the_pages_have_no_words_for_it() -> None:
    with override("es"):
        assert terms.act("dispute-answered") == "Responder a la controversia"
