# SPDX-License-Identifier: Apache-2.0
"""Impossible.

Nothing forbids the request and yet it cannot be carried out.
"""

from typing import Annotated

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.impossibility import IMPOSSIBILITY
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.values import OneOf, Words


class Impossible(MoveBody):
    """Why it cannot be done."""

    reason: Annotated[str, OneOf(IMPOSSIBILITY)] = Field(
        title="Reason of impossibility", description="The nearest reason."
    )
    reasons: Words = Field(title="Reasons", description="Why, in words.")


MOVE = MoveKind(
    name="impossible",
    title="Impossible",
    description="Say that it cannot be carried out, and why.",
    body=Impossible,
    side="requested",
    approvals=1,
    example={"reason": "no-longer-held", "reasons": "Invented example. The provider deletes such data after 90 days."},
)
