# SPDX-License-Identifier: Apache-2.0
"""What the law's functions cannot tell.

LawError
└── ZoneUnknown   no such time zone
"""

from comity.protocol.errors import ComityError


class LawError(ComityError):
    """A question of law that cannot be put as it was."""

    code = "law"


class ZoneUnknown(LawError):
    """The time zone of an authority's card is not in the zone database."""

    code = "zone-unknown"
    text = "There is no time zone {zone}."
    advice = "The authority must name an IANA zone, such as Europe/Madrid, in its card."
