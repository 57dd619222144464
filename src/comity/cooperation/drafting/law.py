# SPDX-License-Identifier: Apache-2.0
"""The gate *may we ask*: what the law says to a draft, what its basis asks for, and what closes the gate."""

from collections.abc import Iterator, Mapping
from typing import Any

from comity.cooperation.drafting.models import Draft
from comity.law.bases.answer import Answer
from comity.law.bases.asking import bases
from comity.law.errors import GateClosed
from comity.law.requests.preflight import Reason, preflight
from comity.law.requests.question import question, state_of
from comity.protocol.terms import kinds
from comity.records import lawbook
from comity.records.home import Home


def answers(home: Home, kind: str, to: list[str], body: Mapping[str, Any]) -> Iterator[tuple[str, Answer]]:
    """What the law says for each state that is asked; nothing for a kind that needs no basis."""
    view = lawbook.view(home)
    for state in dict.fromkeys(state_of(each) for each in to):
        asked = question(kind, body, state_of(home.authority), state)
        if asked is not None:
            yield state, bases(view, asked)


def reasons(home: Home, kind: str, to: list[str], body: Mapping[str, Any]) -> tuple[Reason, ...]:
    """What to look at before it leaves."""
    view, members = lawbook.view(home), frozenset(kinds.request_kinds()[kind].body.model_fields)
    found = answers(home, kind, to, body)
    return tuple(reason for _, answer in found for reason in preflight(view, answer, body, members))


def require_open(home: Home, found: Draft) -> None:
    """Raises `GateClosed` with the first reason that closes the gate."""
    for each in reasons(home, found.kind, found.to, found.body):
        if each.closes:
            raise GateClosed(why=each.words)
