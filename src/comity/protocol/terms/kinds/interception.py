# SPDX-License-Identifier: Apache-2.0
"""Interception of communications.

The content of communications while they happen. Budapest 34: as far as treaties and domestic law allow.
"""

from pydantic import Field

from comity.protocol.terms.clocks import EIO
from comity.protocol.terms.definitions import RequestKind
from comity.protocol.terms.parts import Identifiers, Period, Persons
from comity.protocol.terms.refusals import COMMON_GROUNDS, EVIDENCE_GROUNDS
from comity.protocol.terms.requests import EvidenceBody
from comity.protocol.terms.samples import EVIDENCE, PERIOD, PHONE, SUSPECT
from comity.protocol.terms.values import Line, Maybe, Words
from comity.protocol.terms.vocabulary import Source


class Interception(EvidenceBody):
    """Whose communications, for how long, by whose decision, and why nothing milder does."""

    court: Words = Field(title="Prosecutor or court", description="Who is in charge, and the decisions already taken.")
    persons: Persons = Field(title="Persons", description="The persons concerned.")
    identifiers: Identifiers = Field(
        title="Identifiers", description="The accounts, numbers or addresses that are asked about."
    )
    period: Period = Field(title="Duration of the measure", description="From when to when the measure is asked.")
    relevance: Words = Field(
        title="Necessity and proportionality", description="How it relates to the offence and why it is needed."
    )
    provider: Maybe[Line] = Field(default=None, title="Provider", description="The provider of the lines, if known.")
    delivery: Line = Field(title="Form of delivery", description="The format in which the data are wished.")
    transcription: bool = Field(
        default=False, title="Transcription or translation wished", description="Not only the recordings."
    )
    privileged: Maybe[Words] = Field(
        default=None, title="Privileged material", description="Lawyers, doctors or press among the users, if known."
    )


KIND = RequestKind(
    name="interception",
    title="Interception of communications",
    description="Ask that the content of communications be intercepted.",
    body=Interception,
    graph="request",
    stage="evidence",
    approvals=2,
    coercive=True,
    clocks=EIO,
    refusals=(*COMMON_GROUNDS, *EVIDENCE_GROUNDS),
    sources=(Source("ETS185", "34"), Source("UNTOC", "20", verified=False), Source("UNCC", "46", verified=False)),
    example={
        **EVIDENCE,
        "court": "Sample District Court, order of 9 December 2016",
        "persons": [SUSPECT],
        "identifiers": [PHONE],
        "period": PERIOD,
        "relevance": "Records alone do not show who gives the orders. Invented example.",
        "delivery": "Live, to the sample monitoring centre",
    },
)
