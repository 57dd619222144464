# SPDX-License-Identifier: Apache-2.0
"""What the law says beside a request: the bases, what the one that is named asks for, and what to look at.

It is the same at both ends: only the buttons that choose a basis are the drafter's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from comity.law.bases.answer import Answer, Basis
from comity.law.bases.asking import bases
from comity.law.requests.checklist import Item
from comity.law.requests.preflight import Reason, chosen, missing, preflight
from comity.law.requests.question import question, state_of
from comity.protocol.terms import kinds
from comity.protocol.wire.statement import Statement
from comity.records import lawbook
from comity.records.home import Home


def ends(statement: Statement) -> tuple[str, Sequence[str]]:
    """Who asks, and who is asked, in a request."""
    return statement.sender, statement.to


def standing_on(body: Mapping[str, Any], chosen: str) -> dict[str, Any]:
    """The body, on the basis that was chosen: an instrument, and its article after a blank. Nothing chosen changes
    nothing; what was explained of another basis goes."""
    instrument, _, article = chosen.partition(" ")
    if not instrument:
        return dict(body)
    return {**body, "basis": {"instrument": instrument} | ({"article": article} if article else {})}


@dataclass(frozen=True, slots=True)
class Panel:
    """One pair of states. `named` is the basis that the request names, if it stands."""

    requesting: str
    requested: str
    answer: Answer
    named: Basis | None
    items: tuple[Item, ...]
    reasons: tuple[Reason, ...]


def panels(
    home: Home, kind: str, body: Mapping[str, Any], requesting: str, requested: Sequence[str]
) -> Iterator[Panel]:
    """A panel for each state that is asked; none for a kind that needs no basis."""
    known = kinds.request_kinds().get(kind)
    if known is None:
        return
    view, members = lawbook.view(home), frozenset(known.body.model_fields)
    for state in dict.fromkeys(map(state_of, requested)):
        asked = question(kind, body, state_of(requesting), state)
        if asked is None:
            continue
        answer = bases(view, asked)
        yield Panel(
            requesting=asked.requesting,
            requested=state,
            answer=answer,
            named=chosen(view, answer, body),
            items=missing(view, answer, body, members),
            reasons=preflight(view, answer, body, members),
        )
