# SPDX-License-Identifier: Apache-2.0
"""What every request says, in three steps of increasing weight.

    RequestBody      who asks, how urgently, for what purpose
    └── CaseBody     … in which criminal case: offence and facts
        └── EvidenceBody     … on which legal basis, for which prosecutor or court
            └── ProviderDataBody     … for data that a provider holds

A kind's body extends one of them and adds what its instruments ask.
"""

from typing import Annotated, Any

from pydantic import ConfigDict, Field, model_validator

from comity.protocol.terms.attachments import Attachments
from comity.protocol.terms.data_categories import NOTICE_DELAYS
from comity.protocol.terms.parts import Basis, Contact, Due, Identifiers, Offence, Part, Period, Previous
from comity.protocol.terms.procedure import URGENCIES
from comity.protocol.terms.values import LanguageCode, Line, Maybe, OneOf, Words, fault

URGENT_NEEDS_REASON: dict[str, Any] = {
    "if": {"properties": {"urgency": {"enum": ["urgent", "emergency"]}}, "required": ["urgency"]},
    "then": {"required": ["urgency_reason"]},
}


class RequestBody(Part):
    """What every request says."""

    model_config = ConfigDict(json_schema_extra=URGENT_NEEDS_REASON)

    reference: Line = Field(title="Our reference", description="Your own file number.")
    urgency: Annotated[str, OneOf(URGENCIES)] = Field(
        default="normal", title="Urgency", description="Urgent and emergency need a reason."
    )
    urgency_reason: Maybe[Words] = Field(
        default=None, title="Reason for urgency", description="What is lost if the answer comes at the normal time."
    )
    purpose: Words = Field(title="Purpose", description="What the answer will be used for.")
    language: LanguageCode = Field(title="Language", description="The language in which this is written.")
    basis: Maybe[Basis] = Field(default=None, title="Legal basis", description="What the request stands on.")
    confidential: bool = Field(
        default=False, title="Keep confidential", description="The request itself must not become known."
    )
    reply_contact: Maybe[Contact] = Field(
        default=None, title="Contact for the reply", description="Who confirms the request and takes the answer."
    )
    previous: list[Previous] = Field(
        default_factory=list, title="Earlier requests", description="Earlier requests in the same matter."
    )
    due: list[Due] = Field(default_factory=list, title="Due times", description="By when, and under which article.")
    attachments: Attachments = Field(
        default_factory=list, title="Attachments", description="Small files, 700 KiB in all."
    )

    @model_validator(mode="after")
    def _urgency_has_reason(self) -> "RequestBody":
        if self.urgency != "normal" and self.urgency_reason is None:
            raise fault("reason-missing")
        return self


class CaseBody(RequestBody):
    """A request in a criminal case."""

    offence: Offence = Field(title="Offence", description="The conduct and the law that it breaks.")
    facts: Words = Field(title="Summary of the facts", description="Who did what, when, where and to whom, in brief.")


class EvidenceBody(CaseBody):
    """A request for a measure that needs a legal basis."""

    basis: Basis = Field(title="Legal basis", description="What the request stands on.")
    investigating_authority: Line = Field(
        title="Investigating authority", description="Who conducts the investigation or proceeding, and its functions."
    )
    court: Maybe[Words] = Field(
        default=None, title="Prosecutor or court", description="Who is in charge, and the decisions already taken."
    )
    procedure: Maybe[Words] = Field(
        default=None,
        title="Procedure wished",
        description="Formalities to follow so that the result can be used in court.",
    )


class ProviderDataBody(EvidenceBody):
    """A request for data that a provider holds."""

    provider: Line = Field(title="Provider", description="The provider or other person that holds the data.")
    identifiers: Identifiers = Field(
        title="Identifiers", description="The accounts, numbers or addresses that are asked about."
    )
    period: Maybe[Period] = Field(default=None, title="Time range", description="The time that the data cover.")
    data_sought: Words = Field(title="Data sought", description="Exactly which data, and no more.")
    relevance: Words = Field(
        title="Necessity and proportionality", description="How the data relate to the offence and why they are needed."
    )
    delivery: Maybe[Line] = Field(
        default=None, title="Form of delivery", description="The format in which the data are wished."
    )
    notice_delay: Maybe[Annotated[str, OneOf(NOTICE_DELAYS)]] = Field(
        default=None, title="Ground to delay notice to the user", description="Why the user must not be told yet."
    )
