# SPDX-License-Identifier: Apache-2.0
"""Small files inside a message. Each is what it says: its size and its fingerprint are those of its content."""

import base64
import binascii
import hashlib
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from comity.protocol.terms.parts import Part
from comity.protocol.terms.values import Sha256, fault

ATTACHMENTS_LIMIT = 700 * 1024
"""Bytes that the attachments of one message may hold together; larger material travels as an exhibit."""


class Attachment(Part):
    """A small file inside the message. Larger material travels as an exhibit."""

    name: Annotated[str, StringConstraints(max_length=120, pattern=r"^[^\x00-\x1f\x7f/\\]+$")] = Field(
        title="File name", description="Without a folder."
    )
    media_type: Annotated[
        str, StringConstraints(max_length=100, pattern=r"^[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*$")
    ] = Field(title="Media type", description="Such as application/pdf.")
    size: Annotated[int, Field(ge=0, le=ATTACHMENTS_LIMIT)] = Field(title="Size", description="In bytes.")
    sha256: Sha256 = Field(title="Fingerprint", description="SHA-256 of the content.")
    data: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]*={0,2}$")] = Field(
        title="Content", description="The content in base64.", json_schema_extra={"contentEncoding": "base64"}
    )

    @model_validator(mode="after")
    def _is_what_it_says(self) -> "Attachment":
        content = self.content()
        if len(content) != self.size:
            raise fault("size-differs")
        if "sha256:" + hashlib.sha256(content).hexdigest() != self.sha256:
            raise fault("digest-differs")
        return self

    def content(self) -> bytes:
        """The bytes of the file."""
        try:
            return base64.b64decode(self.data, validate=True)
        except binascii.Error:
            raise fault("not-base64") from None


def _small_together(attachments: list[Attachment]) -> list[Attachment]:
    if sum(each.size for each in attachments) > ATTACHMENTS_LIMIT:
        raise fault("attachments-too-large")
    return attachments


Attachments = Annotated[list[Attachment], Field(max_length=50), AfterValidator(_small_together)]
"""The files of one message."""
