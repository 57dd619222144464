# SPDX-License-Identifier: Apache-2.0
"""Traffic data in real time.

Records of communications collected while they happen, without their content. Budapest 33.
"""

from pydantic import Field

from comity.protocol.terms.clocks import EIO
from comity.protocol.terms.definitions import RequestKind
from comity.protocol.terms.parts import Identifiers, Period
from comity.protocol.terms.refusals import COMMON_GROUNDS, EVIDENCE_GROUNDS
from comity.protocol.terms.requests import EvidenceBody
from comity.protocol.terms.samples import EVIDENCE, PERIOD, PHONE
from comity.protocol.terms.values import Line, Maybe, Words
from comity.protocol.terms.vocabulary import Source


class RealTimeTraffic(EvidenceBody):
    """Which lines, for how long, by whose decision, and how the records are delivered."""

    court: Words = Field(title="Prosecutor or court", description="Who is in charge, and the decisions already taken.")
    identifiers: Identifiers = Field(
        title="Identifiers", description="The accounts, numbers or addresses that are asked about."
    )
    period: Period = Field(title="Duration of the measure", description="From when to when the measure is asked.")
    relevance: Words = Field(
        title="Necessity and proportionality", description="How it relates to the offence and why it is needed."
    )
    provider: Maybe[Line] = Field(default=None, title="Provider", description="The provider of the lines, if known.")
    delivery: Line = Field(title="Form of delivery", description="The format in which the data are wished.")


KIND = RequestKind(
    name="real-time-traffic",
    title="Traffic data in real time",
    description="Ask that records of communications be collected while they happen.",
    body=RealTimeTraffic,
    graph="request",
    stage="evidence",
    approvals=2,
    coercive=True,
    clocks=EIO,
    refusals=(*COMMON_GROUNDS, *EVIDENCE_GROUNDS),
    sources=(Source("ETS185", "33"), Source("UNCC", "45", verified=False)),
    example={
        **EVIDENCE,
        "court": "Sample District Court, order of 9 December 2016",
        "identifiers": [PHONE],
        "period": PERIOD,
        "relevance": "Only the records show from where the group calls. Invented example.",
        "delivery": "One CSV file a day",
    },
)
