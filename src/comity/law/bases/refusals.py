# SPDX-License-Identifier: Apache-2.0
"""On which grounds a road may end in a refusal, and what the case says to each.

Where a statement, an article and a national rule speak of one ground, the statement goes before the article, and the
article before the national rule when it says that the ground is none; else the strictest holds. What is not known of
the case is never taken for no. Whether an assurance suffices is for the one who is asked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from comity.law.bases import conduct as conducts
from comity.law.bases.answer import GRAVITY, TREATIES, Finding, Refusal
from comity.law.bases.conduct import Conduct
from comity.law.bases.question import Question
from comity.law.bases.roads.road import Road, asks, concerns
from comity.law.bases.thresholds import dual_criminality, threshold
from comity.law.facts.fact import Fact
from comity.law.facts.measures import PERSONS
from comity.law.facts.national import Rule
from comity.law.facts.terms import Ground
from comity.law.facts.treaties import Provision
from comity.law.naming import name as name_of
from comity.law.sentences import say
from comity.law.view import View

Present = bool | None
"""Whether the case has what a ground is about; `None` where nobody knows."""

JUDGED_BY_THE_ASKED = frozenset(
    {
        "essential-interests",
        "domestic-law-prohibits",
        "not-in-conformity",
        "contrary-to-legal-system",
        "no-substantial-link",
        "third-party-rights",
        "contrary-to-undertakings",
        "offence-not-covered",
    }
)
"""Grounds that no fact of the case settles beforehand."""

_ASSURANCE_FOR: Mapping[str, str] = {
    "death-penalty": "death-penalty",
    "torture": "torture",
    "fundamental-rights": "fair-trial",
    "in-absentia": "retrial",
}

_CORE = ("nationality", "death-penalty")
"""What every surrender is asked about, even where nobody entered the rule."""


@dataclass(frozen=True, slots=True)
class _Said:
    """One source on one ground."""

    ground: Ground
    fact: Fact
    by: Literal["statement", "article", "national"]


def refusals(view: View, question: Question, asked: Conduct, road: Road) -> tuple[Refusal, ...]:
    """Every ground that the facts give for this road, with its finding: the gravest first."""
    found: dict[str, list[_Said]] = {}
    for said in _sources(view, question, road):
        found.setdefault(said.ground.ground, []).append(said)
    results = [_weigh(view, question, asked, road, name, tuple(said)) for name, said in found.items()]
    limit = threshold(view, question, asked, road.rulings)
    results += [limit] if limit is not None else []
    if question.measure in PERSONS and "dual-criminality" not in found:
        weighed = dual_criminality(view, question, asked)
        results.append(
            Refusal(ground="dual-criminality", finding=weighed.finding, why=weighed.why, facts=weighed.facts)
        )
    if question.measure in PERSONS:
        results += [
            Refusal(ground=each, finding=finding, why=say("No rule on it has been entered for this road."))
            for each in _CORE
            if each not in found and (finding := _unruled(_present(view, question, asked, each))) is not None
        ]
    return tuple(sorted(results, key=lambda each: -GRAVITY[each.finding]))


def _unruled(present: Present) -> Finding | None:
    return "clear" if present is False else "cannot-tell"


def _sources(view: View, question: Question, road: Road) -> Iterator[_Said]:
    for statement in road.statements:
        if statement.effect == "ground" and concerns(statement.measures, question.measure):
            yield from (_Said(each, statement, "statement") for each in statement.grounds)
    for ruling in road.rulings:
        by: Literal["article", "national"] = "national" if isinstance(ruling, Rule) else "article"
        yield from (_Said(each, ruling, by) for each in ruling.grounds)
    if road.kind == "police" or road.alone:
        return
    for jurisdiction in (question.requested, "any"):
        for rule in view.rules(jurisdiction, question.requesting):
            if rule.grounds and rule not in road.rulings and concerns(rule.measures, question.measure):
                yield from (_Said(each, rule, "national") for each in rule.grounds)
    if road.kind in TREATIES:
        yield from _own_law(view, question)


def _own_law(view: View, question: Question) -> Iterator[_Said]:
    """What the requested state's own law adds to a treaty: it completes it."""
    for law in view.laws(question.requested, question.requesting):
        for article in view.seen(view.index.provisions.get(law.id, ())):
            if asks(article, question.measure):
                yield from (_Said(each, article, "national") for each in article.grounds)


def _weigh(view: View, question: Question, asked: Conduct, road: Road, name: str, said: tuple[_Said, ...]) -> Refusal:
    ground, holding = _together(_without_treaty_rules(said, road))
    facts = tuple(each.fact for each in holding)
    where = _where(holding[0])
    if ground.force == "never":
        why = say("It is no ground here ({where}).", where=where)
        return Refusal(ground=name, finding="clear", why=why, facts=facts)
    if name == "dual-criminality":
        found = dual_criminality(view, question, asked)
        return Refusal(ground=name, finding=found.finding, why=found.why, facts=(*facts, *found.facts))
    if name == "penalty-threshold":
        return Refusal(ground=name, finding="possible", why=say("See the threshold."), facts=facts)
    if name in JUDGED_BY_THE_ASKED:
        why = say("Only the authority asked can judge it ({where}).", where=where)
        return Refusal(ground=name, finding="possible", why=why, facts=facts)
    present = _present(view, question, asked, name)
    finding, found_so = _case(question, ground, present, by_treaty=road.kind in TREATIES)
    return Refusal(ground=name, finding=finding, why=say("{why} ({where})", why=found_so, where=where), facts=facts)


def _without_treaty_rules(said: tuple[_Said, ...], road: Road) -> tuple[_Said, ...]:
    """Without national rules that give way to a treaty, where the treaty of this road speaks of the ground."""
    if road.kind not in TREATIES or all(each.by == "national" for each in said):
        return said
    return tuple(each for each in said if each.by != "national" or each.ground.unless != "treaty")


def _together(said: tuple[_Said, ...]) -> tuple[Ground, tuple[_Said, ...]]:
    """The rule that holds, and the sources that say it."""
    stated = [each for each in said if each.by == "statement"]
    if not stated:
        none = [each for each in said if each.by == "article" and each.ground.force == "never"]
        if none:
            return none[0].ground, tuple(none)
    ranked = sorted(stated or said, key=lambda each: _FORCE[each.ground.force])
    first = ranked[0].ground
    return first, tuple(each for each in ranked if each.ground.force == first.force)


_FORCE = {"mandatory": 0, "discretionary": 1, "never": 2}


def _where(said: _Said) -> str:
    """The article, or the rule, that gives a ground."""
    if isinstance(said.fact, Provision):
        return f"{said.fact.instrument} {said.ground.article or said.fact.article}"
    return name_of(said.fact)


def _case(question: Question, ground: Ground, present: Present, *, by_treaty: bool) -> tuple[Finding, str]:
    saying = _MUST if ground.force == "mandatory" else _MAY
    if present is False:
        return "clear", say("The case does not have it")
    if present is None:
        return "possible", saying.untold
    circumstances = question.circumstances
    if _only_indicated(question, ground.ground):
        return "likely", say("The case points to it; whether it is so is for the authority asked")
    if ground.unless == "consent" and circumstances.consent:
        return "clear", say("The person consents")
    wanted = _ASSURANCE_FOR.get(ground.ground, "")
    if ground.unless in ("assurance", "retrial") and wanted in circumstances.assurances:
        return "possible", say("An assurance is given; whether it suffices is for the authority asked")
    if ground.unless == "assurance":
        return saying.finding, saying.without_assurance
    if ground.unless == "prosecution":
        return "likely", saying.and_prosecute
    if ground.unless == "treaty" and by_treaty:
        return "likely", say("Its own law refuses unless the treaty provides otherwise, and that has not been entered")
    return saying.finding, saying.present


@dataclass(frozen=True, slots=True)
class _Saying:
    """What is said of a ground on which one must, or may, refuse; and what is found where the case has it."""

    finding: Finding
    untold: str
    without_assurance: str
    and_prosecute: str
    present: str


_MUST = _Saying(
    finding="bars",
    untold=say("On it one must refuse; whether the case has it is not told"),
    without_assurance=say("One must refuse without a sufficient assurance"),
    and_prosecute=say("On it one must refuse, and must then prosecute on request"),
    present=say("On it one must refuse, and the case has it"),
)
_MAY = _Saying(
    finding="likely",
    untold=say("On it one may refuse; whether the case has it is not told"),
    without_assurance=say("One may refuse without a sufficient assurance"),
    and_prosecute=say("On it one may refuse, and must then prosecute on request"),
    present=say("On it one may refuse, and the case has it"),
)


def _present(view: View, question: Question, asked: Conduct, name: str) -> Present:
    """Whether the case has what a ground is about."""
    told = question.circumstances
    match name:
        case "nationality":
            return None if told.nationalities is None else question.requested in told.nationalities
        case "place-of-offence":
            return None if told.place is None else question.requested in told.place
        case "death-penalty":
            return _may_carry_death(view, question, asked) if told.death is None else told.death
        case "humanitarian":
            return _either(told.minor, told.health_risk)
        case "discrimination":
            return _either(told.discrimination_risk, told.refugee)
        case "no-reciprocity":
            return None if told.reciprocity is None else not told.reciprocity
        case _:
            member = _MEMBERS.get(name)
            return getattr(told, member) if member else None


def _only_indicated(question: Question, name: str) -> bool:
    """Whether what is told points to a ground and settles nothing: health, age, a refugee's status."""
    told = question.circumstances
    return name == "humanitarian" or (name == "discrimination" and not told.discrimination_risk)


_MEMBERS: Mapping[str, str] = {
    "political-offence": "political",
    "military-offence": "military",
    "fiscal-offence": "fiscal",
    "ne-bis-in-idem": "judged",
    "pending-proceedings": "pending",
    "lapse-of-time": "lapsed",
    "in-absentia": "in_absentia",
    "torture": "torture_risk",
    "fundamental-rights": "unfair_trial_risk",
}


def _either(*told: Present) -> Present:
    if any(told):
        return True
    return False if all(each is False for each in told) else None


def _may_carry_death(view: View, question: Question, asked: Conduct) -> Present:
    """Whether the requesting law has death for this conduct; unknown unless the grades of its offence are entered."""
    found = conducts.search(view, question.requesting, asked) if asked.elements or asked.named else None
    if found is None or found.match != "all":
        return None
    grades = [grade for each in found.offences for grade in each.penalties]
    return any(grade.death for grade in grades) if grades else None
