# SPDX-License-Identifier: Apache-2.0
"""Emergency disclosure.

Stored data at once, because a life or safety is at risk. The facts must show the emergency and its link to the data.
"""

from typing import Annotated

from pydantic import Field

from comity.protocol.terms.clocks import EPOC
from comity.protocol.terms.data_categories import EMERGENCIES
from comity.protocol.terms.definitions import Clock, RequestKind
from comity.protocol.terms.parts import Basis, DataCategory, Identifiers, Period
from comity.protocol.terms.refusals import COMMON_GROUNDS
from comity.protocol.terms.requests import CaseBody
from comity.protocol.terms.samples import CASE, PHONE
from comity.protocol.terms.values import Line, Maybe, Once, OneOf, Words
from comity.protocol.terms.vocabulary import Source


class EmergencyDisclosure(CaseBody):
    """The emergency, the data, and how one needs the other."""

    basis: Basis = Field(title="Legal basis", description="What the request stands on.")
    emergency: Annotated[str, OneOf(EMERGENCIES)] = Field(title="Emergency", description="Which emergency it is.")
    emergency_facts: Words = Field(
        title="Facts of the emergency", description="What shows that life or safety is at risk."
    )
    link: Words = Field(title="Link with the data", description="How the data help against the emergency.")
    provider: Line = Field(title="Provider", description="The provider or other person that holds the data.")
    identifiers: Identifiers = Field(
        title="Identifiers", description="The accounts, numbers or addresses that are asked about."
    )
    data_categories: Annotated[Once[DataCategory], Field(min_length=1)] = Field(
        title="Data categories", description="Which kinds of data."
    )
    data_sought: Words = Field(title="Data sought", description="Exactly which data, and no more.")
    period: Maybe[Period] = Field(default=None, title="Time range", description="The time that the data cover.")


KIND = RequestKind(
    name="emergency-disclosure",
    title="Emergency disclosure",
    description="Ask for stored data at once because life or safety is at risk.",
    body=EmergencyDisclosure,
    graph="request",
    stage="evidence",
    approvals=1,
    coercive=True,
    clocks=(
        *(clock for clock in EPOC if clock.urgency in ("", "emergency")),
        Clock(
            "Have the order validated afterwards",
            48,
            "hours",
            "max",
            "emergency-order",
            Source("EU-2023-1543", ""),
            side="requesting",
        ),
    ),
    refusals=(*COMMON_GROUNDS, "immunity-or-privilege", "fundamental-rights"),
    sources=(
        Source("CETS224", "9", verified=False),
        Source("CETS224", "10", verified=False),
        Source("EU-2023-1543", "5(5)"),
        Source("ETS185", "35"),
    ),
    example={
        **CASE,
        "urgency": "emergency",
        "urgency_reason": "A person is held against their will. Invented example.",
        "basis": {"instrument": "ETS185", "article": "35"},
        "emergency": "risk-to-life",
        "emergency_facts": "The person sent a call for help from a locked house and has not answered since.",
        "link": "The line's last position leads to the house.",
        "provider": "Sample Telecom",
        "identifiers": [PHONE],
        "data_categories": ["traffic"],
        "data_sought": "Last position of the line.",
    },
)
