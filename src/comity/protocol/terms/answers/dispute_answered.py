# SPDX-License-Identifier: Apache-2.0
"""Dispute answered.

The other side says what it holds of the dispute, with its reasons, and whether the times proposed are accepted.
"""

from typing import Annotated

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.disputes import DISPUTE_POSITIONS
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.steps import StepTimes
from comity.protocol.terms.values import Maybe, OneOf, Words


class DisputeAnswered(MoveBody):
    """The position, the reasons, and the times."""

    position: Annotated[str, OneOf(DISPUTE_POSITIONS)] = Field(
        title="Position", description="What your side holds of it."
    )
    reasons: Words = Field(title="Reasons", description="Why, in words.")
    remedy: Maybe[Words] = Field(default=None, title="Remedy", description="What you do about it, if anything.")
    times_accepted: bool = Field(
        title="Times accepted", description="The days for each step are accepted as they were proposed."
    )
    times: Maybe[StepTimes] = Field(
        default=None, title="Other times", description="What you propose instead, when they are not accepted."
    )


MOVE = MoveKind(
    name="dispute-answered",
    title="Dispute answered",
    description="Answer the dispute with your reasons.",
    body=DisputeAnswered,
    side="requested",
    approvals=1,
    example={
        "position": "shared-in-part",
        "reasons": "Invented example. A partial grant was not considered.",
        "remedy": "The request is considered again.",
        "times_accepted": True,
    },
)
