# SPDX-License-Identifier: Apache-2.0
"""What holds whatever the basis: the limits that no treaty lifts, said at both gates before a person decides."""

from collections.abc import Iterator

from comity.law.bases.answer import Note
from comity.law.bases.question import Question
from comity.law.bases.roads.road import concerns
from comity.law.sentences import quoted
from comity.law.view import View


def safeguards(view: View, question: Question) -> Iterator[Note]:
    """The rules of all states that concern the measure, in words, each with its source."""
    for rule in view.rules("any", question.requesting):
        if rule.topic.startswith("safeguard") and concerns(rule.measures, question.measure):
            yield Note(what="rule", text=quoted(rule.text), facts=(rule,))
