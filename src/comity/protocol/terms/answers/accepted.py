# SPDX-License-Identifier: Apache-2.0
"""Accepted.

The requested authority will carry out the whole request.
"""

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.values import Maybe, Time


class Accepted(MoveBody):
    """By when."""

    expected: Maybe[Time] = Field(
        default=None, title="Answer expected", description="When you expect to answer, in UTC."
    )


MOVE = MoveKind(
    name="accepted",
    title="Accepted",
    description="Carry out the whole request.",
    body=Accepted,
    side="requested",
    approvals=1,
    example={"expected": "2016-12-20T12:00:00.000Z", "words": "Invented example."},
)
