# SPDX-License-Identifier: Apache-2.0
"""Accepted in part.

The requested authority carries out a part and says why not the rest. It is considered before any refusal.
"""

from typing import Annotated

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.refusals import REFUSALS
from comity.protocol.terms.values import Line, Maybe, OneOf, Words


class AcceptedInPart(MoveBody):
    """What is granted, what is not, and why."""

    granted: Words = Field(title="Granted part", description="What will be carried out.")
    declined: Words = Field(title="Declined part", description="What will not be carried out.")
    ground: Annotated[str, OneOf(REFUSALS)] = Field(
        title="Refusal ground", description="The ground for the declined part."
    )
    instrument: Maybe[Line] = Field(default=None, title="Instrument", description="Treaty, law, or reciprocity.")
    article: Maybe[Line] = Field(default=None, title="Article", description="The article that gives the ground.")


MOVE = MoveKind(
    name="accepted-in-part",
    title="Accepted in part",
    description="Carry out a part of the request and say why not the rest.",
    body=AcceptedInPart,
    side="requested",
    approvals=1,
    example={
        "granted": "Invented example. Subscriber data of the two lines.",
        "declined": "The content of the messages.",
        "ground": "dual-criminality",
        "instrument": "ETS185",
        "article": "25(5)",
    },
)
