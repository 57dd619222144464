# SPDX-License-Identifier: Apache-2.0
"""Acknowledged.

A person at the requested authority has seen the request. It promises nothing yet.
"""

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.parts import Contact
from comity.protocol.terms.values import Maybe, Time


class Acknowledged(MoveBody):
    """Who deals with it, and until when."""

    contact: Maybe[Contact] = Field(default=None, title="Contact", description="Who deals with the request.")
    expected: Maybe[Time] = Field(
        default=None, title="Answer expected", description="When you expect to answer, in UTC."
    )


MOVE = MoveKind(
    name="acknowledged",
    title="Acknowledged",
    description="Say that the request was seen and who deals with it.",
    body=Acknowledged,
    side="requested",
    approvals=0,
    example={"reference": "SAMPLE-ES-2016-88", "words": "Invented example. Dealt with by the sample duty desk."},
)
