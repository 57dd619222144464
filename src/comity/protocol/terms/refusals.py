# SPDX-License-Identifier: Apache-2.0
"""The grounds on which a request may be refused, each with the articles that give it.

A refusal names its ground, its article and its reasons. A source with `verified=False` is remembered, not read.
"""

from comity.protocol.terms.vocabulary import Source, Term, Vocabulary


def _read(*articles: str) -> tuple[Source, ...]:
    return tuple(_source(each, verified=True) for each in articles)


def _remembered(*articles: str) -> tuple[Source, ...]:
    return tuple(_source(each, verified=False) for each in articles)


def _source(text: str, *, verified: bool) -> Source:
    instrument, _, article = text.partition(" ")
    return Source(instrument, article, verified)


REFUSALS = Vocabulary(
    "refusal-grounds",
    "Refusal grounds",
    (
        Term(
            "political-offence",
            "Political offence",
            sources=_read("ETS185 27(4)", "ETS185 29(5)", "ETS24 3", "ETS30 2", "CN-EXT-LAW 8", "CN-ICJA-LAW 14"),
        ),
        Term(
            "essential-interests",
            "Sovereignty, security, ordre public or other essential interests",
            sources=_read("ETS185 27(4)", "ETS185 29(5)", "ETS30 2") + _remembered("UNTOC 18(21)", "UNCC 40"),
        ),
        Term(
            "dual-criminality",
            "The conduct is no offence here",
            sources=_read("ETS185 25(5)", "ETS185 29(4)", "EU-2023-1543 12(d)", "EU-2018-1805 19", "CN-ICJA-LAW 14")
            + _remembered("UNTOC 18(9)", "ETS73 11"),
        ),
        Term(
            "penalty-threshold",
            "The penalty is below the threshold",
            sources=_read("ETS185 24", "ETS24 2", "EU-2023-1543 12(d)", "CN-EXT-LAW 7"),
        ),
        Term(
            "not-in-conformity", "The request does not conform to the instrument", sources=_remembered("UNTOC 18(21)")
        ),
        Term("domestic-law-prohibits", "Domestic law would prohibit the measure", sources=_remembered("UNTOC 18(21)")),
        Term("contrary-to-legal-system", "Contrary to the legal system", sources=_remembered("UNTOC 18(21)")),
        Term("no-legal-basis", "No instrument or reciprocity covers the measure"),
        Term("no-reciprocity", "No undertaking of reciprocity", sources=_remembered("ASEAN-MLAT 3")),
        Term(
            "reservation",
            "A reservation or declaration excludes it",
            sources=_remembered("CETS224 7(9)", "CETS224 8(13)"),
        ),
        Term(
            "immunity-or-privilege",
            "Immunity or privilege",
            sources=_read("EU-2023-1543 12(a)", "EU-2018-1805 19"),
        ),
        Term("press-freedom", "Freedom of the press or of expression", sources=_read("EU-2023-1543 12(a)")),
        Term(
            "fundamental-rights",
            "Manifest breach of fundamental rights",
            sources=_read("EU-2023-1543 12(b)", "EU-2018-1805 19"),
        ),
        Term(
            "ne-bis-in-idem",
            "Already judged for the same conduct (ne bis in idem)",
            sources=_read("EU-2023-1543 12(c)", "EU-2018-1805 19", "ETS24 9", "CN-EXT-LAW 8", "CN-ICJA-LAW 14"),
        ),
        Term(
            "discrimination", "Risk of persecution or discrimination", sources=_read("CN-EXT-LAW 8", "CN-ICJA-LAW 14")
        ),
        Term("torture", "Risk of torture or cruel treatment", sources=_read("CN-EXT-LAW 8")),
        Term("death-penalty", "Death penalty without a sufficient assurance", sources=_read("ETS24 11", "DE-IRG 8")),
        Term("in-absentia", "Judged in absentia", sources=_read("EU-2018-1805 19", "CN-EXT-LAW 8", "CH-IRSG 37")),
        Term("military-offence", "Purely military offence", sources=_read("ETS24 4", "CN-EXT-LAW 8", "CN-ICJA-LAW 14")),
        Term("fiscal-offence", "Fiscal offence", sources=_read("ETS24 5", "ETS30 2")),
        Term("nationality", "The person is a national", sources=_read("ETS24 6", "ETS185 24(6)", "CN-EXT-LAW 8")),
        Term("place-of-offence", "The offence was committed here", sources=_read("ETS24 7")),
        Term(
            "pending-proceedings",
            "Proceedings are pending here",
            sources=_read("ETS24 8", "CN-EXT-LAW 9", "CN-ICJA-LAW 14"),
        ),
        Term(
            "lapse-of-time",
            "Lapse of time, pardon or amnesty",
            sources=_read("ETS24 10", "CN-EXT-LAW 8", "CN-ICJA-LAW 14"),
        ),
        Term("humanitarian", "Age, health or other humanitarian reasons", sources=_read("CN-EXT-LAW 9")),
        Term("no-substantial-link", "No substantial link with the case", sources=_read("CN-ICJA-LAW 14")),
        Term("third-party-rights", "Rights of third parties", sources=_read("EU-2018-1805 19")),
        Term(
            "extraterritoriality",
            "Committed outside the issuing State and not punishable here",
            sources=_read("EU-2018-1805 19"),
        ),
        Term("incomplete-certificate", "The certificate is incomplete", sources=_read("EU-2018-1805 19")),
        Term("invalid-authority", "Not issued by a competent authority", sources=_read("EU-2023-1543 Annex III")),
        Term("offence-not-covered", "The offence is not covered", sources=_read("EU-2023-1543 Annex III")),
        Term("service-not-covered", "The service is not covered", sources=_read("EU-2023-1543 Annex III")),
        Term(
            "third-country-conflict",
            "Conflict with the law of a third country",
            sources=_read("EU-2023-1543 Annex III"),
        ),
        Term("information-unavailable", "The information is not available", sources=_remembered("EU-2023-977 6")),
        Term("authorisation-refused", "The judicial authorisation was refused", sources=_remembered("EU-2023-977 6")),
        Term(
            "category-not-permitted",
            "The category of personal data is not permitted",
            sources=_remembered("EU-2023-977 6"),
        ),
        Term(
            "inaccurate-information",
            "The information is inaccurate or out of date",
            sources=_remembered("EU-2023-977 6"),
        ),
        Term(
            "security-or-safety",
            "National security, a pending case or a person's safety",
            sources=_remembered("EU-2023-977 6"),
        ),
        Term("minor-offence", "The offence is minor", sources=_remembered("EU-2023-977 6")),
        Term("originator-consent", "The originator does not consent", sources=_remembered("EU-2023-977 6")),
        Term(
            "fiu-exception", "An exception for financial intelligence units applies", sources=_read("EU-2024-1640 31")
        ),
        Term("residence", "The person does not ordinarily reside here", sources=_remembered("ETS73 11")),
        Term("contrary-to-undertakings", "Contrary to international undertakings", sources=_remembered("ETS73 11")),
        Term("other", "Another ground, stated in words"),
    ),
)

COMMON_GROUNDS = ("political-offence", "essential-interests", "dual-criminality", "no-legal-basis", "other")
"""What Budapest 25 and 27 leave open for nearly every measure; kinds add their own."""

EVIDENCE_GROUNDS = (
    "not-in-conformity",
    "domestic-law-prohibits",
    "contrary-to-legal-system",
    "fundamental-rights",
    "immunity-or-privilege",
    "ne-bis-in-idem",
    "discrimination",
    "military-offence",
    "fiscal-offence",
    "pending-proceedings",
    "no-substantial-link",
    "no-reciprocity",
)
"""For measures asked by mutual legal assistance."""

EPOC_GROUNDS = (
    "immunity-or-privilege",
    "press-freedom",
    "fundamental-rights",
    "ne-bis-in-idem",
    "penalty-threshold",
    "invalid-authority",
    "offence-not-covered",
    "service-not-covered",
    "third-country-conflict",
)
"""For data held by providers, after the e-evidence Regulation."""

INFORMATION_GROUNDS = (
    "information-unavailable",
    "authorisation-refused",
    "category-not-permitted",
    "inaccurate-information",
    "security-or-safety",
    "minor-offence",
    "originator-consent",
    "no-legal-basis",
    "other",
)
"""For police information."""

ASSET_GROUNDS = (
    "ne-bis-in-idem",
    "immunity-or-privilege",
    "incomplete-certificate",
    "extraterritoriality",
    "third-party-rights",
    "in-absentia",
    "fundamental-rights",
)
"""For freezing and confiscation, after Regulation 2018/1805."""

PERSON_GROUNDS = (
    "penalty-threshold",
    "military-offence",
    "fiscal-offence",
    "nationality",
    "place-of-offence",
    "pending-proceedings",
    "ne-bis-in-idem",
    "lapse-of-time",
    "death-penalty",
    "discrimination",
    "torture",
    "in-absentia",
    "humanitarian",
)
"""For extradition and arrest."""
