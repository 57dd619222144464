# SPDX-License-Identifier: Apache-2.0
"""What can be looked up: the types of identifier, the roles of a person in a case, and the types of property."""

from comity.protocol.terms.vocabulary import Term, Vocabulary

IDENTIFIERS = Vocabulary(
    "identifier-types",
    "Identifier types",
    (
        Term("phone", "Telephone number"),
        Term("email", "E-mail address"),
        Term("ip-address", "IP address"),
        Term("domain", "Domain name"),
        Term("url", "Web address"),
        Term("account-name", "User name on a service"),
        Term("account-id", "Account number on a service"),
        Term("imei", "Device number (IMEI)"),
        Term("imsi", "SIM subscriber number (IMSI)"),
        Term("iccid", "SIM card number (ICCID)"),
        Term("mac-address", "Hardware address (MAC)"),
        Term("device-serial", "Serial number of a device"),
        Term("iban", "IBAN"),
        Term("bank-account", "Bank account number"),
        Term("card-number", "Payment card number"),
        Term("wallet", "Virtual asset wallet address"),
        Term("transaction", "Transaction reference"),
        Term("passport", "Passport number"),
        Term("identity-card", "Identity card number"),
        Term("company-number", "Company registration number"),
        Term("vehicle-plate", "Vehicle registration number"),
        Term("file-hash", "Fingerprint of a file (SHA-256)"),
        Term("other", "Other identifier"),
    ),
)

PERSON_ROLES = Vocabulary(
    "person-roles",
    "Roles of persons",
    (
        Term("suspect", "Suspect"),
        Term("accused", "Accused"),
        Term("convicted", "Convicted person"),
        Term("victim", "Victim"),
        Term("witness", "Witness"),
        Term("expert", "Expert"),
        Term("holder", "Holder of an account or property"),
        Term("missing", "Missing person"),
        Term("other", "Other person"),
    ),
)

ASSETS = Vocabulary(
    "asset-types",
    "Types of property",
    (
        Term("account-balance", "Money in an account"),
        Term("virtual-asset", "Virtual assets"),
        Term("cash", "Cash"),
        Term("real-estate", "Land or buildings"),
        Term("vehicle", "Vehicle, vessel or aircraft"),
        Term("company-share", "Shares in a company"),
        Term("other", "Other property"),
    ),
)
