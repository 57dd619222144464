# SPDX-License-Identifier: Apache-2.0
"""Traffic data.

Stored records of who communicated with whom, when and from where. Budapest 31; 31(3) asks haste when data may be lost.
"""

from pydantic import Field

from comity.protocol.terms.clocks import EPOC, PROTOCOL_TRAFFIC
from comity.protocol.terms.definitions import RequestKind
from comity.protocol.terms.parts import Period
from comity.protocol.terms.refusals import COMMON_GROUNDS, EPOC_GROUNDS
from comity.protocol.terms.requests import ProviderDataBody
from comity.protocol.terms.samples import PERIOD, PROVIDER_DATA
from comity.protocol.terms.vocabulary import Source


class TrafficData(ProviderDataBody):
    """As for subscriber information, and the time range is needed."""

    period: Period = Field(title="Time range", description="The time that the data cover.")
    user_identification_only: bool = Field(
        default=False, title="Only to identify the user", description="The data are asked only to identify the user."
    )


KIND = RequestKind(
    name="traffic-data",
    title="Traffic data",
    description="Ask for stored records of communications, without their content.",
    body=TrafficData,
    graph="request",
    stage="evidence",
    approvals=1,
    coercive=True,
    clocks=(*EPOC, *PROTOCOL_TRAFFIC),
    refusals=(*COMMON_GROUNDS, *EPOC_GROUNDS, "reservation"),
    sources=(
        Source("ETS185", "31"),
        Source("EU-2023-1543", "5(5)"),
        Source("CETS224", "8", verified=False),
        Source("UNCC", "44", verified=False),
    ),
    example={**PROVIDER_DATA, "period": PERIOD, "data_sought": "Call records of the line, with times and cell sites."},
)
