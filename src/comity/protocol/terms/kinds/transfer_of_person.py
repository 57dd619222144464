# SPDX-License-Identifier: Apache-2.0
"""Transfer of a person in custody.

For a time, to testify or assist; or for good, to serve a sentence at home. Both ask the person's consent.
"""

from typing import Annotated

from pydantic import Field

from comity.protocol.terms.definitions import RequestKind
from comity.protocol.terms.parts import Basis, Person
from comity.protocol.terms.procedure import TRANSFER_PURPOSES
from comity.protocol.terms.refusals import COMMON_GROUNDS
from comity.protocol.terms.requests import RequestBody
from comity.protocol.terms.samples import INVENTED, REQUEST, SUSPECT
from comity.protocol.terms.values import Line, Maybe, OneOf, Words
from comity.protocol.terms.vocabulary import Source


class TransferOfPerson(RequestBody):
    """Who, for what, with whose consent, and how the person is kept."""

    basis: Basis = Field(title="Legal basis", description="What the request stands on.")
    person: Person = Field(title="Person to be transferred", description="Identity, nationality and place of custody.")
    transfer_for: Annotated[str, OneOf(TRANSFER_PURPOSES)] = Field(
        title="Purpose of the transfer", description="To testify for a time, or to serve a sentence."
    )
    consent: bool = Field(title="Consent of the person", description="The person has consented; attach the consent.")
    custody: Words = Field(title="Custody", description="How the person is kept and, if for a time, returned.")
    judgment: Maybe[Line] = Field(default=None, title="Judgment", description="Court, number and date; attach it.")
    sentence_left: Maybe[Line] = Field(
        default=None, title="Sentence left to serve", description="Years, months and days."
    )
    health: Maybe[Words] = Field(
        default=None, title="Health and social situation", description="As far as the transfer needs it."
    )


KIND = RequestKind(
    name="transfer-of-person",
    title="Transfer of a person in custody",
    description="Ask that a prisoner be transferred, to testify or to serve the sentence.",
    body=TransferOfPerson,
    graph="request",
    stage="persons",
    approvals=2,
    coercive=True,
    refusals=(*COMMON_GROUNDS, "nationality", "pending-proceedings", "humanitarian"),
    sources=(
        Source("ETS112", "3"),
        Source("ETS112", "5-6"),
        Source("CN-ICJA-LAW", "55"),
        Source("UNTOC", "17", verified=False),
        Source("UNCC", "38", verified=False),
    ),
    example={
        **REQUEST,
        "basis": {"instrument": "ETS112", "article": "3"},
        "person": {**SUSPECT, "role": "convicted"},
        "transfer_for": "sentence",
        "consent": True,
        "custody": "Sample prison, Madrid. " + INVENTED,
        "judgment": "Sample Provincial Court, judgment 5/2018 of 14 May 2018",
        "sentence_left": "2 years and 3 months",
    },
)
