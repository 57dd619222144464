# SPDX-License-Identifier: Apache-2.0
"""What every list of the field's words is made of: a term has a code for machines and a label for people.

Codes never change and are never reused; labels are English and are the keys of their translations.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from comity.protocol.terms.errors import UnknownTerm


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact is written. An empty article: the fact is known, its article is not.

    `verified` is false when nobody has yet read the fact there; it must then be shown as such.
    """

    instrument: str
    article: str
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a vocabulary. `description` and `sources` may be empty."""

    code: str
    label: str
    description: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list of terms in the order in which people should see them."""

    name: str
    title: str
    terms: tuple[Term, ...]

    def __post_init__(self) -> None:
        if len(set(self.codes)) != len(self.terms):
            raise ValueError(f"the vocabulary {self.name} has a code twice")

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in order."""
        return tuple(term.code for term in self.terms)

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def __contains__(self, code: object) -> bool:
        return any(term.code == code for term in self.terms)

    def __getitem__(self, code: str) -> Term:
        """The term with this code. Raises `UnknownTerm`."""
        for term in self.terms:
            if term.code == code:
                return term
        raise UnknownTerm(vocabulary=self.name)
