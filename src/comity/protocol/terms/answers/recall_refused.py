# SPDX-License-Identifier: Apache-2.0
"""Recall answered: refused.

The holder keeps using the material and says why: often its own law obliges it to keep what is in a court file.
"""

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import RecallAnswer
from comity.protocol.terms.samples import DIGEST
from comity.protocol.terms.values import Words


class RecallRefused(RecallAnswer):
    """Why."""

    reasons: Words = Field(title="Reasons", description="Why, in words.")


MOVE = MoveKind(
    name="recall-refused",
    title="Recall answered: refused",
    description="Say that the material stays in use, and why.",
    body=RecallRefused,
    side="holder",
    approvals=1,
    example={"recall": DIGEST, "reasons": "Invented example. The material is part of a court file."},
)
