# SPDX-License-Identifier: Apache-2.0
"""Dispute.

One side holds that the other decided or acted wrongly. It is answered, talked over, settled, withdrawn or referred, and
nothing of it stops the request that it is about.
"""

from typing import Annotated

from pydantic import Field

from comity.protocol.terms.definitions import RequestKind
from comity.protocol.terms.disputes import DISPUTE_GROUNDS
from comity.protocol.terms.requests import RequestBody
from comity.protocol.terms.samples import DIGEST, REQUEST
from comity.protocol.terms.steps import STEP_CLOCKS, StepTimes
from comity.protocol.terms.values import Maybe, OneOf, Sha256, Thread, Words
from comity.protocol.terms.vocabulary import Source


class Dispute(RequestBody):
    """What is disputed, on which ground, what is sought, and how long the steps may take."""

    thread: Maybe[Thread] = Field(
        default=None, title="Disputed thread", description="When it went through Comity; it goes on meanwhile."
    )
    message: Maybe[Sha256] = Field(
        default=None, title="Disputed message", description="The digest of the message that decided, when there is one."
    )
    act: Words = Field(title="Decision or act disputed", description="What was decided, done or left undone, and when.")
    ground: Annotated[str, OneOf(DISPUTE_GROUNDS)] = Field(
        title="Ground of the dispute", description="The nearest ground."
    )
    reasons: Words = Field(title="Reasons", description="Why, in words.")
    sought: Words = Field(title="What is sought", description="What the other side should do.")
    times: Maybe[StepTimes] = Field(
        default=None, title="Times proposed", description="Days for each step; 30 when you propose nothing else."
    )


KIND = RequestKind(
    name="dispute",
    title="Dispute",
    description="Dispute a decision or an act of the other side, step by step.",
    body=Dispute,
    graph="dispute",
    stage="together",
    approvals=1,
    coercive=False,
    clocks=STEP_CLOCKS,
    refusals=(),
    sources=(Source("UNTOC", "35"), Source("ETS185", "45", verified=False)),
    example={
        **REQUEST,
        "basis": {"instrument": "UNTOC", "article": "35"},
        "thread": "01590000-0000-7000-8000-000000000117",
        "message": DIGEST,
        "act": "The refusal of 20 December 2016. Invented example.",
        "ground": "refusal",
        "reasons": "The ground named is not one of the instrument's.",
        "sought": "That the request be considered again, in part if not in whole.",
        "times": {"answer_days": 20},
    },
)
