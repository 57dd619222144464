# SPDX-License-Identifier: Apache-2.0
"""Extension of a preservation.

The preservation ends before the request for the data is ready: it is kept longer, under its earlier reference.
"""

from pydantic import Field

from comity.protocol.terms.definitions import Clock, RequestKind
from comity.protocol.terms.requests import RequestBody
from comity.protocol.terms.samples import REQUEST
from comity.protocol.terms.values import Line, Maybe, Thread, Time, Words
from comity.protocol.terms.vocabulary import Source


class PreservationExtension(RequestBody):
    """Which preservation, until when, and why the request for the data is not there yet."""

    ticket: Line = Field(
        title="Preservation reference", description="To be named in an extension and in the request for the data."
    )
    thread: Maybe[Thread] = Field(default=None, title="Earlier thread", description="When it went through Comity.")
    until: Time = Field(title="Preserve until", description="The new end, in UTC.")
    reasons: Words = Field(title="Reasons", description="Why, in words.")
    mla_status: Words = Field(
        title="State of the request for the data", description="What was sent or is being prepared."
    )


KIND = RequestKind(
    name="preservation-extension",
    title="Extension of a preservation",
    description="Ask that data already preserved be kept longer.",
    body=PreservationExtension,
    graph="preservation",
    stage="secure",
    approvals=1,
    coercive=True,
    clocks=(Clock("Keep the data longer", 30, "days", "max", "preserved", Source("EU-2023-1543", "Annex VI")),),
    refusals=("political-offence", "essential-interests", "other"),
    sources=(Source("ETS185", "29(7)"), Source("EU-2023-1543", "Annex VI")),
    example={
        **REQUEST,
        "ticket": "SAMPLE-PRES-4711",
        "until": "2017-04-12T08:00:00.000Z",
        "reasons": "The translation of the request takes another month. Invented example.",
        "mla_status": "Signed by the prosecutor; being translated.",
    },
)
