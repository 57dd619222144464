# SPDX-License-Identifier: Apache-2.0
"""What stops trust.

RecordError
├── WordsDiffer     the words read out are not ours: somebody may sit between
└── AlarmStanding   the peer's register rolled back or forked, and nobody has looked yet
"""

from comity.records.errors import RecordError


class WordsDiffer(RecordError):
    """The telephone comparison failed."""

    code = "words-differ"
    text = "The words for {authority} differ from those read out."
    advice = "Do not accept the card. Ask for it again by another road and compare anew."


class AlarmStanding(RecordError):
    """Exchange with the peer stands still until a person has looked."""

    code = "alarm-standing"
    text = "The register of {authority} raised an alarm; exchange with it stands still."
    advice = "Ring the authority, then clear the alarm on the peer's page or with `comity peer doctor --clear`."
