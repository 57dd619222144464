# SPDX-License-Identifier: Apache-2.0
"""Public material.

What anybody may see: open sources and public registers. Budapest 32(a) asks nobody's leave; local help saves time.
"""

from typing import Annotated

from pydantic import Field

from comity.protocol.terms.definitions import RequestKind
from comity.protocol.terms.requests import RequestBody
from comity.protocol.terms.samples import REQUEST
from comity.protocol.terms.values import Line, Maybe, Words
from comity.protocol.terms.vocabulary import Source


class PublicMaterial(RequestBody):
    """What is sought, where it is, and how it should be captured."""

    sought: Words = Field(title="Information sought", description="Precisely what you ask.")
    places: Annotated[list[Line], Field(min_length=1)] = Field(
        title="Where it is public", description="Web addresses or public registers."
    )
    capture: Maybe[Words] = Field(
        default=None, title="Way of capture", description="Screenshots, certified extracts, or only the content."
    )


KIND = RequestKind(
    name="public-material",
    title="Public material",
    description="Ask for help with what anybody may see: open sources and public registers.",
    body=PublicMaterial,
    graph="request",
    stage="inform",
    approvals=0,
    coercive=False,
    refusals=("no-legal-basis", "other"),
    sources=(Source("ETS185", "32"),),
    example={
        **REQUEST,
        "sought": "Extract of the company register for Sample Trading.",
        "places": ["https://register.example/sample-trading"],
        "capture": "Certified extract. Invented example.",
    },
)
