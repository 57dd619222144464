# SPDX-License-Identifier: Apache-2.0
"""Dispute referred.

The dispute leaves the authorities: to the diplomatic channel, or to what the instrument's dispute clause provides.
"""

from typing import Annotated, Any

from pydantic import ConfigDict, Field, model_validator

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.disputes import REFERRALS, RESERVATIONS
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.values import Line, Maybe, OneOf, Words, fault

CLAUSE_NAMED: dict[str, Any] = {
    "if": {"properties": {"to": {"const": "diplomatic-channel"}}, "required": ["to"]},
    "else": {"required": ["instrument"]},
}


class Referred(MoveBody):
    """To what, under which clause, and whether a reservation stands against it."""

    model_config = ConfigDict(json_schema_extra=CLAUSE_NAMED)

    to: Annotated[str, OneOf(REFERRALS)] = Field(title="Referred to", description="What takes it up.")
    instrument: Maybe[Line] = Field(default=None, title="Instrument", description="Treaty, law, or reciprocity.")
    article: Maybe[Line] = Field(default=None, title="Article", description="The article that provides for it.")
    reservation: Annotated[str, OneOf(RESERVATIONS)] = Field(
        title="Reservation to the clause", description="A state may have declared that the clause does not bind it."
    )
    reasons: Words = Field(title="Reasons", description="Why, in words.")

    @model_validator(mode="after")
    def _clause_is_named(self) -> "Referred":
        if self.to != "diplomatic-channel" and self.instrument is None:
            raise fault("instrument-missing")
        return self


MOVE = MoveKind(
    name="referred",
    title="Dispute referred",
    description="Refer the dispute to the diplomatic channel or to the instrument's dispute clause.",
    body=Referred,
    side="either",
    approvals=1,
    example={
        "to": "negotiation",
        "instrument": "UNTOC",
        "article": "35(1)",
        "reservation": "not-checked",
        "reasons": "Invented example. Conciliation came to nothing.",
    },
)
