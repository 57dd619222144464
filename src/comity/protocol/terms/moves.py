# SPDX-License-Identifier: Apache-2.0
"""What every move says: words and small files beside its own members; and whom it is for, when not for all.

A file of `answers/` declares one move; `thread/graphs.py` says when it is allowed.
"""

from typing import Annotated

from pydantic import Field

from comity.protocol.terms.attachments import Attachments
from comity.protocol.terms.parts import Part
from comity.protocol.terms.values import Authority, Line, Maybe, Once, Sha256, Words

Digests = Annotated[Once[Sha256], Field(min_length=1)]


class MoveBody(Part):
    """What every move says."""

    reference: Maybe[Line] = Field(default=None, title="Our reference", description="Your own file number.")
    words: Maybe[Words] = Field(default=None, title="Remarks", description="Anything the other side should know.")
    towards: Once[Authority] = Field(
        default_factory=list,
        title="Towards",
        description="The authorities meant, when not all; used by the requesting side.",
    )
    attachments: Attachments = Field(
        default_factory=list, title="Attachments", description="Small files, 700 KiB in all."
    )


class RecallAnswer(MoveBody):
    """What a holder says about one recall."""

    recall: Sha256 = Field(title="Recall", description="The digest of the recall that is answered.")
