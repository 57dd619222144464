# SPDX-License-Identifier: Apache-2.0
"""The times that the steps of a dispute are given.

No instrument that a dispute cites sets a time for these steps. Thirty days is this network's own practice, a target and
no law. The side that raises the dispute may propose other lengths, and its answer says whether they are accepted.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from comity.protocol.terms.definitions import PRACTICE, Clock
from comity.protocol.terms.parts import Part
from comity.protocol.terms.values import Maybe
from comity.protocol.terms.vocabulary import Source

STEP_DAYS = 30
"""How long a step takes when nobody proposes anything else."""

Days = Annotated[int, Field(ge=1, le=365)]


class StepTimes(Part):
    """How many days each step may take. A target that the two sides set themselves; no law."""

    answer_days: Maybe[Days] = Field(default=None, title="Days for the answer", description="From its receipt.")
    consultation_days: Maybe[Days] = Field(
        default=None, title="Days for the consultation", description="From the message that begins it."
    )
    conciliation_days: Maybe[Days] = Field(
        default=None, title="Days for the conciliation", description="From the message that begins it."
    )


def _clock(what: str, start: str, step: str) -> Clock:
    return Clock(what, STEP_DAYS, "days", "target", start, Source(PRACTICE, ""), step=step)


STEP_CLOCKS = (
    _clock("Answer the dispute", "received", "answer_days"),
    _clock("Conclude the consultation", "dispute-consultation", "consultation_days"),
    _clock("Conclude the conciliation", "dispute-conciliation", "conciliation_days"),
)


def agreed_days(begins: str, raised: Mapping[str, Any], answered: Mapping[str, Any] | None) -> int:
    """How many days the step that a move of kind `begins` begins may take: those proposed, where the answer accepts
    them; else our practice. 0 for a move that begins no step.
    """
    for clock in STEP_CLOCKS:
        if clock.start == begins:
            accepted = answered is not None and answered.get("times_accepted") is True
            return clock.length_in(raised) if accepted else clock.length
    return 0
