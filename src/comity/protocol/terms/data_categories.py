# SPDX-License-Identifier: Apache-2.0
"""What kind of data is asked, what makes an emergency, and why a user may be told later."""

from comity.protocol.terms.vocabulary import Source, Term, Vocabulary

_EPOC = "EU-2023-1543"

DATA_CATEGORIES = Vocabulary(
    "data-categories",
    "Data categories",
    (
        Term("subscriber", "Subscriber data", "Who holds the account or line: identity, address, contract, payment."),
        Term(
            "user-identification",
            "Data identifying the user",
            "IP address, source port and time, asked only to identify the user.",
        ),
        Term("traffic", "Traffic data", "Who communicated with whom, when, from where and how long."),
        Term("content", "Content data", "What was said, written, sent or stored."),
    ),
)

EMERGENCIES = Vocabulary(
    "emergencies",
    "Emergencies",
    (
        Term(
            "risk-to-life",
            "Significant and imminent risk to the life or safety of a person",
            sources=(Source("CETS224", "3(2)(c)", verified=False),),
        ),
        Term(
            "threat-to-life-or-infrastructure",
            "Imminent threat to life, physical integrity or safety, or to critical infrastructure with that effect",
            sources=(Source(_EPOC, "3(18)", verified=False),),
        ),
    ),
)

NOTICE_DELAYS = Vocabulary(
    "notice-delays",
    "Grounds to delay notice to the user",
    (
        Term("obstruct-inquiries", "Notice would obstruct official inquiries"),
        Term("prejudice-investigation", "Notice would prejudice the investigation or prosecution"),
        Term("public-security", "Public security"),
        Term("national-security", "National security"),
        Term("rights-of-others", "Rights and freedoms of others"),
    ),
)
