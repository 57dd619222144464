# SPDX-License-Identifier: Apache-2.0
"""What pages say of other authorities beside their id: the name, and the time zone of the newest card that was
accepted, or that was entered for one without a node.
"""

from collections.abc import Collection
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from comity.protocol.wire.names import AuthorityId
from comity.records.authorities import correspondents
from comity.records.authorities.models import Authority
from comity.records.errors import StandingError


def names(authorities: Collection[str]) -> dict[str, str]:
    """The names of these authorities, as far as they are known here."""
    return dict(Authority.objects.filter(id__in=list(authorities)).values_list("id", "name"))


def zone_of(authority: str) -> ZoneInfo | None:
    """Where the authority's clocks are; None when no card of it was accepted nor its address entered, or its zone is
    none."""
    try:
        return ZoneInfo(correspondents.days_of(AuthorityId(authority)).timezone)
    except (StandingError, ZoneInfoNotFoundError, ValueError):
        return None
