# SPDX-License-Identifier: Apache-2.0
"""Recall answered: destroyed.

The holder has destroyed the material and every copy of it that it controls.
"""

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import RecallAnswer
from comity.protocol.terms.samples import DIGEST
from comity.protocol.terms.values import Time


class RecallDestroyed(RecallAnswer):
    """When it was done."""

    at: Time = Field(title="Done at", description="In UTC.")


MOVE = MoveKind(
    name="recall-destroyed",
    title="Recall answered: destroyed",
    description="Say that the material and its copies are destroyed.",
    body=RecallDestroyed,
    side="holder",
    approvals=1,
    example={"recall": DIGEST, "at": "2016-12-14T09:30:00.000Z", "words": "Invented example."},
)
