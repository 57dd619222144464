# SPDX-License-Identifier: Apache-2.0
"""Criteria stated.

A side of a consultation states where act, damage, suspects and evidence are, and how far it is. It proposes nothing.
"""

from pydantic import Field

from comity.protocol.terms.criteria import Criteria
from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.samples import CRITERIA


class CriteriaStated(MoveBody):
    """What this side states; it takes the place of what it stated before."""

    criteria: Criteria = Field(title="Our criteria", description="What your side states; leave out what is not known.")


MOVE = MoveKind(
    name="criteria-stated",
    title="Criteria stated",
    description="State the criteria for your side; a standing proposal is put aside.",
    body=CriteriaStated,
    side="either",
    approvals=1,
    example={
        "criteria": {**CRITERIA, "stage": "inquiry", "grounds": ["territorial"], "law": "Código Penal, art. 248"},
        "words": "Invented example.",
    },
)
