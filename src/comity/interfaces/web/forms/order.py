# SPDX-License-Identifier: Apache-2.0
"""In which order people read and write a body: what is asked, the case, the basis, the practical things, the files.

The schema has its members in the order of their inheritance, which is nobody's reading order. What is not named here is
the kind's own and stands in the first section.
"""

from collections.abc import Iterable

ASKED, ANSWER, CASE, BASIS, PRACTICAL, FILES = "asked", "answer", "case", "basis", "practical", "files"

_FIRST = ("urgency", "urgency_reason")
_PLACES = {
    CASE: ("facts", "offence", "relation", "relevance", "necessity", "purpose"),
    BASIS: ("basis", "investigating_authority", "seeking_authority", "court", "procedure"),
    PRACTICAL: (
        "reference",
        "language",
        "confidential",
        "notice_delay",
        "delivery",
        "reply_contact",
        "confirmation_contact",
        "previous",
        "due",
        "words",
        "towards",
    ),
    FILES: ("attachments", "exhibits"),
}
_ELSEWHERE = frozenset(name for names in _PLACES.values() for name in names)


def sections(members: Iterable[str], *, move: bool = False) -> list[tuple[str, tuple[str, ...]]]:
    """The members in reading order, by section; empty ones are left out. A `move` answers, a request asks."""
    there = tuple(members)
    own = tuple(name for name in there if name not in _ELSEWHERE and name not in _FIRST)
    first = tuple(name for name in _FIRST if name in there)
    placed = [
        (ANSWER if move else ASKED, first + own),
        *((section, tuple(n for n in names if n in there)) for section, names in _PLACES.items()),
    ]
    return [(section, names) for section, names in placed if names]
