# SPDX-License-Identifier: Apache-2.0
"""What paper can show of a text, so that nothing signed is lost or shown in another order.

1. Controls, unassigned and private characters, those that turn the direction of the text, and those that no font of
   ours has, are shown by their number: `‹U+202E›`.
2. Characters that only guide joining and breaking (ZWJ, LRM, …) stay: scripts need them.
3. A word longer than a line may be broken anywhere: a zero-width space is put in after every `STEP` characters.
"""

import re
import unicodedata
from collections.abc import Set as AbstractSet

STEP = 20
_GUIDES = frozenset("\u200b\u200c\u200d\u200e\u200f\u061c\u2060\u00ad\ufe0e\ufe0f")
"""Zero-width space, joiners, marks of direction, word joiner, soft hyphen, variation selectors."""

_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_LONG = re.compile(rf"[!-~\u00a1-\u024f\u0370-\u058f]{{{2 * STEP},}}")
"""A long run without a place to break, in scripts that break at spaces."""


def printable(text: str, shown: AbstractSet[int]) -> tuple[str, bool]:
    """The text as it is printed with fonts that have the code points `shown`, and whether a character was replaced."""
    lines = text.replace("\r\n", "\n").replace("\t", "    ")
    found = "".join(each if _shows(each, shown) else f"‹U+{ord(each):04X}›" for each in lines)
    return _LONG.sub(_breakable, found), found != lines


def _shows(character: str, shown: AbstractSet[int]) -> bool:
    if character == "\n" or character in _GUIDES:
        return True
    if character in _TURNS or unicodedata.category(character) in _HIDDEN:
        return False
    return ord(character) in shown


def _breakable(word: re.Match[str]) -> str:
    text = word[0]
    return "\u200b".join(text[at : at + STEP] for at in range(0, len(text), STEP))
