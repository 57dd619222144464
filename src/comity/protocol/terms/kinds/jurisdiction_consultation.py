# SPDX-License-Identifier: Apache-2.0
"""Consultation on jurisdiction.

Two or more states claim one case: each states its criteria, and they agree who prosecutes what. The instruments set no
number of days (a reply comes by the time indicated, or without undue delay), so every due time is its author's own.
"""

from typing import Annotated

from pydantic import Field

from comity.protocol.terms.criteria import Allocation, Criteria
from comity.protocol.terms.definitions import RequestKind
from comity.protocol.terms.jurisdiction import CONSULTING
from comity.protocol.terms.parts import Person
from comity.protocol.terms.requests import CaseBody
from comity.protocol.terms.samples import CASE, CRITERIA, SUSPECT
from comity.protocol.terms.values import Country, Maybe, Once


class JurisdictionConsultation(CaseBody):
    """Which case, who claims it, what your side states, and what it would propose."""

    claimants: Annotated[Once[Country], Field(min_length=2)] = Field(
        title="States that claim the case", description="Country codes, your own among them."
    )
    persons: list[Person] = Field(default_factory=list, title="Persons", description="The persons concerned.")
    criteria: Criteria = Field(title="Our criteria", description="What your side states; leave out what is not known.")
    proposal: Maybe[Allocation] = Field(
        default=None, title="First proposal", description="What you have in mind. It can be agreed once it is a move."
    )


KIND = RequestKind(
    name="jurisdiction-consultation",
    title="Consultation on jurisdiction",
    description="Consult those who claim the same case about who prosecutes it.",
    body=JurisdictionConsultation,
    graph="consultation",
    stage="together",
    approvals=1,
    coercive=False,
    refusals=("no-legal-basis", "essential-interests", "security-or-safety", "no-substantial-link", "other"),
    sources=CONSULTING,
    example={**CASE, "claimants": ["CN", "ES"], "persons": [SUSPECT], "criteria": CRITERIA},
)
