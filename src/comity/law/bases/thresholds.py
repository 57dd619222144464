# SPDX-License-Identifier: Apache-2.0
"""Dual criminality and the least penalty: what the laws of both sides say of the conduct."""

from collections.abc import Iterable
from dataclasses import dataclass

from comity.law.bases import conduct as conducts
from comity.law.bases.answer import GRAVITY, Finding, Refusal
from comity.law.bases.conduct import Conduct
from comity.law.bases.question import Question
from comity.law.facts.fact import Fact
from comity.law.facts.terms import Ruling
from comity.law.sentences import join, quoted, say, term
from comity.law.view import View


@dataclass(frozen=True, slots=True)
class Weighed:
    """A finding, why, and on what."""

    finding: Finding
    why: str
    facts: tuple[Fact, ...] = ()


def dual_criminality(view: View, question: Question, asked: Conduct) -> Weighed:
    """Whether the conduct is an offence in the requested state."""
    told = question.circumstances.dual_criminality
    if told is not None:
        why = say("It has been decided in the case.") if told else say("It is no offence.")
        return Weighed("clear" if told else "bars", why)
    state = question.requested
    if not asked.elements and asked.named is None:
        return Weighed("cannot-tell", say("No conduct was told."))
    found, there = conducts.search(view, state, asked), term("state", state)
    listed = ", ".join(each.provision for each in found.offences[:3])
    match found.match:
        case "all":
            why = say("The conduct is an offence in {state}: {offences}.", state=there, offences=listed)
            return Weighed("clear", why, found.offences[:3])
        case "some":
            missing = conducts.words(found.missing)
            why = say(
                "It is one in {state} ({offences}) only if: {missing}.", state=there, offences=listed, missing=missing
            )
            return Weighed("possible", why, found.offences)
        case "unread":
            why = say(
                "{state} punishes offences of this kind ({offences}); their elements have not been entered.",
                state=there,
                offences=listed,
            )
            return Weighed("cannot-tell", why, found.offences[:3])
        case _:
            return Weighed("cannot-tell", say("No offence of {state} that fits is among the facts.", state=there))


def threshold(view: View, question: Question, asked: Conduct, rulings: Iterable[Ruling]) -> Refusal | None:
    """What the least penalty of a road says, or nothing where it sets none."""
    ruling = next((each for each in rulings if each.threshold is not None), None)
    if ruling is None or ruling.threshold is None:
        return None
    limit = ruling.threshold
    left = question.circumstances.sentence_left_months
    if left is not None and limit.left:
        finding: Finding = "clear" if left >= limit.left else "bars"
        serve = say("At least {months} months must be left to serve; {left} are.", months=limit.left, left=left)
        return Refusal(ground="penalty-threshold", finding=finding, why=serve, facts=(ruling,))
    requesting = _side(view, question, asked, question.requesting, limit.months)
    requested = _side(view, question, asked, question.requested, limit.months)
    match limit.laws:
        case "both":
            found = max(requesting, requested, key=lambda each: GRAVITY[each.finding])
        case "either":
            found = min(requesting, requested, key=lambda each: GRAVITY[each.finding])
        case side:
            found = requesting if side == "requesting" else requested
    why = join(say("It must carry {months} months at the most at least.", months=limit.months), found.why)
    return Refusal(ground="penalty-threshold", finding=found.finding, why=why, facts=(ruling, *found.facts))


def _side(view: View, question: Question, asked: Conduct, state: str, months: int) -> Weighed:
    told, there = question.circumstances.penalty_max_months, term("state", state)
    if state == question.requesting and told is not None:
        return Weighed("clear" if told >= months else "bars", _carries(there, say("{months} months", months=told)))
    if not asked.elements and asked.named is None:
        return Weighed("cannot-tell", say("No offence was named."))
    found = conducts.search(view, state, asked)
    known = conducts.grades(found.offences) if found.match in ("all", "unread") else []
    facts = found.offences[:3]
    if not known:
        return Weighed("cannot-tell", say("What it may carry in {state} is not among the facts.", state=there), facts)
    ordinary = known[0][1]
    if ordinary >= months:
        return Weighed("clear", _carries(there, conducts.told(ordinary)), facts)
    higher = next((grade for grade, most in known if most >= months), None)
    if higher is not None:
        when = quoted(higher.when) if higher.when else say("see the law")
        return Weighed("possible", say("In {state} only a higher grade does: {when}.", state=there, when=when), facts)
    akin = conducts.graver(view, state, asked, months)
    if akin is not None:
        why = say("In {state} {provision} does, if the conduct is that.", state=there, provision=akin.provision)
        return Weighed("possible", why, (*facts, akin))
    if found.match == "unread":
        return Weighed("cannot-tell", say("Which offence of {state} it is has not been entered.", state=there), facts)
    return Weighed("likely", _carries(there, conducts.told(ordinary)), facts)


def _carries(state: str, penalty: str) -> str:
    return say("In {state} it may carry {penalty}.", state=state, penalty=penalty)
