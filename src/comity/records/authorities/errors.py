# SPDX-License-Identifier: Apache-2.0
"""What stops trust.

RecordError
├── OurOwn          a card of our own name was offered, or a peer's act was tried on ourselves
├── WordsDiffer     the words read out are not ours: somebody may sit between
└── AlarmStanding   the peer's register rolled back or forked, and nobody has looked yet
"""

from comity.records.errors import RecordError


class OurOwn(RecordError):
    """What is done to peers cannot be done to oneself, and nobody else may hold a card of our name."""

    code = "our-own"
    text = "{authority} is this node itself."
    advice = "If somebody gave you this card as another's, somebody may be posing as you: tell the administrators."


class WordsDiffer(RecordError):
    """The telephone comparison failed."""

    code = "words-differ"
    text = "The words for {authority} differ from those read out."
    advice = (
        "Do not accept the card. If either side issued a new card since, exchange the newest and compare anew; "
        "otherwise somebody may sit between you: ask for the card by another road."
    )


class AlarmStanding(RecordError):
    """Exchange with the peer stands still until a person has looked."""

    code = "alarm-standing"
    text = "The register of {authority} raised an alarm; exchange with it stands still."
    advice = "Ring the authority, then clear the alarm on the peer's page or with `comity peer doctor --clear`."
