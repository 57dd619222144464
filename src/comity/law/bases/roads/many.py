# SPDX-License-Identifier: Apache-2.0
"""Instruments of many parties: what carries the measure, whether it binds both, and what limits it.

Step by step, and the first that fails rejects it: both bound, by what it supplements too; no statement of either side
excludes it; no treaty takes its place; its scope covers the case.
"""

from collections.abc import Iterator

from comity.law.bases import scope as scopes
from comity.law.bases.answer import Fits, Kind, Note
from comity.law.bases.conduct import Conduct
from comity.law.bases.question import Question
from comity.law.bases.roads.between import replaced_by, takes_place, treaty_in_force
from comity.law.bases.roads.road import GENERAL, Found, Road, binds_words, concerns, number, rejected, unbound
from comity.law.binding import Binding, binding
from comity.law.facts.measures import ASSISTANCE, PERSONS
from comity.law.facts.national import Statement
from comity.law.facts.terms import Ruling
from comity.law.facts.treaties import Instrument, Provision, Relation
from comity.law.sentences import join, quoted, say, term
from comity.law.view import View, remembered


def many(view: View, question: Question, asked: Conduct) -> Iterator[Found]:
    """Every instrument that carries the measure and of which the facts say anything for one of the two."""
    if question.measure == "police-cooperation":
        return  # the roads between police are told by `police`
    for described, primary in carriers(view, question.measure):
        both = tuple(binding(view, described.id, each) for each in (question.requesting, question.requested))
        if all(each.why == "no-fact" for each in both):
            continue
        yield _one(view, question, asked, described, primary, both)


@remembered
def carriers(view: View, measure: str) -> tuple[tuple[Instrument, Provision], ...]:
    """Instruments of many parties that carry a measure, each with the article that does: its own, or a general one."""
    found: dict[str, Provision] = {}
    general = view.index.carrying.get(GENERAL, ()) if measure in ASSISTANCE else ()
    for provision in view.seen((*view.index.carrying.get(measure, ()), *general)):
        held = found.get(provision.instrument)
        if held is None or (held.modality is None and provision.modality is not None):
            found[provision.instrument] = provision
    described = ((view.instrument(name), provision) for name, provision in found.items())
    return tuple((each, provision) for each, provision in described if each and each.type in _OF_MANY)


_OF_MANY = ("multilateral", "scheme")


def _one(
    view: View,
    question: Question,
    asked: Conduct,
    described: Instrument,
    primary: Provision,
    both: tuple[Binding, ...],
) -> Found:
    """What one instrument says, step by step; the first step that fails rejects it."""
    kind: Kind = "multilateral"
    name, article = described.id, primary.article
    supplemented = supplements(view, name)
    needed = (*both, *(binding(view, each.to, state.state) for each in supplemented for state in both))
    for each in needed:
        if each.finding != "bound":
            missing = unbound(name, article, kind, each.finding, _bound(each), (*each.facts,))
            if each.finding == "not-bound" or all(one.finding != "not-bound" for one in needed):
                return missing
    statements = stated(view, question, name)
    for statement in statements:
        if statement.effect == "excludes" and concerns(statement.measures, question.measure):
            return rejected(name, article, kind, "excluded-by-statement", _said(statement), (statement,))
        if statement.effect == "no-basis" and concerns(statement.measures, question.measure):
            return rejected(name, article, kind, "not-taken-as-basis", _said(statement), (statement,))
    new = replaced_by(view, question.requesting, question.requested, question.measure, name)
    if new is not None:
        return rejected(name, article, kind, "replaced", takes_place(new[0]), new[1])
    added = tuple(_adding(view, question, name))
    fit, note = scopes.fits(view, question, asked, described, added)
    if fit == "out":
        return rejected(name, article, kind, "out-of-scope", note.text, note.facts)
    if primary.only_where == "no-extradition-treaty":
        treaty = treaty_in_force(view, question.requesting, question.requested, "extradition")
        if treaty is not None:
            words = say(
                "It is a basis only where there is no treaty; {treaty} is in force and counts its offences.",
                treaty=treaty[0],
            )
            return rejected(name, article, kind, "treaty-in-force", words, treaty[1])
    if primary.only_where == "emergency" and question.circumstances.emergency is False:
        return rejected(name, article, kind, "no-emergency", _FOR_EMERGENCIES, (primary,))
    fit, note = _taken(view, question, primary, statements, fit, note)
    rulings, notes = _attached(view, question, primary)
    bound = [Note(what="binds", text=_bound(each), facts=each.facts) for each in needed]
    return Road(
        instrument=name,
        article=article,
        kind=kind,
        obligation="none" if described.type == "scheme" else primary.modality or "unknown",
        since=(both[0].since, both[1].since),
        fits=fit,
        specific=question.measure in primary.measures,
        rulings=rulings,
        deciding=(primary, *(fact for each in needed for fact in each.facts)),
        trace=(*bound, note, *notes, *_emergency(primary)),
        statements=statements,
        alone=described.alone,
    )


def _taken(
    view: View, question: Question, primary: Provision, statements: tuple[Statement, ...], fit: Fits, note: Note
) -> tuple[Fits, Note]:
    """A state whose law needs a treaty may take this one for it, or not: without its word nobody can tell."""
    rules = view.rules(question.requested, question.requesting)
    needing = tuple(
        each for each in rules if each.effect == "treaty-needed" and concerns(each.measures, question.measure)
    )
    taken = any(each.effect == "basis" and each.state == question.requested for each in statements)
    if primary.only_where != "no-extradition-treaty" or not needing or taken:
        return fit, note
    needs = say(
        "The law of {state} needs a treaty; whether it takes this for one is not known.",
        state=term("state", question.requested),
    )
    return "cannot-tell", Note(what="scope", text=join(note.text, needs), facts=(*note.facts, *needing))


_FOR_EMERGENCIES = say("It is for emergencies only.")


def _emergency(primary: Provision) -> Iterator[Note]:
    if primary.only_where == "emergency":
        yield Note(what="condition", text=_FOR_EMERGENCIES, facts=(primary,))


@remembered
def supplements(view: View, name: str) -> tuple[Relation, ...]:
    """The instruments that one supplements: it binds only those whom they bind."""
    return tuple(each for each in view.seen(view.index.relations.get(name, ())) if each.kind == "supplements")


def stated(view: View, question: Question, name: str) -> tuple[Statement, ...]:
    """What either side said of an instrument: a reservation works for both."""
    found = (view.index.statements.get((name, each), ()) for each in (question.requesting, question.requested))
    return view.seen(each for many in found for each in many)


def _adding(view: View, question: Question, name: str) -> Iterator[Instrument]:
    for relation in view.relations("adds-offences"):
        if relation.to == name:
            both = (binding(view, relation.instrument, each) for each in (question.requesting, question.requested))
            described = view.instrument(relation.instrument)
            if described is not None and all(each.finding == "bound" for each in both):
                yield described


def _attached(view: View, question: Question, primary: Provision) -> tuple[tuple[Ruling, ...], list[Note]]:
    """The article and those that hold with it, without what yields to a treaty between the two."""
    articles = view.seen(view.index.provisions.get(primary.instrument, ()))
    wanted = [primary, *(each for each in articles if each.article in primary.also and each is not primary)]
    yielding = [each for each in view.seen(view.index.relations.get(primary.instrument, ())) if each.to == "mla"]
    notes: list[Note] = []
    for relation in yielding:
        treaty = treaty_in_force(view, question.requesting, question.requested, "mla")
        numbers = {number(each) for each in relation.articles}
        concerned = [each for each in wanted if number(each.article) in numbers]
        if relation.kind != "yields-to" or treaty is None or question.measure in PERSONS or not concerned:
            continue
        where = f"{relation.instrument} {', '.join(relation.articles)}"
        text = say("{where} yields to {treaty}, which is in force.", where=where, treaty=treaty[0])
        notes.append(Note(what="relation", text=text, facts=(relation, *treaty[1])))
        wanted = [each for each in wanted if each is primary or each.article not in relation.articles]
    return tuple(wanted), notes


def _said(statement: Statement) -> str:
    return say(
        "{state}, {kind} on {where}: {words}",
        state=term("state", statement.state),
        kind=term("statement", statement.kind),
        where=" ".join((statement.instrument, *statement.articles)),
        words=quoted(statement.text),
    )


def _bound(each: Binding) -> str:
    return say("{state}: {bound}", state=term("state", each.state), bound=binds_words(each))
