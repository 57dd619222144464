# SPDX-License-Identifier: Apache-2.0
"""How a letter is to be handled, as its statement says: in words for the reader, in codes for the head of each page."""

from collections.abc import Iterator, Mapping
from typing import Any

from comity.formats.letters.content import How, Words
from comity.formats.letters.wording import Wording
from comity.protocol.terms.handling import EUROPOL, PAP, SCALES, TLP
from comity.protocol.terms.vocabulary import Vocabulary


def handled(handling: Mapping[str, Any], wording: Wording) -> Iterator[Words]:
    """Each code with what it means; then the author's own conditions."""
    for member, vocabulary in (("tlp", TLP), ("pap", PAP)):
        yield from _meant(handling.get(member), vocabulary, wording)
    europol = handling.get("europol")
    for each in europol if isinstance(europol, list) else []:
        yield from _meant(each, EUROPOL, wording)
    evaluation = handling.get("evaluation")
    if isinstance(evaluation, Mapping):
        scale = SCALES.get(str(evaluation.get("scale", "4x4")))
        for member, vocabulary in zip(("source", "information"), scale or (), strict=False):
            yield wording.code(vocabulary.name, str(evaluation.get(member, "")))
    if isinstance(handling.get("conditions"), str) and handling["conditions"]:
        yield Words(handling["conditions"], How.AUTHENTIC)


def _meant(code: object, vocabulary: Vocabulary, wording: Wording) -> Iterator[Words]:
    """A code with what it means; nothing where the author said nothing."""
    if isinstance(code, str) and code in vocabulary:
        meant = wording.term(vocabulary[code].description)
        yield Words(f"{vocabulary[code].label}: {meant.text}", meant.how)
    elif isinstance(code, str):
        yield Words(code, How.PLAIN)


def marks(handling: Mapping[str, Any]) -> str:
    """What every page is marked with: `TLP:AMBER · PAP:GREEN`. Silence never widens an audience: it is red."""
    found = [f"{member.upper()}:{handling.get(member, 'RED')}" for member in ("tlp", "pap")]
    europol = handling.get("europol")
    return " · ".join([*found, *(str(each) for each in (europol if isinstance(europol, list) else []))])
