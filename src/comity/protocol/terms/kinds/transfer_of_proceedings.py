# SPDX-License-Identifier: Apache-2.0
"""Transfer of proceedings.

The other country is asked to take over the prosecution; the requesting country then lets its own rest.
"""

from pydantic import Field

from comity.protocol.terms.definitions import RequestKind
from comity.protocol.terms.parts import Persons
from comity.protocol.terms.refusals import COMMON_GROUNDS
from comity.protocol.terms.requests import EvidenceBody
from comity.protocol.terms.samples import EVIDENCE, SUSPECT
from comity.protocol.terms.values import Date, Maybe, Words
from comity.protocol.terms.vocabulary import Source


class TransferOfProceedings(EvidenceBody):
    """Whose prosecution, why there, and what the file holds."""

    persons: Persons = Field(title="Persons", description="The persons concerned.")
    reasons: Words = Field(title="Reasons", description="Why, in words.")
    evidence: Words = Field(title="Evidence so far", description="What the file holds and where it is.")
    victims: Maybe[Words] = Field(default=None, title="Victims", description="Their claims and what they were told.")
    custody: Maybe[Words] = Field(
        default=None, title="Custody", description="Whether anybody is in custody, and since when."
    )
    lapses_on: Maybe[Date] = Field(default=None, title="Date of lapse", description="When the prosecution lapses.")


KIND = RequestKind(
    name="transfer-of-proceedings",
    title="Transfer of proceedings",
    description="Ask another country to take over a prosecution.",
    body=TransferOfProceedings,
    graph="request",
    stage="evidence",
    approvals=2,
    coercive=False,
    refusals=(*COMMON_GROUNDS, "ne-bis-in-idem", "lapse-of-time", "residence", "contrary-to-undertakings"),
    sources=(
        Source("ETS73", "6-8", verified=False),
        Source("UNTOC", "21", verified=False),
        Source("UNCC", "39", verified=False),
        Source("ETS30", "21"),
    ),
    example={
        **EVIDENCE,
        "persons": [SUSPECT],
        "reasons": "The person is a national of your country and cannot be extradited. Invented example.",
        "evidence": "Statements of the victims, call records, bank statements.",
    },
)
