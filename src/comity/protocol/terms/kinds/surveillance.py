# SPDX-License-Identifier: Apache-2.0
"""Surveillance.

A person is watched in secret, in the other country or on the way into it.
"""

from pydantic import Field

from comity.protocol.terms.clocks import EIO
from comity.protocol.terms.definitions import RequestKind
from comity.protocol.terms.parts import Identifier, Officer, Period, Persons
from comity.protocol.terms.refusals import COMMON_GROUNDS, EVIDENCE_GROUNDS
from comity.protocol.terms.requests import EvidenceBody
from comity.protocol.terms.samples import EVIDENCE, PERIOD, SUSPECT
from comity.protocol.terms.values import Line, Maybe, Words
from comity.protocol.terms.vocabulary import Source


class Surveillance(EvidenceBody):
    """Whom, where, for how long, by which means."""

    persons: Persons = Field(title="Persons", description="The persons concerned.")
    area: Line = Field(title="Area", description="Where the person is expected, and the border crossed if any.")
    period: Period = Field(title="Duration of the measure", description="From when to when the measure is asked.")
    means: Words = Field(title="Means", description="Observation, tracking device, pictures, sound.")
    relevance: Words = Field(
        title="Necessity and proportionality", description="How it relates to the offence and why it is needed."
    )
    identifiers: list[Identifier] = Field(
        default_factory=list, title="Identifiers", description="Vehicles or devices that the person uses."
    )
    present: list[Officer] = Field(
        default_factory=list, title="Officers present", description="Your officers who wish to be present."
    )
    danger: Maybe[Words] = Field(default=None, title="Dangers", description="Weapons, health, flight.")


KIND = RequestKind(
    name="surveillance",
    title="Surveillance",
    description="Ask that a person be watched in secret.",
    body=Surveillance,
    graph="request",
    stage="evidence",
    approvals=2,
    coercive=True,
    clocks=EIO,
    refusals=(*COMMON_GROUNDS, *EVIDENCE_GROUNDS),
    sources=(Source("ETS182", "17"), Source("UNTOC", "20", verified=False)),
    example={
        **EVIDENCE,
        "persons": [SUSPECT],
        "area": "Barcelona and Madrid",
        "period": PERIOD,
        "means": "Observation and pictures in public places.",
        "relevance": "It shows who meets whom before the arrests. Invented example.",
    },
)
