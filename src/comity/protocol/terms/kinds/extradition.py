# SPDX-License-Identifier: Apache-2.0
"""Extradition.

The surrender of a person for prosecution or to serve a sentence, on the documents that the treaty asks.
"""

from typing import Annotated

from pydantic import Field

from comity.protocol.terms.definitions import Clock, RequestKind
from comity.protocol.terms.parts import Person
from comity.protocol.terms.procedure import SURRENDER_PURPOSES
from comity.protocol.terms.refusals import COMMON_GROUNDS, PERSON_GROUNDS
from comity.protocol.terms.requests import EvidenceBody
from comity.protocol.terms.samples import EVIDENCE, SUSPECT
from comity.protocol.terms.values import Date, Line, Maybe, OneOf, Words
from comity.protocol.terms.vocabulary import Source

_WARRANT = Source("EU-2002-584", "17", verified=False)


class Extradition(EvidenceBody):
    """The person, the warrant or judgment, the law, and the assurances."""

    person: Person = Field(title="Person sought", description="Identity, nationality and description.")
    surrender_for: Annotated[str, OneOf(SURRENDER_PURPOSES)] = Field(
        title="Purpose of surrender", description="Prosecution, or a sentence."
    )
    warrant: Line = Field(title="Warrant or judgment", description="Court, number and kind; attach it.")
    warrant_date: Date = Field(title="Date of the warrant or judgment", description="The day on which it was given.")
    legal_texts: Words = Field(title="Text of the provisions", description="The law applied, in full or attached.")
    sentence_left: Maybe[Line] = Field(
        default=None, title="Sentence left to serve", description="Years, months and days."
    )
    in_absentia: Maybe[Words] = Field(
        default=None, title="Trial in absentia", description="If the person was absent: how their rights were kept."
    )
    lapse: Maybe[Line] = Field(default=None, title="Lapse of time", description="When prosecution or sentence lapses.")
    assurances: Maybe[Words] = Field(
        default=None, title="Assurances", description="On the death penalty, specialty or use, where they are asked."
    )
    reciprocity: Maybe[Words] = Field(
        default=None, title="Undertaking of reciprocity", description="When there is no treaty."
    )
    arrested_on: Maybe[Date] = Field(
        default=None, title="Date of provisional arrest", description="If already arrested."
    )


KIND = RequestKind(
    name="extradition",
    title="Extradition",
    description="Ask that a person be surrendered for prosecution or to serve a sentence.",
    body=Extradition,
    graph="request",
    stage="persons",
    approvals=2,
    coercive=True,
    clocks=(
        Clock("Take over the person", 15, "days", "target", "surrender-date", Source("ETS24", "18"), side="requesting"),
        Clock("Take over the person", 30, "days", "max", "surrender-date", Source("ETS24", "18"), side="requesting"),
        Clock(
            "Take over the person",
            15,
            "days",
            "max",
            "surrender-date",
            Source("CN-EXT-LAW", "40"),
            side="requesting",
            extension=30,
        ),
        Clock(
            "Supplement the request",
            30,
            "days",
            "max",
            "clarification",
            Source("CN-EXT-LAW", "18"),
            side="requesting",
            extension=15,
        ),
        Clock("Decide on the surrender", 60, "days", "max", "arrest", _WARRANT, extension=30),
    ),
    refusals=(*COMMON_GROUNDS, *PERSON_GROUNDS),
    sources=(
        Source("ETS24", "12"),
        Source("ETS185", "24"),
        Source("UNTOC", "16"),
        Source("CN-EXT-LAW", "11-15"),
        Source("UNCC", "37", verified=False),
        _WARRANT,
    ),
    example={
        **EVIDENCE,
        "basis": {"instrument": "CN-ES-EXT2005"},
        "person": SUSPECT,
        "surrender_for": "prosecution",
        "warrant": "Sample District Court, arrest warrant 17/2016",
        "warrant_date": "2016-12-09",
        "legal_texts": "Article 266: attached in full. Invented example.",
        "assurances": "The offence carries no death penalty.",
        "arrested_on": "2016-12-13",
    },
)
