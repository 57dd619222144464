# SPDX-License-Identifier: Apache-2.0
"""Which bases carry a measure between two, and what follows from each.

In this order: the conduct; every road that the facts know of; the terms and the grounds of each that stands; their
rank; what can be done where none stands; and what to say first. It is a pure function of the view and the question.
"""

from collections.abc import Iterable, Sequence

from comity.law.bases import conduct as conducts
from comity.law.bases import terms
from comity.law.bases.alternatives import alternatives
from comity.law.bases.answer import TREATIES, Answer, Basis, Outcome, Rejected
from comity.law.bases.conduct import Conduct
from comity.law.bases.followups import followups
from comity.law.bases.opening import opening
from comity.law.bases.question import Question, known_measure
from comity.law.bases.ranking import rank
from comity.law.bases.refusals import refusals
from comity.law.bases.roads import roads
from comity.law.bases.roads.road import Road
from comity.law.bases.safeguards import safeguards
from comity.law.errors import QuestionUnsound
from comity.law.facts.fact import Fact
from comity.law.facts.measures import COERCIVE
from comity.law.sentences import say, term
from comity.law.states import known_state
from comity.law.view import View


def bases(view: View, question: Question) -> Answer:
    """The answer to a question. Raises `QuestionUnsound`, `OffenceUnknown`, `StateUnknown`."""
    known_measure(question.measure)
    for state in (question.requesting, question.requested):
        known_state(state)
    if question.requesting == question.requested:
        what = say("{state} asks itself", state=term("state", question.requesting))
        raise QuestionUnsound(what=what, known=say("two different states"))
    conducts.known_offence(view, question.offence)
    asked = conducts.conduct(view, question)
    found = list(roads(view, question, asked))
    standing = sorted((_basis(view, question, asked, each) for each in found if isinstance(each, Road)), key=rank)
    rejected = tuple(each for each in found if isinstance(each, Rejected))
    first, deciding = opening(question, tuple(standing), rejected)
    return Answer(
        question=question,
        on=view.on,
        known=view.known,
        finding=finding(question.measure, standing, rejected),
        bases=tuple(standing),
        rejected=rejected,
        alternatives=() if any(_treaty(each) for each in standing) else tuple(alternatives(view, question, standing)),
        safeguards=tuple(safeguards(view, question)),
        first=first,
        unverified=_unverified(standing, rejected, deciding),
    )


def finding(measure: str, standing: Sequence[Basis | Road], rejected: Iterable[Rejected]) -> Outcome:
    """What bases in their order, and what was rejected, come to. Roads between police count for their own measure only.

    That no treaty carries a measure does not say that nothing does: the other's own law may. So `none` needs a rule
    which says that there it needs a treaty.
    """
    carrying = [each for each in standing if each.kind != "police" or measure == "police-cooperation"]
    if carrying:
        return "basis" if carrying[0].fits in ("in", "possible") else "cannot-tell"
    closed = any(each.why == "treaty-needed" for each in rejected)
    return "none" if closed and all(each.finding == "no" for each in rejected) else "cannot-tell"


def _treaty(basis: Basis) -> bool:
    """Whether a treaty surely carries it, and nothing bars it."""
    return basis.kind in TREATIES and basis.obligation != "none" and not basis.barred


def _basis(view: View, question: Question, asked: Conduct, road: Road) -> Basis:
    rules = terms.own_rules(view, question, road)
    ways = terms.ways(road, rules)
    clocks = terms.clocks(road, rules)
    return Basis(
        instrument=road.instrument,
        article=road.article,
        kind=road.kind,
        obligation=road.obligation,
        since=road.since,
        fits=road.fits,
        specific=road.specific,
        coercion=road.kind != "police" and question.measure in COERCIVE,
        ways=ways,
        authorities=terms.authorities(view, question, road, ways),
        languages=terms.languages(road, rules),
        contents=terms.contents(road, rules),
        clocks=clocks,
        refusals=refusals(view, question, asked, road),
        uses=terms.uses(road, rules),
        followups=tuple(followups(view, question, road, clocks)),
        trace=(*road.trace, *terms.told(road, rules, question.measure)),
        deciding=road.deciding,
    )


def _unverified(standing: Iterable[Basis], rejected: Iterable[Rejected], deciding: Iterable[Fact]) -> tuple[Fact, ...]:
    """What is not verified, without what was named first: the warning keeps its meaning."""
    named = {id(each) for each in deciding}
    facts = [fact for each in standing for fact in each.facts] + [fact for each in rejected for fact in each.facts]
    return tuple({id(each): each for each in facts if not each.verified and id(each) not in named}.values())
