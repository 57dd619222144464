# SPDX-License-Identifier: Apache-2.0
"""Mutual legal assistance.

The general request from one justice authority to another. The members answer UNTOC 18(15)(a) to (f).
"""

from pydantic import Field

from comity.protocol.terms.clocks import EIO
from comity.protocol.terms.definitions import RequestKind
from comity.protocol.terms.parts import Person
from comity.protocol.terms.refusals import COMMON_GROUNDS, EVIDENCE_GROUNDS
from comity.protocol.terms.requests import EvidenceBody
from comity.protocol.terms.samples import EVIDENCE, SUSPECT
from comity.protocol.terms.values import Date, Maybe, Words
from comity.protocol.terms.vocabulary import Source


class MutualLegalAssistance(EvidenceBody):
    """Subject and nature of the proceeding, the assistance, the persons."""

    nature: Words = Field(
        title="Subject and nature of the proceeding", description="Investigation, prosecution or trial, and of what."
    )
    assistance: Words = Field(title="Assistance sought", description="Each measure that is asked, one after the other.")
    persons: list[Person] = Field(
        default_factory=list,
        title="Persons",
        description="Identity, location and nationality of the persons concerned.",
    )
    legal_texts: Words = Field(title="Text of the provisions", description="The law applied, in full or attached.")
    reciprocity: Maybe[Words] = Field(
        default=None, title="Undertaking of reciprocity", description="When there is no treaty."
    )
    assurances: Maybe[Words] = Field(
        default=None, title="Assurances", description="On the death penalty, specialty or use, where they are asked."
    )
    wished_by: Maybe[Date] = Field(
        default=None, title="Wished by", description="The date by which the answer is useful."
    )


KIND = RequestKind(
    name="mutual-legal-assistance",
    title="Mutual legal assistance",
    description="Ask another country's justice authorities for measures and evidence.",
    body=MutualLegalAssistance,
    graph="request",
    stage="evidence",
    approvals=1,
    coercive=True,
    clocks=EIO,
    refusals=(*COMMON_GROUNDS, *EVIDENCE_GROUNDS),
    sources=(
        Source("UNTOC", "18(15)", verified=False),
        Source("ETS185", "27"),
        Source("ETS30", "14"),
        Source("CN-ICJA-LAW", "13"),
        Source("ASEAN-MLAT", "6", verified=False),
        Source("UNCC", "40", verified=False),
    ),
    example={
        **EVIDENCE,
        "nature": "Investigation of telecom fraud by an organised group.",
        "assistance": "Obtain the lease of the house and the bank statements of the account.",
        "persons": [SUSPECT],
        "legal_texts": "Article 266: attached in full. Invented example.",
        "wished_by": "2017-02-28",
    },
)
