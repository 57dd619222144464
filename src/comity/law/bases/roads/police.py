# SPDX-License-Identifier: Apache-2.0
"""Roads between police. None carries what needs the power of the state, and what is told is intelligence."""

from collections.abc import Iterator

from comity.law.bases import scope as scopes
from comity.law.bases.answer import Fits, Note, Rejected
from comity.law.bases.conduct import Conduct
from comity.law.bases.question import Question
from comity.law.bases.roads.road import GENERAL, Found, Road, rejected
from comity.law.binding import binding
from comity.law.facts.measures import ASSISTANCE, COERCIVE
from comity.law.facts.national import Rule
from comity.law.facts.treaties import Instrument, Provision
from comity.law.sentences import quoted, say
from comity.law.view import View

POLICE = "police-cooperation"
INFORMAL = ASSISTANCE - COERCIVE - {"preservation"} | {GENERAL, POLICE, "spontaneous-information"}
"""What police ask each other without a request for legal assistance."""


def police(view: View, question: Question, asked: Conduct) -> Iterator[Found]:
    """Instruments on police cooperation and mechanisms of police that bind both."""
    if question.measure not in INFORMAL:
        return
    gates = gates_of(view, question.requested, question.requesting)
    articles = {each.instrument: each for each in view.seen(view.index.carrying.get(POLICE, ()))}
    mechanisms = [each.id for each in view.index.book.instruments if each.type == "police-mechanism"]
    for name in dict.fromkeys((*articles, *mechanisms)):
        described = view.instrument(name)
        if described is not None:
            yield from _one(view, question, asked, described, articles.get(name), gates)


def _one(
    view: View,
    question: Question,
    asked: Conduct,
    described: Instrument,
    article: Provision | None,
    gates: tuple[Rule, ...],
) -> Iterator[Found]:
    both = [binding(view, described.id, each) for each in (question.requesting, question.requested)]
    if any(each.finding != "bound" for each in both):
        return
    fit, note = scopes.fits(view, question, asked, described) if article else _any_crime(described)
    if fit == "out":
        return
    number = article.article if article else ""
    if gates and question.circumstances.evidence:
        yield closed(described.id, number, gates)
        return
    if question.circumstances.coercive:
        words = say("What needs the power of the state police cannot do for each other.")
        yield rejected(described.id, number, "police", "needs-coercion", words, (described,))
        return
    yield Road(
        instrument=described.id,
        article=number,
        kind="police",
        obligation=(article.modality if article and article.modality else "none"),
        since=(both[0].since, both[1].since),
        fits=fit,
        specific=question.measure == POLICE,
        rulings=(article,) if article else (),
        deciding=(described, *both[0].facts, *both[1].facts),
        trace=(note, *(Note(what="condition", text=quoted(each.text), facts=(each,)) for each in gates)),
    )


def gates_of(view: View, state: str, other: str) -> tuple[Rule, ...]:
    """The rules of a state that give informal help only to whoever says that it will not be used as evidence."""
    return tuple(each for each in view.rules(state, other) if each.effect == "not-as-evidence-only")


def closed(name: str, article: str, gates: tuple[Rule, ...]) -> Rejected:
    """A road between police that is closed to what is to be evidence."""
    words = say("Informal help is given only to whoever says that it will not be used as evidence.")
    return rejected(name, article, "police", "informal-not-for-evidence", words, gates)


def _any_crime(described: Instrument) -> tuple[Fits, Note]:
    return "in", Note(what="scope", text=say("It is between police, in matters of crime."), facts=(described,))
