# SPDX-License-Identifier: Apache-2.0
"""Accepted with conditions.

The requested authority will carry out the request if the requester binds itself to conditions first.
"""

from typing import Annotated

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.parts import Condition


class AcceptedWithConditions(MoveBody):
    """The conditions."""

    conditions: Annotated[list[Condition], Field(min_length=1)] = Field(
        title="Conditions", description="What the receiver may not do, or must do."
    )


MOVE = MoveKind(
    name="accepted-with-conditions",
    title="Accepted with conditions",
    description="Carry out the request if the other side accepts these conditions first.",
    body=AcceptedWithConditions,
    side="requested",
    approvals=1,
    example={"conditions": [{"type": "named-case-only", "words": "Invented example. The named investigation only."}]},
)
