# SPDX-License-Identifier: Apache-2.0
"""Criminal record.

The convictions of a person, for a stated purpose.
"""

from pydantic import Field

from comity.protocol.terms.definitions import RequestKind
from comity.protocol.terms.parts import Persons
from comity.protocol.terms.refusals import INFORMATION_GROUNDS
from comity.protocol.terms.requests import RequestBody
from comity.protocol.terms.samples import REQUEST, SUSPECT
from comity.protocol.terms.values import Words
from comity.protocol.terms.vocabulary import Source


class CriminalRecord(RequestBody):
    """Whose record, in which proceeding."""

    persons: Persons = Field(title="Persons", description="The persons concerned.")
    proceeding: Words = Field(title="Proceeding", description="The proceeding in which it is needed.")
    consent: bool = Field(
        default=False, title="Consent of the person", description="The person has consented; attach the consent."
    )


KIND = RequestKind(
    name="criminal-record",
    title="Criminal record",
    description="Ask for the convictions of a person.",
    body=CriminalRecord,
    graph="request",
    stage="inform",
    approvals=1,
    coercive=False,
    refusals=INFORMATION_GROUNDS,
    sources=(Source("ETS30", "13", verified=False),),
    example={
        **REQUEST,
        "persons": [SUSPECT],
        "proceeding": "Investigation of telecom fraud; sentencing. Invented example.",
    },
)
