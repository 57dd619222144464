# SPDX-License-Identifier: Apache-2.0
"""What can be wrong with a member of a body, in words that do not repeat its value."""

from comity.protocol.terms.vocabulary import Term, Vocabulary

PROBLEMS = Vocabulary(
    "problems",
    "Problems of a body",
    (
        Term("missing", "is missing"),
        Term("null", "must be left out when there is nothing to say"),
        Term("wrong-type", "is of the wrong type"),
        Term("unknown-code", "is not a code of its vocabulary"),
        Term("bad-form", "does not have the right form"),
        Term("too-short", "is too short or has too few entries"),
        Term("too-long", "is too long or has too many entries"),
        Term("out-of-range", "is out of range"),
        Term("no-such-date", "is no date of the calendar"),
        Term("ends-first", "ends before it begins"),
        Term("reason-missing", "needs a reason because the request is urgent"),
        Term("one-needed", "needs at least one of its alternatives"),
        Term("repeated", "has an entry twice"),
        Term("not-base64", "is not base64"),
        Term("size-differs", "does not have the size stated"),
        Term("digest-differs", "does not have the fingerprint stated"),
        Term("attachments-too-large", "hold more than 700 KiB together"),
        Term("shares-differ", "does not fit the outcome: one share for one state, one for each of several"),
        Term("transfer-missing", "needs the thread of the transfer of proceedings"),
        Term("instrument-missing", "needs the instrument whose clause provides for it"),
        Term("amount-without-currency", "needs a currency with the amount"),
    ),
)

PYDANTIC = {
    "missing": "missing",
    "string_too_short": "too-short",
    "too_short": "too-short",
    "string_too_long": "too-long",
    "too_long": "too-long",
    "string_pattern_mismatch": "bad-form",
    "string_unicode": "bad-form",
    "literal_error": "unknown-code",
    "greater_than_equal": "out-of-range",
    "less_than_equal": "out-of-range",
}
"""The codes that pydantic gives, as ours; anything else that it finds is a wrong type."""


def code_of(error_type: str) -> str:
    """Our code for the error type of pydantic, or of one of our own rules."""
    return error_type if error_type in PROBLEMS else PYDANTIC.get(error_type, "wrong-type")
