# SPDX-License-Identifier: Apache-2.0
"""The gate *may we ask*: what the law says to a draft, and what of it closes the gate."""

from collections.abc import Mapping, Sequence
from typing import Any

from comity.cooperation.drafting.models import Draft
from comity.law.errors import GateClosed
from comity.law.requests.preflight import Reason
from comity.law.requests.weighing import weigh
from comity.records import lawbook
from comity.records.home import Home


def reasons(home: Home, kind: str, to: Sequence[str], body: Mapping[str, Any]) -> tuple[Reason, ...]:
    """What to look at before it leaves."""
    weighed = weigh(lawbook.view(home), kind, body, home.authority, to)
    return tuple(reason for each in weighed for reason in each.reasons)


def require_open(home: Home, found: Draft) -> None:
    """Raises `GateClosed` with the first reason that closes the gate."""
    for each in reasons(home, found.kind, found.to, found.body):
        if each.closes:
            raise GateClosed(why=each.words)
