# SPDX-License-Identifier: Apache-2.0
"""Allocation agreed.

The other side's proposal is accepted as it stands. With that both sides have agreed who prosecutes what.
"""

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.samples import DIGEST
from comity.protocol.terms.values import Sha256


class AllocationAgreed(MoveBody):
    """Which proposal."""

    accepts: Sha256 = Field(title="Proposal accepted", description="The digest of the proposal that now stands.")


MOVE = MoveKind(
    name="allocation-agreed",
    title="Allocation agreed",
    description="Agree to the other side's proposal as it stands.",
    body=AllocationAgreed,
    side="either",
    approvals=1,
    example={"accepts": DIGEST, "words": "Invented example."},
)
