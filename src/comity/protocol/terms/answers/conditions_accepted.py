# SPDX-License-Identifier: Apache-2.0
"""Conditions accepted.

The receiver binds itself to the conditions that were set.
"""

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import MoveBody


class ConditionsAccepted(MoveBody):
    """Nothing more than the consent itself."""


MOVE = MoveKind(
    name="conditions-accepted",
    title="Conditions accepted",
    description="Bind your authority to the conditions set.",
    body=ConditionsAccepted,
    side="requesting",
    approvals=1,
    example={"words": "Invented example. We keep all conditions."},
)
