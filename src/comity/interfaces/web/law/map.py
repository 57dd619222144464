# SPDX-License-Identifier: Apache-2.0
"""The places that the map of the world draws, by their codes. The outlines themselves are fetched once, as a file."""

import re
from functools import cache

from comity.interfaces.web.assets import ROOT

WORLD = "vendor/world/world.svg"


@cache
def outlines() -> tuple[str, ...]:
    """The codes that have an outline."""
    return tuple(re.findall(r'<path id="([A-Z]{2})"', (ROOT / WORLD).read_text(encoding="utf-8")))
