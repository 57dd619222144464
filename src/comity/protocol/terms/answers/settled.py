# SPDX-License-Identifier: Apache-2.0
"""Settled.

The other side's proposal is accepted as it stands, and with that the dispute is settled.
"""

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.samples import DIGEST
from comity.protocol.terms.values import Sha256


class Settled(MoveBody):
    """On which proposal."""

    accepts: Sha256 = Field(title="Proposal accepted", description="The digest of the proposal that now stands.")


MOVE = MoveKind(
    name="settled",
    title="Settled",
    description="Settle the dispute on the other side's proposal as it stands.",
    body=Settled,
    side="either",
    approvals=1,
    example={"accepts": DIGEST, "words": "Invented example."},
)
