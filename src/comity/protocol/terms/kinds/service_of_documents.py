# SPDX-License-Identifier: Apache-2.0
"""Service of documents.

Papers of a proceeding handed to a person abroad. The facts of the case need not be told.
"""

from typing import Annotated

from pydantic import Field

from comity.protocol.terms.definitions import Clock, RequestKind
from comity.protocol.terms.parts import Basis, Person
from comity.protocol.terms.requests import RequestBody
from comity.protocol.terms.samples import REQUEST, WITNESS
from comity.protocol.terms.values import Line, Maybe, Time, Words
from comity.protocol.terms.vocabulary import Source


class ServiceOfDocuments(RequestBody):
    """Which papers, to whom, how, and what happens if they do not come."""

    basis: Basis = Field(title="Legal basis", description="What the request stands on.")
    issuing_authority: Line = Field(
        title="Issuing authority", description="The court or prosecutor whose papers they are."
    )
    person: Person = Field(title="Recipient", description="To whom they are handed, and where.")
    documents: Annotated[list[Line], Field(min_length=1)] = Field(
        title="Documents", description="Each paper by its title; attach it."
    )
    method: Maybe[Words] = Field(default=None, title="Method of service", description="If a special form is needed.")
    hearing_at: Maybe[Time] = Field(default=None, title="Hearing", description="If it is a summons: when, in UTC.")
    consequences: Maybe[Words] = Field(
        default=None, title="Consequences", description="What the papers tell the person about not appearing."
    )


KIND = RequestKind(
    name="service-of-documents",
    title="Service of documents",
    description="Ask that papers of a proceeding be handed to a person.",
    body=ServiceOfDocuments,
    graph="request",
    stage="evidence",
    approvals=1,
    coercive=False,
    clocks=(
        Clock(
            "Send the summons",
            3,
            "months",
            "min",
            "hearing",
            Source("CN-ICJA-LAW", "22"),
            side="requesting",
            before=True,
        ),
    ),
    refusals=("essential-interests", "no-legal-basis", "other"),
    sources=(Source("UNTOC", "18(15)", verified=False), Source("CN-ICJA-LAW", "22"), Source("ETS30", "14")),
    example={
        **REQUEST,
        "basis": {"instrument": "UNTOC", "article": "18"},
        "issuing_authority": "Sample District Court",
        "person": WITNESS,
        "documents": ["Summons of 9 December 2016 (invented example)"],
        "hearing_at": "2017-04-20T01:00:00.000Z",
    },
)
