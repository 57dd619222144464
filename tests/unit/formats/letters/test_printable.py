# SPDX-License-Identifier: Apache-2.0
"""What paper shows of a text: nothing is lost, nothing turns the order, no word runs off the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.formats.letters.coverage import FONTS, characters, covered
from comity.formats.letters.printable import STEP, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, 中文, ไทย, العربية, မြန်မာ, ខ្មែរ, ລາວ", None),
        ("a\nb\r\nc", "a\nb\nc"),
        ("tab\there", "tab    here"),
        ("a\u202eb", "a‹U+202E›b"),
        ("\u2066x\u2069", "‹U+2066›x‹U+2069›"),
        ("bell\x07, nul\x00, c1\x85, separator\u2028", "bell‹U+0007›, nul‹U+0000›, c1‹U+0085›, separator‹U+2028›"),
        ("private \ue000, unassigned \u0378, tag \U000e0041", "private ‹U+E000›, unassigned ‹U+0378›, tag ‹U+E0041›"),
        ("smile 😀, 한", "smile ‹U+1F600›, ‹U+D55C›"),
        ("می\u200cخواهم \u200fx\u200e", None),
        ('#read("/etc/passwd") *$x$* @ref \\ `raw` <label>', None),
    ],
)
def test_what_is_shown(text: str, shown: str | None) -> None:
    found, replaced = printable(text, covered())
    assert found == (text if shown is None else shown)
    assert replaced == ("U+" in found)


def test_a_word_longer_than_a_line_can_be_broken() -> None:
    text, replaced = printable("a" * 90, covered())
    assert max(map(len, text.split("\u200b"))) == STEP
    assert (text.replace("\u200b", ""), replaced) == ("a" * 90, False)
    assert printable("ก" * 90, covered()) == ("ก" * 90, False)  # Thai breaks by its dictionary


@given(st.text(max_size=60))
def test_every_character_can_be_read_back(text: str) -> None:
    found, replaced = printable(text, covered())
    lines = text.replace("\r\n", "\n").replace("\t", "    ")
    back = "".join(
        chr(int(part[2:], 16)) if part.startswith("U+") else part
        for each in found.split("‹")
        for part in each.split("›", 1)
    )
    if "‹" not in text and "›" not in text and "\u200b" not in text:
        assert back.replace("\u200b", "") == lines
    assert replaced == (found.replace("\u200b", "") != lines.replace("\u200b", ""))


def test_fonts_of_every_script_are_there_with_their_licences() -> None:
    folders = {path.name: path for path in FONTS.iterdir() if path.is_dir()}
    scripts = {
        "noto-sans-sc": "国",
        "noto-sans-tc": "國",
        "noto-sans-thai": "ก",
        "noto-sans-khmer": "ក",
        "noto-sans": "ế",
    }
    scripts |= {"noto-sans-lao": "ກ", "noto-sans-myanmar": "က", "noto-sans-arabic": "ع"}
    assert set(folders) == set(scripts)
    for name, letter in scripts.items():
        fonts = sorted(folders[name].glob("*.ttf"))
        assert all(ord(letter) in set(characters(font)) for font in fonts)
        assert len(fonts) == (1 if name in ("noto-sans-sc", "noto-sans-tc") else 2)
        assert "SIL Open Font License" in (folders[name] / "LICENSE_FONT").read_text()
    assert sum(path.stat().st_size for path in FONTS.rglob("*.ttf")) < 24 << 20
