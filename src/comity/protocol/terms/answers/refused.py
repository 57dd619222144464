# SPDX-License-Identifier: Apache-2.0
"""Refused.

A refusal names its ground, its article and its reasons, after a partial or conditional grant was considered.
"""

from typing import Annotated

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.refusals import REFUSALS
from comity.protocol.terms.values import Line, OneOf, Words


class Refused(MoveBody):
    """On which ground, under which article, for which reasons."""

    ground: Annotated[str, OneOf(REFUSALS)] = Field(title="Refusal ground", description="The ground in the vocabulary.")
    instrument: Line = Field(title="Instrument", description="Treaty, law, or reciprocity.")
    article: Line = Field(title="Article", description="The article that gives the ground.")
    reasons: Words = Field(title="Reasons", description="Why, in words.")
    partial_considered: bool = Field(
        title="Partial or conditional grant considered", description="It must be considered before a refusal."
    )


MOVE = MoveKind(
    name="refused",
    title="Refused",
    description="Refuse, naming the ground, the article and the reasons.",
    body=Refused,
    side="requested",
    approvals=1,
    example={
        "ground": "pending-proceedings",
        "instrument": "ETS24",
        "article": "8",
        "reasons": "Invented example. The person is prosecuted here for the same conduct.",
        "partial_considered": True,
    },
)
