# SPDX-License-Identifier: Apache-2.0
"""Clarified.

The requester answers the questions; the requested authority's clock runs again.
"""

from typing import Annotated

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.values import Words


class Clarified(MoveBody):
    """The answers, in the order of the questions."""

    answers: Annotated[list[Words], Field(min_length=1)] = Field(
        title="Answers", description="In the order of the questions."
    )


MOVE = MoveKind(
    name="clarified",
    title="Clarified",
    description="Answer what was asked; the clock runs again.",
    body=Clarified,
    side="requesting",
    approvals=1,
    example={"answers": ["Invented example. All times are in UTC+8."]},
)
