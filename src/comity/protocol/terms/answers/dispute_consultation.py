# SPDX-License-Identifier: Apache-2.0
"""Consultation on the dispute.

The authorities concerned talk it over: an invitation to it, or what one side says in it.
"""

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.parts import Due
from comity.protocol.terms.values import Words


class DisputeConsultation(MoveBody):
    """What this side says, and by when the step is to end."""

    reasons: Words = Field(title="Position and reasons", description="What your side holds, and why.")
    due: list[Due] = Field(default_factory=list, title="Due times", description="By when this step is to end.")


MOVE = MoveKind(
    name="dispute-consultation",
    title="Consultation on the dispute",
    description="Consult the other authority on the dispute.",
    body=DisputeConsultation,
    side="either",
    approvals=1,
    example={
        "reasons": "Invented example. We propose a call of both units.",
        "due": [
            {"what": "Conclude the consultation", "at": "2017-01-20T12:00:00.000Z", "instrument": "COMITY-PRACTICE"}
        ],
    },
)
