# SPDX-License-Identifier: Apache-2.0
"""Interview or hearing of a person.

A witness, victim, expert or suspect is heard for the requesting authority, in person or by video link.
"""

from typing import Annotated

from pydantic import Field

from comity.protocol.terms.clocks import EIO
from comity.protocol.terms.definitions import RequestKind
from comity.protocol.terms.parts import Officer, Persons
from comity.protocol.terms.procedure import HEARING_MODES
from comity.protocol.terms.refusals import COMMON_GROUNDS, EVIDENCE_GROUNDS
from comity.protocol.terms.requests import EvidenceBody
from comity.protocol.terms.samples import EVIDENCE, WITNESS
from comity.protocol.terms.values import LanguageCode, Maybe, OneOf, Time, Words
from comity.protocol.terms.vocabulary import Source


class WitnessInterview(EvidenceBody):
    """Who is heard, on what, how, and with which rights."""

    persons: Persons = Field(
        title="Persons to be heard", description="The role of each person says as what they are heard."
    )
    mode: Annotated[str, OneOf(HEARING_MODES)] = Field(
        title="Mode of the hearing", description="In person or at a distance."
    )
    questions: Annotated[list[Words], Field(min_length=1)] = Field(
        title="Questions", description="One question an entry."
    )
    rights: Words = Field(title="Rights to be told", description="What the person must be told before, under your law.")
    interpreter: Maybe[LanguageCode] = Field(
        default=None, title="Interpreter", description="The language to interpret."
    )
    proposed: list[Time] = Field(default_factory=list, title="Times proposed", description="For a link, in UTC.")
    link: Maybe[Words] = Field(default=None, title="Video link", description="System, test contact and recording.")
    oath: bool = Field(default=False, title="Under oath", description="The statement must be made under oath.")
    present: list[Officer] = Field(
        default_factory=list, title="Officers present", description="Your officers who wish to be present."
    )


KIND = RequestKind(
    name="witness-interview",
    title="Interview or hearing of a person",
    description="Ask that a witness, victim, expert or suspect be heard, in person or by video link.",
    body=WitnessInterview,
    graph="request",
    stage="evidence",
    approvals=1,
    coercive=True,
    clocks=EIO,
    refusals=(*COMMON_GROUNDS, *EVIDENCE_GROUNDS),
    sources=(
        Source("ETS182", "9", verified=False),
        Source("ETS182", "10"),
        Source("CN-ICJA-LAW", "31-38"),
        Source("UNTOC", "18(18)", verified=False),
        Source("CETS224", "11", verified=False),
    ),
    example={
        **EVIDENCE,
        "persons": [WITNESS],
        "mode": "video",
        "questions": ["Who leased the house to the group? Invented example."],
        "rights": "A witness need not incriminate themselves.",
        "interpreter": "zh-Hans",
        "proposed": ["2017-01-20T08:00:00.000Z"],
    },
)
