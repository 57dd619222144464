# SPDX-License-Identifier: Apache-2.0
"""The parts of a consultation on jurisdiction: what one side says of the criteria, and who prosecutes which conduct.

A side states what it knows of the whole case, not only what speaks for itself. What is left out is not known to it; it
is never taken for a no.
"""

from typing import Annotated, Any

from pydantic import ConfigDict, Field, model_validator

from comity.protocol.terms.jurisdiction import (
    ALLOCATIONS,
    JURISDICTION_GROUNDS,
    NATIONALS,
    PROCEEDING_STAGES,
    VICTIM_LINKS,
)
from comity.protocol.terms.parts import Part
from comity.protocol.terms.values import Country, Date, Line, Maybe, Once, OneOf, Words, fault

FITTING: dict[str, Any] = {
    "if": {"properties": {"outcome": {"const": "each-its-part"}}, "required": ["outcome"]},
    "then": {"properties": {"shares": {"minItems": 2}}},
    "else": {"properties": {"shares": {"maxItems": 1}}},
}


class Place(Part):
    """A country, and where in it."""

    country: Country = Field(title="Country", description="The ISO 3166-1 code, such as ES.")
    place: Maybe[Line] = Field(default=None, title="Place", description="Town, unit or system, as far as known.")
    note: Maybe[Line] = Field(default=None, title="Note", description="Anything the reader should know.")


class Victims(Part):
    """The victims that one country has a link with."""

    country: Country = Field(title="Country", description="The ISO 3166-1 code, such as ES.")
    link: Annotated[str, OneOf(VICTIM_LINKS)] = Field(title="Link", description="What links them to the country.")
    number: Maybe[Annotated[int, Field(ge=0, le=100_000_000)]] = Field(
        default=None, title="Number of victims", description="As far as known."
    )


class Criteria(Part):
    """What one side states of each criterion."""

    act: list[Place] = Field(default_factory=list, title="Place of the act", description="Where it was committed.")
    damage: list[Place] = Field(
        default_factory=list, title="Place of the damage", description="Where the loss was suffered."
    )
    suspects: list[Place] = Field(
        default_factory=list, title="Where the suspects are", description="Where they are now, as far as known."
    )
    evidence: list[Place] = Field(
        default_factory=list, title="Where the evidence is", description="Documents, data, witnesses, seized objects."
    )
    nationality: Once[Country] = Field(
        default_factory=list, title="Nationality of the suspects", description="Country codes, one an entry."
    )
    victims: list[Victims] = Field(default_factory=list, title="Victims", description="By country, with their number.")
    stage: Annotated[str, OneOf(PROCEEDING_STAGES)] = Field(
        title="Stage of our proceedings", description="How far your own side is."
    )
    grounds: Once[Annotated[str, OneOf(JURISDICTION_GROUNDS)]] = Field(
        default_factory=list, title="Grounds of our jurisdiction", description="On what your own law founds it."
    )
    law: Maybe[Line] = Field(default=None, title="Provision", description="The articles of your law that say so.")
    nationals: Maybe[Annotated[str, OneOf(NATIONALS)]] = Field(
        default=None, title="Our own nationals", description="Whether your law extradites them."
    )
    lapses_on: Maybe[Date] = Field(
        default=None, title="Date of lapse", description="When the prosecution lapses under your law."
    )
    limits: Maybe[Words] = Field(
        default=None, title="Other limits", description="What else keeps your side from prosecuting, or from ceding."
    )


class Share(Part):
    """What one state prosecutes."""

    country: Country = Field(title="State", description="The state that prosecutes.")
    conduct: Words = Field(title="Conduct", description="Which conduct, so that nothing is prosecuted twice.")
    persons: Maybe[Words] = Field(default=None, title="Persons", description="Whom, when not all.")


class Allocation(Part):
    """Who prosecutes which conduct, and what follows for evidence, victims and time served."""

    model_config = ConfigDict(json_schema_extra=FITTING)

    outcome: Annotated[str, OneOf(ALLOCATIONS)] = Field(title="Outcome", description="Who prosecutes.")
    shares: Annotated[list[Share], Field(min_length=1)] = Field(
        title="Shares", description="One for each state that prosecutes."
    )
    evidence: Words = Field(title="Evidence", description="What happens to the evidence: who hands what to whom.")
    victims: Words = Field(title="Victims", description="How they are told, heard and compensated.")
    time_served: Words = Field(title="Time served", description="How custody and sentences already served are counted.")

    @model_validator(mode="after")
    def _shares_fit(self) -> "Allocation":
        if (len(self.shares) > 1) is not (self.outcome == "each-its-part"):
            raise fault("shares-differ")
        return self
