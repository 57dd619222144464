# SPDX-License-Identifier: Apache-2.0
"""Conciliation of the dispute.

Higher authorities (central authorities, ministries) take it up: a call for it, or what one side says in it.
"""

from typing import Annotated

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.parts import Due
from comity.protocol.terms.values import Line, Words


class DisputeConciliation(MoveBody):
    """What this side says, and by when the step is to end."""

    authorities: Annotated[list[Line], Field(min_length=1)] = Field(
        title="Higher authorities", description="Central authorities or ministries, one an entry."
    )
    reasons: Words = Field(title="Position and reasons", description="What your side holds, and why.")
    due: list[Due] = Field(default_factory=list, title="Due times", description="By when this step is to end.")


MOVE = MoveKind(
    name="dispute-conciliation",
    title="Conciliation of the dispute",
    description="Bring the dispute before higher authorities of both sides.",
    body=DisputeConciliation,
    side="either",
    approvals=1,
    example={
        "authorities": ["Sample Ministry of Justice, ES", "Sample Ministry of Justice, CN"],
        "reasons": "Invented example. The authorities concerned did not agree.",
    },
)
