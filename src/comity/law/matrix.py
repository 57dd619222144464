# SPDX-License-Identifier: Apache-2.0
"""Who can ask whom for what, over many states: for each pair and measure the finding and the first instrument.

`matrix` is a bulk path. What `bases` finds without a case depends on how each of the two stands to the instruments
concerned, on the requested state's own rules, and on what is between just these two. So states that stand alike are
asked about once; a test compares the two paths. Nothing but the finding and the instrument is worked out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from comity.law.bases import terms
from comity.law.bases.answer import Outcome, Rejected
from comity.law.bases.asking import finding
from comity.law.bases.conduct import Conduct
from comity.law.bases.question import Question, known_measure
from comity.law.bases.ranking import place
from comity.law.bases.roads import roads
from comity.law.bases.roads.many import carriers
from comity.law.bases.roads.police import INFORMAL, POLICE
from comity.law.bases.roads.road import GENERAL, Road, concerns
from comity.law.binding import binding
from comity.law.facts.measures import MEASURES, PERSONS, TREATY_CARRIES
from comity.law.states import UN_MEMBERS
from comity.law.view import View

NO_CONDUCT = Conduct(frozenset(), "", None, ())


@dataclass(frozen=True, slots=True)
class Cell:
    """One measure asked by one state of another. `instrument` is the first basis, or empty."""

    requesting: str
    requested: str
    measure: str
    finding: Outcome
    instrument: str


def matrix(view: View, states: Sequence[str] = UN_MEMBERS, measures: Iterable[str] = MEASURES) -> Iterator[Cell]:
    """Every cell, measure by measure."""
    for measure in measures:
        yield from _table(view, states, measure)


def row(view: View, one: str, measure: str, states: Sequence[str] = UN_MEMBERS) -> list[Cell]:
    """What one state can ask of each other. Raises `QuestionUnsound`."""
    known_measure(measure)
    return [Cell(one, each, measure, *cell(view, one, each, measure)) for each in states if each != one]


def _table(view: View, states: Sequence[str], measure: str) -> Iterator[Cell]:
    names = _concerned(view, measure)
    stands = {each: _stands(view, each, names) for each in states}
    rules = {each: each if _own(view, each, measure) else "" for each in states}
    singled = _singled_out(view)
    special = {*view.index.treaties, *view.index.absences}
    known: dict[tuple[object, ...], tuple[Outcome, str]] = {}
    for one in states:
        for other in states:
            if one == other:
                continue
            pair = frozenset((one, other))
            named = tuple(
                singled[whose].get(whom)
                for whose, whom in ((other, one), (one, other), ("any", one), ("any", other))
                if whose in singled
            )
            key = (stands[one], stands[other], rules[other], named, pair if pair in special else None)
            if key not in known:
                known[key] = cell(view, one, other, measure)
            yield Cell(one, other, measure, *known[key])


def cell(view: View, one: str, other: str, measure: str) -> tuple[Outcome, str]:
    """The finding and the first instrument of one question without a case."""
    question = Question(requesting=one, requested=other, measure=measure)
    found = list(roads(view, question, NO_CONDUCT))
    standing = sorted((each for each in found if isinstance(each, Road)), key=lambda each: _place(view, question, each))
    outcome = finding(measure, standing, [each for each in found if isinstance(each, Rejected)])
    return outcome, standing[0].instrument if standing else ""


def _place(view: View, question: Question, road: Road) -> tuple[object, ...]:
    rules = terms.own_rules(view, question, road)
    return place(road, terms.ways(road, rules), terms.clocks(road, rules))


def _concerned(view: View, measure: str) -> tuple[str, ...]:
    """Every instrument that a road for the measure may look at."""
    general = "extradition" if measure in PERSONS else GENERAL
    names = {each.id for one in (measure, general) for each, _ in carriers(view, one)}
    if measure in INFORMAL:
        names |= {each.instrument for each in view.index.carrying.get(POLICE, ())}
        names |= {each.id for each in view.index.book.instruments if each.type == "police-mechanism"}
    for relation in (*view.relations("replaces"), *view.relations("adds-offences")):
        if relation.to in names or relation.to in TREATY_CARRIES:
            names.add(relation.instrument)
    names |= {each.to for each in view.relations("supplements") if each.instrument in names}
    return tuple(sorted(each for each in names if view.instrument(each) is not None))


def _stands(view: View, state: str, names: tuple[str, ...]) -> tuple[object, ...]:
    """How a state stands to instruments, as far as an answer without a case depends on it."""
    found: list[object] = []
    for name in names:
        bound = binding(view, name, state)
        said = any(each.effect in ("excludes", "no-basis") for each in view.index.statements.get((name, state), ()))
        found.append((bound.finding, bound.why == "no-fact", state if said else ""))
    return tuple(found)


def _singled_out(view: View) -> dict[str, dict[str, frozenset[int]]]:
    """By state: whom some rules or laws of its own name, to whom alone they apply or do not, and which of them. Two
    states that the same ones name are alike to it."""
    lists = [(each.jurisdiction, each.others) for each in view.index.book.rules if each.others]
    lists += [(each.state or "any", each.except_for) for each in view.index.book.instruments if each.except_for]
    found: dict[str, dict[str, set[int]]] = {}
    for number, (whose, named) in enumerate(lists):
        for state in named:
            found.setdefault(whose, {}).setdefault(state, set()).add(number)
    return {whose: {state: frozenset(each) for state, each in named.items()} for whose, named in found.items()}


def _own(view: View, state: str, measure: str) -> bool:
    """Whether the law of a state says anything of its own on a measure."""
    if any(concerns(each.measures, measure) for each in view.index.rules.get(state, ())):
        return True
    laws = view.index.laws.get(state, ())
    articles = (article for law in laws for article in view.index.provisions.get(law.id, ()))
    return any(concerns(each.measures, measure) for each in articles)
