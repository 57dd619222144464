# SPDX-License-Identifier: Apache-2.0
"""Settlement proposed.

A side proposes how the dispute ends. It binds nobody until the other side settles on it.
"""

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.values import Maybe, Time, Words


class SettlementProposed(MoveBody):
    """The terms, and why."""

    terms: Words = Field(title="Terms", description="What each side does, and by when.")
    reasons: Words = Field(title="Reasons", description="Why, in words.")
    answer_by: Maybe[Time] = Field(default=None, title="Answer by", description="In UTC.")


MOVE = MoveKind(
    name="settlement-proposed",
    title="Settlement proposed",
    description="Propose how the dispute ends, or make another proposal instead.",
    body=SettlementProposed,
    side="either",
    approvals=1,
    example={
        "terms": "Invented example. The subscriber data are produced; the content is not asked for again.",
        "reasons": "Both sides keep their view of the article.",
    },
)
