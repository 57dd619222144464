# SPDX-License-Identifier: Apache-2.0
"""Text of others, made safe to print: what a reader sees is what is there, in the order in which it is there.

Names and bodies are written by whoever signed them, and file names by whoever made them. Control characters, escape
sequences, line ends, overrides of the writing direction and invisible characters could hide text, move it, or forge a
line of the report. They are spelt out (`\\u202e`), never obeyed and never dropped. Spaces of other scripts stay.
"""

import json
import unicodedata
from typing import Any

_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""What counts as printable and shows nothing."""


def printable(text: str) -> str:
    """The text in one line, with every character spelt out that steers or hides."""
    return "".join(each if _shows(each) else ascii(each)[1:-1] for each in text)


def json_text(value: Any) -> str:
    """The value as one line of JSON that is safe to print and reads back the same."""
    text = json.dumps(value, ensure_ascii=False)
    return "".join(each if _shows(each) else json.dumps(each)[1:-1] for each in text)


def _shows(character: str) -> bool:
    return (character.isprintable() or unicodedata.category(character) == "Zs") and character not in _BLANK
