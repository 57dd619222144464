# SPDX-License-Identifier: Apache-2.0
"""Conduct and penalties: whether what was done is an offence in both laws, and what it may carry.

Offences are compared by the elements of the conduct, never by their names. That no offence was found says little: the
lists are not whole. So the answer is then that one cannot tell.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from comity.law.bases.question import Question
from comity.law.errors import OffenceUnknown, QuestionUnsound
from comity.law.facts.conduct import WORDS
from comity.law.facts.fact import Fact
from comity.law.facts.national import Category, Offence, Penalty
from comity.law.sentences import listed_apart, say
from comity.law.view import View
from comity.protocol.terms.offences import OFFENCES

LIFE = 12 * 100
"""A penalty for life, or death, in months, for comparing only."""

Match = Literal["all", "some", "unread", "none"]


@dataclass(frozen=True, slots=True)
class Conduct:
    """What was done, as elements; the facts that say so; and the offence of the requesting law, if one was named."""

    elements: frozenset[str]
    category: str
    named: Offence | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The offences of a law that the conduct is (`all`), may be if it had `missing` elements too (`some`), or that are
    of its category and whose elements nobody has entered (`unread`)."""

    match: Match
    offences: tuple[Offence, ...]
    missing: tuple[str, ...] = ()


def conduct(view: View, question: Question) -> Conduct:
    """The conduct that a question is about."""
    named = _named(view, question.offence)
    category = named.category if named else question.offence
    if named is not None and named.elements:
        return Conduct(frozenset(named.elements) | question.conduct, category, named, (named,))
    described = categories(view, category)
    elements = frozenset(element for each in described[:1] for element in each.elements)
    facts = tuple(described[:1]) + ((named,) if named else ())
    return Conduct(elements | question.conduct, category, named, facts)


def known_offence(view: View, offence: str) -> None:
    """Raises `QuestionUnsound` for what is no category, `OffenceUnknown` for an offence that nobody entered."""
    state, mark, provision = offence.partition(":")
    if not mark:
        if offence and offence not in OFFENCES:
            what = say("{code} is no category of offence", code=offence[:64])
            raise QuestionUnsound(what=what, known=", ".join(OFFENCES.codes))
        return
    entered = view.index.offences.get(state, ())
    if all(_bare(each.provision) != _bare(provision) for each in entered):
        known = ", ".join(each.provision for each in entered) or "none"
        raise OffenceUnknown(reference=offence[:64], state=state[:16], known=known)


def categories(view: View, name: str) -> list[Category]:
    """A category, and the wider ones that it belongs to."""
    found: list[Category] = []
    while name:
        told = view.seen(view.index.categories.get(name, ()))
        if not told or told[0] in found:
            break
        found.append(told[0])
        name = told[0].parent
    return found


def search(view: View, jurisdiction: str, asked: Conduct) -> Found:
    """The offences of a law that this conduct is, or may be."""
    known = view.seen(view.index.offences.get(jurisdiction, ()))
    if asked.named is not None and asked.named.jurisdiction == jurisdiction:
        return Found("all", (asked.named,))
    whole = tuple(each for each in known if each.elements and asked.elements.issuperset(each.elements))
    if whole:
        return Found("all", _closest(view, whole, asked))
    family = {each.id for each in categories(view, asked.category)} | {asked.category}
    unread = tuple(each for each in known if not each.elements and each.category in family and asked.category)
    if unread:
        return Found("unread", unread)
    near = sorted((each for each in known if _near(each, asked)), key=lambda each: len(_missing(each, asked)))
    if near:
        return Found("some", (near[0],), tuple(sorted(_missing(near[0], asked))))
    return Found("none", ())


def graver(view: View, jurisdiction: str, asked: Conduct, months: int) -> Offence | None:
    """An offence of the same kind that may carry as much: an aggravated form, perhaps, of what was found."""
    family = {each.id for each in categories(view, asked.category)} | {asked.category}
    known = view.seen(view.index.offences.get(jurisdiction, ()))
    akin = (each for each in known if asked.category and each.category in family)
    return next((each for each in akin if any(most >= months for _, most in grades([each]))), None)


def grades(offences: Iterable[Offence]) -> list[tuple[Penalty, int]]:
    """Every grade of these offences with its maximum in months; what has no maximum is left out."""
    told = [(each, maximum(each)) for offence in offences for each in offence.penalties]
    return [(each, months) for each, months in told if months]


def maximum(penalty: Penalty) -> int:
    """The most that a grade may carry in months, or 0 where nobody has entered it."""
    return LIFE if penalty.life or penalty.death else penalty.max


def told(months: int) -> str:
    """A penalty in words."""
    return say("life or death") if months >= LIFE else say("{months} months", months=months)


def words(elements: Iterable[str]) -> str:
    """Elements in words."""
    return listed_apart(*(WORDS.get(each, each) for each in elements))


def _named(view: View, offence: str) -> Offence | None:
    jurisdiction, mark, provision = offence.partition(":")
    if not mark:
        return None
    for each in view.seen(view.index.offences.get(jurisdiction, ())):
        if _bare(each.provision) == _bare(provision):
            return each
    return None


def _bare(provision: str) -> str:
    """A provision without the word before its number."""
    return provision.strip().casefold().removeprefix("art ").removeprefix("s ")


def _closest(view: View, offences: tuple[Offence, ...], asked: Conduct) -> tuple[Offence, ...]:
    """Those of the conduct's own category if there are any: the more telling comparison first."""
    rank = {each.id: place for place, each in enumerate(categories(view, asked.category))}
    return tuple(sorted(offences, key=lambda each: (rank.get(each.category, len(rank)), -len(each.elements))))


def _near(offence: Offence, asked: Conduct) -> bool:
    shared = asked.elements.intersection(offence.elements)
    return len(shared) * 2 >= len(offence.elements) > 0


def _missing(offence: Offence, asked: Conduct) -> frozenset[str]:
    return frozenset(offence.elements) - asked.elements
