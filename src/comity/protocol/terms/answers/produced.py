# SPDX-License-Identifier: Apache-2.0
"""Produced.

The answer itself: data, documents or words, with the conditions under which they may be used.
"""

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import Digests, MoveBody
from comity.protocol.terms.parts import Condition, DataItem
from comity.protocol.terms.values import Maybe, Words


class Produced(MoveBody):
    """What is handed over."""

    answer: Words = Field(title="Answer", description="What was found or done, in words.")
    items: list[DataItem] = Field(
        default_factory=list, title="Data handed over", description="What each file or exhibit holds."
    )
    exhibits: Maybe[Digests] = Field(
        default=None, title="Exhibits", description="Digests of material that travels as exhibits."
    )
    conditions: list[Condition] = Field(
        default_factory=list, title="Conditions", description="What the receiver may not do, or must do."
    )
    complete: bool = Field(title="Complete", description="Nothing more will follow.")
    source_statement: Maybe[Words] = Field(
        default=None, title="Statement of origin", description="How, when and by whom the material was obtained."
    )


MOVE = MoveKind(
    name="produced",
    title="Produced",
    description="Hand over what was asked, with its conditions of use.",
    body=Produced,
    side="requested",
    approvals=1,
    example={
        "answer": "Invented example. The line is held by Sample Trading.",
        "items": [{"category": "subscriber", "description": "Holder and address of the line"}],
        "conditions": [{"type": "named-case-only"}],
        "complete": True,
    },
)
