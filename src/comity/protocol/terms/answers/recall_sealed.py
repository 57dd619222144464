# SPDX-License-Identifier: Apache-2.0
"""Recall answered: sealed.

The holder keeps the material out of use, where nobody works with it.
"""

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import RecallAnswer
from comity.protocol.terms.samples import DIGEST
from comity.protocol.terms.values import Time


class RecallSealed(RecallAnswer):
    """When it was done."""

    at: Time = Field(title="Done at", description="In UTC.")


MOVE = MoveKind(
    name="recall-sealed",
    title="Recall answered: sealed",
    description="Say that the material is sealed and no longer used.",
    body=RecallSealed,
    side="holder",
    approvals=1,
    example={"recall": DIGEST, "at": "2016-12-14T09:30:00.000Z", "words": "Invented example."},
)
