# SPDX-License-Identifier: Apache-2.0
"""A request weighed once: what the law says, the basis that it names, what that asks for, and what to look at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from comity.law.bases.answer import Answer, Basis
from comity.law.bases.asking import bases
from comity.law.requests.checklist import Item
from comity.law.requests.preflight import Reason, chosen, missing, preflight
from comity.law.requests.question import questions, state_of
from comity.law.view import View
from comity.protocol.terms import kinds


@dataclass(frozen=True, slots=True)
class Weighed:
    """A request between two states. `named` is the basis that it names, if it stands."""

    requesting: str
    requested: str
    answer: Answer
    named: Basis | None
    items: tuple[Item, ...]
    reasons: tuple[Reason, ...]

    @property
    def closed(self) -> Reason | None:
        """What closes the gate, if anything does."""
        return next((each for each in self.reasons if each.closes), None)


def weigh(view: View, kind: str, body: Mapping[str, Any], asking: str, asked: Sequence[str]) -> Iterator[Weighed]:
    """For each state of those asked; nothing for a kind that needs no basis. Authorities by their ids."""
    known = kinds.request_kinds().get(kind)
    if known is None:
        return
    members = frozenset(known.body.model_fields)
    for question in questions(kind, body, state_of(asking), list(dict.fromkeys(map(state_of, asked)))):
        answer = bases(view, question)
        yield Weighed(
            requesting=question.requesting,
            requested=question.requested,
            answer=answer,
            named=chosen(view, answer, body),
            items=missing(view, answer, body, members),
            reasons=preflight(view, answer, body, members),
        )
