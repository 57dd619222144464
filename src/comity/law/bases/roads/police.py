# SPDX-License-Identifier: Apache-2.0
"""Roads between police. None carries what needs the power of the state, and what is told is intelligence."""

from collections.abc import Iterator

from comity.law.bases import scope as scopes
from comity.law.bases.answer import Note
from comity.law.bases.conduct import Conduct
from comity.law.bases.question import Question
from comity.law.bases.roads.road import GENERAL, Found, Road, rejected
from comity.law.binding import binding
from comity.law.facts.measures import ASSISTANCE, COERCIVE
from comity.law.view import View

INFORMAL = ASSISTANCE - COERCIVE - {"preservation"} | {GENERAL, "police-cooperation", "spontaneous-information"}
"""What police ask each other without a request for legal assistance."""


def police(view: View, question: Question, asked: Conduct) -> Iterator[Found]:
    """Instruments on police cooperation and mechanisms of police that bind both."""
    if question.measure not in INFORMAL:
        return
    gates = [
        each
        for each in view.seen(view.index.rules.get(question.requested, ()))
        if each.effect == "not-as-evidence-only"
    ]
    carrying = view.seen(view.index.carrying.get("police-cooperation", ()))
    articles = {each.instrument: each for each in carrying if question.measure != "police-cooperation"}
    mechanisms = [each for each in view.index.book.instruments if each.type == "police-mechanism"]
    named = [view.instrument(each) for each in articles]
    for described in (*(each for each in named if each), *view.seen(mechanisms)):
        both = [binding(view, described.id, each) for each in (question.requesting, question.requested)]
        if any(each.finding != "bound" for each in both):
            continue
        article = articles.get(described.id)
        fit, note = (
            scopes.fits(view, question, asked, described)
            if article
            else ("in", Note(what="scope", text="It is between police, in matters of crime.", facts=(described,)))
        )
        if fit == "out":
            continue
        if gates and question.circumstances.evidence:
            words = "Informal help is given only to whoever says that it will not be used as evidence."
            yield rejected(described.id, "", "police", "informal-not-for-evidence", words, tuple(gates))
            continue
        condition = [Note(what="condition", text=each.text, facts=(each,)) for each in gates]
        yield Road(
            instrument=described.id,
            article=article.article if article else "",
            kind="police",
            obligation=(article.modality if article and article.modality else "none"),
            since=(both[0].since, both[1].since),
            fits=fit,
            specific=False,
            rulings=(article,) if article else (),
            deciding=(described, *both[0].facts, *both[1].facts),
            trace=(note, *condition),
        )
