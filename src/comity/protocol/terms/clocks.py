# SPDX-License-Identifier: Apache-2.0
"""The clocks that several kinds share, as their instruments set them.

`verified=False` is carried from the facts: such a time must be shown as not yet read in its instrument.
"""

from comity.protocol.terms.definitions import Clock
from comity.protocol.terms.vocabulary import Source

_EPOC = Source("EU-2023-1543", "")
_EIO = Source("EU-2014-41", "12", verified=False)

CLARIFICATION = Clock("Answer the clarification", 5, "days", "max", "clarification", _EPOC, side="requesting")

EPOC = (
    Clock("Hand over the data", 10, "days", "max", "received", _EPOC, urgency="normal"),
    Clock("Hand over the data", 10, "days", "max", "received", _EPOC, urgency="urgent"),
    Clock("Hand over the data", 8, "hours", "max", "received", _EPOC, urgency="emergency"),
    Clock("Raise a refusal ground", 10, "days", "max", "received", _EPOC, urgency="normal"),
    Clock("Raise a refusal ground", 10, "days", "max", "received", _EPOC, urgency="urgent"),
    Clock("Raise a refusal ground", 96, "hours", "max", "received", _EPOC, urgency="emergency"),
    CLARIFICATION,
)

PROTOCOL_SUBSCRIBER = (
    Clock("Answer the order", 30, "days", "max", "received", Source("CETS224", "7", verified=False)),
    Clock("Serve the order on the provider", 45, "days", "max", "received", Source("CETS224", "8", verified=False)),
    Clock("Hand over the data", 20, "days", "max", "order-served", Source("CETS224", "8", verified=False)),
)

PROTOCOL_TRAFFIC = (
    Clock("Serve the order on the provider", 45, "days", "max", "received", Source("CETS224", "8", verified=False)),
    Clock("Hand over the data", 45, "days", "max", "order-served", Source("CETS224", "8", verified=False)),
)

EIO = (
    Clock("Acknowledge", 7, "days", "max", "received", _EIO),
    Clock("Decide on the request", 30, "days", "max", "received", _EIO, extension=30),
    Clock("Carry out the measure", 90, "days", "max", "accepted", _EIO),
)
