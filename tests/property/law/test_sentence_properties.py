# SPDX-License-Identifier: Apache-2.0
"""Whatever is asked, all that an answer explains is a sentence that can be said again, or the words of a fact."""

from collections.abc import Iterator
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from comity.law.bases.answer import Answer
from comity.law.bases.asking import bases
from comity.law.bases.question import Circumstances, Question
from comity.law.facts.measures import MEASURES
from comity.law.requests.preflight import preflight
from comity.law.sentences import Sentence, Term
from comity.law.view import View, shipped_index
from comity.protocol.terms.offences import OFFENCES

DAY = date(2026, 11, 22)
STATES = ["BR", "CN", "DE", "ES", "FR", "JP", "KH", "MM", "SG", "TH", "US", "ZA"]
told = st.sampled_from([None, True, False])
circumstances = st.builds(
    Circumstances,
    nationalities=st.sampled_from([None, ("ES",), ("CN",)]),
    penalty_max_months=st.sampled_from([None, 6, 120]),
    sentence_left_months=st.sampled_from([None, 3, 24]),
    assurances=st.sampled_from([(), ("death-penalty", "retrial")]),
    organized_group=told,
    dual_criminality=told,
    political=told,
    in_absentia=told,
    minor=told,
    consent=told,
    reciprocity=told,
    emergency=told,
    coercive=told,
    evidence=told,
)


def texts(answer: Answer) -> Iterator[str]:
    """All that an answer explains."""
    yield answer.first
    yield from (each.text for each in answer.safeguards)
    yield from (each.words for each in answer.rejected)
    for other in answer.alternatives:
        yield from (other.text, other.limits)
    for basis in answer.bases:
        yield from (each.why for each in (*basis.refusals, *basis.followups))
        yield from (each.text for each in basis.trace)


@given(
    st.lists(st.sampled_from(STATES), min_size=2, max_size=2, unique=True),
    st.sampled_from(MEASURES),
    st.sampled_from(["", "CN:266", *OFFENCES.codes]),
    circumstances,
)
def test_every_text_is_a_sentence_or_the_words_of_a_fact(
    states: list[str], measure: str, offence: str, case: Circumstances
) -> None:
    view = View(shipped_index(), DAY, DAY)
    asked = Question(requesting=states[0], requested=states[1], measure=measure, offence=offence, circumstances=case)
    answer = bases(view, asked)
    bodies = [{"basis": {"instrument": each.instrument}} for each in (*answer.bases, *answer.rejected)]
    reasons = [each.words for body in ({}, *bodies) for each in preflight(view, answer, body, frozenset())]
    for text in (*texts(answer), *reasons):
        assert isinstance(text, Sentence) or (isinstance(text, Term) and text.kind == "words"), text
