# SPDX-License-Identifier: Apache-2.0
"""Small lists of procedure: urgency, stages, clocks, sides, conditions, modes of a hearing, outcomes."""

from comity.protocol.terms.vocabulary import Term, Vocabulary

URGENCIES = Vocabulary(
    "urgencies",
    "Urgency",
    (
        Term("normal", "Normal"),
        Term("urgent", "Urgent", "Data, money or a person may be gone before the normal time."),
        Term("emergency", "Emergency", "Life or safety is at risk now."),
    ),
)

STAGES = Vocabulary(
    "stages",
    "What it is for",
    (
        Term("secure", "Secure data or money"),
        Term("inform", "Police information"),
        Term("evidence", "Evidence"),
        Term("assets", "Assets"),
        Term("persons", "Persons"),
        Term("together", "Working together"),
    ),
)

EVENTS = Vocabulary(
    "clock-events",
    "Events that start a clock",
    (
        Term("sent", "The request was sent"),
        Term("received", "The request was received"),
        Term("accepted", "The request was accepted"),
        Term("preserved", "The data were preserved"),
        Term("clarification", "Clarification was asked"),
        Term("order-served", "The order was served on the provider"),
        Term("payment", "The payment was made"),
        Term("arrest", "The person was arrested"),
        Term("surrender-date", "The date agreed for surrender"),
        Term("hearing", "The hearing takes place"),
        Term("emergency-order", "The emergency order was issued"),
        Term("dispute-consultation", "The consultation on the dispute began"),
        Term("dispute-conciliation", "Higher authorities took up the dispute"),
    ),
)

UNITS = Vocabulary(
    "units",
    "Units of time",
    (
        Term("hours", "hours"),
        Term("days", "days"),
        Term("working-days", "working days"),
        Term("months", "months"),
    ),
)

LIMITS = Vocabulary(
    "limits",
    "Limits of a clock",
    (Term("min", "at least"), Term("max", "at most"), Term("target", "aimed at")),
)

SIDES = Vocabulary(
    "sides",
    "Sides of a request",
    (
        Term("requesting", "Requesting side"),
        Term("requested", "Requested side"),
        Term("either", "Either side"),
        Term("author", "Author of the material"),
        Term("holder", "Holder of the material"),
    ),
)

CONDITIONS = Vocabulary(
    "conditions",
    "Conditions of use",
    (
        Term("confidential", "Keep confidential"),
        Term("named-case-only", "Use in the named case only"),
        Term("no-evidence-use", "No use as evidence without consent"),
        Term("no-onward-sharing", "No onward sharing without consent"),
        Term("no-death-penalty", "No death penalty imposed or carried out"),
        Term("specialty", "Prosecution for the named offences only (specialty)"),
        Term("account-back", "Account for the use made"),
        Term("delete-after", "Delete after use"),
        Term("return-material", "Return the material"),
        Term("costs", "Costs are borne by the requesting side"),
        Term("other", "Another condition, stated in words"),
    ),
)

HEARING_MODES = Vocabulary(
    "hearing-modes",
    "Modes of hearing",
    (
        Term("in-person", "In person"),
        Term("video", "By video link"),
        Term("telephone", "By telephone"),
        Term("written", "In writing"),
    ),
)

OUTCOMES = Vocabulary(
    "outcomes",
    "Outcomes",
    (
        Term("answered", "Answered"),
        Term("answered-in-part", "Answered in part"),
        Term("refused", "Refused"),
        Term("impossible", "Impossible"),
        Term("withdrawn", "Withdrawn"),
        Term("superseded", "Replaced by another request"),
        Term("no-answer", "Closed without an answer"),
        Term("agreed", "Agreed between the sides"),
        Term("not-agreed", "Not agreed"),
        Term("settled", "Settled"),
        Term("referred", "Referred elsewhere"),
    ),
)

TAKEDOWN_MEASURES = Vocabulary(
    "takedown-measures",
    "Takedown measures",
    (
        Term("suspend", "Suspend"),
        Term("remove", "Remove the content"),
        Term("block", "Block access"),
        Term("redirect", "Seize or redirect the domain"),
        Term("disconnect", "Disconnect the line or device"),
    ),
)

TRANSFER_PURPOSES = Vocabulary(
    "transfer-purposes",
    "Purposes of a transfer of a person",
    (
        Term("testimony", "To testify or assist, for a time"),
        Term("sentence", "To serve a sentence"),
    ),
)

SURRENDER_PURPOSES = Vocabulary(
    "surrender-purposes",
    "Purposes of surrender",
    (Term("prosecution", "Prosecution"), Term("sentence", "Carrying out a sentence")),
)
