# SPDX-License-Identifier: Apache-2.0
"""Spontaneous information.

Budapest 26 in two steps: the holder says what kind of information it has and on which conditions; the recipient says
whether it can keep them; only then is the information sent. Acceptance binds.
"""

from pydantic import Field

from comity.protocol.terms.definitions import RequestKind
from comity.protocol.terms.parts import Condition, Offence
from comity.protocol.terms.requests import RequestBody
from comity.protocol.terms.samples import OFFENCE, REQUEST
from comity.protocol.terms.values import Line, Words
from comity.protocol.terms.vocabulary import Source


class SpontaneousInformation(RequestBody):
    """The offer: what kind of information, and on which conditions. Not the information itself."""

    subject: Line = Field(title="Subject", description="What the information is about, without giving it.")
    nature: Words = Field(title="Nature of the information", description="Its kind, volume and age, without giving it.")
    offence: Offence = Field(title="Offence", description="The conduct and the law that it breaks.")
    relevance: Words = Field(title="Use to the recipient", description="Why it may help the recipient.")
    conditions: list[Condition] = Field(
        default_factory=list, title="Conditions", description="What the receiver may not do, or must do."
    )


KIND = RequestKind(
    name="spontaneous-information",
    title="Spontaneous information",
    description="Offer information that nobody asked for, on conditions.",
    body=SpontaneousInformation,
    graph="handshake",
    stage="inform",
    approvals=1,
    coercive=False,
    sources=(
        Source("ETS185", "26"),
        Source("ETS182", "11"),
        Source("UNTOC", "18(4)", verified=False),
        Source("UNCC", "40", verified=False),
    ),
    example={
        **REQUEST,
        "subject": "Further victims of the sample group",
        "nature": "A list of 30 telephone numbers and dates of calls. Invented example.",
        "offence": OFFENCE,
        "relevance": "The numbers are in your country.",
        "conditions": [{"type": "named-case-only"}, {"type": "no-evidence-use", "words": "Until a formal request."}],
    },
)
