# SPDX-License-Identifier: Apache-2.0
"""By which road a request goes, between whom, in which language, with which contents and under which clocks.

The terms of a road are those of its articles, of the instrument's designations, and of the requested state's own rules.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

from comity.law.bases.answer import TREATIES, Named, Note, Way
from comity.law.bases.question import Question
from comity.law.bases.roads.road import Road, asks, concerns, number
from comity.law.facts.measures import PERSONS
from comity.law.facts.national import Authority, Rule
from comity.law.facts.terms import Content, Deadline, Ruling, Use
from comity.law.facts.treaties import Provision
from comity.law.sentences import quoted, say, term
from comity.law.view import View, remembered

_ROADS_NEED = {"contact-24-7": "contact-24-7"}


def own_rules(view: View, question: Question, road: Road) -> tuple[Ruling, ...]:
    """What the requested state's law asks of a request, beside the road's own articles."""
    if road.kind == "police" or road.alone:
        return ()
    own = {id(each) for each in road.rulings}
    asked = _asked_there(view, question.requested, question.requesting, question.measure)
    return tuple(each for each in asked if id(each) not in own)


@remembered
def _asked_there(view: View, state: str, other: str, measure: str) -> tuple[Ruling, ...]:
    """The rules of a state, and of all, that are about a measure; and the articles of its laws."""
    told = (*view.rules(state, other), *view.rules("any", other))
    rules: list[Ruling] = [each for each in told if each.measures and concerns(each.measures, measure)]
    for law in view.laws(state, other):
        articles = view.seen(view.index.provisions.get(law.id, ()))
        rules += [each for each in articles if asks(each, measure)]
    return tuple(rules)


def ways(road: Road, rules: Iterable[Ruling]) -> tuple[Way, ...]:
    """The channels: those of the road, or where it names none those of the requested state's rules."""
    found = [each for ruling in road.rulings for each in ruling.channels]
    borrowed = [each for ruling in rules for each in ruling.channels]
    found = found or [each for each in borrowed if road.kind not in TREATIES or each.road != "contact-24-7"]
    first = {(each.road, each.urgent): each for each in reversed(found)}
    told = [Way(road=each.road, urgent=each.urgent, article=each.article) for each in first.values()]
    if not told and road.kind == "police":
        return (Way(road="police", urgent=False, article=""),)
    return tuple(sorted(told, key=lambda each: each.urgent))


def authorities(view: View, question: Question, road: Road, found: tuple[Way, ...]) -> tuple[Named, ...]:
    """Whom both sides designated for this road."""
    roles = {"extradition-authority"} if question.measure in PERSONS else {"central-authority", "competent-authority"}
    roles |= {_ROADS_NEED[each.road] for each in found if each.road in _ROADS_NEED}
    if any(each.road == "contact-24-7" for each in found) and all(each.road == "contact-24-7" for each in found):
        roles = {"contact-24-7"}
    sides: tuple[tuple[Literal["requesting", "requested"], str], ...] = (
        ("requesting", question.requesting),
        ("requested", question.requested),
    )
    named: list[Named] = []
    for side, state in sides:
        known = view.seen(view.index.authorities.get(state, ()))
        fitting = [each for each in known if each.role in roles and each.instrument in (road.instrument, "")]
        named += [Named(side=side, role=each.role, name=each.name, fact=each) for each in _own_first(fitting)]
    return tuple(named)


def _own_first(found: list[Authority]) -> list[Authority]:
    """Of each role those designated for this instrument, or where there are none those for any."""
    own = {each.role for each in found if each.instrument}
    return [each for each in found if each.instrument or each.role not in own]


def languages(road: Road, rules: Iterable[Ruling]) -> tuple[str, ...]:
    """The languages that are accepted, as far as the facts say."""
    return tuple(dict.fromkeys(each for ruling in (*road.rulings, *rules) for each in ruling.languages))


def contents(road: Road, rules: Iterable[Ruling]) -> tuple[Content, ...]:
    """What the request must say. Reciprocity is promised only where there is no treaty."""
    asked = dict.fromkeys(each for ruling in (*road.rulings, *rules) for each in ruling.requires)
    if road.kind in TREATIES:
        asked.pop("reciprocity", None)
    elif road.kind == "reciprocity":
        asked["reciprocity"] = None
    return tuple(asked)


def clocks(road: Road, rules: Iterable[Ruling]) -> tuple[Deadline, ...]:
    """The times that run on this road. A national time is owed by nobody to whoever asks under a treaty, nor does
    it stand for that of a treaty whose text has not been entered."""
    own = [each for ruling in road.rulings for each in ruling.deadlines]
    set_by = {each.what for each in own}
    if road.kind in TREATIES:
        return tuple(dict.fromkeys(own))
    other = [each for ruling in rules for each in ruling.deadlines if each.what not in set_by]
    return tuple(dict.fromkeys((*own, *other)))


def uses(road: Road, rules: Iterable[Ruling]) -> tuple[Use, ...]:
    """What the result may be used for."""
    found = dict.fromkeys(each for ruling in (*road.rulings, *rules) for each in ruling.uses)
    if road.kind == "police":
        found["no-evidence"] = None
    return tuple(found)


def told(road: Road, rules: Iterable[Ruling], measure: str) -> Iterator[Note]:
    """What statements and national rules say in words, as steps of the trace."""
    articles = {number(each.article) for each in road.rulings if isinstance(each, Provision)}
    for statement in road.statements:
        if statement.measures and not concerns(statement.measures, measure):
            continue
        if statement.articles and not statement.measures and articles.isdisjoint(map(number, statement.articles)):
            continue
        said = say("{state}: {words}", state=term("state", statement.state), words=quoted(statement.text))
        yield Note(what="statement", text=said, facts=(statement,))
    for rule in rules:
        if isinstance(rule, Rule):
            said = say("{state}: {words}", state=term("state", rule.jurisdiction), words=quoted(rule.text))
            yield Note(what="rule", text=said, facts=(rule,))
