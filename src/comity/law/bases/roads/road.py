# SPDX-License-Identifier: Apache-2.0
"""A road of law that stands, and one that was rejected, in the words that say why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from comity.law.bases.answer import Fits, Kind, Note, Obligation, Rejected, RejectedFor
from comity.law.binding import Binding, TreatyBinding, Why
from comity.law.facts.fact import Fact
from comity.law.facts.measures import ASSISTANCE
from comity.law.facts.national import Statement
from comity.law.facts.terms import Ruling
from comity.law.facts.treaties import Provision
from comity.law.sentences import Sentence, say

GENERAL = "mutual-legal-assistance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """A road that stands. `article` carries the measure; `rulings` are all whose terms hold on this road,
    and `specific` says that it is about this very measure, `alone` that national rules add nothing to it."""

    instrument: str
    article: str
    kind: Kind
    obligation: Obligation
    since: tuple[date | None, date | None]
    fits: Fits
    specific: bool
    rulings: tuple[Ruling, ...]
    deciding: tuple[Fact, ...]
    trace: tuple[Note, ...]
    statements: tuple[Statement, ...] = ()
    alone: bool = False


Found = Road | Rejected


def concerns(measures: tuple[str, ...], measure: str) -> bool:
    """Whether a statement or rule that names these measures is about this one; with none it is about all."""
    return not measures or measure in measures or (measure in ASSISTANCE and GENERAL in measures)


def asks(article: Provision, measure: str) -> bool:
    """Whether an article of a state's law is about a measure that is asked of that state."""
    return not article.outgoing and bool(article.measures) and concerns(article.measures, measure)


def number(article: str) -> str:
    """The article's own number: `27(9)(e)` is of article 27."""
    return article.partition("(")[0]


def rejected(name: str, article: str, kind: Kind, why: RejectedFor, words: str, facts: Iterable[Fact]) -> Rejected:
    """A road that does not stand, or of which one cannot tell."""
    return Rejected(
        instrument=name,
        article=article,
        kind=kind,
        finding="cannot-tell" if why in _SILENT else "no",
        why=why,
        words=words,
        facts=tuple(facts),
    )


def unbound(name: str, article: str, kind: Kind, finding: str, words: str, facts: tuple[Fact, ...]) -> Rejected:
    """A road that does not bind both, or of which that is not known."""
    return rejected(name, article, kind, "not-bound" if finding == "not-bound" else "binding-unknown", words, facts)


_SILENT = {"binding-unknown", "treaty-unknown"}

_BINDS: Mapping[Why, Sentence] = {
    "in-force-by": say("bound, and the source does not say since when"),
    "ended": say("no longer bound"),
    "not-yet": say("not bound yet"),
    "signed-only": say("signed, not ratified as far as the facts know"),
    "instrument-not-in-force": say("it is not in force"),
    "since-unknown": say("bound later; the source does not say since when"),
    "in-force-unknown": say("it did what binds, and the day is not known"),
    "witnesses-differ": say("the sources differ"),
    "not-listed": say("not on the list of parties"),
    "no-fact": say("the facts say nothing"),
}


def binds_words(bound: Binding | TreatyBinding) -> str:
    """A binding in words."""
    if bound.why == "in-force":
        return say("bound since {since}", since=str(bound.since))
    return _BINDS[bound.why]
