# SPDX-License-Identifier: Apache-2.0
"""Stop a payment.

The kill chain: within 72 hours of a payment the money may still be held at the beneficiary's bank. Hours decide.
"""

from pydantic import Field

from comity.protocol.terms.definitions import Clock, RequestKind
from comity.protocol.terms.parts import Identifier, Transfer
from comity.protocol.terms.refusals import COMMON_GROUNDS
from comity.protocol.terms.requests import CaseBody
from comity.protocol.terms.samples import ACCOUNT, CASE
from comity.protocol.terms.values import Amount, Bic, Currency, Line, Maybe, Time
from comity.protocol.terms.vocabulary import Source


class StopPayment(CaseBody):
    """Victim, beneficiary, payment, and where it went on."""

    victim_name: Line = Field(title="Victim", description="The person or company that paid.")
    victim_place: Line = Field(title="Place of the victim", description="Town and country.")
    victim_bank: Line = Field(title="Victim's bank", description="The bank that sent the money.")
    victim_account: Line = Field(title="Victim's account", description="The account that was debited.")
    beneficiary_name: Line = Field(title="Beneficiary", description="As named in the payment.")
    beneficiary_bank: Line = Field(title="Beneficiary's bank", description="The bank that received the money.")
    beneficiary_bic: Maybe[Bic] = Field(default=None, title="BIC", description="The bank's code, 8 or 11 characters.")
    beneficiary_account: Line = Field(title="Beneficiary's account", description="The account that was credited.")
    amount: Amount = Field(title="Amount", description="An exact decimal, such as 1250.00.")
    currency: Currency = Field(title="Currency", description="The ISO 4217 code.")
    paid_at: Time = Field(title="Time of the payment", description="In UTC; the 72 hours run from here.")
    payment_reference: Maybe[Line] = Field(default=None, title="Payment reference", description="The bank's reference.")
    recall_reference: Maybe[Line] = Field(
        default=None, title="Recall reference", description="Of the recall that the victim's bank has sent."
    )
    onward: list[Transfer] = Field(
        default_factory=list, title="Onward transfers", description="Where the money is known to have gone next."
    )
    identifiers: list[Identifier] = Field(
        default_factory=list, title="Identifiers", description="Other references that help to find the payment."
    )


KIND = RequestKind(
    name="stop-payment",
    title="Stop a payment",
    description="Ask that a fraudulent payment be held before it is gone.",
    body=StopPayment,
    graph="request",
    stage="secure",
    approvals=1,
    coercive=True,
    clocks=(Clock("Stop the money", 72, "hours", "target", "payment", Source("KILL-CHAIN", "")),),
    refusals=COMMON_GROUNDS,
    sources=(Source("KILL-CHAIN", ""),),
    example={
        **CASE,
        "urgency": "urgent",
        "urgency_reason": "The money can be withdrawn at any hour. Invented example.",
        "victim_name": "Sample Victim",
        "victim_place": "Hangzhou, China",
        "victim_bank": "Sample Savings Bank",
        "victim_account": "SAMPLE-ACCOUNT-0001",
        "beneficiary_name": "Sample Trading",
        "beneficiary_bank": "Sample Bank",
        "beneficiary_bic": "SAMPESMM",
        "beneficiary_account": "SAMPLE-ACCOUNT-0002",
        "amount": "62000.00",
        "currency": "EUR",
        "paid_at": "2016-09-05T03:20:00.000Z",
        "recall_reference": "SAMPLE-RECALL-1",
        "onward": [{"payee": {**ACCOUNT, "number": "SAMPLE-ACCOUNT-0003"}, "amount": "30000.00", "currency": "EUR"}],
    },
)
