# SPDX-License-Identifier: Apache-2.0
"""What must come after a request, and by when: a hold ends, an arrest ends, and what police told is no evidence yet."""

from collections.abc import Iterator

from comity.law.bases.answer import FollowUp
from comity.law.bases.question import Question
from comity.law.bases.roads.road import Road
from comity.law.facts.terms import Deadline
from comity.law.sentences import quoted, say
from comity.law.view import View


def followups(view: View, question: Question, road: Road, clocks: tuple[Deadline, ...]) -> Iterator[FollowUp]:
    """What a road asks for later."""
    if question.measure == "preservation":
        hold = next((each for each in clocks if each.what == "keep-the-data"), None)
        why = say("The request for the data must come before the hold ends.")
        yield FollowUp(measure="production", why=why, deadline=hold)
    if question.measure == "provisional-arrest" and not road.alone:
        full = [each for each in clocks if each.what == "send-the-full-request"]
        last = max(full, key=lambda each: each.bound == "max", default=None)
        why = say("The full request must come before the arrest ends.")
        yield FollowUp(measure="extradition", why=why, deadline=last)
    if question.measure in ("emergency-disclosure", "partial-disclosure-of-traffic-data"):
        yield FollowUp(measure="mutual-legal-assistance", why=say("For use as evidence a formal request follows."))
    if road.kind == "police":
        why = say("What police told is intelligence until a request upgrades it.")
        yield FollowUp(measure="mutual-legal-assistance", why=why)
        for rule in view.rules(question.requested, question.requesting):
            if rule.effect == "follow-up":
                yield FollowUp(measure="mutual-legal-assistance", why=quoted(rule.text))
