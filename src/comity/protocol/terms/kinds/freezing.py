# SPDX-License-Identifier: Apache-2.0
"""Freezing of property.

An order that property may not be moved or sold, carried out abroad.
"""

from pydantic import Field

from comity.protocol.terms.definitions import Clock, RequestKind
from comity.protocol.terms.parts import Assets, Person
from comity.protocol.terms.refusals import ASSET_GROUNDS, COMMON_GROUNDS
from comity.protocol.terms.requests import EvidenceBody
from comity.protocol.terms.samples import ASSET, EVIDENCE, SUSPECT
from comity.protocol.terms.values import Date, Line, Maybe, Words
from comity.protocol.terms.vocabulary import Source

_REGULATION = Source("EU-2018-1805", "9", verified=False)


def _within_48_hours(what: str, start: str, urgency: str) -> Clock:
    return Clock(what, 48, "hours", "max", start, _REGULATION, urgency=urgency)


class Freezing(EvidenceBody):
    """The order, the property, and who else may have a claim."""

    order_reference: Line = Field(title="Order", description="Court, number and kind of the order; attach it.")
    order_date: Date = Field(title="Date of the order", description="The day on which it was given.")
    assets: Assets = Field(title="Property", description="Each thing or balance.")
    relevance: Words = Field(
        title="Link of the property with the offence", description="Proceeds, tool, or value of them."
    )
    persons: list[Person] = Field(default_factory=list, title="Persons", description="The persons concerned.")
    claims: Maybe[Words] = Field(
        default=None, title="Victims and other claims", description="Who should get it back, and who else may claim it."
    )
    until: Maybe[Date] = Field(default=None, title="Freeze until", description="Or until the confiscation is decided.")


KIND = RequestKind(
    name="freezing",
    title="Freezing of property",
    description="Ask that property or money be frozen under an order.",
    body=Freezing,
    graph="request",
    stage="assets",
    approvals=1,
    coercive=True,
    clocks=(
        *(_within_48_hours("Decide on the request", "received", urgency) for urgency in ("urgent", "emergency")),
        *(_within_48_hours("Carry out the measure", "accepted", urgency) for urgency in ("urgent", "emergency")),
    ),
    refusals=(*COMMON_GROUNDS, *ASSET_GROUNDS),
    sources=(
        Source("EU-2018-1805", "19"),
        Source("UNTOC", "13"),
        Source("CN-ICJA-LAW", "39-46"),
        Source("UNCC", "50", verified=False),
    ),
    example={
        **EVIDENCE,
        "order_reference": "Sample District Court, freezing order 17/2016",
        "order_date": "2016-12-09",
        "assets": [ASSET],
        "relevance": "The balance is what is left of the victim's money. Invented example.",
        "persons": [SUSPECT],
    },
)
