# SPDX-License-Identifier: Apache-2.0
"""What the facts' clocks time, and from when, in English: the codes of `Deadline.what` and `Deadline.after` in words.

A treaty that somebody enters may use another code: it is then said as it stands, without its hyphens.
"""

from collections.abc import Mapping

WHAT: Mapping[str, str] = {
    "acknowledge": "Acknowledge",
    "answer": "Give the answer",
    "clarify": "Answer the clarification",
    "decide": "Decide on the request",
    "decide-on-consent": "Decide on the surrender, where the person consents",
    "execute": "Carry out the measure",
    "hand-over-the-data": "Hand over the data",
    "hand-over-the-person": "Hand over the person",
    "keep-the-data": "Keep the data",
    "object": "Raise an objection",
    "raise-a-ground": "Raise a refusal ground",
    "send-the-full-request": "Send the full request",
    "serve-the-order": "Serve the order on the provider",
    "supplement-the-request": "Supplement the request",
    "take-over-the-person": "Take over the person",
    "validate-the-order": "Have the order validated afterwards",
}

AFTER: Mapping[str, str] = {
    "arrest": "from the arrest",
    "clarification": "from the request for clarification",
    "committal": "from the committal",
    "consent": "from the consent",
    "decision": "from the decision",
    "decision-urgent": "from the decision, when urgent",
    "final-decision": "from the final decision",
    "form-received": "from the receipt of the form",
    "issued": "from the issue of the order",
    "notice-of-arrest": "from the notice of the arrest",
    "notified": "from the notification",
    "order": "from the order",
    "order-served": "from the service of the order",
    "preserved": "from the preservation",
    "received": "from the receipt",
    "received-urgent": "from the receipt, when urgent",
    "received-urgent-direct": "from the receipt, when urgent and the data are directly accessible",
    "received-urgent-indirect": "from the receipt, when urgent and the data are not directly accessible",
    "surrender-date": "from the day set for the surrender",
}


def what(code: str) -> str:
    """What is to have happened."""
    return WHAT.get(code) or _plain(code).capitalize()


def after(code: str) -> str:
    """From when it is counted."""
    return AFTER.get(code) or _plain(code)


def _plain(code: str) -> str:
    return code.replace("-", " ")
