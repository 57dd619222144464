# SPDX-License-Identifier: Apache-2.0
"""No agreement.

A consultation came to nothing for now. New criteria or a new proposal take it up again; a dispute may be raised.
"""

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.values import Maybe, Thread, Words


class NotAgreed(MoveBody):
    """Why, and whether a dispute was raised."""

    reasons: Words = Field(title="Reasons", description="Why, in words.")
    dispute: Maybe[Thread] = Field(
        default=None, title="Dispute raised", description="The thread of the dispute, when there is one."
    )


MOVE = MoveKind(
    name="not-agreed",
    title="No agreement",
    description="Say that no agreement was reached, and why.",
    body=NotAgreed,
    side="either",
    approvals=1,
    example={"reasons": "Invented example. Both sides have charged the same person."},
)
