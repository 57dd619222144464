# SPDX-License-Identifier: Apache-2.0
"""Closed.

One side ends the matter and accounts for it.
"""

from typing import Annotated

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.procedure import OUTCOMES
from comity.protocol.terms.values import Maybe, OneOf, Words


class Closed(MoveBody):
    """How it ended, and what was done with what came."""

    outcome: Annotated[str, OneOf(OUTCOMES)] = Field(title="Outcome", description="How the request ended.")
    use_made: Maybe[Words] = Field(
        default=None, title="Use made of the answer", description="The account that the other side may have asked for."
    )


MOVE = MoveKind(
    name="closed",
    title="Closed",
    description="End the matter and account for the use made of the answer.",
    body=Closed,
    side="either",
    approvals=0,
    example={"outcome": "answered", "use_made": "Invented example. Used in the named investigation only."},
)
