# SPDX-License-Identifier: Apache-2.0
"""Subscriber information.

Who holds an account or line. Budapest 31 and the template that the Convention's Committee recommends for it.
"""

from pydantic import Field

from comity.protocol.terms.clocks import EPOC, PROTOCOL_SUBSCRIBER
from comity.protocol.terms.definitions import RequestKind
from comity.protocol.terms.parts import Contact
from comity.protocol.terms.refusals import COMMON_GROUNDS, EPOC_GROUNDS
from comity.protocol.terms.requests import ProviderDataBody
from comity.protocol.terms.samples import CONTACT, PROVIDER_DATA
from comity.protocol.terms.values import Maybe
from comity.protocol.terms.vocabulary import Source


class SubscriberInformation(ProviderDataBody):
    """The template's members."""

    confirmation_contact: Maybe[Contact] = Field(
        default=None, title="Contact for confirmation", description="Who confirms that the request is genuine."
    )


KIND = RequestKind(
    name="subscriber-information",
    title="Subscriber information",
    description="Ask who holds an account, line or address.",
    body=SubscriberInformation,
    graph="request",
    stage="evidence",
    approvals=1,
    coercive=True,
    clocks=(*EPOC, *PROTOCOL_SUBSCRIBER),
    refusals=(*COMMON_GROUNDS, *EPOC_GROUNDS, "reservation"),
    sources=(
        Source("ETS185", "31"),
        Source("EU-2023-1543", "5(5)"),
        Source("CETS224", "7", verified=False),
        Source("CETS224", "8", verified=False),
        Source("UNCC", "44", verified=False),
    ),
    example={
        **PROVIDER_DATA,
        "data_sought": "Name, address and payment details of the subscriber.",
        "confirmation_contact": CONTACT,
    },
)
