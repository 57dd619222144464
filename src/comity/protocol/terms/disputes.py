# SPDX-License-Identifier: Apache-2.0
"""The words of a dispute: on which ground, with which position, to what it is referred, and reservations to that."""

from comity.protocol.terms.vocabulary import Source, Term, Vocabulary

DISPUTE_GROUNDS = Vocabulary(
    "dispute-grounds",
    "Grounds of a dispute",
    (
        Term("refusal", "A refusal that is held to be unfounded"),
        Term("no-answer", "No answer, or none in time"),
        Term("conditions", "Conditions that are held to go too far"),
        Term("execution", "The way in which it was carried out"),
        Term("use", "Use beyond what was allowed"),
        Term("confidentiality", "A breach of confidentiality"),
        Term("recall", "A recall that was not followed"),
        Term("jurisdiction", "Who prosecutes"),
        Term("costs", "Costs"),
        Term("other", "Another ground, stated in words"),
    ),
)

DISPUTE_POSITIONS = Vocabulary(
    "dispute-positions",
    "Positions on a dispute",
    (
        Term("shared", "We share the complaint"),
        Term("shared-in-part", "We share it in part"),
        Term("contested", "We contest it"),
    ),
)

REFERRALS = Vocabulary(
    "referrals",
    "To what a dispute is referred",
    (
        Term("diplomatic-channel", "Diplomatic channel"),
        Term("negotiation", "Negotiation between the states", sources=(Source("UNTOC", "35(1)"),)),
        Term("arbitration", "Arbitration, when negotiation took too long", sources=(Source("UNTOC", "35(2)"),)),
        Term(
            "icj",
            "International Court of Justice, when arbitration was not organised in time",
            sources=(Source("UNTOC", "35(2)"),),
        ),
        Term("treaty-clause", "Another way that the instrument's dispute clause provides"),
    ),
)

RESERVATIONS = Vocabulary(
    "dispute-reservations",
    "Reservations to the dispute clause",
    (
        Term("not-checked", "Not checked"),
        Term("none", "None on either side"),
        Term("opener", "Of the state that raised the dispute"),
        Term("addressee", "Of the other state"),
        Term("both", "Of both states"),
    ),
)
