# SPDX-License-Identifier: Apache-2.0
"""Content data.

What was said, written or stored. Budapest 31; most countries ask for a judge's decision.
"""

from pydantic import Field

from comity.protocol.terms.clocks import EIO, EPOC
from comity.protocol.terms.definitions import RequestKind
from comity.protocol.terms.parts import Period
from comity.protocol.terms.refusals import COMMON_GROUNDS, EPOC_GROUNDS
from comity.protocol.terms.requests import ProviderDataBody
from comity.protocol.terms.samples import PERIOD, PROVIDER_DATA
from comity.protocol.terms.values import Maybe, Words
from comity.protocol.terms.vocabulary import Source


class ContentData(ProviderDataBody):
    """As for traffic data, with the judge's decision and what must be kept out."""

    period: Period = Field(title="Time range", description="The time that the data cover.")
    court: Words = Field(title="Prosecutor or court", description="Who is in charge, and the decisions already taken.")
    privileged: Maybe[Words] = Field(
        default=None, title="Privileged material", description="Lawyers, doctors or press among the users, if known."
    )


KIND = RequestKind(
    name="content-data",
    title="Content data",
    description="Ask for the stored content of messages, mailboxes or files.",
    body=ContentData,
    graph="request",
    stage="evidence",
    approvals=1,
    coercive=True,
    clocks=(*EPOC, *EIO),
    refusals=(*COMMON_GROUNDS, *EPOC_GROUNDS),
    sources=(Source("ETS185", "31"), Source("EU-2023-1543", "5(5)"), Source("UNCC", "44", verified=False)),
    example={
        **PROVIDER_DATA,
        "period": PERIOD,
        "data_sought": "Messages of the account with the victim.",
        "court": "Sample District Court, order of 9 December 2016",
    },
)
