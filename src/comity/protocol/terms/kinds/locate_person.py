# SPDX-License-Identifier: Apache-2.0
"""Locate a person.

Find out where a person is; what to do when found is part of the request.
"""

from typing import Annotated

from pydantic import Field

from comity.protocol.terms.definitions import RequestKind
from comity.protocol.terms.notices import INTERPOL_NOTICES
from comity.protocol.terms.parts import Identifier, Persons
from comity.protocol.terms.refusals import INFORMATION_GROUNDS
from comity.protocol.terms.requests import CaseBody
from comity.protocol.terms.samples import CASE, SUSPECT
from comity.protocol.terms.values import Line, Maybe, OneOf, Words
from comity.protocol.terms.vocabulary import Source


class LocatePerson(CaseBody):
    """Who is sought, where they were last seen, and what to do when they are found."""

    persons: Persons = Field(title="Persons", description="The persons concerned.")
    last_seen: Words = Field(title="Last known place", description="Where and when the person was last seen.")
    when_found: Words = Field(title="When found", description="What you ask to be done, and what must not be done.")
    identifiers: list[Identifier] = Field(
        default_factory=list,
        title="Identifiers",
        description="Telephones, accounts or vehicles that may lead to the person.",
    )
    notice: Maybe[Annotated[str, OneOf(INTERPOL_NOTICES)]] = Field(
        default=None, title="INTERPOL notice", description="If one is published."
    )
    notice_reference: Maybe[Line] = Field(default=None, title="Notice number", description="Of the notice or alert.")


KIND = RequestKind(
    name="locate-person",
    title="Locate a person",
    description="Ask where a person is.",
    body=LocatePerson,
    graph="request",
    stage="persons",
    approvals=1,
    coercive=False,
    refusals=INFORMATION_GROUNDS,
    sources=(
        Source("ETS185", "35"),
        Source("ASEAN-MLAT", "20", verified=False),
        Source("UNTOC", "27", verified=False),
    ),
    example={
        **CASE,
        "persons": [SUSPECT],
        "last_seen": "Barcelona, November 2016. Invented example.",
        "when_found": "Tell us at once; do not make contact.",
    },
)
