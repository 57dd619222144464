# SPDX-License-Identifier: Apache-2.0
"""What others wrote is printed as it is: nothing steers the terminal, hides, or turns the line round."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.protocol.proof.printable import json_text, printable

STEERING = [
    "\x1b[2J",
    "\r",
    "\n",
    "\x00",
    "\x9b1m",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u2028",
    "\ufeff",
    "\udcff",
    "\u3164",
]


@pytest.mark.parametrize("character", STEERING)
def test_what_steers_or_hides_is_spelt_out(character: str) -> None:
    told = printable(f"annex{character}fdp.exe")
    assert told.startswith("annex\\")
    assert character not in told
    assert told.isprintable()


def test_what_people_write_stays() -> None:
    for text in ("a b", "证据\u3000一", "n\u00ba 1\u00a0kg", "မြန်မာ", "שלום", "C:\\file"):
        assert printable(text) == text


@given(st.text(alphabet=st.characters()))
def test_json_reads_back_the_same_and_prints(text: str) -> None:
    made = json_text({text: [text]})
    assert json.loads(made) == {text: [text]}
    assert printable(made) == made
