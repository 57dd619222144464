# SPDX-License-Identifier: Apache-2.0
"""Confiscation of property.

A final decision that takes property away, carried out abroad; victims come first where possible.
"""

from pydantic import Field

from comity.protocol.terms.definitions import Clock, RequestKind
from comity.protocol.terms.parts import Assets, Persons
from comity.protocol.terms.refusals import ASSET_GROUNDS, COMMON_GROUNDS
from comity.protocol.terms.requests import EvidenceBody
from comity.protocol.terms.samples import ASSET, EVIDENCE, SUSPECT
from comity.protocol.terms.values import Date, Line, Maybe, Words
from comity.protocol.terms.vocabulary import Source


class Confiscation(EvidenceBody):
    """The decision, the property, and what should become of it."""

    order_reference: Line = Field(title="Order", description="Court, number and kind of the order; attach it.")
    order_date: Date = Field(title="Date of the order", description="The day on which it was given.")
    final: bool = Field(title="Order is final", description="No appeal is open.")
    assets: Assets = Field(title="Property", description="Each thing or balance.")
    relevance: Words = Field(
        title="Link of the property with the offence", description="Proceeds, tool, or value of them."
    )
    persons: Persons = Field(title="Persons", description="The persons concerned.")
    in_absentia: Maybe[Words] = Field(
        default=None, title="Trial in absentia", description="If the person was absent: how their rights were kept."
    )
    claims: Maybe[Words] = Field(
        default=None, title="Victims and other claims", description="Who should get it back, and who else may claim it."
    )
    return_sought: Maybe[Words] = Field(
        default=None, title="Return or sharing sought", description="What should become of the property."
    )


KIND = RequestKind(
    name="confiscation",
    title="Confiscation of property",
    description="Ask that a final confiscation order be carried out.",
    body=Confiscation,
    graph="request",
    stage="assets",
    approvals=1,
    coercive=True,
    clocks=(
        Clock("Decide on the request", 45, "days", "max", "received", Source("EU-2018-1805", "20", verified=False)),
    ),
    refusals=(*COMMON_GROUNDS, *ASSET_GROUNDS),
    sources=(
        Source("EU-2018-1805", "19"),
        Source("UNTOC", "13"),
        Source("CN-ICJA-LAW", "47-54"),
        Source("UNCC", "50", verified=False),
    ),
    example={
        **EVIDENCE,
        "order_reference": "Sample District Court, judgment 3/2018",
        "order_date": "2018-05-14",
        "final": True,
        "assets": [ASSET],
        "relevance": "The balance is what is left of the victim's money. Invented example.",
        "persons": [SUSPECT],
        "claims": "One victim, 480,000 yuan.",
        "return_sought": "Return to the victim.",
    },
)
