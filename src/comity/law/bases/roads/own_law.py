# SPDX-License-Identifier: Apache-2.0
"""The requested state's own law, where it lets its authorities act without a treaty. A treaty in force closes it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from comity.law.bases.answer import Kind, Note
from comity.law.bases.question import Question
from comity.law.bases.roads.between import treaty_in_force
from comity.law.bases.roads.police import POLICE, closed, gates_of
from comity.law.bases.roads.road import Found, Road, asks, concerns, rejected
from comity.law.facts.fact import Fact
from comity.law.facts.measures import PERSONS, TreatyKind
from comity.law.facts.national import Rule
from comity.law.facts.terms import Ruling
from comity.law.facts.treaties import Provision
from comity.law.sentences import quoted, say
from comity.law.view import View


@dataclass(frozen=True, slots=True)
class _Law:
    """A law that may be a road: its articles that carry the measure, and the rules that say that it is one."""

    name: str
    reciprocity: bool
    begins: date | None = None
    described: tuple[Fact, ...] = ()
    carrying: tuple[Provision, ...] = ()
    rules: tuple[Rule, ...] = ()


def own_law(view: View, question: Question) -> Iterator[Found]:
    """Each law of its own that carries the measure, and each rule that is a road by itself."""
    yield from _needing(view, question)
    kind = _KIND[question.measure in PERSONS]
    treaty = treaty_in_force(view, question.requesting, question.requested, kind)
    gates = gates_of(view, question.requested, question.requesting) if question.measure == POLICE else ()
    for law in _laws(view, question):
        if law.begins is not None and law.begins > view.on:
            words = say("{law} is in force from {day}.", law=law.name, day=law.begins)
            yield rejected(law.name, "", "domestic-law", "not-bound", words, law.described)
        elif treaty is not None and question.measure != POLICE:
            words = say(
                "It is a road for want of a treaty; {treaty} is in force, and this law completes it.", treaty=treaty[0]
            )
            yield rejected(law.name, "", "domestic-law", "treaty-in-force", words, treaty[1])
        elif gates and question.circumstances.evidence:
            yield closed(law.name, "", gates)
        else:
            yield _road(question, law)


_KIND: Mapping[bool, TreatyKind] = {True: "extradition", False: "mla"}


def _needing(view: View, question: Question) -> Iterator[Found]:
    """What tells that there nobody acts without a treaty."""
    for rule in view.rules(question.requested, question.requesting):
        if rule.effect == "treaty-needed" and concerns(rule.measures, question.measure):
            name = rule.instrument or f"{question.requested}-LAW"
            yield rejected(name, "", "domestic-law", "treaty-needed", quoted(rule.text), (rule,))


def _laws(view: View, question: Question) -> Iterator[_Law]:
    told = view.rules(question.requested, question.requesting)
    rules = [each for each in told if each.effect == "basis" and concerns(each.measures, question.measure)]
    described = [each for each in view.laws(question.requested, question.requesting) if each.without_treaty]
    for law in described:
        articles = view.seen(view.index.provisions.get(law.id, ()))
        carrying = tuple(each for each in articles if asks(each, question.measure))
        own = tuple(each for each in rules if each.instrument == law.id)
        if carrying or own:
            begins = law.in_force or law.adopted
            yield _Law(law.id, law.without_treaty == "reciprocity", begins, (law,), carrying, own)
    names = {each.id for each in view.index.laws.get(question.requested, ())}
    for rule in rules:
        if rule.instrument not in names:
            name = rule.instrument or f"{question.requested}-LAW"
            yield _Law(name, rule.condition == "reciprocity", rules=(rule,))


def _road(question: Question, law: _Law) -> Road:
    direct = [each for each in law.carrying if question.measure in each.measures] or list(law.carrying)
    first = next((each for each in direct if each.modality), direct[0] if direct else None)
    attached = [each for each in law.carrying if first and each is not first and each.article in first.also]
    rulings: tuple[Ruling, ...] = (*([first] if first else []), *attached, *law.rules)
    kind: Kind = "reciprocity" if law.reciprocity else "domestic-law"
    return Road(
        instrument=law.name,
        article=first.article if first else "",
        kind="police" if question.measure == POLICE else kind,
        obligation="may",
        since=(None, None),
        fits="in",
        specific=any(question.measure in each.measures for each in rulings),
        rulings=rulings,
        deciding=(*law.described, *rulings),
        trace=tuple(_trace(question, law)),
    )


def _trace(question: Question, law: _Law) -> Iterator[Note]:
    yield from (Note(what="rule", text=quoted(each.text), facts=(each,)) for each in law.rules)
    if law.reciprocity:
        given = question.circumstances.reciprocity
        text = say("Reciprocity has been promised.") if given else say("Reciprocity is to be promised.")
        yield Note(what="condition", text=text, facts=law.described or law.rules)
