# SPDX-License-Identifier: Apache-2.0
"""The categories of offence, for sorting and search.

Dual criminality is decided on conduct and its elements, never on these labels.
"""

from comity.protocol.terms.vocabulary import Term, Vocabulary

OFFENCES = Vocabulary(
    "offence-categories",
    "Offence categories",
    (
        Term("fraud", "Fraud"),
        Term("fraud-telecom", "Telecom and online fraud"),
        Term("fraud-investment", "Investment fraud"),
        Term("fraud-financial", "Fraud against banks and insurers"),
        Term("fraud-facilitation", "Facilitation of fraud"),
        Term("fraud-organized", "Fraud by an organised group"),
        Term("phishing", "Phishing"),
        Term("illegal-access", "Illegal access to a computer system"),
        Term("illegal-interception", "Illegal interception of data"),
        Term("data-interference", "Data interference"),
        Term("system-interference", "System interference"),
        Term("misuse-of-devices", "Misuse of devices"),
        Term("computer-forgery", "Computer-related forgery"),
        Term("computer-fraud", "Computer-related fraud"),
        Term("identity-data", "Misuse of personal data"),
        Term("identity-document", "Misuse of identity documents"),
        Term("money-mule", "Renting or selling accounts (money mules)"),
        Term("money-laundering", "Money laundering"),
        Term("extortion", "Extortion"),
        Term("trafficking-in-persons", "Trafficking in persons"),
        Term("deprivation-of-liberty", "Unlawful deprivation of liberty"),
        Term("migrant-smuggling", "Smuggling of migrants"),
        Term("illegal-border-crossing", "Illegal border crossing"),
        Term("gambling", "Illegal gambling"),
        Term("unlicensed-financial-business", "Unlicensed financial business"),
        Term("organized-group", "Organised criminal group"),
        Term("participation", "Aiding, abetting or attempt"),
        Term("provider-duty", "Breach of a provider's duties"),
        Term("csam", "Child sexual abuse material"),
        Term("grooming", "Grooming of children"),
        Term("intimate-images", "Non-consensual sharing of intimate images"),
        Term("copyright", "Copyright offence"),
        Term("legal-person-liability", "Liability of legal persons"),
        Term("other", "Other offence"),
    ),
)
