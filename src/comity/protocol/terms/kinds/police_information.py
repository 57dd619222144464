# SPDX-License-Identifier: Apache-2.0
"""Police information.

What the other police already knows or can reach without coercion. It is no evidence without the provider's consent.
"""

from pydantic import Field

from comity.protocol.terms.definitions import Clock, RequestKind, Unit
from comity.protocol.terms.parts import Identifier, Person
from comity.protocol.terms.refusals import INFORMATION_GROUNDS
from comity.protocol.terms.requests import CaseBody
from comity.protocol.terms.samples import CASE, PHONE, SUSPECT
from comity.protocol.terms.values import Words
from comity.protocol.terms.vocabulary import Source

_DIRECTIVE = Source("EU-2023-977", "5", verified=False)
_DIRECT = "Give the answer, where the data are directly accessible"
_INDIRECT = "Give the answer, where the data are not directly accessible"


def _urgent(what: str, length: int, unit: Unit, urgency: str) -> Clock:
    return Clock(what, length, unit, "max", "received", _DIRECTIVE, urgency=urgency)


class PoliceInformation(CaseBody):
    """What is asked, why it should be there, and whom it concerns."""

    sought: Words = Field(title="Information sought", description="Precisely what you ask.")
    reasons_to_believe: Words = Field(
        title="Reasons to believe it is there", description="Why the other side should have it."
    )
    link: Words = Field(title="Link of persons with the purpose", description="Why these persons are asked about.")
    persons: list[Person] = Field(default_factory=list, title="Persons", description="The persons concerned.")
    identifiers: list[Identifier] = Field(
        default_factory=list,
        title="Identifiers",
        description="The accounts, numbers or addresses that are asked about.",
    )
    evidence_use_asked: bool = Field(
        default=False, title="Use as evidence asked", description="You ask for consent to use the answer as evidence."
    )


KIND = RequestKind(
    name="police-information",
    title="Police information",
    description="Ask what another police knows, without coercive measures.",
    body=PoliceInformation,
    graph="request",
    stage="inform",
    approvals=1,
    coercive=False,
    clocks=(
        *(_urgent(_DIRECT, 8, "hours", urgency) for urgency in ("urgent", "emergency")),
        *(_urgent(_INDIRECT, 3, "days", urgency) for urgency in ("urgent", "emergency")),
        Clock("Give the answer", 7, "days", "max", "received", _DIRECTIVE, urgency="normal"),
    ),
    refusals=INFORMATION_GROUNDS,
    sources=(_DIRECTIVE, Source("UNTOC", "27", verified=False), Source("UNCC", "47", verified=False)),
    example={
        **CASE,
        "sought": "Whether the person or the line is known, and in which matter.",
        "reasons_to_believe": "The line belongs to a Spanish operator. Invented example.",
        "link": "The person leased the house from which the calls came.",
        "persons": [SUSPECT],
        "identifiers": [PHONE],
    },
)
