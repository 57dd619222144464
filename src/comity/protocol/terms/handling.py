# SPDX-License-Identifier: Apache-2.0
"""Who may see a message and what may be done with it: TLP 2.0, PAP, Europol's handling codes, and the evaluation.

    {"tlp": "AMBER", "pap": "GREEN", "europol": ["H1"], "evaluation": {"source": "B", "information": "2"}}

Every member may be left out; a message without `tlp` is treated as RED, because silence never widens an audience.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from comity.protocol.terms.errors import HandlingInvalid
from comity.protocol.terms.vocabulary import Term, Vocabulary

TLP = Vocabulary(
    "tlp",
    "Traffic Light Protocol 2.0",
    (
        Term("RED", "TLP:RED", "For the named recipients only."),
        Term("AMBER+STRICT", "TLP:AMBER+STRICT", "For the recipient's organisation only, on a need to know."),
        Term("AMBER", "TLP:AMBER", "For the recipient's organisation and those it must protect, on a need to know."),
        Term("GREEN", "TLP:GREEN", "For the recipient's community."),
        Term("CLEAR", "TLP:CLEAR", "For everybody."),
    ),
)

PAP = Vocabulary(
    "pap",
    "Permissible Actions Protocol",
    (
        Term("RED", "PAP:RED", "Look at it only; no action that others could notice."),
        Term("AMBER", "PAP:AMBER", "Passive checks that the subject cannot notice."),
        Term("GREEN", "PAP:GREEN", "Active measures that do not touch the subject's systems."),
        Term("CLEAR", "PAP:CLEAR", "No restriction on action."),
    ),
)

EUROPOL = Vocabulary(
    "europol-handling",
    "Europol handling codes",
    (
        Term("H0", "H0", "Only for preventing and combating crime."),
        Term("H1", "H1", "Not in judicial proceedings without permission of the provider."),
        Term("H2", "H2", "Not to be disseminated without permission of the provider."),
        Term("H3", "H3", "Other restrictions, stated in words."),
    ),
)

SOURCE_4X4 = Vocabulary(
    "source-4x4",
    "Source (4×4)",
    (
        Term("A", "A: no doubt about the source"),
        Term("B", "B: source mostly reliable"),
        Term("C", "C: source mostly unreliable"),
        Term("X", "X: reliability cannot be assessed"),
    ),
)

INFORMATION_4X4 = Vocabulary(
    "information-4x4",
    "Information (4×4)",
    (
        Term("1", "1: accuracy not in doubt"),
        Term("2", "2: known personally to the source, not to the officer"),
        Term("3", "3: not known personally to the source, but corroborated"),
        Term("4", "4: not known personally and not corroborated"),
    ),
)

SOURCE_ADMIRALTY = Vocabulary(
    "source-admiralty",
    "Source (Admiralty)",
    (
        Term("A", "A: completely reliable"),
        Term("B", "B: usually reliable"),
        Term("C", "C: fairly reliable"),
        Term("D", "D: not usually reliable"),
        Term("E", "E: unreliable"),
        Term("F", "F: reliability cannot be judged"),
    ),
)

INFORMATION_ADMIRALTY = Vocabulary(
    "information-admiralty",
    "Information (Admiralty)",
    (
        Term("1", "1: confirmed"),
        Term("2", "2: probably true"),
        Term("3", "3: possibly true"),
        Term("4", "4: doubtful"),
        Term("5", "5: improbable"),
        Term("6", "6: truth cannot be judged"),
    ),
)

SCALES: Mapping[str, tuple[Vocabulary, Vocabulary]] = {
    "4x4": (SOURCE_4X4, INFORMATION_4X4),
    "admiralty": (SOURCE_ADMIRALTY, INFORMATION_ADMIRALTY),
}
"""The scales of evaluation: `evaluation.scale`, `4x4` when it is left out."""

CONDITIONS_LIMIT = 2_000

DEFAULT: Mapping[str, str] = {"tlp": "AMBER+STRICT", "pap": "GREEN"}
"""What a message is marked when its author says nothing: for the recipient's organisation, on a need to know."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How reliable the source is, and how accurate the information."""

    source: str
    information: str
    scale: str = "4x4"


@dataclass(frozen=True, slots=True)
class Handling:
    """The handling of one message, ready to be obeyed."""

    tlp: str = "RED"
    pap: str = "RED"
    europol: tuple[str, ...] = ()
    evaluation: Evaluation | None = None
    conditions: str = ""


def parse(value: Mapping[str, Any]) -> Handling:
    """What a statement's `handling` object says. Unknown members are left alone. Raises `HandlingInvalid`."""
    return Handling(
        tlp=_code(value, "tlp", TLP, "RED"),
        pap=_code(value, "pap", PAP, "RED"),
        europol=_codes(value),
        evaluation=_evaluation(value),
        conditions=_conditions(value),
    )


def strictest(first: Handling, second: Handling) -> Handling:
    """What is derived from both inherits the stricter of each code, and the conditions of both; no evaluation."""
    return Handling(
        tlp=min(first.tlp, second.tlp, key=TLP.codes.index),
        pap=min(first.pap, second.pap, key=PAP.codes.index),
        europol=tuple(sorted({*first.europol, *second.europol})),
        conditions="\n".join(dict.fromkeys(each for each in (first.conditions, second.conditions) if each)),
    )


def _code(value: Mapping[str, Any], member: str, vocabulary: Vocabulary, absent: str) -> str:
    code = value.get(member, absent)
    if not isinstance(code, str) or code not in vocabulary:
        raise HandlingInvalid(member=member, why="is not a code of its vocabulary")
    return code


def _codes(value: Mapping[str, Any]) -> tuple[str, ...]:
    codes = value.get("europol", [])
    if not isinstance(codes, list) or any(not isinstance(code, str) or code not in EUROPOL for code in codes):
        raise HandlingInvalid(member="europol", why="is not a list of codes of its vocabulary")
    return tuple(sorted(set(codes)))


def _evaluation(value: Mapping[str, Any]) -> Evaluation | None:
    found = value.get("evaluation")
    if found is None:
        return None
    scale = found.get("scale", "4x4") if isinstance(found, dict) else ""
    if not isinstance(scale, str) or scale not in SCALES:
        raise HandlingInvalid(member="evaluation", why="is not an object of a known scale")
    source, information = SCALES[scale]
    return Evaluation(_code(found, "source", source, ""), _code(found, "information", information, ""), scale)


def _conditions(value: Mapping[str, Any]) -> str:
    found = value.get("conditions", "")
    if not isinstance(found, str) or len(found) > CONDITIONS_LIMIT:
        raise HandlingInvalid(member="conditions", why=f"is not a text of at most {CONDITIONS_LIMIT} characters")
    return found
