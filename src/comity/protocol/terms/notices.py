# SPDX-License-Identifier: Apache-2.0
"""INTERPOL notices and SIS alert categories, as their owners name them."""

from comity.protocol.terms.vocabulary import Term, Vocabulary

INTERPOL_NOTICES = Vocabulary(
    "interpol-notices",
    "INTERPOL notices",
    (
        Term("red", "Red notice: wanted person"),
        Term("blue", "Blue notice: additional information"),
        Term("green", "Green notice: warning"),
        Term("yellow", "Yellow notice: missing person"),
        Term("black", "Black notice: unidentified body"),
        Term("orange", "Orange notice: imminent threat"),
        Term("purple", "Purple notice: modus operandi"),
        Term("un", "INTERPOL–United Nations special notice"),
        Term("silver", "Silver notice: criminal assets (pilot)"),
        Term("diffusion", "Diffusion to chosen member countries"),
    ),
)

SIS_ALERTS = Vocabulary(
    "sis-alerts",
    "SIS alert categories",
    (
        Term("26", "Arrest for surrender or extradition (Art. 26)"),
        Term("32", "Missing persons, children at risk, vulnerable persons (Art. 32)"),
        Term("34", "Persons sought for a judicial procedure (Art. 34)"),
        Term("36", "Discreet, inquiry or specific checks (Art. 36)"),
        Term("38", "Objects for seizure or evidence (Art. 38)"),
        Term("40", "Unknown wanted persons (Art. 40)"),
    ),
)
