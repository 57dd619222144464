# SPDX-License-Identifier: Apache-2.0
"""In which order a letter says what a body holds: the law first, then the case, the persons, and what is asked.

What is not placed here is the kind's own and stands under what is asked, in the order of the kind's form.
"""

from collections.abc import Mapping

from comity.formats.letters.content import Entry, Section, Words
from comity.formats.letters.wording import Wording

HEAD = ("reference", "urgency", "urgency_reason", "language")
"""Members that stand above the sections."""

_BASIS = ("basis", "investigating_authority", "seeking_authority", "issuing_authority", "court", "legal_texts")
_FACTS = ("facts", "background", "relation", "relevance", "necessity", "purpose")
_ASSURANCES = ("assurances", "reciprocity", "conditions")
_PRACTICAL = (
    "procedure",
    "confidential",
    "notice_delay",
    "delivery",
    "reply_contact",
    "confirmation_contact",
    "previous",
)
_OWN: tuple[str, ...] = ()
_ORDER = (
    ("basis", "Legal basis", _BASIS),
    ("offence", "Offence", ("offence",)),
    ("facts", "", _FACTS),
    ("persons", "Persons", ("person", "persons")),
    ("measure", "", _OWN),
    ("assurances", "Assurances", _ASSURANCES),
    ("due", "Due times", ("due",)),
    ("practical", "", _PRACTICAL),
)
"""Name, English title (none: a label of the letter's own, by the same name), members."""

_PLACED = frozenset(name for _, _, names in _ORDER for name in names) | frozenset(HEAD)


def sections(members: Mapping[str, Entry], wording: Wording, *, answers: bool = False) -> tuple[Section, ...]:
    """The members by section, but those of the head; empty sections are left out. What is a kind's own is asked, or is
    what is answered."""
    found = []
    for name, title, names in _ORDER:
        titled = wording.term(title) if title else wording.own("answer" if answers and name == "measure" else name)
        chosen = names or tuple(each for each in members if each not in _PLACED)
        entries = tuple(members[each] for each in chosen if each in members)
        if entries:
            found.append(Section(name, titled, _flat(titled, entries)))
    return tuple(found)


def section_of(member: str) -> str:
    """The name of the section in which a member stands."""
    return next((name for name, _, names in _ORDER if member in names), "measure")


def _flat(title: Words, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """A lone part under a title of its own name need not say it twice."""
    found: list[Entry] = []
    for each in entries:
        lone = each.label.text == title.text and len(each.groups) == 1
        found += each.groups[0] if lone else (each,)
    return tuple(found)
