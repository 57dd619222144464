# SPDX-License-Identifier: Apache-2.0
"""Allocation carried out.

A side says what it did to carry out what was agreed; a transfer of proceedings is named by its thread.
"""

from typing import Annotated, Any

from pydantic import ConfigDict, Field, model_validator

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.jurisdiction import ALLOCATIONS
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.values import Maybe, OneOf, Thread, Words, fault

TRANSFER_NAMED: dict[str, Any] = {
    "if": {"properties": {"outcome": {"const": "transfer"}}, "required": ["outcome"]},
    "then": {"required": ["transfer"]},
}


class AllocationCarriedOut(MoveBody):
    """What was done, and where the transfer was asked for."""

    model_config = ConfigDict(json_schema_extra=TRANSFER_NAMED)

    outcome: Annotated[str, OneOf(ALLOCATIONS)] = Field(title="Outcome", description="Who prosecutes.")
    transfer: Maybe[Thread] = Field(
        default=None, title="Transfer of proceedings", description="The thread in which the transfer is asked for."
    )
    done: Words = Field(title="What was done", description="Discontinued, handed over, told to whom, and when.")

    @model_validator(mode="after")
    def _transfer_is_named(self) -> "AllocationCarriedOut":
        if self.outcome == "transfer" and self.transfer is None:
            raise fault("transfer-missing")
        return self


MOVE = MoveKind(
    name="allocation-carried-out",
    title="Allocation carried out",
    description="Say what was done to carry out what was agreed.",
    body=AllocationCarriedOut,
    side="either",
    approvals=1,
    example={
        "outcome": "transfer",
        "transfer": "01590000-0000-7000-8000-000000000118",
        "done": "Invented example. The transfer was asked for and our own proceedings rest.",
    },
)
