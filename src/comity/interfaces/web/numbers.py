# SPDX-License-Identifier: Apache-2.0
"""Whole numbers out of addresses and forms: of as many digits as a store takes, or none."""

import re

_NUMBER = re.compile(r"[0-9]{1,15}", re.ASCII)


def number(text: str) -> int | None:
    """The number that a text is; None for any other text, whatever its length."""
    return int(text) if _NUMBER.fullmatch(text) else None
