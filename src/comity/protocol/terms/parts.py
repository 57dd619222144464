# SPDX-License-Identifier: Apache-2.0
"""The parts that bodies share: persons, accounts, identifiers, data, property.

A part keeps the members that it does not know, takes values of the stated type only, and never holds `null`.
"""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from comity.protocol.terms.data_categories import DATA_CATEGORIES
from comity.protocol.terms.identifiers import ASSETS, IDENTIFIERS, PERSON_ROLES
from comity.protocol.terms.offences import OFFENCES
from comity.protocol.terms.procedure import CONDITIONS
from comity.protocol.terms.values import (
    Amount,
    Authority,
    Bic,
    Country,
    Currency,
    Date,
    Line,
    Maybe,
    Once,
    OneOf,
    Sha256,
    Thread,
    Time,
    TimeZone,
    Words,
    fault,
)

DataCategory = Annotated[str, OneOf(DATA_CATEGORIES)]
OffenceCategory = Annotated[str, OneOf(OFFENCES)]


def needs(present: str, absent: str) -> dict[str, Any]:
    """The JSON Schema of `a part with this member needs that one too`."""
    return {"dependentRequired": {present: [absent]}}


class Part(BaseModel):
    """The base of all parts and bodies."""

    model_config = ConfigDict(strict=True, frozen=True, extra="allow")


class Period(Part):
    """From when to when. Either end may be open."""

    start: Maybe[Time] = Field(default=None, title="From", description="The first moment, in UTC.")
    end: Maybe[Time] = Field(default=None, title="Until", description="The last moment, in UTC.")

    @model_validator(mode="after")
    def _in_order(self) -> "Period":
        if self.start and self.end and self.end < self.start:
            raise fault("ends-first")
        return self


class Identifier(Part):
    """Something that can be looked up."""

    type: Annotated[str, OneOf(IDENTIFIERS)] = Field(title="Type of identifier", description="What the value is.")
    value: Line = Field(title="Value", description="As it was seen, with country code where it has one.")
    service: Maybe[Line] = Field(default=None, title="Service", description="The provider or platform that issued it.")
    at: Maybe[Time] = Field(default=None, title="Seen at", description="For an IP address: the moment of use, in UTC.")
    port: Maybe[Annotated[int, Field(ge=0, le=65535)]] = Field(
        default=None, title="Source port", description="For an IP address shared by many users."
    )
    note: Maybe[Line] = Field(default=None, title="Note", description="Anything the reader should know.")


class Person(Part):
    """A person in the case, as far as known."""

    name: Line = Field(title="Name", description="In the script in which it was found.")
    latin_name: Maybe[Line] = Field(
        default=None, title="Name in Latin script", description="As in the passport, if known."
    )
    other_names: list[Line] = Field(default_factory=list, title="Other names", description="Aliases and former names.")
    role: Annotated[str, OneOf(PERSON_ROLES)] = Field(
        title="Role in the case", description="What the person is in the case."
    )
    birth_date: Maybe[Date] = Field(default=None, title="Date of birth", description="Leave out when not known.")
    birth_place: Maybe[Line] = Field(default=None, title="Place of birth", description="Town and country.")
    nationality: list[Country] = Field(default_factory=list, title="Nationality", description="Country codes.")
    address: Maybe[Line] = Field(default=None, title="Address or location", description="The last one known.")
    identifiers: list[Identifier] = Field(
        default_factory=list, title="Identifiers", description="Documents, telephones and accounts of the person."
    )
    note: Maybe[Words] = Field(default=None, title="Note", description="Anything the reader should know.")


class Account(Part):
    """An account at a bank, payment service or exchange."""

    number: Line = Field(title="Account number", description="IBAN, local number or wallet address.")
    institution: Maybe[Line] = Field(
        default=None, title="Institution", description="Bank, payment service or exchange."
    )
    bic: Maybe[Bic] = Field(default=None, title="BIC", description="The bank's code, 8 or 11 characters.")
    country: Maybe[Country] = Field(default=None, title="Country", description="Where the account is held.")
    holder: Maybe[Line] = Field(
        default=None, title="Account holder", description="As the bank or the payer knows the name."
    )
    note: Maybe[Line] = Field(default=None, title="Note", description="Anything the reader should know.")


class Transfer(Part):
    """One movement of money."""

    payer: Maybe[Account] = Field(default=None, title="Paying account", description="Where the money came from.")
    payee: Account = Field(title="Receiving account", description="Where the money went.")
    amount: Amount = Field(title="Amount", description="An exact decimal, such as 1250.00.")
    currency: Currency = Field(title="Currency", description="The ISO 4217 code.")
    at: Maybe[Time] = Field(default=None, title="Time of the transfer", description="In UTC.")
    reference: Maybe[Line] = Field(default=None, title="Transfer reference", description="The bank's reference.")


class Asset(Part):
    """Property to be frozen, confiscated or returned."""

    model_config = ConfigDict(json_schema_extra=needs("amount", "currency"))

    type: Annotated[str, OneOf(ASSETS)] = Field(title="Type of property", description="What the property is.")
    description: Line = Field(title="Description of the property", description="Enough to find it.")
    location: Line = Field(title="Location of the property", description="As precisely as known.")
    holder: Maybe[Line] = Field(default=None, title="Holder", description="Who holds or owns it.")
    amount: Maybe[Amount] = Field(default=None, title="Amount", description="An exact decimal, such as 1250.00.")
    currency: Maybe[Currency] = Field(default=None, title="Currency", description="The ISO 4217 code.")
    account: Maybe[Account] = Field(default=None, title="Account", description="When the property is in an account.")

    @model_validator(mode="after")
    def _currency_with_amount(self) -> "Asset":
        if self.amount is not None and self.currency is None:
            raise fault("amount-without-currency")
        return self


class DataItem(Part):
    """Data that were preserved or are handed over."""

    category: DataCategory = Field(title="Data category", description="What kind of data it is.")
    description: Line = Field(title="Description of the data", description="What the data are.")
    identifiers: list[Identifier] = Field(
        default_factory=list, title="Identifiers", description="What the data were found by."
    )
    period: Maybe[Period] = Field(default=None, title="Time range", description="The time that the data cover.")
    digest: Maybe[Sha256] = Field(
        default=None, title="Fingerprint", description="Of the attachment or exhibit that holds the data."
    )


class Offence(Part):
    """The conduct and the law that it breaks."""

    categories: Annotated[Once[OffenceCategory], Field(min_length=1)] = Field(
        title="Offence categories", description="One or more, for sorting."
    )
    provisions: Annotated[list[Line], Field(min_length=1)] = Field(
        title="Provisions", description="The articles of the requesting country's law."
    )
    description: Words = Field(title="Conduct", description="The conduct in a few words, without the law's labels.")
    max_penalty: Maybe[Line] = Field(
        default=None, title="Maximum penalty", description="Under the requesting country's law."
    )


class Basis(Part):
    """What the request stands on."""

    instrument: Line = Field(title="Instrument", description="Treaty, law, or reciprocity.")
    article: Maybe[Line] = Field(default=None, title="Article", description="The article that gives the measure.")
    text: Maybe[Words] = Field(default=None, title="Explanation of the basis", description="Why it applies here.")


class Contact(Part):
    """Where a person answers."""

    unit: Line = Field(title="Unit or officer", description="Name of the unit, or the officer's pseudonym.")
    telephone: Maybe[Line] = Field(default=None, title="Telephone", description="With country code.")
    email: Maybe[Line] = Field(default=None, title="E-mail", description="Of the unit.")
    hours: Maybe[Line] = Field(default=None, title="Office hours", description="When somebody answers.")
    timezone: Maybe[TimeZone] = Field(default=None, title="Time zone", description="Such as Europe/Madrid.")
    preferred: Maybe[Line] = Field(
        default=None, title="Preferred means of reply", description="How you wish to be answered."
    )


class Previous(Part):
    """An earlier request in the same matter."""

    reference: Line = Field(title="Earlier reference", description="Ticket or file number of the earlier request.")
    thread: Maybe[Thread] = Field(default=None, title="Earlier thread", description="When it went through Comity.")
    authorities: Maybe[Line] = Field(
        default=None, title="Authorities and channel", description="Between whom, and how."
    )
    note: Maybe[Line] = Field(default=None, title="Note", description="Anything the reader should know.")


class Due(Part):
    """A time by which something must happen, computed by the author from the kind's clocks or set by hand."""

    what: Line = Field(title="What is due", description="What must have happened.")
    at: Time = Field(title="Due at", description="In UTC.")
    instrument: Maybe[Line] = Field(default=None, title="Instrument", description="Treaty, law, or reciprocity.")
    article: Maybe[Line] = Field(default=None, title="Article", description="The article that sets the time.")


class Condition(Part):
    """What the receiver may not do, or must do."""

    type: Annotated[str, OneOf(CONDITIONS)] = Field(title="Type of condition", description="The nearest type.")
    words: Maybe[Words] = Field(default=None, title="Condition in words", description="What exactly is asked.")


class Officer(Part):
    """An officer who travels."""

    name: Line = Field(title="Name or pseudonym", description="As on the service card.")
    authority: Authority = Field(title="Authority", description="Such as ES/policia-nacional.")
    function: Line = Field(title="Function", description="Rank and task.")


Identifiers = Annotated[list[Identifier], Field(min_length=1)]
Persons = Annotated[list[Person], Field(min_length=1)]
Assets = Annotated[list[Asset], Field(min_length=1)]
