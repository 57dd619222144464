# SPDX-License-Identifier: Apache-2.0
"""What the law's functions cannot tell.

LawError
├── DayUnsound          no day of the calendar
├── InstrumentUnknown   no facts describe such an instrument
├── FactsUnsound        files of facts with faults
├── GateClosed          the law of the one who is asked closes a road
├── QuestionUnsound     a question that names what the law does not know
├── QuestionOpen        a question without who, whom or what
├── OffenceUnknown      no such offence among the facts
├── StateUnknown        no such country code
└── ZoneUnknown         no such time zone
"""

from comity.protocol.errors import ComityError


class LawError(ComityError):
    """A question of law that cannot be put as it was."""

    code = "law"


class DayUnsound(LawError):
    """The law is asked of a day."""

    code = "day-unsound"
    text = "{day} is no day of the calendar."
    advice = "Write year, month and day, such as 2026-11-22."


class InstrumentUnknown(LawError):
    """Instruments have ids of their own, as rules/ gives them."""

    code = "instrument-unknown"
    text = "No facts describe an instrument {instrument}."
    advice = "Its id is as in rules/instruments, such as ETS185."


class FactsUnsound(LawError):
    """A folder of facts is used whole or not at all."""

    code = "facts-unsound"
    text = "{count} faults in the facts of {folder}."
    advice = "Mend what was told, each at its file and line."


class GateClosed(LawError):
    """Most reasons only tell; this one the other side's own law sets."""

    code = "gate-closed"
    text = "This cannot leave as it is: {why}"
    advice = "Do not ask to use it as evidence, or send a request for legal assistance instead."


class QuestionUnsound(LawError):
    """Measures, circumstances and states have codes."""

    code = "question-unsound"
    text = "The question cannot be answered: {what}. There are: {known}."
    advice = "Put it with one of these."


class QuestionOpen(LawError):
    """Who asks, who is asked and for what make a question."""

    code = "question-open"
    text = "The question is not complete."
    advice = "Choose who asks, who is asked, and for what."


class OffenceUnknown(LawError):
    """Offences are named by state and provision."""

    code = "offence-unknown"
    text = "No facts describe an offence {reference}; those of {state} are: {known}."
    advice = "Name one of them, such as CN:266."


class StateUnknown(LawError):
    """States are named by ISO 3166-1 alpha-2."""

    code = "state-unknown"
    text = "There is no state or territory {state}."
    advice = "Give its two letters of ISO 3166-1, such as CN."


class ZoneUnknown(LawError):
    """The time zone of an authority's card is not in the zone database."""

    code = "zone-unknown"
    text = "There is no time zone {zone}."
    advice = "The authority must name an IANA zone, such as Europe/Madrid, in its card."
