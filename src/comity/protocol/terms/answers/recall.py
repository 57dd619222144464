# SPDX-License-Identifier: Apache-2.0
"""Recall.

The author takes back or narrows information that it gave; every holder must answer.
"""

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import Digests, MoveBody
from comity.protocol.terms.samples import DIGEST
from comity.protocol.terms.values import Maybe, Words


class Recall(MoveBody):
    """What is taken back, and why."""

    of: Digests = Field(title="Messages meant", description="The digests of the messages meant.")
    reasons: Words = Field(title="Reasons", description="Why, in words.")
    narrowed_to: Maybe[Words] = Field(
        default=None, title="Narrowed to", description="What may still be used; leave out when nothing may."
    )


MOVE = MoveKind(
    name="recall",
    title="Recall",
    description="Take back or narrow information that you gave.",
    body=Recall,
    side="author",
    approvals=1,
    example={"of": [DIGEST], "reasons": "Invented example. The line was attributed to the wrong person."},
)
