# SPDX-License-Identifier: Apache-2.0
"""Receipt of the answer confirmed.

The requester has the answer and could read it.
"""

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import Digests, MoveBody
from comity.protocol.terms.samples import DIGEST


class Confirmed(MoveBody):
    """What was received, and whether it was whole."""

    of: Digests = Field(title="Messages meant", description="The digests of the messages meant.")
    intact: bool = Field(title="Received intact", description="Every file could be opened and is what was stated.")


MOVE = MoveKind(
    name="confirmed",
    title="Receipt of the answer confirmed",
    description="Confirm that the answer arrived whole.",
    body=Confirmed,
    side="requesting",
    approvals=0,
    example={"of": [DIGEST], "intact": True, "words": "Invented example."},
)
