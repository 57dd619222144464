# SPDX-License-Identifier: Apache-2.0
"""The words for the telephone: every byte shows, and how they are typed does not matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mnemonic import Mnemonic

from comity.records.authorities.words import same, spell

BYTES = st.binary(min_size=16, max_size=16)


@given(BYTES)
def test_words_and_digits_say_all_of_it(comparison: bytes) -> None:
    spelt = spell(comparison)
    assert bytes(Mnemonic("english").to_entropy(" ".join(spelt.words))) == comparison
    assert b"".join(int(each).to_bytes(2, "big") for each in spelt.digits) == comparison
    assert (len(spelt.words), {len(each) for each in spelt.digits}) == (12, {5})


@given(BYTES, BYTES)
def test_only_the_same_words_agree(one: bytes, other: bytes) -> None:
    assert same(" ".join(spell(one).words), spell(other)) == (one == other)
    assert same(" ".join(spell(one).digits), spell(other)) == (one == other)


@pytest.mark.parametrize("between", [" ", "  ", "\n", "\t "])
def test_spacing_and_case_do_not_matter(between: str) -> None:
    spelt = spell(bytes(range(16)))
    assert same(between.join(spelt.words).upper(), spelt)
    assert same(f" {between.join(spelt.digits)} ", spelt)


@pytest.mark.parametrize("typed", ["", "   ", "abandon", "0"])
def test_too_little_is_not_enough(typed: str) -> None:
    spelt = spell(bytes(16))
    assert not same(typed, spelt)
    assert not same(" ".join(spelt.words[:-1]), spelt)
    assert not same(" ".join((*spelt.words, spelt.words[0])), spelt)
    assert not same(" ".join(reversed(spell(bytes(range(16))).words)), spell(bytes(range(16))))
