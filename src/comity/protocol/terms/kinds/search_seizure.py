# SPDX-License-Identifier: Apache-2.0
"""Search and seizure.

A search of premises or of a computer system, and the seizure of what is found, by the requested authority.
"""

from pydantic import Field

from comity.protocol.terms.clocks import EIO
from comity.protocol.terms.definitions import RequestKind
from comity.protocol.terms.parts import Identifier, Officer, Person
from comity.protocol.terms.refusals import COMMON_GROUNDS, EVIDENCE_GROUNDS
from comity.protocol.terms.requests import EvidenceBody
from comity.protocol.terms.samples import EVIDENCE, SUSPECT
from comity.protocol.terms.values import Line, Maybe, Time, Words
from comity.protocol.terms.vocabulary import Source


class SearchSeizure(EvidenceBody):
    """Where, for what, and how it must be done."""

    place: Line = Field(title="Place", description="The address or the system to be searched.")
    sought: Words = Field(title="What is sought", description="The things and data to be found and seized.")
    relevance: Words = Field(
        title="Necessity and proportionality", description="How it relates to the offence and why it is needed."
    )
    persons: list[Person] = Field(default_factory=list, title="Persons", description="The persons concerned.")
    identifiers: list[Identifier] = Field(
        default_factory=list, title="Identifiers", description="Devices or accounts known to be there."
    )
    at: Maybe[Time] = Field(
        default=None, title="Time wished", description="For measures in several places at once, in UTC."
    )
    digital: Maybe[Words] = Field(
        default=None, title="Handling of devices", description="How devices are to be secured, copied and sealed."
    )
    present: list[Officer] = Field(
        default_factory=list, title="Officers present", description="Your officers who wish to be present."
    )


KIND = RequestKind(
    name="search-seizure",
    title="Search and seizure",
    description="Ask that a place or a system be searched and things or data seized.",
    body=SearchSeizure,
    graph="request",
    stage="evidence",
    approvals=2,
    coercive=True,
    clocks=EIO,
    refusals=(*COMMON_GROUNDS, *EVIDENCE_GROUNDS),
    sources=(Source("ETS185", "31"), Source("ETS30", "5"), Source("UNTOC", "18", verified=False)),
    example={
        **EVIDENCE,
        "place": "Sample Street 17, Barcelona",
        "sought": "Telephones, computers, scripts of calls and lists of victims.",
        "relevance": "The calls were made from this house. Invented example.",
        "persons": [SUSPECT],
        "at": "2016-12-13T05:00:00.000Z",
        "digital": "Copy devices before they are moved; seal the originals.",
    },
)
