# SPDX-License-Identifier: Apache-2.0
"""Allocation proposed.

A side of a consultation proposes who prosecutes which conduct. It binds nobody until the other side agrees to it.
"""

from pydantic import Field

from comity.protocol.terms.criteria import Allocation
from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.samples import ALLOCATION
from comity.protocol.terms.values import Maybe, Time, Words


class AllocationProposed(MoveBody):
    """Who prosecutes what, and why."""

    allocation: Allocation = Field(
        title="Allocation", description="Who prosecutes what, and what follows for evidence, victims and time served."
    )
    reasons: Words = Field(title="Reasons", description="Why, in words.")
    answer_by: Maybe[Time] = Field(default=None, title="Answer by", description="In UTC.")


MOVE = MoveKind(
    name="allocation-proposed",
    title="Allocation proposed",
    description="Propose who prosecutes what, or make another proposal instead.",
    body=AllocationProposed,
    side="either",
    approvals=1,
    example={
        "allocation": ALLOCATION,
        "reasons": "Invented example. Victims, suspects and most of the evidence are of one country.",
    },
)
