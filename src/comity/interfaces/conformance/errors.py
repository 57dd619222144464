# SPDX-License-Identifier: Apache-2.0
"""What the suite finds.

ConformanceError
├── CheckFailed     the node did something else than the protocol says
├── CheckSkipped    the check needs something that is not there
├── NobodyAnswers   there is no node to ask
└── CardMissing     the suite was not told whom it asks
"""

from comity.protocol.errors import ComityError


class ConformanceError(ComityError):
    """The suite cannot pass the node."""

    code = "conformance"


class CheckFailed(ConformanceError):
    """One check does not hold."""

    code = "check-failed"
    text = "{why}"


class CheckSkipped(ConformanceError):
    """One check cannot be made."""

    code = "check-skipped"
    text = "{why}"


class NobodyAnswers(ConformanceError):
    """Nothing can be said about a node that is not there."""

    code = "nobody-answers"
    text = "Nobody answers at {url} ({why})."
    advice = "Serve the node first, and give the address that its card names."


class CardMissing(ConformanceError):
    """Envelopes are sealed to keys, and the keys are on the card."""

    code = "card-missing"
    text = "The suite needs the node's card."
    advice = "Run `comity node card --home DIR` at the node and give the file: --card FILE."
