# SPDX-License-Identifier: Apache-2.0
"""Takedown.

Sites, domains, numbers or accounts that serve an offence are suspended or removed; what they hold is preserved first.
"""

from typing import Annotated

from pydantic import Field

from comity.protocol.terms.definitions import RequestKind
from comity.protocol.terms.parts import Identifiers
from comity.protocol.terms.procedure import TAKEDOWN_MEASURES
from comity.protocol.terms.refusals import COMMON_GROUNDS
from comity.protocol.terms.requests import CaseBody
from comity.protocol.terms.samples import CASE, PHONE
from comity.protocol.terms.values import Line, Maybe, OneOf, Time, Words


class Takedown(CaseBody):
    """What serves the offence, what should be done to it, and what must be kept first."""

    targets: Identifiers = Field(title="Targets", description="The domains, addresses, numbers or accounts.")
    measure: Annotated[str, OneOf(TAKEDOWN_MEASURES)] = Field(
        title="Measure", description="What should be done to them."
    )
    relevance: Words = Field(title="Harm", description="What they do, and to whom, if they stay.")
    provider: Maybe[Line] = Field(
        default=None, title="Provider", description="Registrar, host, platform or operator, if known."
    )
    preserve_first: bool = Field(
        title="Preserve first", description="Their content must be preserved before the measure."
    )
    others_working: Maybe[Words] = Field(
        default=None, title="Other investigations", description="Who else works on them and must be asked first."
    )
    at: Maybe[Time] = Field(
        default=None, title="Time wished", description="For measures in several places at once, in UTC."
    )


KIND = RequestKind(
    name="takedown",
    title="Takedown",
    description="Ask that a site, domain, number or account that serves an offence be suspended or removed.",
    body=Takedown,
    graph="request",
    stage="secure",
    approvals=1,
    coercive=True,
    refusals=(*COMMON_GROUNDS, "press-freedom", "fundamental-rights", "pending-proceedings"),
    example={
        **CASE,
        "targets": [{"type": "domain", "value": "sample-police-notice.example", "note": "Invented domain"}, PHONE],
        "measure": "suspend",
        "relevance": "The site shows a false arrest warrant to victims.",
        "preserve_first": True,
    },
)
