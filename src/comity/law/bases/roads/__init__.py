# SPDX-License-Identifier: Apache-2.0
"""The roads of law that may carry a measure between two: which stand, and why the others do not.

In this order: treaties between the two; instruments that bind both; the requested state's own law; roads between
police. A road that stands is weighed later; here is decided only whether there is one.
"""

from collections.abc import Iterator

from comity.law.bases.conduct import Conduct
from comity.law.bases.question import Question
from comity.law.bases.roads.between import between
from comity.law.bases.roads.many import many
from comity.law.bases.roads.own_law import own_law
from comity.law.bases.roads.police import police
from comity.law.bases.roads.road import Found
from comity.law.view import View


def roads(view: View, question: Question, asked: Conduct) -> Iterator[Found]:
    """Every road that the facts know of, standing or rejected."""
    yield from between(view, question, asked)
    yield from many(view, question, asked)
    yield from own_law(view, question)
    yield from police(view, question, asked)
