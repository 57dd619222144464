# SPDX-License-Identifier: Apache-2.0
"""Joint investigation.

Two or more countries investigate one case under an agreement: an invitation to conclude it.
"""

from typing import Annotated

from pydantic import Field

from comity.protocol.terms.definitions import RequestKind
from comity.protocol.terms.parts import Officer, Period
from comity.protocol.terms.requests import CaseBody
from comity.protocol.terms.samples import CASE, PERIOD
from comity.protocol.terms.values import Line, Maybe, Words
from comity.protocol.terms.vocabulary import Source


class JointInvestigation(CaseBody):
    """What the agreement must say."""

    goals: Words = Field(title="Goals", description="What the team is to achieve.")
    period: Period = Field(title="Duration of the team", description="From when to when.")
    place: Line = Field(title="Place of work", description="Town and unit.")
    leaders: Annotated[list[Officer], Field(min_length=1)] = Field(title="Leaders", description="One of each country.")
    members: list[Officer] = Field(default_factory=list, title="Members", description="Those of your side.")
    administrators: Annotated[list[Officer], Field(min_length=1)] = Field(
        title="Administrators", description="Who gives and takes away access to the team's data."
    )
    controller: Line = Field(
        title="Data controller", description="Who answers for the data, above all for those of third countries."
    )
    evidence_rules: Words = Field(
        title="Rules of evidence", description="Whose law applies, and how evidence is shared."
    )
    disclosure: Maybe[Words] = Field(default=None, title="Disclosure and media", description="Who tells what to whom.")
    closure: Words = Field(title="Closure", description="Evaluation, and return or sealing of each party's data.")


KIND = RequestKind(
    name="joint-investigation",
    title="Joint investigation",
    description="Invite other authorities to investigate a case together.",
    body=JointInvestigation,
    graph="invitation",
    stage="together",
    approvals=1,
    coercive=False,
    refusals=("essential-interests", "no-legal-basis", "pending-proceedings", "other"),
    sources=(
        Source("UNTOC", "19", verified=False),
        Source("CETS224", "12", verified=False),
        Source("ETS182", "20", verified=False),
        Source("UNCC", "48", verified=False),
    ),
    example={
        **CASE,
        "goals": "Identify the organisers, the victims and the accounts.",
        "period": PERIOD,
        "place": "Madrid, Sample Cybercrime Unit",
        "leaders": [
            {"name": "Officer Sample One", "authority": "CN/mps", "function": "Leader"},
            {"name": "Officer Sample Two", "authority": "ES/policia-nacional", "function": "Leader"},
        ],
        "administrators": [
            {"name": "Officer Sample Three", "authority": "ES/policia-nacional", "function": "Administrator"}
        ],
        "controller": "ES/policia-nacional",
        "evidence_rules": "The law of the place of the measure; copies for each member.",
        "closure": "Evaluation within three months; each party's data are returned or sealed.",
    },
)
