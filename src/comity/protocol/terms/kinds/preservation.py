# SPDX-License-Identifier: Apache-2.0
"""Preservation of stored data.

Budapest 29: stored data are kept as they are, before a request for them follows. The members answer 29(2)(a) to (f).
"""

from typing import Annotated

from pydantic import ConfigDict, Field, model_validator

from comity.protocol.terms.clocks import CLARIFICATION
from comity.protocol.terms.definitions import Clock, RequestKind
from comity.protocol.terms.parts import DataCategory, Identifier, Period
from comity.protocol.terms.requests import URGENT_NEEDS_REASON, CaseBody
from comity.protocol.terms.samples import ADDRESS, CASE, PERIOD
from comity.protocol.terms.values import Line, Maybe, Once, Words, fault
from comity.protocol.terms.vocabulary import Source


class Preservation(CaseBody):
    """What Budapest 29(2) asks."""

    model_config = ConfigDict(
        json_schema_extra={**URGENT_NEEDS_REASON, "anyOf": [{"required": ["custodian"]}, {"required": ["location"]}]}
    )

    seeking_authority: Line = Field(title="Authority seeking it", description="The authority that needs the data.")
    data_categories: Annotated[Once[DataCategory], Field(min_length=1)] = Field(
        title="Data categories", description="Which kinds of data."
    )
    data: Words = Field(title="Data to preserve", description="Exactly which stored data, and no more.")
    relation: Words = Field(title="Relation to the offence", description="How the data relate to the offence.")
    identifiers: list[Identifier] = Field(
        default_factory=list,
        title="Identifiers",
        description="The accounts, numbers or addresses that are asked about.",
    )
    period: Maybe[Period] = Field(default=None, title="Time range", description="The time that the data cover.")
    custodian: Maybe[Line] = Field(
        default=None, title="Custodian", description="The provider or other person that holds the data."
    )
    location: Maybe[Line] = Field(
        default=None, title="Location of the system", description="When the custodian is not known."
    )
    necessity: Words = Field(title="Necessity", description="Why the data must be preserved.")
    mla_intended: bool = Field(
        title="Request for the data will follow",
        description="You intend to ask for the data by mutual legal assistance.",
    )
    trace_path: bool = Field(
        default=False,
        title="Disclose the path",
        description="If another provider is found in the path, disclose enough traffic data to identify it.",
    )

    @model_validator(mode="after")
    def _can_be_found(self) -> "Preservation":
        if self.custodian is None and self.location is None:
            raise fault("one-needed")
        return self


KIND = RequestKind(
    name="preservation",
    title="Preservation of stored data",
    description="Ask that stored data be kept as they are until you ask for them.",
    body=Preservation,
    graph="preservation",
    stage="secure",
    approvals=1,
    coercive=True,
    clocks=(
        Clock("Keep the data", 60, "days", "min", "preserved", Source("ETS185", "29(7)")),
        Clock("Keep the data", 60, "days", "min", "preserved", Source("UNCC", "42", verified=False)),
        Clock("Keep the data", 60, "days", "max", "preserved", Source("EU-2023-1543", "Annex VI"), extension=30),
        CLARIFICATION,
    ),
    refusals=("political-offence", "essential-interests", "dual-criminality", "other"),
    sources=(
        Source("ETS185", "29"),
        Source("ETS185", "30"),
        Source("EU-2023-1543", "6"),
        Source("UNCC", "42", verified=False),
    ),
    example={
        **CASE,
        "seeking_authority": "Sample Criminal Investigation Bureau",
        "data_categories": ["traffic", "subscriber"],
        "data": "Call records and subscriber data of the line.",
        "relation": "The line was used for the call to the victim.",
        "identifiers": [ADDRESS],
        "period": PERIOD,
        "custodian": "Sample Telecom",
        "necessity": "The provider deletes call records after 90 days.",
        "mla_intended": True,
    },
)
