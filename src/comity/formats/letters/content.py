# SPDX-License-Identifier: Apache-2.0
"""What a letter says, before it has a shape: values only, the same whatever prints them."""

from dataclasses import dataclass
from enum import StrEnum


class How(StrEnum):
    """In which language words stand.

    `said`: in the letter's. `english`: in English, for want of a translation, and marked so. `plain`: in none, such as
    a number, a date, a code, a name. `authentic`: as the author wrote them, in the language of the request.
    """

    SAID = "said"
    ENGLISH = "english"
    PLAIN = "plain"
    AUTHENTIC = "authentic"


@dataclass(frozen=True, slots=True)
class Words:
    """Some words and in which language they stand."""

    text: str
    how: How = How.SAID


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing said under its label: words, or groups of entries, such as one for each person."""

    label: Words
    words: tuple[Words, ...] = ()
    groups: tuple[tuple["Entry", ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Entries that are read together. `name` is the same in every language."""

    name: str
    title: Words
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """An authority as a letterhead or an address names it."""

    name: str
    id: str
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Seal:
    """How to check the letter: what is compared, the text of its QR code, and how it is done."""

    title: Words
    entries: tuple[Entry, ...]
    digest_label: Words
    digest: str
    code: str
    check: Words


@dataclass(frozen=True, slots=True)
class Signing:
    """Where a letter on paper is signed by hand: the labels of its lines, and of the place for the authority's seal."""

    title: Words
    lines: tuple[Words, ...]
    stamp: Words


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter. `opening` says what it answers, if it answers something; `signing` is there if it goes on paper.

    `authentic` is the caption of what the author wrote, `authentic_language` its language's code.
    `sent` is the instant of the statement in seconds: the PDF's own date, so that the same letter is the same bytes.
    `if_english` is printed when English words stand in the letter for want of a translation, `if_replaced` when a
    character had to be shown by its number; `page` has the places {page} and {pages}.
    """

    language: str
    direction: str
    title: Words
    opening: Words | None
    sender: Party
    recipients: tuple[Party, ...]
    from_label: Words
    to_label: Words
    handling: str
    banner: str
    head: tuple[Entry, ...]
    notes: tuple[Words, ...]
    sections: tuple[Section, ...]
    seal: Seal
    signing: Signing | None
    authentic: Words
    authentic_language: str
    if_english: Words
    if_replaced: Words
    page: str
    sent: int
