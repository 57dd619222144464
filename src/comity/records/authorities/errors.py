# SPDX-License-Identifier: Apache-2.0
"""What stops trust.

RecordError
├── OurOwn          a card of our own name was offered, or a peer's act was tried on ourselves
├── NotAlone        one without a node is written to on paper, and so alone
├── HasNode         it is a member, or was one: letters are entered for authorities without a node
├── WordsDiffer     the words read out are not ours: somebody may sit between
└── AlarmStanding   the peer's register rolled back or forked, and nobody has looked yet
"""

from comity.records.errors import RecordError


class OurOwn(RecordError):
    """What is done to peers cannot be done to oneself, and nobody else may hold a card of our name."""

    code = "our-own"
    text = "{authority} is this node itself."
    advice = "If somebody gave you this card as another's, somebody may be posing as you: tell the administrators."


class HasNode(RecordError):
    """Letters are entered for those who cannot send by a node of their own."""

    code = "has-node"
    text = "{authority} has a node, and is {standing} here."
    advice = "Ask it to send by its node, where its own officers sign. Enter letters of authorities without a node."


class NotAlone(RecordError):
    """A message goes to all parties of its thread; no node could be told what a letter answers."""

    code = "not-alone"
    text = "{authority} has no node: it is written to by letter, and alone."
    advice = "Ask the others in a request of their own, and leave out the relays."


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
