# SPDX-License-Identifier: Apache-2.0
"""The order of names in a list, as readers look for them: accents and capitals make no difference, and ñ follows n.

Scripts without either, such as Han and Burmese, keep the order of their characters.
"""

import re
from unicodedata import normalize

_ACCENTS = re.compile("[\u0300-\u036f]")


def key(name: str) -> tuple[str, str]:
    """What to sort a name by; names that differ in nothing else follow one another by their characters."""
    letters = normalize("NFC", name).casefold().replace("ñ", "n~")
    return _ACCENTS.sub("", normalize("NFD", letters)), name
