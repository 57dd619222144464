# SPDX-License-Identifier: Apache-2.0
"""The codes of ISO 3166-1 alpha-2, as of 2026: with which the name of an authority begins.

`EU` and `UN` are for their bodies. On sample nodes the codes that the standard leaves to its users (AA, QM to QZ, XA to
XZ, ZZ) are countries too."""

import re

from comity.law.states import ISO

_CODES = ISO | {"EU", "UN"}
_OWN = re.compile("AA|Q[M-Z]|X[A-Z]|ZZ")


def is_country(code: str, *, sample: bool) -> bool:
    """Whether an authority may be of this country."""
    return code in _CODES or (sample and bool(_OWN.fullmatch(code)))
