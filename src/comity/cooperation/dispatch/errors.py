# SPDX-License-Identifier: Apache-2.0
"""What stops a message from leaving.

DispatchError
├── NothingKnown      the thread's first message is not here
├── OwnStatement      whoever submitted a statement would be the only one to approve it
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


class OwnStatement(DispatchError):
    """Two people stand behind what leaves; this officer would be both."""

    code = "own-statement"
    text = "You submitted statement {id}; it needs a colleague's approval."
    advice = "Ask another officer who approves."


class TicketInvalid(DispatchError):
    """An approval address was used, is too old, or was never given out."""

    code = "ticket-invalid"
    text = "This approval address is no longer valid."
    advice = "Run `comity request approve` again for a new one."
