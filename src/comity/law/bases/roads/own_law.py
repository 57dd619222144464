# SPDX-License-Identifier: Apache-2.0
"""The requested state's own law, where it lets its authorities act without a treaty."""

from collections.abc import Iterator, Mapping

from comity.law.bases.answer import Note
from comity.law.bases.question import Question
from comity.law.bases.roads.between import treaty_in_force
from comity.law.bases.roads.road import Found, Road, concerns, rejected
from comity.law.facts.fact import Fact
from comity.law.facts.measures import PERSONS, TreatyKind
from comity.law.facts.national import Rule
from comity.law.facts.terms import Ruling
from comity.law.facts.treaties import Provision
from comity.law.view import View


def own_law(view: View, question: Question) -> Iterator[Found]:
    """Each law of its own that carries the measure, and each rule that is a road by itself."""
    rules = [each for each in view.seen(view.index.rules.get(question.requested, ())) if each.effect == "basis"]
    for rule in view.seen(view.index.rules.get(question.requested, ())):
        if rule.effect == "treaty-needed" and concerns(rule.measures, question.measure):
            name = rule.instrument or f"{question.requested}-LAW"
            yield rejected(name, "", "domestic-law", "treaty-needed", rule.text, (rule,))
    treaty = treaty_in_force(view, question.requesting, question.requested, _KIND[question.measure in PERSONS])
    seen: set[str] = set()
    for law in view.seen(view.index.laws.get(question.requested, ())):
        articles = [each for each in view.seen(view.index.provisions.get(law.id, ())) if not each.outgoing]
        carrying = [each for each in articles if concerns(each.measures, question.measure) and each.measures]
        own = [each for each in rules if each.instrument == law.id and concerns(each.measures, question.measure)]
        if law.without_treaty is None or not (carrying or own):
            continue
        if (law.in_force or law.adopted or view.on) > view.on:
            words = f"{law.id} is in force from {law.in_force or law.adopted}."
            yield rejected(law.id, "", "domestic-law", "not-bound", words, (law,))
            continue
        seen.add(law.id)
        if treaty is not None:
            yield _not_needed(law.id, treaty)
            continue
        yield _law(question, law.id, law.without_treaty == "reciprocity", (law,), carrying, own)
    for rule in rules:
        if rule.instrument not in seen and concerns(rule.measures, question.measure):
            name = rule.instrument or f"{question.requested}-LAW"
            if treaty is not None:
                yield _not_needed(name, treaty)
                continue
            yield _law(question, name, rule.condition == "reciprocity", (), [], [rule])


_KIND: Mapping[bool, TreatyKind] = {True: "extradition", False: "mla"}


def _not_needed(name: str, treaty: tuple[str, tuple[Fact, ...]]) -> Found:
    words = f"It is a road for want of a treaty; {treaty[0]} is in force, and this law completes it."
    return rejected(name, "", "domestic-law", "treaty-in-force", words, treaty[1])


def _law(
    question: Question,
    name: str,
    on_reciprocity: bool,
    laws: tuple[Fact, ...],
    carrying: list[Provision],
    own: list[Rule],
) -> Road:
    direct = [each for each in carrying if question.measure in each.measures] or carrying
    first = next((each for each in direct if each.modality), direct[0] if direct else None)
    attached = [each for each in carrying if first and each is not first and each.article in first.also]
    rulings: tuple[Ruling, ...] = (*([first] if first else []), *attached, *own)
    trace = [Note(what="rule", text=each.text, facts=(each,)) for each in own]
    if on_reciprocity:
        given = question.circumstances.reciprocity
        text = "Reciprocity is to be promised." if not given else "Reciprocity has been promised."
        trace.append(Note(what="condition", text=text, facts=laws or tuple(own)))
    return Road(
        instrument=name,
        article=first.article if first else "",
        kind="reciprocity" if on_reciprocity else "domestic-law",
        obligation="may",
        since=(None, None),
        fits="in",
        specific=any(question.measure in each.measures for each in rulings),
        rulings=rulings,
        deciding=(*laws, *rulings),
        trace=tuple(trace),
    )
