# SPDX-License-Identifier: Apache-2.0
"""Preserved.

The data are kept as they were and will not be lost until the time stated. They are not handed over yet.
"""

from typing import Annotated

from pydantic import Field, model_validator

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.parts import DataItem
from comity.protocol.terms.samples import ADDRESS, PERIOD
from comity.protocol.terms.values import Line, Maybe, Time, fault


class Preserved(MoveBody):
    """What is kept, since when and until when."""

    since: Time = Field(title="Preserved since", description="In UTC.")
    until: Time = Field(title="Preserved until", description="When the preservation ends unless extended, in UTC.")
    ticket: Line = Field(
        title="Preservation reference", description="To be named in an extension and in the request for the data."
    )
    items: Annotated[list[DataItem], Field(min_length=1)] = Field(title="Preserved data", description="What is kept.")
    other_provider: Maybe[Line] = Field(
        default=None,
        title="Other provider in the path",
        description="Another provider or country that the data lead to.",
    )

    @model_validator(mode="after")
    def _in_order(self) -> "Preserved":
        if self.until < self.since:
            raise fault("ends-first")
        return self


MOVE = MoveKind(
    name="preserved",
    title="Preserved",
    description="Say what is kept, since when and until when.",
    body=Preserved,
    side="requested",
    approvals=1,
    example={
        "since": "2016-12-13T08:00:00.000Z",
        "until": "2017-02-11T08:00:00.000Z",
        "ticket": "SAMPLE-PRES-4711",
        "items": [
            {
                "category": "traffic",
                "description": "Invented example. Call records",
                "identifiers": [ADDRESS],
                "period": PERIOD,
            }
        ],
    },
)
