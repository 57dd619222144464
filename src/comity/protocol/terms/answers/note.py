# SPDX-License-Identifier: Apache-2.0
"""Note.

Words between the parties that change no state.
"""

from pydantic import Field

from comity.protocol.terms.definitions import MoveKind
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.values import Words


class Note(MoveBody):
    """The words."""

    text: Words = Field(title="Text", description="What you want to say; it changes no state.")


MOVE = MoveKind(
    name="note",
    title="Note",
    description="Write to the other side without changing anything.",
    body=Note,
    side="either",
    approvals=0,
    example={"text": "Invented example. Our office is closed on Monday; the duty desk answers."},
)
