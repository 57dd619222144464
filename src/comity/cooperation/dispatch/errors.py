# SPDX-License-Identifier: Apache-2.0
"""What stops a message from leaving.

DispatchError
├── NothingKnown      the thread's first message is not here
└── TicketInvalid     the one-time address of an approval is spent or wrong
"""

from comity.protocol.errors import ComityError


class DispatchError(ComityError):
    """The message stays at home."""

    code = "dispatch"


class NothingKnown(DispatchError):
    """No move can be made in a thread whose opening message is missing."""

    code = "thread-unknown"
    text = "The opening message of thread {thread} is not here."
    advice = "Wait for the next exchange, or import the missing envelope."


class TicketInvalid(DispatchError):
    """An approval address was used, is too old, or was never given out."""

    code = "ticket-invalid"
    text = "This approval address is no longer valid."
    advice = "Run `comity request approve` again for a new one."
