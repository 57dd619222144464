# SPDX-License-Identifier: Apache-2.0
"""Request between financial intelligence units.

Facts, background, reasons, the link with the requested country, and the use intended.
"""

from pydantic import Field

from comity.protocol.terms.definitions import Clock, RequestKind
from comity.protocol.terms.parts import Account, Person, Transfer
from comity.protocol.terms.requests import RequestBody
from comity.protocol.terms.samples import ACCOUNT, INVENTED, REQUEST, SUSPECT
from comity.protocol.terms.values import Words
from comity.protocol.terms.vocabulary import Source

_DIRECTIVE = Source("EU-2024-1640", "31", verified=False)


class FiuRequest(RequestBody):
    """What one unit tells another so that it can answer."""

    facts: Words = Field(title="Summary of the facts", description="Who did what, when, where and to whom, in brief.")
    background: Words = Field(
        title="Background", description="The analysis so far and the suspected origin of the money."
    )
    reasons: Words = Field(title="Reasons", description="Why, in words.")
    country_link: Words = Field(title="Link with the requested country", description="Why this country is asked.")
    intended_use: Words = Field(
        title="Intended use", description="To whom the answer would be passed on, and for what."
    )
    sought: Words = Field(title="Information sought", description="Precisely what you ask.")
    persons: list[Person] = Field(default_factory=list, title="Persons", description="The persons concerned.")
    accounts: list[Account] = Field(default_factory=list, title="Accounts", description="The accounts concerned.")
    transfers: list[Transfer] = Field(default_factory=list, title="Transfers", description="The transfers concerned.")


KIND = RequestKind(
    name="fiu-request",
    title="Request between financial intelligence units",
    description="Ask another financial intelligence unit for information.",
    body=FiuRequest,
    graph="request",
    stage="assets",
    approvals=1,
    coercive=False,
    clocks=(
        Clock("Give the answer", 5, "working-days", "max", "received", _DIRECTIVE, urgency="normal"),
        Clock("Give the answer", 1, "days", "max", "received", _DIRECTIVE, urgency="urgent"),
        Clock("Give the answer", 1, "days", "max", "received", _DIRECTIVE, urgency="emergency"),
    ),
    refusals=("fiu-exception", "originator-consent", "security-or-safety", "other"),
    sources=(Source("EU-2024-1640", "31"),),
    example={
        **REQUEST,
        "facts": "Money of victims reached an account in your country. " + INVENTED,
        "background": "Six transfers in two days, each withdrawn within an hour.",
        "reasons": "The account holder is not known to us.",
        "country_link": "The account is held in your country.",
        "intended_use": "For the investigating police, with your consent.",
        "sought": "Holder, balance and onward transfers of the account.",
        "persons": [SUSPECT],
        "accounts": [ACCOUNT],
    },
)
