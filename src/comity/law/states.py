# SPDX-License-Identifier: Apache-2.0
"""The states and territories that can be asked about: the 249 of ISO 3166-1, and two that treaties name besides.

Naming one says nothing about its status. The 193 members of the United Nations are those that the matrix is over.
"""

from comity.law.errors import StateUnknown

_ISO = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY "
    "BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK "
    "FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR "
    "IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK "
    "ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
    "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF "
    "TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW "
)
ISO = frozenset(_ISO.split())

BESIDES = frozenset({"EU", "XK"})
"""The European Union, which is a party of its own; and Kosovo, by the code that its partners use."""

_NO_MEMBERS = (
    "AI AQ AS AW AX BL BM BQ BV CC CK CW CX EH FK FO GF GG GI GL GP GS GU HK HM IM IO JE KY MF MO MP MQ MS NC NF "
    "NU PF PM PN PR PS RE SH SJ SX TC TF TK TW UM VA VG VI WF YT "
)

UN_MEMBERS: tuple[str, ...] = tuple(sorted(ISO - frozenset(_NO_MEMBERS.split())))


def known_state(code: str) -> str:
    """The code, if there is such a state or territory. Raises `StateUnknown`."""
    if code not in ISO and code not in BESIDES:
        raise StateUnknown(state=code[:16])
    return code
