# SPDX-License-Identifier: Apache-2.0
"""Postponed.

The requested authority acts later, because acting now would prejudice its own investigation or proceedings.
"""

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.values import Maybe, Time, Words


class Postponed(MoveBody):
    """Why, and until when."""

    reasons: Words = Field(title="Reasons", description="Why, in words.")
    until: Maybe[Time] = Field(default=None, title="Postponed until", description="If it can be said, in UTC.")


MOVE = MoveKind(
    name="postponed",
    title="Postponed",
    description="Act later, because acting now would prejudice your own case.",
    body=Postponed,
    side="requested",
    approvals=1,
    example={"reasons": "Invented example. An arrest in our own case is planned.", "until": "2017-01-15T00:00:00.000Z"},
)
