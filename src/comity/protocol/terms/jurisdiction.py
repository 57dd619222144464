# SPDX-License-Identifier: Apache-2.0
"""The words of a conflict of jurisdiction: stages of proceedings, grounds, criteria, and who prosecutes in the end.

The criteria are those that the Eurojust guidelines and recital 9 of Framework Decision 2009/948/JHA name. No source
ranks them, and neither does their order here.
"""

from comity.protocol.terms.vocabulary import Source, Term, Vocabulary

_GUIDELINES = Source("EUROJUST-GUIDELINES", "", verified=False)
_RECITAL = Source("EU-2009-948", "recital 9", verified=False)
_BOTH = (_GUIDELINES, _RECITAL)

CONSULTING = (
    Source("ETS185", "22(5)"),
    Source("UNTOC", "15(5)", verified=False),
    Source("UNTOC", "21"),
    Source("EU-2009-948", "5, 6, 10", verified=False),
    _GUIDELINES,
)
"""Where it is written that those who claim a case consult one another, and that a prosecution can be concentrated."""

PROCEEDING_STAGES = Vocabulary(
    "proceeding-stages",
    "Stages of proceedings",
    (
        Term("none", "No proceedings"),
        Term("inquiry", "Inquiry"),
        Term("investigation", "Investigation"),
        Term("charged", "Charged"),
        Term("trial", "On trial"),
        Term("judged", "Judged"),
    ),
)

JURISDICTION_GROUNDS = Vocabulary(
    "jurisdiction-grounds",
    "Grounds of jurisdiction",
    (
        Term("territorial", "Territory: committed there, wholly or in part"),
        Term("active-personality", "Active personality: committed by a national"),
        Term("passive-personality", "Passive personality: committed against a national"),
        Term("protective", "Protection of essential interests of the state"),
        Term("universal", "Universal jurisdiction"),
        Term("flag", "Flag of the ship or registration of the aircraft"),
    ),
)

VICTIM_LINKS = Vocabulary(
    "victim-links",
    "What links victims to a country",
    (Term("nationality", "Its nationals"), Term("residence", "Its residents")),
)

NATIONALS = Vocabulary(
    "own-nationals",
    "Extradition of own nationals",
    (
        Term("extradited", "They are extradited"),
        Term("conditions", "They are extradited under conditions"),
        Term("not-extradited", "They are not extradited"),
    ),
)

CRITERIA = Vocabulary(
    "jurisdiction-criteria",
    "Criteria side by side",
    (
        Term("act", "Place of the act", sources=_BOTH),
        Term("damage", "Place of the damage", sources=_BOTH),
        Term("suspects", "Where the suspects are", sources=_BOTH),
        Term("evidence", "Where the evidence is", sources=(_GUIDELINES,)),
        Term("nationality", "Nationality of the suspects", sources=(_RECITAL,)),
        Term("victims", "Nationality or residence of the victims", sources=_BOTH),
        Term("stage", "Stage of the proceedings", sources=(_GUIDELINES,)),
        Term("grounds", "Grounds of jurisdiction", sources=(Source("ETS185", "22"), Source("UNTOC", "15"))),
        Term("extradition", "Extradition of own nationals", sources=_BOTH),
        Term("lapse", "Lapse of the prosecution"),
    ),
)

ALLOCATIONS = Vocabulary(
    "allocations",
    "Who prosecutes",
    (
        Term("one-state", "One state prosecutes the whole case"),
        Term("each-its-part", "Each state prosecutes its part"),
        Term("transfer", "One state prosecutes, and proceedings are transferred to it"),
    ),
)
