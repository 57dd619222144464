# SPDX-License-Identifier: Apache-2.0
"""Where messages that we hold lie in our register: what a receipt for them will show.

A message received long ago keeps the leaf that it got then: sending twice leaves one trace, and nobody is told two
times."""

from collections.abc import Iterable

from comity.protocol.wire.message import Message
from comity.protocol.wire.names import Digest
from comity.records.home import Home
from comity.records.register import listing


def places(home: Home, messages: Iterable[Message]) -> dict[Digest, int]:
    """The leaves in which messages that we hold were received; one that we wrote ourselves has none."""
    found: dict[Digest, int] = {}
    for each in messages:
        place = listing.place_of("received", each.digest, thread=each.statement.thread, using=home.alias)
        if place is not None:
            found[each.digest] = place
    return found
