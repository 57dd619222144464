# SPDX-License-Identifier: Apache-2.0
"""A letter as PDF. The same letter, with the same typesetter and fonts, is the same bytes.

No word of a letter ever becomes markup: the template is a file of ours, and the letter reaches it as JSON, whose texts
are values and are never evaluated. The typesetter runs in a process of its own that has no environment, reads the
template's folder and our fonts only, and is bound in time, memory and what it may write (`press.py`). At most two run
at once; more wait.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Set as AbstractSet
from dataclasses import asdict
from pathlib import Path
from typing import Any

from comity.formats.letters import qr
from comity.formats.letters.content import How, Letter
from comity.formats.letters.coverage import FONTS, covered
from comity.formats.letters.errors import LetterNotSet
from comity.formats.letters.printable import printable

SECONDS = 60
"""How long a letter may take. Usual ones take 0.2, one of 20,000 rows takes 6."""

LARGEST = 32 << 20
"""Bytes that a PDF may have."""

_PRESS = Path(__file__).parent / "press.py"
_TEMPLATE = Path(__file__).parent / "template" / "letter.typ"
_AT_ONCE = threading.BoundedSemaphore(2)
_FAMILIES = ("Khmer", "Lao", "Myanmar", "Thai", "Arabic")
_HAN = {"zh-Hant": ("TC", "SC")}


def typeset(letter: Letter) -> bytes:
    """The PDF. Raises `LetterNotSet`."""
    with _AT_ONCE:
        try:
            ended = subprocess.run(  # noqa: S603  our own program, by its path
                [sys.executable, "-I", str(_PRESS), str(_TEMPLATE), str(FONTS), str(letter.sent)],
                input=told(letter),
                capture_output=True,
                timeout=SECONDS,
                env={},
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise LetterNotSet(why="it took too long") from None
    if ended.returncode != 0 or not ended.stdout.startswith(b"%PDF-") or len(ended.stdout) > LARGEST:
        raise LetterNotSet(why=f"the typesetter ended with {ended.returncode}")
    return ended.stdout


def told(letter: Letter) -> bytes:
    """The letter as the template reads it: every text as it can be printed, the fonts, and the QR code."""
    characters = covered()
    if not characters:
        raise LetterNotSet(why="there are no fonts; run tools/setup.sh")
    seen: list[bool] = []
    said: dict[str, Any] = _printable(asdict(letter), characters, seen)
    said["replaced"] = any(seen)
    said["english"] = _english(said)
    said["qr"] = qr.svg(letter.seal.code)
    said["fonts"] = families(letter.language)
    said["authentic_fonts"] = families(letter.authentic_language)
    return json.dumps(said, ensure_ascii=False).encode()


def families(language: str) -> list[str]:
    """The fonts in the order in which they are tried: Chinese characters have other shapes in Taipei and Beijing."""
    return ["Noto Sans", *(f"Noto Sans {each}" for each in (*_HAN.get(language, ("SC", "TC")), *_FAMILIES))]


def _printable(value: Any, shown: AbstractSet[int], seen: list[bool]) -> Any:
    if isinstance(value, str):
        text, replaced = printable(value, shown)
        seen.append(replaced)
        return text
    if isinstance(value, dict):
        return {name: _printable(each, shown, seen) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(each, shown, seen) for each in value]
    return value


def _english(value: Any) -> bool:
    """Whether words stand in English for want of a translation."""
    if isinstance(value, dict):
        return value.get("how") == How.ENGLISH or any(_english(each) for each in value.values())
    return isinstance(value, list) and any(_english(each) for each in value)
