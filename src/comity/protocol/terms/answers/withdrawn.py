# SPDX-License-Identifier: Apache-2.0
"""Withdrawn.

The requester no longer asks; nobody should spend more time on it.
"""

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.values import Words


class Withdrawn(MoveBody):
    """Why."""

    reasons: Words = Field(title="Reasons", description="Why, in words.")


MOVE = MoveKind(
    name="withdrawn",
    title="Withdrawn",
    description="Take the request back.",
    body=Withdrawn,
    side="requesting",
    approvals=1,
    example={"reasons": "Invented example. The account was identified from another source."},
)
