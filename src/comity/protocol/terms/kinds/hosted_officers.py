# SPDX-License-Identifier: Apache-2.0
"""Hosted officers.

Officers of one country work for a time in another, under its authority: an invitation that the other side accepts.
"""

from typing import Annotated

from pydantic import Field

from comity.protocol.terms.definitions import RequestKind
from comity.protocol.terms.parts import Officer, Period
from comity.protocol.terms.requests import RequestBody
from comity.protocol.terms.samples import INVENTED, PERIOD, REQUEST
from comity.protocol.terms.values import Line, Maybe, Words
from comity.protocol.terms.vocabulary import Source


class HostedOfficers(RequestBody):
    """Who travels, where, when, to do what, under whose orders."""

    task: Words = Field(title="Task", description="What the officers will do, and what they will not.")
    place: Line = Field(title="Place of work", description="Town and unit.")
    period: Period = Field(title="Stay", description="From when to when.")
    officers: Annotated[list[Officer], Field(min_length=1)] = Field(title="Officers", description="Those who travel.")
    powers: Words = Field(title="Powers and supervision", description="What they may do, and under whose orders.")
    equipment: Maybe[Words] = Field(default=None, title="Arms and equipment", description="What they bring and carry.")
    data_access: Maybe[Words] = Field(
        default=None, title="Access to data", description="Which data they may see or take home."
    )
    costs: Maybe[Line] = Field(default=None, title="Costs", description="Who bears them.")


KIND = RequestKind(
    name="hosted-officers",
    title="Hosted officers",
    description="Propose that officers of one country work for a time in the other.",
    body=HostedOfficers,
    graph="invitation",
    stage="together",
    approvals=1,
    coercive=False,
    refusals=("essential-interests", "no-legal-basis", "other"),
    sources=(Source("ETS182", "2"), Source("UNTOC", "27", verified=False), Source("UNCC", "47", verified=False)),
    example={
        **REQUEST,
        "task": "Help to read seized scripts and name victims. " + INVENTED,
        "place": "Madrid, Sample Cybercrime Unit",
        "period": PERIOD,
        "officers": [{"name": "Officer Sample One", "authority": "CN/mps", "function": "Analyst"}],
        "powers": "Advisers without police powers, under the orders of the host.",
    },
)
