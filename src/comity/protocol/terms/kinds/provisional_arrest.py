# SPDX-License-Identifier: Apache-2.0
"""Provisional arrest.

The arrest of a person before the request for extradition arrives; the person goes free if it does not arrive in time.
"""

from typing import Annotated

from pydantic import Field

from comity.protocol.terms.definitions import Clock, RequestKind
from comity.protocol.terms.notices import INTERPOL_NOTICES
from comity.protocol.terms.parts import Basis, Person
from comity.protocol.terms.refusals import COMMON_GROUNDS, PERSON_GROUNDS
from comity.protocol.terms.requests import CaseBody
from comity.protocol.terms.samples import CASE, SUSPECT
from comity.protocol.terms.values import Date, Line, Maybe, OneOf, Words
from comity.protocol.terms.vocabulary import Source


class ProvisionalArrest(CaseBody):
    """What ETS 24 art. 16 asks: warrant, offence, description, and the intention to request."""

    basis: Basis = Field(title="Legal basis", description="What the request stands on.")
    person: Person = Field(title="Person sought", description="Identity, nationality and description.")
    warrant: Line = Field(title="Warrant or judgment", description="Court, number and kind; attach it.")
    warrant_date: Date = Field(title="Date of the warrant or judgment", description="The day on which it was given.")
    extradition_intended: bool = Field(
        title="Extradition will be requested", description="You intend to request extradition."
    )
    last_seen: Words = Field(title="Last known place", description="Where and when the person was last seen.")
    danger: Maybe[Words] = Field(default=None, title="Dangers", description="Weapons, health, flight.")
    notice: Maybe[Annotated[str, OneOf(INTERPOL_NOTICES)]] = Field(
        default=None, title="INTERPOL notice", description="If one is published."
    )
    notice_reference: Maybe[Line] = Field(default=None, title="Notice number", description="Of the notice or alert.")


KIND = RequestKind(
    name="provisional-arrest",
    title="Provisional arrest",
    description="Ask that a person be arrested before the request for extradition follows.",
    body=ProvisionalArrest,
    graph="request",
    stage="persons",
    approvals=2,
    coercive=True,
    clocks=(
        Clock("Send the extradition request", 18, "days", "target", "arrest", Source("ETS24", "16"), side="requesting"),
        Clock("Send the extradition request", 40, "days", "max", "arrest", Source("ETS24", "16"), side="requesting"),
        Clock(
            "Send the extradition request",
            30,
            "days",
            "max",
            "arrest",
            Source("CN-EXT-LAW", "30-31"),
            side="requesting",
            extension=15,
        ),
        Clock(
            "Send the extradition request",
            2,
            "months",
            "max",
            "arrest",
            Source("DE-IRG", "16(2)"),
            side="requesting",
            extension=1,
        ),
    ),
    refusals=(*COMMON_GROUNDS, *PERSON_GROUNDS),
    sources=(Source("ETS24", "16"), Source("CN-EXT-LAW", "30-31"), Source("DE-IRG", "16(2)")),
    example={
        **CASE,
        "urgency": "urgent",
        "urgency_reason": "The person holds a ticket for next week. Invented example.",
        "basis": {"instrument": "CN-ES-EXT2005"},
        "person": SUSPECT,
        "warrant": "Sample District Court, arrest warrant 17/2016",
        "warrant_date": "2016-12-09",
        "extradition_intended": True,
        "last_seen": "Barcelona, November 2016",
    },
)
