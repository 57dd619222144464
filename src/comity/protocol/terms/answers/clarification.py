# SPDX-License-Identifier: Apache-2.0
"""Clarification asked.

The requested authority cannot decide without more; its clock stops until the requester answers.
"""

from typing import Annotated

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.values import Maybe, Time, Words


class Clarification(MoveBody):
    """The questions."""

    questions: Annotated[list[Words], Field(min_length=1)] = Field(
        title="Questions", description="One question an entry."
    )
    answer_by: Maybe[Time] = Field(default=None, title="Answer by", description="In UTC.")


MOVE = MoveKind(
    name="clarification",
    title="Clarification asked",
    description="Ask what is missing; the clock stops until it is answered.",
    body=Clarification,
    side="requested",
    approvals=0,
    example={"questions": ["Invented example. In which time zone are the times of the calls?"]},
)
