# SPDX-License-Identifier: Apache-2.0
"""Legal advice.

How the other country's law would deal with a request, before it is written. The commonest use of informal channels.
"""

from typing import Annotated

from pydantic import Field

from comity.protocol.terms.definitions import RequestKind
from comity.protocol.terms.parts import Offence
from comity.protocol.terms.requests import RequestBody
from comity.protocol.terms.samples import OFFENCE, REQUEST
from comity.protocol.terms.values import Maybe, Words
from comity.protocol.terms.vocabulary import Source


class LegalAdvice(RequestBody):
    """The questions, and the conduct without names."""

    questions: Annotated[list[Words], Field(min_length=1)] = Field(
        title="Questions", description="One question an entry."
    )
    measure: Maybe[Words] = Field(default=None, title="Measure considered", description="What you think of asking for.")
    offence: Maybe[Offence] = Field(
        default=None, title="Offence", description="The conduct and the law that it breaks."
    )
    facts: Maybe[Words] = Field(
        default=None, title="Facts without names", description="As far as the answer depends on them."
    )


KIND = RequestKind(
    name="legal-advice",
    title="Legal advice",
    description="Ask how a request should be made so that it can be granted.",
    body=LegalAdvice,
    graph="request",
    stage="inform",
    approvals=0,
    coercive=False,
    refusals=("no-legal-basis", "other"),
    sources=(Source("ETS185", "35"),),
    example={
        **REQUEST,
        "questions": ["Does a request for bank statements need a judge's order in your country? Invented example."],
        "measure": "Bank statements of one account.",
        "offence": OFFENCE,
    },
)
