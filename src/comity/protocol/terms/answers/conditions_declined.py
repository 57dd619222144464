# SPDX-License-Identifier: Apache-2.0
"""Conditions declined.

The receiver cannot keep the conditions and says why.
"""

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.values import Words


class ConditionsDeclined(MoveBody):
    """Why they cannot be kept."""

    reasons: Words = Field(title="Reasons", description="Why, in words.")


MOVE = MoveKind(
    name="conditions-declined",
    title="Conditions declined",
    description="Say that your authority cannot keep the conditions, and why.",
    body=ConditionsDeclined,
    side="requesting",
    approvals=1,
    example={"reasons": "Invented example. The law obliges us to disclose the file to the defence."},
)
