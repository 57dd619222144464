# SPDX-License-Identifier: Apache-2.0
"""The instruments that kinds and grounds cite, by the codes that the law engine uses too."""

from comity.protocol.terms.vocabulary import Term, Vocabulary

INSTRUMENTS = Vocabulary(
    "instruments",
    "Instruments",
    (
        Term("ETS185", "Budapest Convention on Cybercrime"),
        Term("CETS224", "Second Additional Protocol to the Budapest Convention"),
        Term("UNCC", "United Nations Convention against Cybercrime"),
        Term("UNTOC", "United Nations Convention against Transnational Organized Crime"),
        Term("ETS24", "European Convention on Extradition"),
        Term("ETS30", "European Convention on Mutual Assistance in Criminal Matters"),
        Term("ETS182", "Second Additional Protocol to the European Convention on Mutual Assistance"),
        Term("ETS73", "European Convention on the Transfer of Proceedings"),
        Term("ETS112", "Convention on the Transfer of Sentenced Persons"),
        Term("ASEAN-MLAT", "ASEAN Treaty on Mutual Legal Assistance"),
        Term("EU-2023-1543", "EU e-evidence Regulation 2023/1543"),
        Term("EU-2014-41", "EU Directive 2014/41 on the European Investigation Order"),
        Term("EU-2018-1805", "EU Regulation 2018/1805 on freezing and confiscation"),
        Term("EU-2023-977", "EU Directive 2023/977 on information exchange"),
        Term("EU-2024-1640", "EU Directive 2024/1640 on financial intelligence units"),
        Term("EU-2002-584", "European arrest warrant (Framework Decision 2002/584)"),
        Term("CN-EXT-LAW", "Extradition Law of the People's Republic of China"),
        Term("CN-ICJA-LAW", "International Criminal Judicial Assistance Law of the People's Republic of China"),
        Term("CN-ES-EXT2005", "Extradition Treaty between Spain and China"),
        Term("DE-IRG", "German Act on International Mutual Assistance in Criminal Matters"),
        Term("CH-IRSG", "Swiss Act on International Mutual Assistance in Criminal Matters"),
        Term("EU-2009-948", "EU Framework Decision 2009/948 on conflicts of jurisdiction"),
        Term("EUROJUST-GUIDELINES", "Eurojust guidelines: Which jurisdiction should prosecute?"),
        Term("COMITY-PRACTICE", "This network's own practice, not law"),
        Term("KILL-CHAIN", "Financial fraud kill chain (practice)"),
    ),
)
